"""Visits of the hall: by the hour in which the number was taken, on the office's own clock.

waiting   the number taken, or the line rejoined, until the call
way       the call until the service began
service   the service's beginning until its end
handover  from the moment a counter was free for this visitor until the service began (CLOCKS 13)

A visit that was set aside has several calls and starts; it counts in the hand-over only. A corrected
visit stays out of all four (CLOCKS 17). Times are whole seconds; a clock that was set back is zero.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from loket.consultations.models import DataItem
from loket.reports import persons
from loket.reports.counting.days import Days
from loket.rules.queueing import Move, State
from loket.rules.tallying import add
from loket.visits.models import Ticket, TicketMove


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


def count(days: Days, secrets: Mapping[int, str], counts: Mapping) -> None:
    """Add the hall of these days to `counts`: two queries. `secrets` are those of reports.persons."""
    parked = TicketMove.objects.filter(ticket=OuterRef("pk"), move=Move.PARK, undone_at=None)
    tickets = Ticket.objects.filter(office__in=days.offices, day__in=days.dates).annotate(
        aside=Exists(parked)
    )
    for row in map(Row._make, tickets.values_list(*Row._fields).order_by("pk")):
        if (row.office_id, row.day) in days.wanted:
            found = counts[row.office_id, row.day]
            add(found.tally, _visit(row, days))
            _person(row, secrets[row.day.year], found.persons)
    _items(days, counts)


def _visit(row: Row, days: Days) -> dict[str, Any]:
    taken = days.local(row.office_id, row.taken_at)
    tally: dict[str, Any] = {
        "hall": {f"{row.day.isoweekday()}-{taken.hour:02d}": _hour(row)},
        "door": {row.visit__door: 1},
        "service": {row.service__code: 1},
        "purpose": {row.visit__purpose or "unknown": 1},
        "kind": {row.visit__kind: 1},
        "institution": {row.visit__visitor__institution_kind or "unknown": 1},
    }
    if row.rating__score:
        # By the day of the visit that is rated, however late the rating came.
        tally |= {
            "rating": {str(row.rating__score): 1},
            "reason": dict.fromkeys(row.rating__reasons or [], 1),
        }
    return tally if row.visit__visitor_id else tally | {"unnamed": 1}


def _hour(row: Row) -> dict[str, Any]:
    hour: dict[str, Any] = {"taken": 1, "state": {row.state: 1}}
    if row.corrected_at:
        return hour | {"corrected": 1}
    if row.handover is not None:
        hour["handover"] = _seconds(row.handover)
        hour["kept" if row.handover_met else "missed"] = 1
    if row.aside:
        return hour | {"aside": 1}
    if row.called_at and row.called_at >= row.queued_at and row.state != State.WAITING:
        # Who rejoined the line waits again; the earlier call is not the one that counts.
        hour["waiting"] = _seconds(row.called_at - row.queued_at)
    if row.started_at and row.called_at:
        hour["way"] = _seconds(row.started_at - row.called_at)
    if row.finished_at and row.started_at:
        hour["service"] = _seconds(row.finished_at - row.started_at)
    return hour


def _seconds(time: timedelta) -> Counter[int]:
    return Counter([max(int(time.total_seconds()), 0)])


def _person(row: Row, secret: str, keys: set[str]) -> None:
    identity = persons.identity_of(email=row.visit__visitor__email, visitor_id=row.visit__visitor_id)
    if identity and secret:
        keys.add(persons.key_of(identity, secret))


def _items(days: Days, counts: Mapping) -> None:
    """Whether what was asked for was there, by the day of the visit; the words stay where they are."""
    items = DataItem.objects.filter(
        consultation__visit__office__in=days.offices, consultation__visit__day__in=days.dates
    )
    for office_id, day, found in items.values_list(
        "consultation__visit__office_id", "consultation__visit__day", "found"
    ).order_by("pk"):
        if (office_id, day) in days.wanted:
            add(counts[office_id, day].tally, {"item": {found or "open": 1}})
