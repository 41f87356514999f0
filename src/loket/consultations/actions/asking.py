"""A question becomes a consultation with a number and a deadline (T3: at most 3 working days)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from loket.base import events, sql
from loket.base.text import many_lines, one_line
from loket.consultations import colleagues, messages
from loket.consultations.actions import assigning, clocking, drafting, saying
from loket.consultations.models import Consultation, DataItem
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.outbox import actions as outbox
from loket.outbox.models import Mail
from loket.people.models import User
from loket.rules.consulting import Kind


class AddressNotConfirmed(Exception):
    """An answer needs an address that is known to be the asker's (R2); confirm it first."""


@dataclass(frozen=True)
class Wanted:
    """One data item that is asked for; years as whole numbers or None."""

    what: str
    area: str = ""
    year_from: int | None = None
    year_to: int | None = None
    level: str = ""
    period: str = ""


@dataclass(frozen=True)
class Question:
    """What a visitor asks. `search_words`: the search that found nothing, where there was one."""

    subject: str
    text: str
    kind: str = "unknown"
    purpose: str = ""
    items: Sequence[Wanted] = ()
    search_words: str = ""
    without_search: bool = False


def ask(
    *,
    office: Office,
    asker: User,
    question: Question,
    at: datetime,
    key: str | None = None,
    attachments: Sequence[str] = (),
    previous: Consultation | None = None,
) -> Consultation:
    """Open a consultation: its number, its first turn, and the mail that says both; and hand it to
    somebody, where the office wants that (`assign_on_asking`).

    The asker's draft of a question here goes with it. `attachments` are tokens of files the asker has
    uploaded here and not sent. The same `key` again gives the same consultation. `previous`: the closed
    one that this follows (CLOCKS.md 6). Refuses AddressNotConfirmed, NothingSaid, TooLong, KeyReused
    (same key, other question), NoCalendar.
    """
    pressed = saying.press_key(asker, key)
    text = saying.checked(many_lines(question.text))
    try:
        with transaction.atomic():
            return _open(office, asker, question, text, pressed, attachments, previous, at)
    except IntegrityError:
        earlier = _asked_before(office, pressed)
        if pressed is None or earlier is None:
            raise
    if earlier.question != text:
        raise saying.KeyReused(key)
    if previous is None:
        drafting.drop(owner=asker, office=office)
    return earlier


@transaction.atomic
def _asked_before(office: Office, pressed: str | None) -> Consultation | None:
    """Whoever pressed first may still wait for the disk, so does this."""
    events.hold(office.code)
    return Consultation.objects.filter(key=pressed).select_related("office").first()  # unique


def _open(
    office: Office,
    asker: User,
    question: Question,
    text: str,
    pressed: str | None,
    attachments: Sequence[str],
    previous: Consultation | None,
    at: datetime,
) -> Consultation:
    head = events.hold(office.code)
    year = local_day(office, at).year
    place = _take_place(office, asker, year)
    if not place.confirmed:
        raise AddressNotConfirmed(asker)
    start = clocking.start_of(office, received=at, by=place.published)
    officer = assigning.next_officer(
        office=office, kind=question.kind, calendar=place.published.calendar, at=at
    )
    consultation = sql.insert(
        Consultation(
            office=office,
            asker=asker,
            door=Consultation.Door.ONLINE,
            key=pressed,
            year=year,
            number=place.number,
            kind=question.kind,
            subject=subject_of(question.subject, text),
            question=text,
            purpose=question.purpose,
            search_words=one_line(question.search_words)[:200],
            asked_without_search=question.without_search,
            language=asker.language,
            state=Consultation.State.OFFICE,
            close_reason="",
            assignee=officer,
            version=1,
            turn=1,
            created_at=at,
            last_at=at,
            previous=previous,
            **start.row,
        )
    )
    clocking.begin_turn(consultation, 1, start)
    lines = [
        saying.worded(
            consultation, Kind.VISITOR, at=at, by=saying.VISITOR, author=asker, text=text, key=pressed
        )
    ]
    letters: list[Mail] = []
    messages.received(consultation, start.deadline, at=at, among=letters)
    handed = {}
    if officer:
        lines.append(assigning.line_of(consultation, officer, by=saying.LOKET, at=at))
        colleagues.given(consultation, officer, by=saying.LOKET, at=at, among=letters)
        handed = {"to": officer.staff_id}
    sql.insert_all(lines)
    outbox.put_all(letters)
    _keep_items(consultation, question.items)
    saying.attach(lines[0], owner=asker, tokens=list(attachments))
    if place.has_draft and previous is None:
        drafting.drop(owner=asker, office=office)
    saying.tell(
        consultation,
        "ask",
        by=saying.VISITOR,
        at=at,
        head=head,
        data={"about": question.kind, "searched": not question.without_search} | handed,
    )
    return consultation


@dataclass(frozen=True)
class _Place:
    """A question's number, and what has to be known before it may have it."""

    number: int
    confirmed: bool
    has_draft: bool
    published: clocking.Published


_COUNTED_UP = (
    "INSERT INTO consultations_consultationseries (office_id, year, last) VALUES (%s, %s, 1)"
    " ON CONFLICT (office_id, year) DO UPDATE SET last = consultations_consultationseries.last + 1"
    " RETURNING last"
)
_KNOWN = (
    ", EXISTS (SELECT 1 FROM account_emailaddress WHERE user_id = %s AND email = %s AND verified)"
    ", EXISTS (SELECT 1 FROM consultations_draft"
    " WHERE owner_id = %s AND office_id = %s AND consultation_id IS NULL)"
    ", (SELECT digest FROM offices_calendarversion WHERE office_id = %s ORDER BY version DESC LIMIT 1)"
    ", (SELECT max(version) FROM offices_calendarversion WHERE office_id = %s)"
)


def _take_place(office: Office, asker: User, year: int) -> _Place:
    """One statement for all of it, after the office is held. Refuses NoCalendar.

    A transaction that fails or is refused gives the number back (D5).
    """
    number, confirmed, has_draft, digest, version = sql.one(
        _COUNTED_UP + _KNOWN,
        office.pk, year, asker.pk, asker.email, asker.pk, office.pk, office.pk, office.pk,
    )  # fmt: skip
    return _Place(number, bool(confirmed), bool(has_draft), clocking.published_as(office, digest, version))


def next_number(office: Office, year: int) -> int:
    """Count the year's series up; a transaction that fails gives it back (D5)."""
    return sql.one(_COUNTED_UP, office.pk, year)[0]


def subject_of(subject: str, text: str) -> str:
    """The asker's own, else how the question begins."""
    return (one_line(subject) or one_line(text))[:200]


def _keep_items(consultation: Consultation, items: Sequence[Wanted]) -> None:
    if items:
        DataItem.objects.bulk_create(
            DataItem(consultation=consultation, position=position, **vars(item))
            for position, item in enumerate(items, start=1)
        )
