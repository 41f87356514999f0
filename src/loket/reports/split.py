"""Periods taken apart into what is stored: whole months and single days, as tallies or as lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from loket.reports.counting import Day
from loket.reports.models import DayOrMonth
from loket.rules import periods
from loket.rules.periods import Period

Span = DayOrMonth.Span


@dataclass(frozen=True)
class Split:
    """First days of months, and days; those of which all is wanted, and those of which a line is."""

    months: frozenset[date]
    days: frozenset[date]
    line_months: frozenset[date]
    line_days: frozenset[date]

    @classmethod
    def of(cls, wanted: Iterable[Period], in_lines: Iterable[Period]) -> "Split":
        wanted, in_lines = [*wanted], [*in_lines]
        months = {month.first for period in wanted for month in period.whole_months()}
        days = {day for period in wanted for day in period.each_day() if _month(day) not in months}
        line_months = {period.first for period in in_lines if period.kind == "month"}
        line_days = {period.first for period in in_lines if period.kind == "day"}
        return cls(*map(frozenset, (months, days, line_months, line_days)))

    def has_whole(self, day: date) -> bool:
        """All of the day is wanted."""
        return day in self.days or _month(day) in self.months

    def has_line(self, day: date) -> bool:
        return day in self.line_days or _month(day) in self.line_months

    def has(self, day: date) -> bool:
        return self.has_whole(day) or self.has_line(day)

    def first(self) -> date:
        return min(self.days | self.months | self.line_days | self.line_months)

    def last(self) -> date:
        ends = {periods.month(first.year, first.month).last for first in self.months | self.line_months}
        return max(self.days | self.line_days | ends)

    def whole(self, live: set[Day]) -> Q:
        """The condition for stored rows of which all is wanted."""
        wanted = Q(span=Span.MONTH, first__in=self.months) | Q(span=Span.DAY, first__in=self.days)
        return wanted | _days_of(broken(live), self.months)

    def lines(self, live: set[Day]) -> Q:
        """The condition for those of which a line is wanted."""
        wanted = Q(span=Span.MONTH, first__in=self.line_months) | Q(span=Span.DAY, first__in=self.line_days)
        return wanted | _days_of(broken(live), self.line_months)


def broken(live: set[Day]) -> set[Day]:
    """Months with a live day in them: their stored sum is not true any more."""
    return {(office_id, _month(day)) for office_id, day in live}


def _days_of(months: set[Day], wanted: frozenset[date]) -> Q:
    """The days of those months that are wanted."""
    days = Q(pk__in=[])
    for first in sorted({first for _office_id, first in months if first in wanted}):
        whose = [office_id for office_id, month in months if month == first]
        last = periods.month(first.year, first.month).last
        days |= Q(office__in=whose, span=Span.DAY, first__range=(first, last))
    return days


def _month(day: date) -> date:
    return day.replace(day=1)
