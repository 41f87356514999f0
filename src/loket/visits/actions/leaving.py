"""What visitors do with their own number: give it back, or join the line again."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.offices.clock import local_day
from loket.rules.queueing import AT_COUNTER, Move, MoveNotAllowed, State
from loket.visits.actions import clocking
from loket.visits.actions.moving import move
from loket.visits.models import Ticket


@transaction.atomic
def cancel(*, ticket: Ticket, at: datetime, by: str = "visitor") -> Ticket:
    """Give the number back. Refuses MoveNotAllowed once the service has begun or the day is over, and
    TicketMoved.
    """
    events.hold(ticket.office.code)
    _check_day(ticket, Move.CANCEL, at)
    ticket.refresh_from_db(fields=["state", "counter"])
    counter = ticket.counter if ticket.state in AT_COUNTER else None
    move(ticket, Move.CANCEL, by=by, at=at)
    if counter:
        clocking.counter_free(counter, at=at)
    else:
        clocking.start_clocks(ticket.office, at=at)
    return ticket


@transaction.atomic
def rejoin(*, ticket: Ticket, at: datetime, by: str = "visitor") -> Ticket:
    """Join the line again at its end after a missed call, on the same day.

    Refuses MoveNotAllowed, TicketMoved.
    """
    head = events.hold(ticket.office.code)
    _check_day(ticket, Move.REJOIN, at)
    move(
        ticket,
        Move.REJOIN,
        by=by,
        at=at,
        queued_at=at,
        rank=head.seq + 1,
        counter=None,
        officer=None,
        clock_from=None,
        clock_ran=None,
    )
    clocking.start_clocks(ticket.office, at=at)
    return ticket


def _check_day(ticket: Ticket, verb: Move, at: datetime) -> None:
    """A number is good for its day. Refuses MoveNotAllowed afterwards."""
    if ticket.day != local_day(ticket.office, at):
        raise MoveNotAllowed(State(ticket.state), verb)
