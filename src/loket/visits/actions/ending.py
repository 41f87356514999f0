"""The end of the day: what was left is closed honestly, and listed (CLOCKS 17)."""

from datetime import date, datetime

from django.db import transaction

from loket.base import events
from loket.offices.models import Office
from loket.rules.queueing import Move, State
from loket.visits.actions.moving import TicketMoved, move
from loket.visits.actions.sessions import close_counter
from loket.visits.models import CounterSession, Ticket

LEFT = (State.WAITING, State.CALLED, State.PARKED, State.SERVING)


@transaction.atomic
def end_day(*, office: Office, before: date, at: datetime) -> int:
    """Close tickets of days before `before`: unserved ones expire, a visit still in service becomes
    untimed; who was called and did not come stays a no-show. Counters left open are closed. Running
    it again changes nothing. Returns how many.
    """
    events.hold(office.code)
    left = Ticket.objects.filter(office=office, day__lt=before, state__in=LEFT).select_related("office")
    count = 0
    for ticket in left.order_by("pk"):
        verb = Move.LEAVE_OPEN if ticket.state == State.SERVING else Move.EXPIRE
        try:
            move(ticket, verb, by="loket", at=at)
        except TicketMoved:
            continue  # somebody closed it by hand just now
        count += 1
    for session in CounterSession.objects.filter(
        counter__office=office, closed_at=None, opened_at__lt=_start_of(office, before)
    ).select_related("counter__office"):
        close_counter(session=session, by="loket", at=at)
    return count


def _start_of(office: Office, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=office.tz)
