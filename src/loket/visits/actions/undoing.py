"""Taking back a wrong press: the same officer, within the office's seconds, logged as an undo."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from loket.base import events, sql
from loket.live import announce
from loket.offices.limits import limits_from
from loket.outbox import actions as outbox
from loket.people.models import User
from loket.rules.queueing import AT_COUNTER, UNDOABLE, Move, State
from loket.visits import messages
from loket.visits.actions import clocking
from loket.visits.actions.calling import CounterBusy
from loket.visits.actions.moving import TicketMoved
from loket.visits.actions.sessions import OnBreak
from loket.visits.models import CounterSession, Ticket, TicketMove

LATEST = 'one."by" = %s AND one.undone_at IS NULL AND one.at <= %s ORDER BY one.at DESC, one.id DESC LIMIT 1'


class NothingToUndo(Exception):
    """There is no press of this officer young enough to be taken back."""


def undoable(*, session: CounterSession, at: datetime) -> TicketMove | None:
    """The officer's latest press that can still be taken back at `at`."""
    seconds = limits_from(session.counter.office.settings).undo_seconds
    return latest_press(officer=session.officer, counter_id=session.counter_id, seconds=seconds, at=at)


def latest_press(*, officer: User, counter_id: int, seconds: int, at: datetime) -> TicketMove | None:
    """As `undoable`, for a screen that knows its counter and the office's seconds already."""
    found = sql.select_with(TicketMove, ("ticket",), LATEST, officer.staff_id, sql.moment(at))
    latest = found[0] if found else None
    if (
        latest is None
        or latest.move not in UNDOABLE
        or latest.at < at - timedelta(seconds=seconds)
        # The officer moved to another counter since: the visitor did not move along.
        or latest.counter_id != counter_id
        or latest.ticket.state != latest.to_state
    ):
        return None
    return latest


@transaction.atomic
def undo(*, session: CounterSession, at: datetime, press: int | None = None) -> Ticket:
    """Set the ticket back to what it was before the officer's latest press.

    `press` is the key of the move that the button promised to take back, so that pressing twice takes
    back one press. A summary that has not left yet is withdrawn with the finish that caused it. Refuses
    NothingToUndo, CounterBusy when the counter has called somebody since, OnBreak when it pauses,
    TicketMoved when the ticket went on.
    """
    events.hold(session.counter.office.code)
    step = undoable(session=session, at=at)
    if step is None or press not in (None, step.pk):
        raise NothingToUndo(session.officer)
    ticket = step.ticket
    back = State(step.from_state)
    if back in AT_COUNTER:
        _check_counter(session, ticket)
    won = Ticket.objects.filter(pk=ticket.pk, state=step.to_state).update(
        state=back, **{name: _restored(name, value) for name, value in step.before.items()}
    )
    if not won or not TicketMove.objects.filter(pk=step.pk, undone_at=None).update(undone_at=at):
        raise TicketMoved(ticket)
    events.record(
        office=ticket.office.code,
        kind="ticket.undo",
        subject=f"ticket:{ticket.pk}",
        by=session.officer.staff_id,
        at=at,
        move=step.move,
        state=back.value,
    )
    announce.changed(announce.hall(ticket.office.code))
    if back in AT_COUNTER:
        clocking.counter_busy(session.counter)
        clocking.forget_clocks(ticket.office, since=step.at)
    else:
        clocking.counter_free(session.counter, at=at)
    if step.move == Move.FINISH:
        outbox.withdraw(key=messages.summary_key(ticket), at=at)
    ticket.refresh_from_db()
    return ticket


def _check_counter(session: CounterSession, ticket: Ticket) -> None:
    """The visitor can come back to the counter. Refuses CounterBusy, OnBreak."""
    if Ticket.objects.at(session.counter).exclude(pk=ticket.pk).exists():
        raise CounterBusy(session.counter)
    if session.breaks.filter(ended_at=None).exists():
        raise OnBreak(session.counter)


def _restored(name: str, value: Any) -> Any:
    """The stored value as the column takes it."""
    column = Ticket._meta.get_field(name)
    if value is None:
        return None
    if isinstance(column, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(column, models.DurationField):
        return timedelta(seconds=value)
    return value
