"""Taking a number: the guest book's page, the number, the place in line, in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from loket.base import events, families, replay, sql
from loket.live import announce
from loket.offices.clock import local_day
from loket.offices.limits import limits_from
from loket.offices.models import Office, Service
from loket.offices.queries import ask_calendar, calendar_of
from loket.people.actions import GuestEntry, arrival, greet, keep_consents
from loket.rules.queueing import OVER
from loket.rules.worktime import Calendar
from loket.visits import messages
from loket.visits.actions import clocking
from loket.visits.estimating import Queue
from loket.visits.models import Ticket, Visit
from loket.visits.queries import ask_heads


class Closed(Exception):
    """The office is closed at this hour; `opens_at` is the next opening (aware) or None."""

    def __init__(self, opens_at: datetime | None):
        super().__init__(opens_at)
        self.opens_at = opens_at


class LineFull(Exception):
    """No more numbers today: the queue would not end before closing, or the daily limit is reached."""

    def __init__(self, why: str, opens_at: datetime | None):
        super().__init__(why)
        self.why = why
        self.opens_at = opens_at


class GuestBookFilled(Exception):
    """The guest book of this visit is filled in already; what is in it is changed by an officer."""


class VisitOver(Exception):
    """The visit is over; nothing is added to it any more."""


@dataclass(frozen=True)
class Request:
    """What the visitor came for."""

    purpose: str = ""
    text: str = ""
    kind: str = "unknown"
    priority_reason: str = ""


def take_number(
    *,
    office: Office,
    service: Service,
    request: Request,
    guest: GuestEntry | None,
    door: str,
    key: str,
    by: str,
    at: datetime,
    override: str = "",
) -> Ticket:
    """Give the next number of the day for the service (DESIGN D5, D6).

    The same `key` with the same content gives the same ticket, in whatever language it is sent; with
    another content it refuses replay.KeyReused. `guest` is None where the number comes before the
    guest book. Refuses Closed outside opening hours and LineFull after the last number (CLOCKS 16),
    unless an officer gives a reason in `override`. `at` is aware; the day is that of the office's zone.
    """
    # What needs no answer is done before others wait for this office.
    content = [service.code, request, replace(guest, language="") if guest else None]
    press = replay.Press(scope=f"ticket:{office.code}", key=key, content=content)
    visit = _visit(office, request, door, at)
    ticket = _ticket(visit, service, request)
    try:
        _give(ticket, guest, press, by=by, override=override)
    except _AnsweredBefore as before:
        return _given_before(office, before.answer)
    return ticket


@transaction.atomic
def _give(ticket: Ticket, guest: GuestEntry | None, press: replay.Press, *, by: str, override: str) -> None:
    office, visit, at = ticket.office, ticket.visit, ticket.taken_at
    calendar = None if override else ask_calendar(office)
    head = events.hold(office.code)
    number = _count_up(ticket)
    press.ask()
    if calendar and _is_rationed(office):
        _check_press(press)
        # Before this one is counted among those who came.
        _check_doors(calendar(), office, Queue(ticket.service, at=at))
    if guest:
        visit.visitor = arrival(office=office, entry=guest, at=at)
    heads = _store(ticket, guest, number=number, rank=head.next_seq)
    # Read with the keys of what is stored; who is refused now has stored nothing after all.
    _check_press(press)
    if calendar:
        _check_hours(calendar(), at)
    press.remember(answer=str(ticket.pk), at=at)
    _record(ticket, head, by, override)
    clocking.start_clocks(office, at=at, asked=heads)
    if visit.visitor and visit.visitor.email:
        messages.number_taken(ticket, visit.visitor, at=at)


class _AnsweredBefore(Exception):
    """The press came before; the number that was counted for it is given back."""

    def __init__(self, answer: str):
        super().__init__(answer)
        self.answer = answer


def _check_press(press: replay.Press) -> None:
    if answer := press.answer:
        raise _AnsweredBefore(answer)


@transaction.atomic
def _given_before(office: Office, answer: str) -> Ticket:
    """The ticket of the press that came first. Whoever made it may still wait for the disk, so does this."""
    events.hold(office.code)
    return Ticket.objects.select_related("office", "service", "visit").get(pk=int(answer))


def check_doors(*, office: Office, queue: Queue) -> None:
    """Whether a number would be given at the queue's moment. Refuses Closed and LineFull (CLOCKS 16)."""
    _check_doors(calendar_of(office), office, queue)


def _check_hours(calendar: Calendar, at: datetime) -> None:
    moment = calendar.moment(at)
    if not moment.is_open:
        raise Closed(moment.opens_at)


def _is_rationed(office: Office) -> bool:
    """Whether somebody may be refused who comes while it is open."""
    limits = limits_from(office.settings)
    return limits.last_number_rule or limits.daily_limit > 0


