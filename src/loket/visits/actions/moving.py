"""The one place where a ticket changes its state."""

from datetime import datetime, timedelta
from typing import Any

from loket.base import events, sql
from loket.live import announce
from loket.rules.queueing import Move, State, after
from loket.visits.models import Ticket, TicketMove


class TicketMoved(Exception):
    """Somebody else moved this ticket a moment ago; look again."""


def move(ticket: Ticket, verb: Move, *, by: str, at: datetime, reason: str = "", **changes: Any) -> Ticket:
    """Rule, conditional update, move row, event, announcement; the caller holds the transaction.

    Refuses MoveNotAllowed and TicketMoved. `by` is a staff id, "visitor" or "loket".
    """
    head = events.hold(ticket.office.code)
    seen = State(ticket.state)
    target = after(seen, verb)
    # Names the state we saw, so of two officers pressing at once exactly one wins.
    won = sql.change(Ticket, "id = %s AND state = %s", ticket.pk, seen, state=target, **changes)
    if not won:
        raise TicketMoved(ticket)
    sql.insert_later(
        sql.new(
            TicketMove,
            ticket=ticket,
            move=verb,
            from_state=seen,
            to_state=target,
            at=at,
            by=by,
            counter=changes.get("counter") or ticket.counter,
            reason=reason,
            before={name: _plain(getattr(ticket, name)) for name in changes},
        )
    )
    counter = changes.get("counter") or ticket.counter
    events.record(
        head=head,
        office=ticket.office.code,
        kind=f"ticket.{verb}",
        subject=f"ticket:{ticket.pk}",
        by=by,
        at=at,
        label=ticket.label,
        day=ticket.day.isoformat(),
        state=target.value,
        **({"counter": counter.number} if counter else {}),
    )
    announce.changed(announce.hall(ticket.office.code))
    ticket.state = target
    for name, value in changes.items():
        setattr(ticket, name, value)
    return ticket


def _plain(value: Any) -> Any:
    """A value as JSON keeps it; `undoing` reads it back."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return getattr(value, "pk", value)
