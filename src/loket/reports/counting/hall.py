"""Visits of the hall: by the hour in which the number was taken, on the office's own clock.

waiting   the number taken, or the line rejoined, until the call
way       the call until the service began
service   the service's beginning until its end
handover  from the moment a counter was free for this visitor until the service began (CLOCKS 13)

A visit that was set aside has several calls and starts; it counts in the hand-over only. A corrected
visit stays out of all four (CLOCKS 17). Times are whole seconds; a clock that was set back is zero.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from loket.consultations.models import DataItem
from loket.reports import persons
from loket.reports.counting.days import Days
from loket.rules.queueing import Move, State
from loket.rules.tallying import add, timed
from loket.visits.models import Ticket, TicketMove

# Whether what was asked for was there; the words themselves stay where they are.
ITEMS = {
    "found": DataItem.Found.FOUND,
    "unsuitable": DataItem.Found.UNSUITABLE,
    "not_found": DataItem.Found.NOT_FOUND,
    "open": "",
}


class Row(NamedTuple):
    pk: int
    office_id: int
    day: Any
    state: str
    service__code: str
    taken_at: datetime
    queued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    handover: timedelta | None
    handover_met: bool | None
    corrected_at: datetime | None
    visit__door: str
    visit__purpose: str
    visit__kind: str
    visit__visitor_id: int | None
    visit__visitor__email: str | None
    visit__visitor__institution_kind: str | None
    rating__score: int | None
    rating__reasons: list | None
    aside: bool
    found: int
    unsuitable: int
    not_found: int
    open: int


def count(days: Days, secrets: Mapping[int, str], counts: Mapping) -> None:
    """Add the hall of these days to `counts`: one query. `secrets` are those of reports.persons."""
    parked = TicketMove.objects.filter(ticket=OuterRef("pk"), move=Move.PARK, undone_at=None)
    items = "visit__consultation__items"
    by_result = {
        name: Count(items, filter=Q(**{f"{items}__found": code}), distinct=True)
        for name, code in ITEMS.items()
    }
    tickets = Ticket.objects.filter(office__in=days.offices, day__in=days.dates)
    tickets = tickets.annotate(aside=Exists(parked), **by_result)
    for row in map(Row._make, tickets.values_list(*Row._fields).order_by("pk")):
        if (row.office_id, row.day) in days.wanted:
            found = counts[row.office_id, row.day]
            add(found.tally, _visit(row, days))
            _person(row, secrets[row.day.year], found.persons)


def _visit(row: Row, days: Days) -> dict[str, Any]:
    taken = days.local(row.office_id, row.taken_at)
    weekday = row.day.isoweekday()
    tally: dict[str, Any] = {
        "hall": {f"{weekday}-{taken.hour:02d}": _hour(row)},
        "times": {name: Counter([timed(weekday * 24 + taken.hour, each)]) for name, each in _times(row)},
        "door": {row.visit__door: 1},
        "service": {row.service__code: 1},
        "purpose": {row.visit__purpose or "unknown": 1},
        "kind": {row.visit__kind: 1},
        "institution": {row.visit__visitor__institution_kind or "unknown": 1},
    }
    if items := {name: count for name in ITEMS if (count := getattr(row, name))}:
        tally["item"] = items
    if row.rating__score:
        # By the day of the visit that is rated, however late the rating came.
        tally["rating"] = {str(row.rating__score): 1}
        tally["reason"] = dict.fromkeys(row.rating__reasons or [], 1)
    return tally if row.visit__visitor_id else tally | {"unnamed": 1}


def _hour(row: Row) -> dict[str, Any]:
    hour: dict[str, Any] = {"taken": 1, "state": {row.state: 1}}
    if row.corrected_at:
        return hour | {"corrected": 1}
    if row.handover is not None:
        hour["kept" if row.handover_met else "missed"] = 1
    return hour | {"aside": 1} if row.aside else hour


def _times(row: Row) -> Iterator[tuple[str, float]]:
    """The times of a visit that count, in seconds."""
    if row.corrected_at:
        return
    if row.handover is not None:
        yield "handover", row.handover.total_seconds()
    if row.aside:
        return
    if row.called_at and row.called_at >= row.queued_at and row.state != State.WAITING:
        # Who rejoined the line waits again; the earlier call is not the one that counts.
        yield "waiting", (row.called_at - row.queued_at).total_seconds()
    if row.started_at and row.called_at:
        yield "way", (row.started_at - row.called_at).total_seconds()
    if row.finished_at and row.started_at:
        yield "service", (row.finished_at - row.started_at).total_seconds()


def _person(row: Row, secret: str, keys: set[str]) -> None:
    identity = persons.identity_of(email=row.visit__visitor__email, visitor_id=row.visit__visitor_id)
    if identity and secret:
        keys.add(persons.key_of(identity, secret))
