"""Keeping the hand-over clock: which ticket is at the head while a counter is free (CLOCKS 12-14)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from loket.base import sql
from loket.offices.models import Counter, Office
from loket.rules.queueing import State
from loket.visits.models import CounterSession, Ticket
from loket.visits.queries import ask_heads, handover_of, heads_without_clock

START = "UPDATE visits_ticket SET clock_from = %s WHERE id = %s AND state = 'waiting' AND clock_from IS NULL"
FREE_SINCE = "UPDATE visits_countersession SET free_since = %s WHERE counter_id = %s AND closed_at IS NULL"


def counter_free(counter: Counter, *, at: datetime) -> None:
    """The counter's previous ticket left it, or its session (re)opened, at `at`."""
    sql.later(FREE_SINCE, sql.moment(at), counter.pk)
    start_clocks(counter.office, at=at)


def counter_busy(counter: Counter) -> None:
    sql.later(FREE_SINCE, None, counter.pk)


def start_clocks(office: Office, *, at: datetime, asked: Any = None) -> None:
    """Start the clock of each service's head of line for which a counter is free now.

    The first such moment counts: a clock that runs is not started again, nor stopped when a
    priority visitor comes before. `asked` is what ask_heads gave to somebody who waited anyway.
    """
    for key in heads_without_clock(office, asked or ask_heads(office, at=at), at=at):
        sql.later(START, sql.moment(at), key)


def forget_clocks(office: Office, *, since: datetime) -> None:
    """A press was taken back: the counter that seemed free since then was not.

    Clocks it started are forgotten, where no other counter of the service is free.
    """
    running = _without_counter(office).filter(clock_from__gte=since)
    running.update(clock_from=None)


def stop_clocks(office: Office, *, at: datetime) -> None:
    """An announced break began: clocks stand still for services that have no free counter left."""
    for ticket in _without_counter(office).select_related("office").order_by("pk"):
        clock = handover_of(ticket, until=at)
        Ticket.objects.filter(pk=ticket.pk).update(clock_from=None, clock_ran=clock and clock.ran)


def _without_counter(office: Office) -> QuerySet[Ticket]:
    """Waiting tickets whose clock runs although no counter of their service is free now."""
    served = _free(office).values_list("counter__services", flat=True)
    running = Ticket.objects.filter(office=office, state=State.WAITING, clock_from__isnull=False)
    return running.exclude(service_id__in=set(served))


def _free(office: Office) -> QuerySet[CounterSession]:
    return CounterSession.objects.filter(counter__office=office, closed_at=None, free_since__isnull=False)
