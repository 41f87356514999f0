"""Online consultations: each fact by the day on which it happened, on the office's own calendar.

asked      first turns that began; further turns are the visitor's replies
kept       turns answered at or before their deadline (CLOCKS 1 to 3), late those answered after it
excused    late ones that a supervisor excused; they stay late on record
late_days  how late, in working days (CLOCKS 9)

Closings and re-openings are told by the thread itself (happenings).
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from loket.consultations.models import Turn
from loket.reports import persons
from loket.reports.counting.days import Days
from loket.rules.tallying import add


class Row(NamedTuple):
    office_id: int
    number: int
    started_at: datetime
    answered_at: datetime | None
    met: bool | None
    late_days: int | None
    excused_at: datetime | None
    consultation__asker__email: str | None


def count(days: Days, secrets: Mapping[int, str], counts: Mapping) -> None:
    """Add the online consultations of these days to `counts`: one query."""
    happened = Q(started_at__range=days.instants) | Q(answered_at__range=days.instants)
    turns = Turn.objects.filter(happened, office__in=days.offices).order_by("pk")
    for row in map(Row._make, turns.values_list(*Row._fields)):
        began = days.day(row.office_id, row.started_at)
        if began in days.wanted:
            add(counts[began].tally, {"online": {"asked" if row.number == 1 else "replied": 1}})
            _person(row, secrets[began[1].year], counts[began].persons)
        answered = row.answered_at and days.day(row.office_id, row.answered_at)
        if answered in days.wanted:
            add(counts[answered].tally, {"online": _result(row.met, row.late_days, row.excused_at)})


def _person(row: Row, secret: str, keys: set[str]) -> None:
    if row.consultation__asker__email and secret:
        identity = persons.identity_of(email=row.consultation__asker__email, visitor_id=None)
        keys.add(persons.key_of(identity, secret))


def _result(met: bool | None, late_days: int | None, excused_at: Any) -> dict[str, Any]:
    if met:
        return {"kept": 1}
    result: dict[str, Any] = {"late": 1, "late_days": Counter([late_days or 0])}
    return result | {"excused": 1} if excused_at else result
