"""Filing a complaint, and what its complainant does afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max

from loket.base import events, ids, replay
from loket.base.text import many_lines, one_line
from loket.consultations.models import Consultation
from loket.feedback import messages, secrets
from loket.feedback.actions.complaint_files import Kept, attach
from loket.feedback.models import Complaint, ComplaintMessage
from loket.feedback.queries_complaints import deadlines_of, staff_named_in
from loket.offices.clock import local
from loket.offices.models import Office
from loket.rules.complaining import MAY_OBJECT, OPEN, Move, MoveRefused, State, after

LONGEST_TEXT = 5000


class NotFound(Exception):
    """Code and secret do not belong together, or nothing has this code; which of them is not told."""


class ComplaintMoved(Exception):
    """Somebody else went on with it in the meantime; args: the complaint."""


class InTheFuture(Exception):
    """A complaint is not received after now, and what it is about has not happened after it was received."""


class TooLateToObject(Exception):
    """The time for an objection is over, or there is nothing to object to."""


@dataclass(frozen=True)
class Contact:
    """How the complainant can be reached; everything may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Words:
    """What is complained about."""

    subject: str
    text: str
    happened_on: date | None = None
    about: str = ""
    confidential: bool = False


@dataclass(frozen=True)
class Filed:
    """The complaint and the secret that is shown once."""

    complaint: Complaint
    secret: str


@transaction.atomic
def file_complaint(
    *,
    office: Office,
    words: Words,
    door: Complaint.Door,
    key: str,
    at: datetime,
    contact: Contact | None = None,
    files: Sequence[Kept] = (),
    by: str = "visitor",
    received_at: datetime | None = None,
    consultation: Consultation | None = None,
    language: str = "id",
) -> Filed:
    """Take a complaint into the register and acknowledge it at once.

    `received_at` is the day of a letter, mail or message that an officer enters; deadlines count from
    it. The same key again is the same press and gives the same code and secret. Refuses InTheFuture,
    KeyReused and NoWorkingDay.
    """
    events.hold(office.code)
    contact = contact or Contact()
    content = [vars(words), vars(contact), [kept.sha256 for kept in files]]
    secret = secrets.secret_for(key)
    earlier = replay.answered(scope=f"complaint:{office.code}", key=key, content=content)
    if earlier:
        return Filed(Complaint.objects.get(pk=earlier), secret)
    received = received_at or at
    if received > at or (words.happened_on and words.happened_on > local(office, received).date()):
        raise InTheFuture(received)
    complaint = _store(office, words, contact, door, received, at, by, secret, consultation, language)
    complaint.about.set(staff_named_in(office, f"{words.about}\n{words.text}"))
    for kept in files:
        attach(complaint=complaint, kept=kept, at=at)
    replay.remember(
        scope=f"complaint:{office.code}", key=key, content=content, answer=str(complaint.pk), at=at
    )
    when = {} if received == at else {"received": received.isoformat()}
    tell(complaint, "file", by, at, door=str(door), confidential=words.confidential, **when)
    messages.complaint_received(complaint, secret, at=at)
    messages.complaint_to_staff(complaint, "new", at=at)
    return Filed(complaint, secret)


def _store(office, words, contact, door, received, at, by, secret, consultation, language) -> Complaint:
    year = local(office, received).year
    newest = Complaint.objects.filter(office=office, year=year).aggregate(Max("number"))["number__max"] or 0
    code = ids.code(secrets.CODE_LENGTH)
    due = deadlines_of(office, complete=received)
    return Complaint.objects.create(
        office=office,
        year=year,
        number=newest + 1,
        code=code,
        secret_digest=secrets.digest_of(code, secret),
        door=door,
        subject=one_line(words.subject)[:150],
        text=many_lines(words.text)[:LONGEST_TEXT],
        happened_on=words.happened_on,
        about_words=one_line(words.about)[:150],
        confidential=words.confidential,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        language=language,
        received_at=received,
        entered_at=at,
        entered_by=by,
        respond_due=due.respond,
        decide_due=due.decide,
        consultation=consultation,
    )


def find(*, office: Office, code: str, secret: str) -> Complaint:
    """The complaint that code and secret open. Refuses NotFound, whatever is wrong."""
    spelled, proof = secrets.typed(code), secrets.typed(secret)
    found = (
        Complaint.objects.select_related("office").filter(office=office, code=spelled).first()
    )  # the code is unique
    # Compared also when nothing was found, so that the time does not tell the difference.
    fits = secrets.same(found.secret_digest if found else "0" * 64, secrets.digest_of(spelled, proof))
    if found is None or not fits:
        raise NotFound
    return found


