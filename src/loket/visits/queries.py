"""Reads of the hall that more than one place needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from loket.base import sql
from loket.offices.clock import local_day
from loket.offices.limits import Limits, limits_from
from loket.offices.models import Counter, Office, Service
from loket.offices.queries import opening_of_day
from loket.rules.queueing import Handover, Place, Policy, Reason, State, Turn, call_order, handover
from loket.visits.models import Ticket, Visit


@dataclass(frozen=True)
class NextTurn:
    """A waiting ticket and why it is its turn."""

    ticket: Ticket
    reason: Reason


def visits_under(email: str) -> QuerySet[Visit]:
    """Visits whose guest book carries this address, newest first.

    Ask only for an address that its owner has confirmed: anybody can type any address at a kiosk.
    """
    found = Visit.objects.filter(visitor__email=email.lower()).select_related(
        "office", "ticket__service", "consultation", "visitor"
    )
    return found.order_by("-at", "-pk")


def lines_without_counter(office: Office, *, at: datetime) -> list[Service]:
    """Services for which somebody waits and no counter calls, by letter."""
    calling = Counter.objects.filter(Q(active=True) | Q(sessions__closed_at=None, sessions__isnull=False))
    waiting = Ticket.objects.waiting(office, local_day(office, at))
    return list(
        Service.objects.filter(pk__in=waiting.values("service"))
        .exclude(pk__in=calling.filter(office=office, services__isnull=False).values("services"))
        .order_by("letter")
    )


def policy_of(office: Office) -> Policy:
    limits = limits_from(office.settings)
    return Policy(limits.priority, limits.priority_ratio)


def turns(office: Office, *, service_ids: Sequence[int], at: datetime) -> list[Turn]:
    """Everybody waiting for these services today, in call order; places carry ticket keys."""
    rows = (
        Ticket.objects.waiting(office, local_day(office, at))
        .filter(service_id__in=service_ids)
        .order_by("rank", "pk")
        .values_list("pk", "priority", "rank")
    )
    places = [Place(pk, priority, rank) for pk, priority, rank in rows]
    if not places:
        return []
    policy = policy_of(office)
    return call_order(places, policy, _recent_priority(office, service_ids, policy, at))


def _recent_priority(office: Office, service_ids: Sequence[int], policy: Policy, at: datetime) -> list[bool]:
    """Whether the latest calls of the day were of priority visitors, newest last."""
    if policy.kind == "strict":
        return []
    latest = (
        Ticket.objects.of_day(office, local_day(office, at))
        .filter(service_id__in=service_ids, called_at__isnull=False)
        .exclude(state=State.WAITING)
        .order_by("-called_at", "-pk")
        .values_list("priority", flat=True)[: policy.ratio]
    )
    return list(latest)[::-1]


def next_turn(office: Office, *, service_ids: Sequence[int], at: datetime) -> NextTurn | None:
    """Whose turn it is."""
    first = first_turn(office, service_ids=service_ids, at=at)
    if first is None:
        return None
    ticket = sql.select(Ticket, "id = %s", first.place.key)[0]
    ticket.office = office
    return NextTurn(ticket, first.reason)


def first_turn(office: Office, *, service_ids: Sequence[int], at: datetime) -> Turn | None:
    """The first of `turns`, from the heads of the classes alone, however many wait behind them."""
    return _first_of(_heads(office, service_ids, at), office, service_ids, at)


def ask_heads(office: Office, *, at: datetime) -> Any:
    """The heads of line for which a counter is free, to be read when other answers are."""
    return sql.later(FREE, *[office.pk, local_day(office, at)] * 2, office.pk)


def heads_without_clock(office: Office, asked: Any, *, at: datetime) -> list[int]:
    """Of each service for which a counter is free: the ticket whose turn it is, if its clock stands still."""
    services: dict[int, list[Place]] = {}
    running = set()
    for service_id, key, priority, rank, clock_from in asked.fetchall():
        services.setdefault(service_id, []).append(Place(key, bool(priority), rank))
        if clock_from is not None:
            running.add(key)
    # Whose turn it is matters only where a clock stands still.
    standing = [
        (service_id, heads)
        for service_id, heads in services.items()
        if any(head.key not in running for head in heads)
    ]
    firsts = [_first_of(heads, office, [service_id], at) for service_id, heads in standing]
    return [first.place.key for first in firsts if first and first.place.key not in running]


def _first_of(heads: list[Place], office: Office, service_ids: Sequence[int], at: datetime) -> Turn | None:
    if not heads:
        return None
    policy = policy_of(office)
    recent = _recent_priority(office, service_ids, policy, at) if len(heads) > 1 else []
    return call_order(heads, policy, recent)[0]


HEAD = """
SELECT {columns} FROM visits_ticket
WHERE office_id = %s AND state = 'waiting' AND priority = {priority}
    AND day = %s AND service_id {services}
