"""The visits behind the figures, one row each, without who they were."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table, plain
from loket.consultations.models import Kind
from loket.offices.clock import local
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.reports import wording
from loket.reports.sections.hall import door_names, end_names, purpose_names
from loket.rules.periods import Period
from loket.rules.queueing import State, label
from loket.visits.models import Ticket

# What a figure leads to; each is a condition on tickets.
WHICH = {
    "all": Q(),
    "served": Q(state=State.SERVED),
    "missed": Q(handover_met=False, corrected_at=None),
    "kept": Q(handover_met=True, corrected_at=None),
    "corrected": Q(corrected_at__isnull=False),
    "left": Q(state__in=(State.EXPIRED, State.UNTIMED)) | Q(corrected_at__isnull=False),
    "gone": Q(state__in=(State.NO_SHOW, State.CANCELLED)),
}
FIELDS = (
    "day", "letter", "number", "service__code", "counter__number", "state", "priority", "visit__door",
    "visit__purpose", "visit__kind", "taken_at", "called_at", "started_at", "finished_at", "queued_at",
    "handover", "handover_met", "corrected_at",
)  # fmt: skip


def which_names() -> dict[str, str]:
    return {
        "all": _("All visits"),
        "served": _("Served"),
        "missed": _("Promise missed"),
        "kept": _("Promise kept"),
        "corrected": _("Corrected"),
        "left": _("Left over"),
        "gone": _("Did not stay"),
    }


def tickets(office: Office, period: Period, which: str) -> QuerySet[Ticket]:
    found = Ticket.objects.filter(WHICH[which], office=office, day__range=(period.first, period.last))
    return found.order_by("day", "taken_at", "pk")


def table(office: Office, period: Period, which: str, *, rows: QuerySet | None = None) -> Table:
    """A row for each visit; read in parts, so that a year needs no more memory than a day."""
    found = tickets(office, period, which) if rows is None else rows
    return Table(_("Visits"), columns(office), _rows(found.values_list(*FIELDS)))


def columns(office: Office) -> list[Column]:
    services = {service.code: service.name for service in office.services.all()}
    purposes = purpose_names(limits_from(office.settings))
    return [
        Column("day", _("Day"), "day"),
        Column("number", _("Number")),
        Column("service", _("Service"), codes=services),
        Column("counter", _("Counter"), "whole"),
        Column("end", _("End"), codes={state.value: str(said) for state, said in end_names().items()}),
        Column("priority", _("Priority"), "yes_no", codes={"1": _("yes"), "0": _("no")}),
        Column("door", _("Channel"), codes=door_names()),
        Column(
            "purpose", _("Purpose"), meaning=_("As the office's list of purposes names it"), codes=purposes
        ),
        Column("kind", _("Kind"), codes={code: str(said) for code, said in Kind.choices}),
        Column("taken_at", _("Number taken"), "time"),
        Column("called_at", _("Called"), "time"),
        Column("started_at", _("Service began"), "time"),
        Column("finished_at", _("Service ended"), "time"),
        Column("waiting", _("Waiting (minutes)"), "minutes"),
        Column("service_time", _("Service (minutes)"), "minutes"),
        Column("handover", _("Hand-over (minutes)"), "minutes"),
        Column("kept", _("Promise kept"), "yes_no", codes={"1": _("yes"), "0": _("no")}),
        Column("corrected", _("Corrected"), "yes_no", codes={"1": _("yes"), "0": _("no")}),
    ]


def said(column: Column, value: Any, office: Office) -> str:
    """A cell as text: clock times without their day, codes in words."""
    if isinstance(value, datetime):
        return f"{local(office, value):%H.%M}"
    if column.codes and value not in (None, ""):
        return column.codes.get(str(plain(column.kind, value)), str(value))
    return wording.cell(column, value)


def _rows(found: QuerySet) -> Iterator[tuple[Any, ...]]:
    for row in found.iterator(chunk_size=2000):
        (day, letter, number, service, counter, state, priority, door, purpose, kind, taken, called, started,
         finished, queued, handover, met, corrected) = row  # fmt: skip
        yield (
            day, label(letter, number), service, counter, state, priority, door, purpose, kind, taken, called,
            started, finished, _between(queued, called), _between(started, finished), handover, met,
            corrected is not None,
        )  # fmt: skip


def _between(start: Any, end: Any) -> timedelta | None:
    return max(end - start, timedelta()) if start and end else None
