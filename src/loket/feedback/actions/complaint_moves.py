"""What staff do with a complaint: verify, forward, answer, decide. Each press names the version it saw."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.feedback import messages
from loket.feedback.actions.complaint_files import Kept
from loket.feedback.actions.complaints import ComplaintMoved, decided_on, hold, move, say, tell
from loket.feedback.models import Complaint, ComplaintMessage, ConfidentialReader
from loket.feedback.queries_complaints import deadlines_of, may_read
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.models import User
from loket.rules.complaining import OPEN, Move, MoveRefused, State, objection_until

Kind = ComplaintMessage.Kind


class AboutThem(Exception):
    """Who is complained about neither reads nor handles it."""


@transaction.atomic
def verify(*, complaint: Complaint, category: str, handler: User, by: User, at: datetime) -> Complaint:
    """It is a complaint for this office: give it its class and who handles it. Refuses AboutThem."""
    now = _begin(complaint, by)
    if not may_read(handler, now):
        raise AboutThem(handler)
    due = deadlines_of(now.office, complete=now.received_at, category=category)
    # A class may shorten a promise before anybody was told of it, never prolong it.
    move(
        now, Move.VERIFY, category=category, handler=handler,
        respond_due=min(due.respond, now.respond_due), decide_due=min(due.decide, now.decide_due),
    )  # fmt: skip
    tell(now, "verify", by.staff_id, at, category=category)
    messages.complaint_to_handler(now, at=at)
    return now


@transaction.atomic
def forward(*, complaint: Complaint, to: str, text: str, by: User, at: datetime) -> Complaint:
    """Not this office's: say where it was sent on to."""
    now = _begin(complaint, by)
    move(now, Move.FORWARD, forwarded_to=to, decided_at=at, objection_until=_objection(now.office, at))
    return _public(now, Kind.FORWARD, text, by=by, at=at, event="forward")


@transaction.atomic
def mark_duplicate(*, complaint: Complaint, of: Complaint, by: User, at: datetime) -> Complaint:
    """The same was complained about before; the first one is answered."""
    now = _begin(complaint, by)
    if of.office_id != now.office_id or of.pk == now.pk or of.duplicate_of_id:
        raise MoveRefused(now.state, Move.DUPLICATE)
    move(now, Move.DUPLICATE, duplicate_of=of, decided_at=at, closed_at=at)
    tell(now, "duplicate", by.staff_id, at, of=of.pk)
    messages.complaint_news(now, at=at)
    return now


@transaction.atomic
def start(*, complaint: Complaint, by: User, at: datetime) -> Complaint:
    now = _begin(complaint, by)
    move(now, Move.START)
    tell(now, "start", by.staff_id, at)
    return now


@transaction.atomic
def answer(
    *,
    complaint: Complaint,
    text: str,
    by: User,
    at: datetime,
    asks: bool = False,
    files: Iterable[Kept] = (),
) -> Complaint:
    """Write to the complainant; `asks` waits for what is missing. Both are a response."""
    now = _begin(complaint, by)
    if State(now.state) not in OPEN:
        raise MoveRefused(now.state, "answer")
    if asks:
        Complaint.objects.filter(pk=now.pk).update(waiting_since=at)
    kind, event = (Kind.QUESTION, "ask") if asks else (Kind.ANSWER, "answer")
    return _public(now, kind, text, by=by, at=at, event=event, files=files)


@transaction.atomic
def note(*, complaint: Complaint, text: str, by: User, at: datetime, files: Iterable[Kept] = ()) -> Complaint:
    """For colleagues who may read it; the complainant sees neither the words nor the files."""
    now = _begin(complaint, by)
    say(now, Kind.NOTE, text, by=by.staff_id, at=at, event="note", files=files)
    return now


@transaction.atomic
def resolve(
    *, complaint: Complaint, text: str, by: User, at: datetime, files: Iterable[Kept] = ()
) -> Complaint:
    """The office's decision; the complainant may object to it for some days."""
    now = _begin(complaint, by)
    move(now, Move.RESOLVE, decided_at=at, objection_until=_objection(now.office, at), waiting_since=None)
    return _public(now, Kind.DECISION, text, by=by, at=at, event="resolve", files=files)


