"""Reads of what the public thinks that more than one place needs."""

from datetime import datetime, timedelta

from django.db.models import F

from loket.feedback.actions.rating import NotServed, TooLate, check_open
from loket.feedback.models import Period, Rating
from loket.offices.clock import local_day
from loket.offices.models import Counter, Office
from loket.rules.queueing import State
from loket.visits.models import Ticket

# How long the tablet at a counter asks for the visit just finished there.
TABLET_ASKS = timedelta(minutes=3)


def awaits_rating(ticket: Ticket, *, at: datetime) -> bool:
    """May the visit still be rated, and has nobody done so?"""
    try:
        check_open(ticket, at=at)
    except (NotServed, TooLate):
        return False
    return not Rating.objects.filter(ticket=ticket).exists()


def just_finished(counter: Counter, *, at: datetime) -> Ticket | None:
    """The visit finished last at this counter, for three minutes and until it is rated.

    As soon as the next visitor is being served, the one before is no longer asked.
    """
    if Ticket.objects.at(counter).filter(state=State.SERVING).exists():
        return None
    latest = (
        Ticket.objects.filter(
            office=counter.office, counter=counter, state=State.SERVED, finished_at__gt=at - TABLET_ASKS
        )
        .select_related("office", "service", "counter", "rating")
        .order_by("-finished_at", "-pk")
        .first()
    )
    return None if latest is None or hasattr(latest, "rating") else latest


def open_survey(office: Office, *, at: datetime) -> Period | None:
    """The survey that takes answers today; of several the one of the whole office, then the newest."""
    today = local_day(office, at)
    return (
        Period.objects.filter(office=office, first__lte=today, last__gte=today)
        .select_related("office")
        .order_by(F("service").asc(nulls_first=True), "-first", "-pk")
        .first()
    )