ORDER BY rank LIMIT 1
"""
# The heads of the classes of each service for which a counter is free at this moment.
FREE = """
SELECT free.service_id, ticket.id, ticket.priority, ticket.rank, ticket.clock_from
FROM (
    SELECT served.service_id, ({first_priority}) AS first_priority, ({first_other}) AS first_other
    FROM (
        SELECT DISTINCT served.service_id
        FROM visits_countersession AS session
        JOIN offices_counter AS counter ON counter.id = session.counter_id
        JOIN offices_counter_services AS served ON served.counter_id = counter.id
        WHERE counter.office_id = %s AND session.closed_at IS NULL AND session.free_since IS NOT NULL
    ) AS served
) AS free
JOIN visits_ticket AS ticket ON ticket.id IN (free.first_priority, free.first_other)
ORDER BY free.service_id, ticket.id
""".format(  # noqa: S608 - put together from the pieces above
    **{
        name: HEAD.format(columns="id", priority=priority, services="= served.service_id")
        for name, priority in (("first_priority", "TRUE"), ("first_other", "FALSE"))
    }
)


def _heads(office: Office, service_ids: Sequence[int], at: datetime) -> list[Place]:
    """The first priority visitor and the first of the others, as far as there are any."""
    if not service_ids:
        return []
    services = f"IN ({', '.join(['%s'] * len(service_ids))})"
    halves = [
        HEAD.format(columns="id, priority, rank", priority=priority, services=services)
        for priority in ("TRUE", "FALSE")
    ]
    statement = " UNION ALL ".join(f"SELECT * FROM ({half}) AS head_{k}" for k, half in enumerate(halves))  # noqa: S608
    values = [office.pk, local_day(office, at), *service_ids]
    return [Place(key, bool(priority), rank) for key, priority, rank in sql.rows(statement, *values, *values)]


def services_of(counter: Counter) -> list[int]:
    served = sql.rows(
        "SELECT service_id FROM offices_counter_services WHERE counter_id = %s ORDER BY service_id",
        counter.pk,
    )
    return [service_id for (service_id,) in served]


class Clocked(Protocol):
    """A ticket, or a row of one, with what its hand-over clock needs."""

    queued_at: datetime
    clock_from: datetime | None
    clock_ran: timedelta | None


def handover_of(ticket: Ticket, *, until: datetime) -> Handover | None:
    """The ticket's hand-over clock up to `until`; None while no counter has been free for it."""
    if ticket.clock_from is None and ticket.clock_ran is None:
        return None
    opened = opening_of_day(ticket.office, ticket.day)
    return clock_of(ticket, opened=opened, limits=limits_from(ticket.office.settings), until=until)


def clock_of(ticket: Clocked, *, opened: datetime | None, limits: Limits, until: datetime) -> Handover | None:
    """As `handover_of`, for a caller who knows the day's opening and the office's limits already."""
    if ticket.clock_from is None and ticket.clock_ran is None:
        return None
    limit = timedelta(minutes=limits.handover_minutes)
    stood = ticket.clock_ran or timedelta(0)
    if ticket.clock_from is None:
        return Handover(until, stood, limit)
    clock = handover(
        in_line_since=ticket.queued_at,
        opened=opened or ticket.queued_at,
        head_since=ticket.clock_from,
        until=until,
        limit=limit,
    )
    return Handover(clock.started, clock.ran + stood, limit)
