"""Keeping invented days as the actions would have kept them, but thousands of rows at a time.

Two months through the ordinary actions take a quarter of a minute; a first look should not.
tests/demo compares what is kept here with what the actions keep.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from loket.base import events, ids
from loket.base.models import Event
from loket.consultations.models import Consultation, DataItem
from loket.demo import remarks
from loket.demo.days import REST, Day, Desk, Stay
from loket.feedback.models import Rating
from loket.live import announce
from loket.offices.limits import limits_from
from loket.offices.models import Counter, Office, Service
from loket.people.actions import CODE_LENGTH
from loket.people.models import User, Visitor
from loket.rules.queueing import Move, State, after, handover
from loket.visits.models import Break, CounterSession, NumberSeries, Ticket, TicketMove, Visit

# In an order in which each row's own references are stored before it.
KINDS = (
    Visitor, Consultation, DataItem, Visit, Ticket, TicketMove, Rating, NumberSeries, CounterSession, Break,
)  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """An event whose subject has no key yet."""

    at: datetime
    kind: str
    subject: Model
    by: str
    data: dict[str, Any]


@dataclass
class Book:
    """The rows and events of all days, before they are stored."""

    office: Office
    service: Service
    crew: Sequence[tuple[Counter, User]]
    rows: dict[type[Model], list] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    happened: list[Happened] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def tell(self, at: datetime, kind: str, subject: Model, by: str, **data: Any) -> None:
        self.happened.append(Happened(at, kind, subject, by, data))


def keep(*, office: Office, service: Service, crew: Sequence[tuple[Counter, User]], days: list[Day]) -> None:
    """Store the days, earliest first, as the newest part of the office's history."""
    book = Book(office, service, crew)
    for day in days:
        for desk, (counter, officer) in zip(day.desks, crew, strict=True):
            _keep_desk(book, desk, counter, officer)
        for stay in day.stays:
            _keep_stay(book, day, stay)
        book.add(NumberSeries(office=office, day=day.date, letter=service.letter, last=len(day.stays)))
    with transaction.atomic():
        head = events.hold(office.code)
        book.happened.sort(key=lambda entry: entry.at)
        for seq, entry in enumerate(book.happened, start=head.seq + 1):
            if entry.kind == "ticket.take":
                entry.subject.rank = seq
        for kind, rows in book.rows.items():
            kind._default_manager.bulk_create(rows, batch_size=500)
        events.record_many(office=office.code, entries=[_event(office, entry) for entry in book.happened])
        announce.changed(announce.hall(office.code))


def _event(office: Office, entry: Happened) -> Event:
    subject = entry.subject
    key = subject.number if isinstance(subject, Counter) else subject.pk
    return Event(
        office=office.code,
        at=entry.at,
        kind=entry.kind,
        subject=f"{subject._meta.model_name}:{key}",
        by=entry.by,
        data=entry.data,
    )


def _keep_desk(book: Book, desk: Desk, counter: Counter, officer: User) -> None:
    session = book.add(
        CounterSession(counter=counter, officer=officer, opened_at=desk.opened, closed_at=desk.closed)
    )
    book.tell(desk.opened, "counter.open", counter, officer.staff_id)
    if desk.rested:
        back = desk.rested + REST
        book.add(
            Break(session=session, started_at=desk.rested, ended_at=back, reason="Istirahat", back_at=back)
        )
        book.tell(desk.rested, "counter.break", counter, officer.staff_id, announced=True)
        book.tell(back, "counter.back", counter, officer.staff_id)
    book.tell(desk.closed, "counter.close", counter, officer.staff_id)


