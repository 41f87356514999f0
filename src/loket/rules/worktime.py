"""Opening hours, closed days and working days of an office (CLOCKS.md, "Calendar of an office").

A Calendar is a value: it knows one office's hours and asks no clock. Instants are aware datetimes in
any zone; what comes back is in the office's own zone. rules/calendarfile.py reads and writes it.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

from loket.rules.calendarparts import (
    CLOSED_KINDS,
    CalendarWrong,
    ClosedDay,
    Hours,
    Interval,
    Reason,
    SpecialPeriod,
    Year,
    YearStatus,
    check_once,
    check_week,
    check_zone,
)

SATURDAY = 5
DAY = timedelta(days=1)
# A calendar that stays shut longer than this is a mistake, and no search may run on for ever.
LONGEST_SEARCH = 366


class NoWorkingDay(Exception):
    """The office has no opening hours in the next 366 days, so nothing can fall due."""


@dataclass(frozen=True)
class Skipped:
    """A date that was not counted, and the one reason that is told."""

    day: date
    reason: Reason
    name: str = ""


@dataclass(frozen=True)
class Moment:
    """Whether the office is open at an instant, and what comes next.

    `closes_at` is set while open. `opens_at` is the next opening strictly after the instant (after a
    lunch break, tomorrow, next week), None when there is none in 366 days.
    """

    is_open: bool
    closes_at: datetime | None
    opens_at: datetime | None
    today: Skipped | None


@dataclass(frozen=True)
class Calendar:
    zone: str
    week: tuple[Hours, ...]
    closed: tuple[ClosedDay, ...] = ()
    special: tuple[SpecialPeriod, ...] = ()
    years: tuple[Year, ...] = ()

    def __post_init__(self) -> None:
        """Refuse with CalendarWrong what would make a deadline ambiguous."""
        check_zone(self.zone)
        check_week("week", self.week)
        check_once("closed", [closed.day for closed in self.closed])
        check_once("years", [year.year for year in self.years])
        for number, closed in enumerate(self.closed, start=1):
            if closed.kind not in CLOSED_KINDS:
                raise CalendarWrong(f"closed[{number}].kind", "one of " + ", ".join(CLOSED_KINDS))
        for number, period in enumerate(self.special, start=1):
            if period.last < period.first:
                raise CalendarWrong(f"special[{number}].last", "a date not before the first day")
            check_week(f"special[{number}].hours", period.hours)

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _closed_by_day(self) -> dict[date, ClosedDay]:
        return {closed.day: closed for closed in self.closed}

    def local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return at.astimezone(self.tz)

    def local_day(self, at: datetime) -> date:
        return self.local(at).date()

    def closed_day(self, day: date) -> ClosedDay | None:
        return self._closed_by_day.get(day)

    def period_of(self, day: date) -> SpecialPeriod | None:
        """The special period in force; of several the shortest, as it is the most particular one."""
        covering = [period for period in self.special if period.covers(day)]
        return min(covering, key=lambda period: (period.last - period.first, period.first), default=None)

    def hours(self, day: date) -> Hours:
        """The opening intervals of a date, earliest first; none when it is not a working day."""
        return () if day in self._closed_by_day else self.usual_hours(day)

    def usual_hours(self, day: date) -> Hours:
        """The hours a date would have if it were not closed."""
        period = self.period_of(day)
        own = period.hours[day.weekday()] if period else None
        return self.week[day.weekday()] if own is None else own

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours(day))

    def why_closed(self, day: date) -> Skipped | None:
        """The reason that is told for a date without hours; None on a working day."""
        if self.is_working_day(day):
            return None
        closed = self._closed_by_day.get(day)
        if closed:
            return Skipped(day, closed.kind, closed.name)
        period = self.period_of(day)
        if period and self.week[day.weekday()]:
            return Skipped(day, Reason.SPECIAL, period.name)
        return Skipped(day, Reason.WEEKEND if day.weekday() >= SATURDAY else Reason.DAY_OFF)

    def at(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, self.tz)

    def opening(self, day: date) -> datetime:
        """The first opening of a working day."""
        return self.at(day, self.hours(day)[0].opens)

    def closing(self, day: date) -> datetime:
        """The last closing of a working day."""
        return self.end_of(day, self.hours(day)[-1])

    def end_of(self, day: date, interval: Interval) -> datetime:
        """When an opening interval of a date ends; what closes at 24.00 ends as the next day begins."""
        return self.at(day + DAY if interval.to_the_end else day, interval.closes)

    def walk(self, after: date, days: int) -> tuple[list[date], list[Skipped]]:
        """The next `days` working days strictly after a date, and the dates passed over on the way.

        Raises NoWorkingDay where 366 dates in a row have no opening hours.
        """
        if days < 1:
            raise ValueError("at least 1 working day")
        counted: list[date] = []
        skipped: list[Skipped] = []
        day, last_found = after, after
        while len(counted) < days:
            if (day - last_found).days >= LONGEST_SEARCH or day == date.max:
                raise NoWorkingDay
            day += DAY
            reason = self.why_closed(day)
            if reason:
                skipped.append(reason)
            else:
                counted.append(day)
                last_found = day
        return counted, skipped

    def moment(self, at: datetime) -> Moment:
        now = self.local(at)
        closes_at = next(
            (
                self.end_of(now.date(), interval)
                for interval in self.hours(now.date())
                if interval.holds(now.time())
            ),
            None,
        )
        return Moment(
            is_open=closes_at is not None,
            closes_at=closes_at,
            opens_at=self.next_opening(at),
            today=self.why_closed(now.date()),
        )

    def next_opening(self, at: datetime) -> datetime | None:
        """The first opening strictly after an instant; None when there is none in 366 days."""
        now = self.local(at)
        for ahead in range(LONGEST_SEARCH + 1):
            day = now.date() + ahead * DAY
            for interval in self.hours(day):
                opens = self.at(day, interval.opens)
                if opens > now:
                    return opens
        return None

    def open_from(self, at: datetime) -> datetime:
        """The instant itself while open, else the next opening: when people may be written to."""
        moment = self.moment(at)
        if moment.is_open:
            return self.local(at)
        if moment.opens_at is None:
            raise NoWorkingDay
        return moment.opens_at

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """How much opening time lies between two instants; nothing when `end` is not later."""
        # In UTC: Python subtracts datetimes of one zone by wall clock, which errs at a clock change.
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        total = timedelta()
        for day in days_between(self.local_day(start), self.local_day(end)):
            for interval in self.hours(day):
                opens = self.at(day, interval.opens).astimezone(UTC)
                closes = self.end_of(day, interval).astimezone(UTC)
                total += max(min(closes, end) - max(opens, start), timedelta())
        return total

    def working_days_after(self, first: date, last: date) -> int:
        """Working days after `first`, up to and including `last`; 0 where that is not later."""
        if last <= first:
            return 0
        months = range(_month(first), _month(last))
        return sum(self._working_days(month)[-1] for month in months) + self._until(last) - self._until(first)

    def _until(self, day: date) -> int:
        """Working days of the month of `day` up to and including it."""
        return self._working_days(_month(day))[day.day]

    def _working_days(self, month: int) -> list[int]:
        """For each day of a month how many working days there are until then; counted once, as lists of
        deadlines ask for the same weeks again and again."""
        if month not in self._counted_months:
            first = date(month // 12, month % 12 + 1, 1)
            days = monthrange(first.year, first.month)[1]
            working = (self.is_working_day(first + ahead * DAY) for ahead in range(days))
            self._counted_months[month] = list(accumulate(working, initial=0))
        return self._counted_months[month]

    @cached_property
    def _counted_months(self) -> dict[int, list[int]]:
        return {}

    def year(self, number: int) -> Year:
        known = (year for year in self.years if year.year == number)
        return next(known, Year(number, YearStatus.MISSING))

    def undecreed(self, first: date, last: date) -> tuple[Year, ...]:
        """The years between two dates whose holidays are not yet certain."""
        years = (self.year(number) for number in range(first.year, last.year + 1))
        return tuple(year for year in years if year.status is not YearStatus.DECREED)

    def check_opens(self, after: date) -> None:
        """Raise NoWorkingDay unless the office opens within 366 days; asked before publishing."""
        self.walk(after, 1)


def _month(day: date) -> int:
    """Months as numbers that follow each other."""
    return day.year * 12 + day.month - 1


def days_between(first: date, last: date) -> Iterator[date]:
    for ahead in range((last - first).days + 1):
        yield first + ahead * DAY
