"""What an officer does with the visitor in front of the counter: call, start, finish and the rest."""

from datetime import datetime

from django.db import transaction

from loket.base import events, sql
from loket.offices.clock import local_day
from loket.offices.models import Service
from loket.rules.queueing import Move
from loket.visits.actions import clocking
from loket.visits.actions.moving import TicketMoved, move
from loket.visits.actions.sessions import NotAtCounter, OnBreak
from loket.visits.models import WITH_VISIT, CounterSession, Ticket
from loket.visits.queries import handover_of, next_turn, services_of


class CounterBusy(Exception):
    """The visitor at this counter has to be finished or skipped first."""


class ReasonMissing(Exception):
    """Calling somebody out of turn needs a reason; it is kept with the call."""


class ElsewhereServed(Exception):
    """The ticket belongs to another counter, another office or another day."""


@transaction.atomic
def call_next(*, session: CounterSession, at: datetime) -> Ticket | None:
    """Call whoever is next in call order for this counter's services; None when nobody waits.

    Refuses CounterBusy, OnBreak and, for a closed session, NotAtCounter.
    """
    counter = session.counter
    _ready(session)
    while turn := next_turn(counter.office, service_ids=services_of(counter), at=at):
        try:
            return _call(session, turn.ticket, at=at)
        except TicketMoved:
            continue  # another counter called this visitor; take the one behind
    return None


@transaction.atomic
def call_chosen(*, session: CounterSession, ticket: Ticket, reason: str, at: datetime) -> Ticket:
    """Call one waiting or parked visitor out of turn; `reason` is kept in the log.

    A parked visitor of this officer comes back without a reason. Refuses ReasonMissing,
    CounterBusy, OnBreak, NotAtCounter, ElsewhereServed, MoveNotAllowed, TicketMoved.
    """
    _ready(session)
    parked_here = ticket.state == "parked" and ticket.officer_id == session.officer_id
    if not reason.strip() and not parked_here:
        raise ReasonMissing(ticket)
    if ticket.office_id != session.counter.office_id or ticket.day != local_day(ticket.office, at):
        raise ElsewhereServed(ticket)
    return _call(session, ticket, at=at, reason=reason.strip())


# What follows acts on the visitor at the counter. `seen` is the key of the ticket that the officer's
# screen showed: a press from a tab that has gone stale must not hit the next visitor. All of them
# refuse ElsewhereServed when nobody, or somebody else, is at the counter.


@transaction.atomic
def recall(*, session: CounterSession, at: datetime, seen: int | None = None) -> Ticket:
    """Announce the called visitor once more."""
    ticket = _current(session, seen)
    return move(ticket, Move.RECALL, by=session.officer.staff_id, at=at, calls=ticket.calls + 1)


@transaction.atomic
def start(*, session: CounterSession, at: datetime, seen: int | None = None) -> Ticket:
    """The visitor is at the counter: service begins and the hand-over is measured (CLOCKS 13).

    One who was set aside and comes back keeps the first start and its hand-over: the promise was
    kept or broken then.
    """
    ticket = _current(session, seen)
    if ticket.started_at:
        return move(ticket, Move.START, by=session.officer.staff_id, at=at)
    clock = handover_of(ticket, until=at)
    return move(
        ticket,
        Move.START,
        by=session.officer.staff_id,
        at=at,
        started_at=at,
        handover=clock.ran if clock else None,
        handover_met=clock.met if clock else None,
    )


@transaction.atomic
def finish(*, session: CounterSession, at: datetime, seen: int | None = None) -> Ticket:
    """Service is over; from now the next visitor's ten minutes run (T1)."""
    ticket = _current(session, seen)
    # A clock that was set back must not end a service before it began.
    ended = max(at, ticket.started_at or at)
    move(ticket, Move.FINISH, by=session.officer.staff_id, at=at, finished_at=ended)
    clocking.counter_free(session.counter, at=at)
    return ticket


@transaction.atomic
def skip(*, session: CounterSession, at: datetime, seen: int | None = None) -> Ticket:
    """The called visitor did not come: no-show; they may join the line again."""
    ticket = _current(session, seen)
    move(ticket, Move.SKIP, by=session.officer.staff_id, at=at)
    clocking.counter_free(session.counter, at=at)
    return ticket


@transaction.atomic
def park(*, session: CounterSession, reason: str, at: datetime, seen: int | None = None) -> Ticket:
    """Set the visitor aside, e.g. while a form is fetched; called back by choosing them."""
    ticket = _current(session, seen)
    move(ticket, Move.PARK, by=session.officer.staff_id, at=at, reason=reason)
    clocking.counter_free(session.counter, at=at)
    return ticket


@transaction.atomic
def transfer(
    *, session: CounterSession, to: Service, reason: str, at: datetime, seen: int | None = None
) -> Ticket:
    """Pass the visitor on to another service; number and first place in line are kept.

    Refuses ElsewhereServed for the same service and for one of another office.
    """
    ticket = _current(session, seen)
    if to.office_id != ticket.office_id or to.pk == ticket.service_id:
        raise ElsewhereServed(to)
    move(
        ticket,
        Move.TRANSFER,
        by=session.officer.staff_id,
        at=at,
        reason=reason,
        service=to,
        counter=None,
        officer=None,
        clock_from=None,
        clock_ran=None,
        started_at=None,
    )
    clocking.counter_free(session.counter, at=at)
    return ticket


def current(session: CounterSession) -> Ticket | None:
    """The visitor called to or served at this counter."""
    here = "one.counter_id = %s AND one.state IN ('called', 'serving')"
    found = sql.select_with(Ticket, WITH_VISIT, here, session.counter_id)
    return found[0] if found else None  # one by constraint


def _current(session: CounterSession, seen: int | None) -> Ticket:
    events.hold(session.counter.office.code)
    ticket = current(session)
    if ticket is None or ticket.officer_id != session.officer_id or seen not in (None, ticket.pk):
        raise ElsewhereServed(session.counter)
    return ticket


READY = """
SELECT
    EXISTS (SELECT 1 FROM visits_break WHERE session_id = session.id AND ended_at IS NULL),
    EXISTS (
        SELECT 1 FROM visits_ticket
        WHERE counter_id = session.counter_id AND state IN ('called', 'serving')
    )
FROM visits_countersession AS session
WHERE session.id = %s AND session.closed_at IS NULL
"""


def _ready(session: CounterSession) -> None:
    """The counter may take somebody. Refuses NotAtCounter, OnBreak, CounterBusy."""
    events.hold(session.counter.office.code)
    stands = sql.one(READY, session.pk)
    if stands is None:
        raise NotAtCounter(session.officer)
    paused, busy = stands
    if paused:
        raise OnBreak(session.counter)
    if busy:
        raise CounterBusy(session.counter)


def _call(session: CounterSession, ticket: Ticket, *, at: datetime, reason: str = "") -> Ticket:
    move(
        ticket,
        Move.CALL,
        by=session.officer.staff_id,
        at=at,
        reason=reason,
        counter=session.counter,
        officer=session.officer,
        called_at=at,
        calls=ticket.calls + 1,
    )
    clocking.counter_busy(session.counter)
    # Whoever is at the head now may have another counter free.
    clocking.start_clocks(session.counter.office, at=at)
    return ticket
