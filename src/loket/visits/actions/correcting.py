"""A supervisor sets right what the day left wrong; a correction is a new event, shown as one."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.people.models import User
from loket.rules.queueing import Move, State
from loket.visits.actions.calling import ReasonMissing
from loket.visits.actions.moving import move
from loket.visits.models import Ticket


class TimesOutOfOrder(Exception):
    """A service cannot end before it began, nor later than now."""


class NotLeftOver(Exception):
    """Only tickets that the end of the day closed can be corrected."""


@transaction.atomic
def set_times(
    *, ticket: Ticket, started_at: datetime, finished_at: datetime, reason: str, by: User, at: datetime
) -> Ticket:
    """Re-open a left-over ticket and say when it was really served (aware instants).

    The ticket is marked as corrected and stays out of averages. Refuses NotLeftOver,
    TimesOutOfOrder, ReasonMissing, TicketMoved.
    """
    events.hold(ticket.office.code)
    if not reason.strip():
        raise ReasonMissing(ticket)
    if ticket.state not in (State.UNTIMED, State.EXPIRED):
        raise NotLeftOver(ticket)
    if not ticket.taken_at <= started_at <= finished_at <= at:
        raise TimesOutOfOrder(ticket)
    return move(
        ticket,
        Move.CORRECT,
        by=by.staff_id,
        at=at,
        reason=reason.strip(),
        started_at=started_at,
        finished_at=finished_at,
        corrected_at=at,
    )
