"""The tallies of periods: whole months and days that are stored, and what has to be counted now.

However many offices and periods are asked for at once, it costs the same few queries. A report never
shows an old figure: what was touched after the counting, and today, is counted while reading.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, F, TextField, Value, When

from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.reports import persons
from loket.reports.counting import Count, Day, count
from loket.reports.lines import Line, line_of, periods_of, total
from loket.reports.models import DayOrMonth
from loket.reports.split import Split, broken
from loket.reports.touching import Counted, counted_up_to, days_of, touches_since
from loket.rules import periods
from loket.rules.periods import Period
from loket.rules.tallying import Tally, Times, add

Span = DayOrMonth.Span


@dataclass(frozen=True)
class Part:
    """What is known of one office and one day or month."""

    office_id: int
    period: Period
    tally: dict[str, Any]
    # The keys of persons, one after the other.
    keys: str


@dataclass
class Total:
    """The sum over offices and days."""

    tally: Tally = field(default_factory=dict)
    times: Times = field(default_factory=Times)
    keys: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.tally["times"] = self.times

    def add(self, part: Part) -> None:
        counts = dict(part.tally)
        self.times.more(counts.pop("times", {}))
        add(self.tally, counts)
        self.keys.append(part.keys)

    @cached_property
    def persons(self) -> int:
        """How many different persons came."""
        if len(self.keys) == 1:
            return persons.count(self.keys[0])
        return persons.different(self.keys)


@dataclass(frozen=True)
class Parts:
    """Parts that do not overlap, and the lines that were asked for."""

    parts: Sequence[Part]
    lines: Mapping[Period, Line]

    def total(self, period: Period) -> Total:
        """The sum of the parts in `period`."""
        total = Total()
        for part in self._of(period):
            total.add(part)
        return total

    def by_office(self, period: Period) -> dict[int, Total]:
        """The sum of each office."""
        offices: dict[int, Total] = {}
        for part in self._of(period):
            offices.setdefault(part.office_id, Total()).add(part)
        return offices

    def line(self, period: Period) -> Line:
        """Of a day or a month that was asked for."""
        return self.lines.get(period, Line())

    def _of(self, period: Period) -> Iterable[Part]:
        return (part for part in self.parts if period.has(part.period.first))


def read(
    offices: Sequence[Office],
    wanted: Iterable[Period],
    *,
    at: datetime,
    in_lines: Iterable[Period] = (),
) -> Parts:
    """All that the `wanted` periods need. Of the days and months `in_lines` a line is read: how many
    visits there were, and how the promise was kept.
    """
    split = Split.of(wanted, in_lines)
    zones = {office.pk: office.zone for office in offices}
    counted = counted_up_to(zones)
    live = _live(offices, split, counted, at)
    secrets = {each.day.year: each.secret for each in counted.values() if each.secret is not None}
    rows = [*_stored(offices, split, live), *_counted(count(live, zones=zones, secrets=secrets), split)]
    parts = [part for part, _lines, _line in rows if part]
    return Parts(sorted(parts, key=lambda part: (part.period.first, part.office_id)), _sums(rows))


# What a row gives: all of it, the periods whose line it is part of, and its line.
Row = tuple[Part | None, list[Period], Line]


def _sums(rows: Iterable[Row]) -> dict[Period, Line]:
    lines: dict[Period, list[Line]] = {}
    for _part, whose, line in rows:
        for period in whose:
            lines.setdefault(period, []).append(line)
    return {period: total(found) for period, found in lines.items()}


def _live(offices: Sequence[Office], split: Split, counted: Mapping[int, Counted], at: datetime) -> set[Day]:
    """The days that no stored tally tells truly: touched since, or not counted yet."""
    zones = {office.pk: office.zone for office in offices}
    live = {day for day in days_of(touches_since(counted), zones=zones) if split.has(day[1])}
    for office in offices:
        known = counted[office.pk].day + periods.DAY if office.pk in counted else split.first()
        first, last = max(split.first(), known), min(split.last(), local_day(office, at))
        days = (first + number * periods.DAY for number in range((last - first).days + 1))
        live |= {(office.pk, day) for day in days if split.has(day)}
    return live


def _stored(offices: Sequence[Office], split: Split, live: set[Day]) -> Iterator[Row]:
    """Months, days, and the days of months that are not true as a whole any more; one query."""
    whole, old = split.whole(live), broken(live)
    rows = DayOrMonth.objects.filter(whole | split.lines(live), office__in=offices).annotate(
        # Twelve months and thirty days of five hundred offices are not read for a line.
        tallied=Case(When(whole, then=F("content")), default=Value(""), output_field=TextField()),
        keys=Case(When(whole, then=F("persons")), default=Value(""), output_field=TextField()),
    )
    columns = ("office_id", "span", "first", "tallied", "keys", "taken", "served", "kept", "missed")
    for office_id, span, first, content, keys, *numbers in (
        rows.order_by("pk").values_list(*columns).iterator()
    ):
        is_month = span == Span.MONTH
        if (office_id, first) not in (old if is_month else live):
            part = _part(office_id, first, content, keys, is_month=is_month) if content else None
            in_month = is_month or (office_id, first.replace(day=1)) in old
            yield (
                part,
                [*periods_of(first, is_month=is_month, in_month=in_month, split=split)],
                Line(*numbers),
            )


def _part(office_id: int, first: date, content: str, keys: str, *, is_month: bool) -> Part:
    period = periods.month(first.year, first.month) if is_month else Period(first, first)
    return Part(office_id, period, json.loads(content), keys)


def _counted(now: Mapping[Day, Count], split: Split) -> Iterator[Row]:
    for (office_id, day), found in now.items():
        part = Part(office_id, Period(day, day), found.tally, persons.joined(found.persons))
        whose = [*periods_of(day, is_month=False, in_month=True, split=split)]
        yield part if split.has_whole(day) else None, whose, line_of(found.tally)