def _check_doors(calendar: Calendar, office: Office, queue: Queue) -> None:
    at = queue.at
    _check_hours(calendar, at)
    limits = limits_from(office.settings)
    day = local_day(office, at)
    if limits.last_number_rule:
        ends = at + timedelta(minutes=queue.expected_end)
        if ends > calendar.closing(day):
            raise LineFull("closing", _tomorrow(calendar, day))
    if limits.daily_limit:
        given = Ticket.objects.of_day(office, day).filter(service=queue.service).count()
        if given >= limits.daily_limit:
            raise LineFull("limit", _tomorrow(calendar, day))


def _tomorrow(calendar: Calendar, day: date) -> datetime | None:
    return calendar.next_opening(calendar.at(day, time.max))


def _visit(office: Office, request: Request, door: str, at: datetime) -> Visit:
    """The page in the guest book, before anybody has written a name on it."""
    return sql.new(
        Visit,
        office=office,
        day=local_day(office, at),
        at=at,
        door=door,
        purpose=request.purpose,
        request=request.text,
        kind=request.kind,
    )


def _ticket(visit: Visit, service: Service, request: Request) -> Ticket:
    """Without its number and its rank, which are counted when it is stored."""
    return sql.new(
        Ticket,
        office=visit.office,
        service=service,
        visit=visit,
        day=visit.day,
        letter=service.letter,
        priority=bool(request.priority_reason),
        priority_reason=request.priority_reason,
        taken_at=visit.at,
        queued_at=visit.at,
    )


def _store(ticket: Ticket, guest: GuestEntry | None, **given: families.Given) -> Any:
    """Who is at the head of the line now is asked at the same time."""
    visit = ticket.visit
    newcomer = visit.visitor is not None and visit.visitor.pk is None
    give_keys = families.insert(*([visit.visitor] if newcomer else []), visit, ticket, given=given)
    heads = ask_heads(ticket.office, at=visit.at)
    give_keys()
    if guest:
        keep_consents(visit.visitor, guest, channel=visit.door, at=visit.at)
    return heads


def _record(ticket: Ticket, head: events.Head, by: str, override: str) -> None:
    events.record(
        head=head,
        office=ticket.office.code,
        kind="ticket.take",
        subject=f"ticket:{ticket.pk}",
        by=by,
        at=ticket.taken_at,
        label=ticket.label,
        day=ticket.day.isoformat(),
        door=ticket.visit.door,
        **({"override": override} if override else {}),
    )
    announce.changed(announce.hall(ticket.office.code))


def _count_up(ticket: Ticket) -> families.Given:
    """Count the day's series up by one statement; the transaction that fails gives the number back."""
    series = (ticket.office_id, ticket.day, ticket.letter)
    asked = sql.later(
        "INSERT INTO visits_numberseries (office_id, day, letter, last) VALUES (%s, %s, %s, 1)"
        " ON CONFLICT (office_id, day, letter) DO UPDATE SET last = visits_numberseries.last + 1"
        " RETURNING last",
        *series,
    )
    return families.Given(
        lambda: asked.fetchone()[0],
        "SELECT last FROM visits_numberseries WHERE office_id = %s AND day = %s AND letter = %s",
        series,
    )


@transaction.atomic
def fill_guest_book(
    *, ticket: Ticket, request: Request, guest: GuestEntry, at: datetime, by: str = "visitor"
) -> Ticket:
    """The guest book's page for a ticket that was taken before it (number-first offices).

    Filled in once, until the visit is over, whatever state `ticket` was read in. Refuses
    GuestBookFilled, VisitOver and people.actions.UnknownCode.
    """
    events.hold(ticket.office.code)
    # Read again behind the office's lock: the form may have been sent twice, or the officer has
    # finished the visit or recorded the consultation meanwhile.
    ticket = Ticket.objects.select_related("office", "service", "visit").get(pk=ticket.pk)
    if ticket.visit.visitor_id is not None:
        raise GuestBookFilled(ticket)
    if ticket.state in OVER:
        raise VisitOver(ticket)
    visitor = greet(office=ticket.office, entry=guest, channel=ticket.visit.door, at=at)
    visit = ticket.visit
    visit.visitor, visit.purpose = visitor, request.purpose
    visit.request, visit.kind = request.text, request.kind
    visit.save(update_fields=["visitor", "purpose", "request", "kind"])
    events.record(
        office=ticket.office.code, kind="visit.guest_book", subject=f"ticket:{ticket.pk}", by=by, at=at
    )
    announce.changed(announce.hall(ticket.office.code))
    if visitor.email:
        messages.number_taken(ticket, visitor, at=at)
    return ticket