@transaction.atomic
def resume(*, complaint: Complaint, by: User, at: datetime) -> Complaint:
    """After an objection the work goes on."""
    now = _begin(complaint, by)
    was = decided_on(now)
    move(now, Move.RESUME, decided_at=None, objection_until=None, forwarded_to="")
    tell(now, "resume", by.staff_id, at, was=was)
    return now


@transaction.atomic
def decide(
    *, complaint: Complaint, text: str, by: User, at: datetime, files: Iterable[Kept] = ()
) -> Complaint:
    """The last word on an objection."""
    now = _begin(complaint, by)
    was = decided_on(now)
    move(now, Move.DECIDE, decided_at=at, closed_at=at, objection_until=None)
    return _public(now, Kind.DECISION, text, by=by, at=at, event="decide", files=files, was=was)


@transaction.atomic
def expire(*, complaint: Complaint, at: datetime) -> bool:
    """Nobody objected in time: the decision stands. False when somebody did, or it is not yet time."""
    now = hold(complaint)
    if now.objection_until is None or at < now.objection_until:
        return False
    try:
        move(now, Move.EXPIRE, closed_at=at)
    except (MoveRefused, ComplaintMoved):
        return False
    tell(now, "expire", "loket", at)
    return True


@transaction.atomic
def name_people(*, complaint: Complaint, about: Iterable[User], by: User, at: datetime) -> Complaint:
    """Who of the staff it is about; from now on they neither read nor handle it.

    Who is named already stays named: nobody takes the own name, or a friend's, off the list.
    """
    now = _begin(complaint, by)
    people = list(about)
    now.about.add(*people)
    if now.handler in people:
        Complaint.objects.filter(pk=now.pk).update(handler=None)
    tell(now, "about", by.staff_id, at, people=len(people))
    return now


@transaction.atomic
def restrict(*, complaint: Complaint, by: User, at: datetime) -> Complaint:
    """Make it confidential; that is never taken back."""
    now = _begin(complaint, by)
    Complaint.objects.filter(pk=now.pk).update(confidential=True, handler=None)
    tell(now, "restrict", by.staff_id, at)
    return now


@transaction.atomic
def name_readers(*, office: Office, readers: Iterable[User], by: User, at: datetime) -> None:
    """Who reads the confidential complaints of the office."""
    events.hold(office.code)
    wanted = {reader.pk for reader in readers}
    ConfidentialReader.objects.filter(office=office).exclude(user__in=wanted).delete()
    known = set(ConfidentialReader.objects.filter(office=office).values_list("user_id", flat=True))
    ConfidentialReader.objects.bulk_create(
        ConfidentialReader(office=office, user_id=pk, since=at, named_by=by.staff_id)
        for pk in sorted(wanted - known)
    )
    events.record(
        office=office.code, kind="complaint.readers", subject="complaints", by=by.staff_id, at=at,
        readers=sorted(wanted),
    )  # fmt: skip


def _begin(complaint: Complaint, by: User) -> Complaint:
    """As it is now. Refuses ComplaintMoved when the press saw an older version, AboutThem."""
    now = hold(complaint)
    if now.version != complaint.version:
        raise ComplaintMoved(now)
    if not may_read(by, now):
        raise AboutThem(by)
    return now


def _public(
    complaint: Complaint,
    kind: Kind,
    text: str,
    *,
    by: User,
    at: datetime,
    event: str,
    files: Iterable[Kept] = (),
    was: Sequence[str] = (),
) -> Complaint:
    say(complaint, kind, text, by=by.staff_id, at=at, event=event, files=files, was=was)
    if complaint.responded_at is None:
        Complaint.objects.filter(pk=complaint.pk).update(responded_at=at)
    messages.complaint_news(complaint, at=at)
    return complaint


def _objection(office: Office, at: datetime) -> datetime:
    return objection_until(
        calendar=calendar_of(office), decided=at,
        days=limits_from(office.settings).complaint_objection_days,
    )  # fmt: skip
