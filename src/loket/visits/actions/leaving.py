"""What visitors do with their own number: give it back, or join the line again."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.rules.queueing import AT_COUNTER, Move
from loket.visits.actions import clocking
from loket.visits.actions.moving import move
from loket.visits.models import Ticket


@transaction.atomic
def cancel(*, ticket: Ticket, at: datetime, by: str = "visitor") -> Ticket:
    """Give the number back. Refuses MoveNotAllowed once the service has begun, and TicketMoved."""
    events.hold(ticket.office.code)
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
    """Join the line again at its end after a missed call. Refuses MoveNotAllowed, TicketMoved."""
    head = events.hold(ticket.office.code)
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