@transaction.atomic
def reply(
    *, complaint: Complaint, text: str, key: str, at: datetime, files: Sequence[Kept] = ()
) -> ComplaintMessage:
    """What the complainant adds. When the office waited for it, the deadlines count from now.

    The same key again is the same press. Refuses MoveRefused when the complaint is closed, KeyReused.
    """
    now = hold(complaint)
    scope, content = f"complaint-reply:{now.pk}", [text, [kept.sha256 for kept in files]]
    earlier = replay.answered(scope=scope, key=key, content=content)
    if earlier:
        return ComplaintMessage.objects.get(pk=earlier)
    if State(now.state) not in OPEN:
        raise MoveRefused(now.state, "reply")
    if now.waiting_since:
        # UU 25/2009: the time for the decision begins with a complete complaint. Never earlier than promised.
        due = deadlines_of(now.office, complete=at, category=now.category)
        Complaint.objects.filter(pk=now.pk).update(
            waiting_since=None, decide_due=max(due.decide, now.decide_due)
        )
    said = say(now, ComplaintMessage.Kind.REPLY, text, by="visitor", at=at, event="reply", files=files)
    now.refresh_from_db()
    messages.complaint_reply(now, at=at)
    replay.remember(scope=scope, key=key, content=content, answer=str(said.pk), at=at)
    return said


@transaction.atomic
def object_to(*, complaint: Complaint, text: str, key: str, at: datetime) -> Complaint:
    """Ask for another look at the decision; the same key again is the same press.

    Refuses TooLateToObject, ComplaintMoved and KeyReused.
    """
    now = hold(complaint)
    scope = f"complaint-objection:{now.pk}"
    if replay.answered(scope=scope, key=key, content=text):
        return now
    if State(now.state) not in MAY_OBJECT or now.objection_until is None or at >= now.objection_until:
        raise TooLateToObject(now)
    due, was = deadlines_of(now.office, complete=at, category=now.category), decided_on(now)
    move(now, Move.OBJECT, respond_due=due.respond, decide_due=due.decide, responded_at=None)
    say(now, ComplaintMessage.Kind.OBJECTION, text, by="visitor", at=at, event="object", was=was)
    messages.complaint_to_staff(now, "objection", at=at)
    replay.remember(scope=scope, key=key, content=text, answer="objection", at=at)
    return now


# ----- what staff's moves share (complaint_moves.py)


def hold(complaint: Complaint) -> Complaint:
    """The complaint as it is now, while nobody else at the office can change anything."""
    events.hold(complaint.office.code)
    return Complaint.objects.select_related("office", "handler").get(pk=complaint.pk)


def move(complaint: Complaint, step: Move, **changes) -> None:
    """To the state that follows, naming the one that was seen. Refuses MoveRefused and ComplaintMoved."""
    seen = State(complaint.state)
    target = after(seen, step)
    won = Complaint.objects.filter(pk=complaint.pk, state=seen, version=complaint.version).update(
        state=target, version=F("version") + 1, **changes
    )
    if not won:
        raise ComplaintMoved(complaint)
    complaint.refresh_from_db()


def say(
    complaint: Complaint,
    kind: str,
    text: str,
    *,
    by: str,
    at: datetime,
    event: str,
    files: Iterable[Kept] = (),
    was: Sequence[str] = (),
) -> ComplaintMessage:
    """One more entry of the thread with its files, and its event; `was` as decided_on says."""
    message = ComplaintMessage.objects.create(
        complaint=complaint, kind=kind, text=many_lines(text)[:LONGEST_TEXT], by=by, at=at
    )
    for kept in files:
        attach(complaint=complaint, kept=kept, at=at, message=message)
    Complaint.objects.filter(pk=complaint.pk).update(version=F("version") + 1)
    complaint.version += 1
    tell(complaint, event, by, at, **({"was": list(was)} if was else {}))
    return message


def decided_on(complaint: Complaint) -> list[str]:
    """The day whose figures lose this decision when it is looked at once more; a report counts it anew."""
    decided = complaint.decided_at
    return [local(complaint.office, decided).date().isoformat()] if decided else []


def tell(complaint: Complaint, kind: str, by: str, at: datetime, **data: object) -> None:
    events.record(
        office=complaint.office.code,
        kind=f"complaint.{kind}",
        subject=f"complaint:{complaint.pk}",
        by=by,
        at=at,
        **data,
    )