def _keep_stay(book: Book, day: Day, stay: Stay) -> None:
    visitor = book.add(
        Visitor(
            office=book.office,
            code=ids.code(CODE_LENGTH),
            name=stay.guest.name,
            institution_kind=stay.guest.institution_kind,
            occupation=stay.guest.occupation,
            age_band=stay.guest.age_band,
            first_seen_at=stay.taken,
            last_seen_at=stay.taken,
        )
    )
    errand = stay.errand
    visit = book.add(
        Visit(
            office=book.office, visitor=visitor, day=day.date, at=stay.taken, door=Visit.Door.KIOSK,
            purpose=errand.purpose, request=errand.text, kind=errand.kind,
        )
    )  # fmt: skip
    ticket = book.add(_ticket(book, day, stay, visit))
    label = {"label": ticket.label, "day": day.date.isoformat()}
    book.tell(stay.taken, "ticket.take", ticket, "visitor", door=visit.door, **label)
    _keep_moves(book, day, stay, ticket, label)
    if stay.noted:
        _keep_note(book, stay, visit, ticket)
    if stay.score:
        _keep_rating(book, stay, ticket)


def _ticket(book: Book, day: Day, stay: Stay, visit: Visit) -> Ticket:
    counter, officer = book.crew[stay.counter]
    ticket = Ticket(
        office=book.office, service=book.service, visit=visit, day=day.date, letter=book.service.letter,
        number=stay.number, priority=bool(stay.priority), priority_reason=stay.priority,
        counter=counter, officer=officer, taken_at=stay.taken, queued_at=stay.taken,
        called_at=stay.called, calls=1, started_at=stay.started, finished_at=stay.finished,
        state=State.SERVED if stay.started else State.NO_SHOW, clock_from=stay.head_since,
    )  # fmt: skip
    if stay.started:
        limit = timedelta(minutes=limits_from(book.office.settings).handover_minutes)
        opened = min(desk.opened for desk in day.desks)
        clock = handover(
            in_line_since=stay.taken,
            opened=opened,
            head_since=stay.head_since,
            until=stay.started,
            limit=limit,
        )
        ticket.handover, ticket.handover_met = clock.ran, clock.met
    return ticket


def _keep_moves(book: Book, day: Day, stay: Stay, ticket: Ticket, label: dict[str, Any]) -> None:
    counter, officer = book.crew[stay.counter]
    served = [(Move.CALL, stay.called), (Move.START, stay.started), (Move.FINISH, stay.finished)]
    missed = [(Move.CALL, stay.called), (Move.SKIP, stay.called + timedelta(seconds=90))]
    state = State.WAITING
    for verb, at in served if stay.started else missed:
        before, state = state, after(state, verb)
        by = officer.staff_id
        book.add(
            TicketMove(
                ticket=ticket, move=verb, from_state=before, to_state=state, at=at, by=by, counter=counter
            )
        )
        book.tell(at, f"ticket.{verb}", ticket, by, state=state.value, counter=counter.number, **label)


def _keep_note(book: Book, stay: Stay, visit: Visit, ticket: Ticket) -> None:
    errand = stay.errand
    consultation = book.add(
        Consultation(
            office=book.office, visitor=visit.visitor, door=Consultation.Door.HALL, kind=errand.kind,
            question=errand.text, created_at=stay.finished, answered_at=stay.finished,
        )
    )  # fmt: skip
    visit.consultation = consultation
    book.add(
        DataItem(
            consultation=consultation, position=1, what=errand.what, area=errand.area,
            year_from=2020, year_to=2025, found=errand.found,
        )
    )  # fmt: skip
    by = ticket.officer.staff_id
    found = int(errand.found == DataItem.Found.FOUND)
    book.tell(stay.finished, "consultation.record", consultation, by, items=1, found=found)


def _keep_rating(book: Book, stay: Stay, ticket: Ticket) -> None:
    at = stay.finished + timedelta(minutes=2)
    channel = "phone" if stay.number % 2 else "tablet"
    said = {"score": stay.score, "number": at.toordinal() * 3 + stay.number}
    book.add(
        Rating(
            office=book.office, ticket=ticket, score=stay.score, channel=channel, at=at,
            reasons=remarks.reasons_of(**said), comment=remarks.comment_of(**said),
        )
    )  # fmt: skip
    book.tell(at, "rating.give", ticket, "visitor", score=stay.score, channel=channel)
