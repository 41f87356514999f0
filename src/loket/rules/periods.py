"""The stretch of days a report is about: a day, a month, a year, or any first and last day."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

DAY = timedelta(days=1)
LONGEST_DAYS = 3 * 366
YEARS = range(2000, 2101)
Kind = Literal["day", "month", "year", "free"]


class PeriodWrong(Exception):
    """Not a period: the text is none, it ends before it begins, is longer than three years, or lies in
    another century.
    """


@dataclass(frozen=True)
class Period:
    """Both days included, on the office's own calendar."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse PeriodWrong."""
        if not timedelta() <= self.last - self.first < timedelta(days=LONGEST_DAYS):
            raise PeriodWrong(f"{self.first} {self.last}")

    @property
    def kind(self) -> Kind:
        if self.first == self.last:
            return "day"
        if self == month(self.first.year, self.first.month):
            return "month"
        if self == year(self.first.year):
            return "year"
        return "free"

    @property
    def text(self) -> str:
        """As `parse` reads it: 2026, 2026-11, 2026-11-05, 2026-11-05..2026-11-20."""
        kind = self.kind
        if kind == "free":
            return f"{self.first.isoformat()}..{self.last.isoformat()}"
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[kind]]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """The period to compare with: the month or year before, else as many days before."""
        end = self.first - DAY
        if self.kind == "month":
            return month(end.year, end.month)
        if self.kind == "year":
            return year(end.year)
        return Period(end - (self.last - self.first), end)

    def after(self) -> "Period":
        start = self.last + DAY
        if self.kind == "month":
            return month(start.year, start.month)
        if self.kind == "year":
            return year(start.year)
        return Period(start, start + (self.last - self.first))

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last

    def each_day(self) -> Iterator[date]:
        return (self.first + number * DAY for number in range(self.days))

    def whole_months(self) -> "list[Period]":
        """The months that lie in it from their first day to their last."""
        found = []
        start = self.first if self.first.day == 1 else month(self.first.year, self.first.month).last + DAY
        while (whole := month(start.year, start.month)).last <= self.last:
            found.append(whole)
            start = whole.last + DAY
        return found


# Reports of many offices name the same few months for every row.
@lru_cache(maxsize=512)
def month(of_year: int, number: int) -> Period:
    return Period(date(of_year, number, 1), date(of_year, number, calendar.monthrange(of_year, number)[1]))


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def parse(text: str) -> Period:
    """A period from its text. Refuses PeriodWrong."""
    try:
        found = _parsed(text.encode("ascii").decode())
    except ValueError:
        raise PeriodWrong(text) from None
    if found.first.year not in YEARS or found.last.year not in YEARS:
        raise PeriodWrong(text)
    return found


def _parsed(text: str) -> Period:
    if len(text) == 4:
        return year(int(text))
    if len(text) == 7 and text[4] == "-":
        return month(int(text[:4]), int(text[5:]))
    first, dots, last = text.partition("..")
    return Period(date.fromisoformat(first), date.fromisoformat(last if dots else first))
