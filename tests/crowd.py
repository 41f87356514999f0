"""A day on which many were served, and how much work something is."""

import copy
import gc
import sys
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Max

from loket.base import ids
from loket.visits.models import Ticket, Visit

# Far from the numbers that are still to be given.
APART = 100_000


def many_served(ticket: Ticket, count: int) -> None:
    """So many more visits like this served one, each a second earlier.

    Not by the actions: thousands of them would take longer than what is measured with them.
    """
    visits = Visit.objects.bulk_create([_again(ticket.visit) for _ in range(count)], batch_size=500)
    tickets = [_again(ticket) for _ in visits]
    of_day = Ticket.objects.filter(office=ticket.office_id, day=ticket.day)
    first = of_day.aggregate(last=Max("number"))["last"] + APART
    for place, (visit, each) in enumerate(zip(visits, tickets, strict=True)):
        each.visit, each.number, each.token = visit, first + place, ids.token()
        earlier = timedelta(seconds=place + 1)
        each.rank = -place
        for name in ("taken_at", "queued_at", "called_at", "started_at", "finished_at"):
            setattr(each, name, getattr(ticket, name) - earlier)
    Ticket.objects.bulk_create(tickets, batch_size=500)


def _again(row):
    other = copy.copy(row)
    other._state = copy.copy(row._state)
    other.pk, other._state.adding = None, True
    return other


def calls_of(act: Callable[[], object]) -> int:
    """How many functions are called, Python's own and those in C: the same on any machine at any time."""
    count = 0

    def look(_frame, event: str, _argument) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    gc.disable()
    sys.setprofile(look)
    try:
        act()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count
