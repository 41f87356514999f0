"""Taking a number: the guest book's page, the number, the place in line, in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from loket.base import events, replay, sql
from loket.live import announce
from loket.offices.clock import local_day
from loket.offices.limits import limits_from
from loket.offices.models import Office, Service
from loket.offices.queries import calendar_of
from loket.people.actions import GuestEntry, greet
from loket.people.models import Visitor
from loket.rules.queueing import OVER
from loket.visits import messages
from loket.visits.actions import clocking
from loket.visits.estimating import expected_end
from loket.visits.models import Ticket, Visit


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


@transaction.atomic
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
    head = events.hold(office.code)
    content = [service.code, request, replace(guest, language="") if guest else None]
    earlier = replay.answered(scope=f"ticket:{office.code}", key=key, content=content)
    if earlier:
        return Ticket.objects.select_related("office", "service", "visit").get(pk=int(earlier))
    day = local_day(office, at)
    if not override:
        check_doors(office=office, service=service, at=at)
    visitor = greet(office=office, entry=guest, channel=door, at=at) if guest else None
    ticket = _store(office, service, request, visitor, door, day, at, rank=head.seq + 1)
    replay.remember(scope=f"ticket:{office.code}", key=key, content=content, answer=str(ticket.pk), at=at)
    events.record(
        head=head,
        office=office.code,
        kind="ticket.take",
        subject=f"ticket:{ticket.pk}",
        by=by,
        at=at,
        label=ticket.label,
        day=day.isoformat(),
        door=door,
        **({"override": override} if override else {}),
    )
    announce.changed(announce.hall(office.code))
    clocking.start_clocks(office, at=at)
    if visitor and visitor.email:
        messages.number_taken(ticket, visitor, at=at)
    return ticket


def check_doors(*, office: Office, service: Service, at: datetime) -> None:
    """Whether a number would be given now. Refuses Closed and LineFull (CLOCKS 16)."""
    day = local_day(office, at)
    calendar = calendar_of(office)
    moment = calendar.moment(at)
    if not moment.is_open:
        raise Closed(moment.opens_at)
    limits = limits_from(office.settings)
    tomorrow = calendar.next_opening(calendar.at(day, time.max))
    if limits.last_number_rule:
        ends = at + timedelta(minutes=expected_end(service, at=at))
        if ends > calendar.closing(day):
            raise LineFull("closing", tomorrow)
    if limits.daily_limit:
        given = Ticket.objects.of_day(office, day).filter(service=service).count()
        if given >= limits.daily_limit:
            raise LineFull("limit", tomorrow)


def _store(
    office: Office,
    service: Service,
    request: Request,
    visitor: Visitor | None,
    door: str,
    day: date,
    at: datetime,
    *,
    rank: int,
) -> Ticket:
    visit = sql.new(
        Visit,
        office=office,
        visitor=visitor,
        day=day,
        at=at,
        door=door,
        purpose=request.purpose,
        request=request.text,
        kind=request.kind,
    )
    ticket = sql.new(
        Ticket,
        office=office,
        service=service,
        visit=sql.insert(visit),
        day=day,
        letter=service.letter,
        number=next_number(office, day, service.letter),
        priority=bool(request.priority_reason),
        priority_reason=request.priority_reason,
        taken_at=at,
        queued_at=at,
        rank=rank,
    )
    return sql.insert(ticket)


def next_number(office: Office, day: date, letter: str) -> int:
    """Count the day's series up by one statement; the transaction that fails gives it back."""
    return sql.one(
        "INSERT INTO visits_numberseries (office_id, day, letter, last) VALUES (%s, %s, %s, 1)"
        " ON CONFLICT (office_id, day, letter) DO UPDATE SET last = visits_numberseries.last + 1"
        " RETURNING last",
        office.pk,
        day,
        letter,
    )[0]


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
