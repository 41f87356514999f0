"""A report: six figures with the period before beside them, and sections with chart, table and meaning.

Built once, then shown as a page, a PDF, a workbook, CSV or JSON: all of them say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from loket.base.exports.columns import Table
from loket.offices import queries
from loket.offices.limits import Limits, limits_from
from loket.offices.models import Office
from loket.reports.charts import Chart
from loket.reports.figures import (
    Complaints,
    Data,
    Hall,
    Online,
    Ratings,
    Searches,
    complaints_of,
    data_of,
    online_of,
    ratings_of,
    searches_of,
)
from loket.reports.lines import Line
from loket.reports.reading import Parts, Total, read
from loket.rules import periods
from loket.rules.periods import Period
from loket.rules.worktime import Calendar

# A chart of days that is longer than this says nothing any more.
DAYS_SHOWN = 31
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Card:
    """One of the six figures."""

    key: str
    label: str
    value: str
    unit: str
    before: str
    meaning: str
    # The value as a number, for programs.
    raw: float | None
    tone: str = ""


@dataclass(frozen=True)
class Section:
    """A table with its heading and meaning, and a chart where one helps."""

    key: str
    title: str
    meaning: str
    table: Table
    chart: Chart | None = None
    note: str = ""
    # The column whose numbers are shown as bars in the table; empty: none.
    bars: str = ""
    # Which rows of the list of visits it is about; empty: none.
    rows: str = ""

    def shares(self) -> list[float]:
        """For each row its part of the longest bar, from 0 to 1."""
        place = [column.key for column in self.table.columns].index(self.bars)
        values = [row[place] or 0 for row in self.table.rows]
        most = max(values, default=0) or 1
        return [value / most for value in values]


@dataclass(frozen=True)
class Figures:
    """All figures of one total."""

    total: Total
    hall: Hall
    online: Online
    data: Data
    ratings: Ratings
    searches: Searches
    complaints: Complaints

    @classmethod
    def of(cls, total: Total) -> "Figures":
        tally = total.tally
        return cls(
            total,
            Hall(tally),
            online_of(tally),
            data_of(tally),
            ratings_of(tally),
            searches_of(tally),
            complaints_of(tally),
        )


@dataclass(frozen=True)
class Ground:
    """What cards and sections are made from."""

    office: Office
    offices: Sequence[Office]
    limits: Limits
    period: Period
    at: datetime
    parts: Parts
    now: Figures
    before: Figures
    months: Sequence[tuple[Period, Line]]
    # Whose days are closed; a province has no calendar of its own.
    calendar: Calendar | None
    # Empty for a period that is too long to be drawn by the day.
    days: Sequence[tuple[date, Line]] = ()

    @property
    def is_one(self) -> bool:
        """One office with a hall of its own, not a province or the nation."""
        return list(self.offices) == [self.office]


def ground(*, office: Office, offices: Sequence[Office], period: Period, at: datetime) -> Ground:
    """Read all that a report of `period` needs, over `offices`; `office` is whose report it is."""
    last = periods.month(period.last.year, period.last.month)
    months = [last]
    while len(months) < MONTHS_SHOWN and months[0].before().first.year in periods.YEARS:
        months.insert(0, months[0].before())
    days = [*period.each_day()] if period.days <= DAYS_SHOWN else []
    in_lines = [*months, *(Period(day, day) for day in days)]
    parts = read(offices, [period, period.before()], at=at, in_lines=in_lines)
    return Ground(
        office=office,
        offices=offices,
        limits=limits_from(office.settings),
        period=period,
        at=at,
        parts=parts,
        now=Figures.of(parts.total(period)),
        before=Figures.of(parts.total(period.before())),
        months=[(month, parts.line(month)) for month in months],
        calendar=_calendar(office, offices),
        days=[(day, parts.line(Period(day, day))) for day in days],
    )


def _calendar(office: Office, offices: Sequence[Office]) -> Calendar | None:
    if list(offices) != [office]:
        return None
    try:
        return queries.calendar_of(office)
    except queries.NoCalendar:
        return None
