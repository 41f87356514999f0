"""Calls of the day as the hall sees and hears them: a number and a counter, never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from loket.offices.clock import local_day
from loket.offices.models import Counter, Office, Service
from loket.rules.queueing import Move, State
from loket.visits.models import Break, Ticket, TicketMove
from loket.visits.queries import turns

# A board that was away this long still announces what it missed; older calls would only confuse.
SPOKEN_FOR = timedelta(seconds=60)
# Enough for a hall full of counters: older calls are neither shown nor spoken.
LATEST = 12


@dataclass(frozen=True)
class Call:
    """One call of a ticket. `running`: the visitor is still expected at the counter."""

    key: int
    label: str
    counter: int
    running: bool
    at: datetime


def calls_of_day(office: Office, *, at: datetime) -> list[Call]:
    """The latest calls and recalls that were not taken back, newest first."""
    tickets = (
        Ticket.objects.of_day(office, local_day(office, at))
        .filter(called_at__isnull=False, counter__isnull=False)
        .exclude(state=State.WAITING)
        .order_by("-called_at", "-pk")[:LATEST]
    )
    by_key = {ticket.pk: ticket for ticket in tickets}
    moves = (
        TicketMove.objects.filter(ticket__in=list(by_key), move__in=(Move.CALL, Move.RECALL), undone_at=None)
        .select_related("counter")
        .order_by("-at", "-pk")
    )
    return [_call(move, move.counter, by_key[move.ticket_id]) for move in moves if move.counter]


def _call(move: TicketMove, counter: Counter, ticket: Ticket) -> Call:
    here = ticket.state == State.CALLED and ticket.counter_id == counter.pk
    return Call(move.pk, ticket.label, counter.number, here, move.at)


def once_each(calls: Iterable[Call]) -> list[Call]:
    """Only the first of each number."""
    seen: dict[str, Call] = {}
    for call in calls:
        seen.setdefault(call.label, call)
    return list(seen.values())


def next_labels(office: Office, *, count: int, at: datetime) -> list[str]:
    """Who is called next, as far as can be told before it is known which counter calls."""
    services = list(Service.objects.filter(office=office, active=True).values_list("pk", flat=True))
    keys = [turn.place.key for turn in turns(office, service_ids=services, at=at)[:count]]
    found = Ticket.objects.in_bulk(keys)
    return [found[key].label for key in keys]


def announced_breaks(office: Office) -> list[Break]:
    """Pauses that run now and were announced, by counter."""
    return list(
        Break.objects.filter(
            session__counter__office=office, session__closed_at=None, ended_at=None, announced=True
        )
        .select_related("session__counter")
        .order_by("session__counter__number", "pk")
    )
