"""Figures for a monitor, in the text format that Prometheus reads."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count

from loket.diagnosis.surroundings import free_bytes
from loket.diagnosis.work import worker_age
from loket.outbox.models import Mail
from loket.rules.queueing import AT_COUNTER, State
from loket.visits.models import CounterSession, Ticket

Sample = tuple[dict[str, str], float]


def exposition(at: datetime) -> str:
    """Every figure with what it means; a figure without samples is left out."""
    lines = []
    for name, meaning, samples in _figures(at):
        lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
        lines += [f"{name}{_labels(labels)} {value:g}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _figures(at: datetime) -> Iterator[tuple[str, str, list[Sample]]]:
    yield "loket_tickets", "Visitors in the hall now, by office and state.", _tickets()
    yield "loket_counters_open", "Counters with an officer signed in, by office.", _counters()
    yield "loket_mails", "Mails that wait to be sent, and those refused for ever.", _mails()
    age = worker_age(at)
    if age is not None:
        yield "loket_worker_age_seconds", "Time since the worker was last seen.", [({}, age.total_seconds())]
    yield "loket_disk_free_bytes", "Room left where the program keeps its state.", [({}, free_bytes())]


def _tickets() -> list[Sample]:
    here = Ticket.objects.filter(state__in=[State.WAITING, *AT_COUNTER, State.PARKED])
    rows = here.values_list("office__code", "state").annotate(Count("pk")).order_by("office__code", "state")
    return [({"office": office, "state": state}, count) for office, state, count in rows]


def _counters() -> list[Sample]:
    rows = (
        CounterSession.objects.filter(closed_at=None)
        .values_list("counter__office__code")
        .annotate(Count("pk"))
        .order_by("counter__office__code")
    )
    return [({"office": office}, count) for office, count in rows]


def _mails() -> list[Sample]:
    return [
        ({"state": state}, Mail.objects.filter(state=state).count())
        for state in (Mail.State.WAITING, Mail.State.FAILED)
    ]


def _labels(labels: dict[str, str]) -> str:
    # Office codes are slugs and states are ours, so nothing needs escaping.
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}" if labels else ""
