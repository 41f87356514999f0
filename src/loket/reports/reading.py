"""The tallies of periods: whole months and days that are stored, and what has to be counted now.

However many offices and periods are asked for at once, it costs the same few queries. A report never
shows an old figure: what was touched after the counting, and today, is counted while reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.reports import persons
from loket.reports.counting import Day, count
from loket.reports.models import DayOrMonth
from loket.reports.touching import Counted, counted_up_to, days_of, touches_since
from loket.rules import periods
from loket.rules.periods import Period
from loket.rules.tallying import Tally, add

Span = DayOrMonth.Span


@dataclass(frozen=True)
class Part:
    """What is known of one office and one day or month."""

    office_id: int
    period: Period
    tally: Mapping
    persons: frozenset[str]


@dataclass
class Total:
    """The sum over offices and days."""

    tally: Tally = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)

    def add(self, part: Part) -> None:
        add(self.tally, part.tally)
        self.persons |= part.persons


@dataclass(frozen=True)
class Parts:
    """Parts that do not overlap."""

    parts: Sequence[Part]

    def total(self, period: Period, *, office_id: int | None = None) -> Total:
        """The sum of the parts in `period`, of all offices or of one."""
        total = Total()
        for part in self.parts:
            if period.first <= part.period.first <= period.last and office_id in (None, part.office_id):
                total.add(part)
        return total

    def by_day(self, period: Period) -> dict[date, Total]:
        """For a period that was read by the day."""
        days: dict[date, Total] = {}
        for part in self.parts:
            if period.has(part.period.first):
                days.setdefault(part.period.first, Total()).add(part)
        return days

    def by_office(self, period: Period) -> dict[int, Total]:
        offices: dict[int, Total] = {}
        for part in self.parts:
            if period.has(part.period.first):
                offices.setdefault(part.office_id, Total()).add(part)
        return offices


def read(
    offices: Sequence[Office], wanted: Iterable[Period], *, at: datetime, by_day: Iterable[Period] = ()
) -> Parts:
    """All that the `wanted` periods need; those in `by_day` are not put together to months."""
    split = _Split.of([*wanted], [*by_day])
    zones = {office.pk: office.zone for office in offices}
    counted = counted_up_to(zones)
    live = _live(offices, split, counted, at)
    secrets = {each.day.year: each.secret for each in counted.values() if each.secret is not None}
    parts = [*_stored(offices, split, live), *_counted(live, zones, secrets)]
    return Parts(sorted(parts, key=lambda part: (part.period.first, part.office_id)))


@dataclass(frozen=True)
class _Split:
    """Days wanted, as whole months and single days."""

    months: frozenset[date]
    days: frozenset[date]

    @classmethod
    def of(cls, wanted: list[Period], by_day: list[Period]) -> "_Split":
        apart = {day for period in by_day for day in period.each_day()}
        whole = {month for period in wanted for month in period.whole_months()}
        months = {month.first for month in whole if month.first not in apart}
        days = {day for period in wanted for day in period.each_day() if day.replace(day=1) not in months}
        return cls(frozenset(months), frozenset(days | apart))

    def has(self, day: date) -> bool:
        return day in self.days or day.replace(day=1) in self.months

    def first(self) -> date:
        return min(self.days | self.months)

    def last(self) -> date:
        ends = {periods.month(first.year, first.month).last for first in self.months}
        return max(self.days | ends)


def _live(offices: Sequence[Office], split: _Split, counted: Mapping[int, Counted], at: datetime) -> set[Day]:
    """The days that no stored tally tells truly: touched since, or not counted yet."""
    zones = {office.pk: office.zone for office in offices}
    live = {day for day in days_of(touches_since(counted), zones=zones) if split.has(day[1])}
    for office in offices:
        known = counted[office.pk].day + periods.DAY if office.pk in counted else split.first()
        first, last = max(split.first(), known), min(split.last(), local_day(office, at))
        days = (first + number * periods.DAY for number in range((last - first).days + 1))
        live |= {(office.pk, day) for day in days if split.has(day)}
    return live


def _stored(offices: Sequence[Office], split: _Split, live: set[Day]) -> list[Part]:
    """Months, days, and the days of months that are not true as a whole any more."""
    broken = {(office_id, first) for office_id, day in live if (first := day.replace(day=1)) in split.months}
    of_broken = Q()
    for first in {first for _office_id, first in broken}:
        whose = [office_id for office_id, month in broken if month == first]
        last = periods.month(first.year, first.month).last
        of_broken |= Q(office__in=whose, span=Span.DAY, first__gte=first, first__lte=last)
    wanted = Q(office__in=offices, span=Span.DAY, first__in=split.days) | of_broken
    if split.months:
        wanted |= Q(office__in=offices, span=Span.MONTH, first__in=split.months)
    return [
        part
        for row in DayOrMonth.objects.filter(wanted).order_by("pk").iterator(chunk_size=500)
        if (part := _part(row))
        and not (row.span == Span.MONTH and (row.office_id, row.first) in broken)
        and not (row.span == Span.DAY and (row.office_id, row.first) in live)
    ]


def _part(row: DayOrMonth) -> Part:
    month = row.span == Span.MONTH
    period = periods.month(row.first.year, row.first.month) if month else Period(row.first, row.first)
    return Part(row.office_id, period, row.tally, frozenset(persons.split(row.persons)))


def _counted(live: set[Day], zones: dict[int, str], secrets: Mapping[int, str]) -> list[Part]:
    return [
        Part(office_id, Period(day, day), found.tally, frozenset(found.persons))
        for (office_id, day), found in count(live, zones=zones, secrets=secrets).items()
    ]
