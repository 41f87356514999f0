"""A line for a day or a month: how many visits there were and how the promise was kept.

Twelve months and thirty days of five hundred offices are read from four columns, without their tallies.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from loket.reports.split import Split
from loket.rules import periods
from loket.rules.periods import Period
from loket.rules.queueing import State
from loket.rules.tallying import Stored


class Line(NamedTuple):
    taken: int = 0
    served: int = 0
    kept: int = 0
    missed: int = 0

    @property
    def measured(self) -> int:
        return self.kept + self.missed

    @property
    def kept_percent(self) -> float | None:
        return 100 * self.kept / self.measured if self.measured else None


def line_of(tally: Stored) -> Line:
    hours = tally.get("hall", {}).values()
    return Line(
        taken=sum(hour.get("taken", 0) for hour in hours),
        served=sum(hour.get("state", {}).get(State.SERVED, 0) for hour in hours),
        kept=sum(hour.get("kept", 0) for hour in hours),
        missed=sum(hour.get("missed", 0) for hour in hours),
    )


def total(lines: Iterable[Line]) -> Line:
    return Line(*map(sum, zip(*lines, strict=True)))


def periods_of(first: date, *, is_month: bool, in_month: bool, split: Split) -> Iterator[Period]:
    """The periods whose line this month, or this day, is part of. A day is part of its month's line
    `in_month`: where the month is not stored as a whole.
    """
    month = periods.month(first.year, first.month)
    if in_month and month.first in split.line_months:
        yield month
    if not is_month and first in split.line_days:
        yield Period(first, first)
