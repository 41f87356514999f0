"""After an office's own midnight: yesterday's left-overs are closed (CLOCKS 17)."""

from datetime import datetime

from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.visits.actions.ending import LEFT, end_day
from loket.visits.models import CounterSession, Ticket


def due(at: datetime) -> list[Office]:
    """Offices with a ticket of an earlier day that is not over, or a counter open since then."""
    offices = Office.objects.filter(serves=True).order_by("pk")
    return [office for office in offices if _is_left(office, at)]


def close(office: Office, at: datetime) -> int:
    return end_day(office=office, before=local_day(office, at), at=at)


def _is_left(office: Office, at: datetime) -> bool:
    today = local_day(office, at)
    midnight = datetime(today.year, today.month, today.day, tzinfo=office.tz)
    return (
        Ticket.objects.filter(office=office, day__lt=today, state__in=LEFT).exists()
        or CounterSession.objects.filter(
            counter__office=office, closed_at=None, opened_at__lt=midnight
        ).exists()
    )
