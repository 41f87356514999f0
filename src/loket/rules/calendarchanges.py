"""Edits of a calendar, what differs between two, and making the same changes to a third."""

from dataclasses import dataclass, replace
from datetime import date

from loket.rules.calendarparts import ClosedDay, Hours, Reason, SpecialPeriod, Year
from loket.rules.worktime import Calendar, days_between


class AlreadyClosed(Exception):
    """Every one of these dates is closed already; args: the first of them."""


class NotThere(Exception):
    """The calendar has no such closed day or special period (any more)."""


@dataclass(frozen=True)
class Changes:
    """What was taken out and put in. A day whose kind, name or source changed is in both lists."""

    opened: tuple[ClosedDay, ...] = ()
    closed: tuple[ClosedDay, ...] = ()
    ended: tuple[SpecialPeriod, ...] = ()
    begun: tuple[SpecialPeriod, ...] = ()
    week: tuple[Hours, ...] | None = None
    years: tuple[Year, ...] = ()

    def __bool__(self) -> bool:
        return self != Changes()


def close_days(
    calendar: Calendar, *, first: date, last: date, name: str, kind: Reason = Reason.LOCAL, source: str = ""
) -> Calendar:
    """Close every date from `first` to `last` that is not closed yet. Refuses AlreadyClosed."""
    days = [
        ClosedDay(day, kind, name, source)
        for day in days_between(first, last)
        if calendar.closed_day(day) is None
    ]
    if not days:
        raise AlreadyClosed(calendar.closed_day(first))
    return replace(calendar, closed=tuple(sorted([*calendar.closed, *days])))


def open_day(calendar: Calendar, day: date) -> Calendar:
    """Take a date off the list of closed days. Refuses NotThere."""
    if calendar.closed_day(day) is None:
        raise NotThere
    return replace(calendar, closed=tuple(closed for closed in calendar.closed if closed.day != day))


def add_period(calendar: Calendar, period: SpecialPeriod) -> Calendar:
    """Add a special period; one with the same dates is replaced."""
    others = [other for other in calendar.special if (other.first, other.last) != (period.first, period.last)]
    ordered = sorted([*others, period], key=lambda entry: (entry.first, entry.last))
    return replace(calendar, special=tuple(ordered))


def end_period(calendar: Calendar, *, first: date, last: date) -> Calendar:
    """Take out the special period with these dates. Refuses NotThere."""
    kept = tuple(period for period in calendar.special if (period.first, period.last) != (first, last))
    if len(kept) == len(calendar.special):
        raise NotThere
    return replace(calendar, special=kept)


def changes(before: Calendar, after: Calendar) -> Changes:
    return Changes(
        opened=tuple(closed for closed in before.closed if closed not in after.closed),
        closed=tuple(closed for closed in after.closed if closed not in before.closed),
        ended=tuple(period for period in before.special if period not in after.special),
        begun=tuple(period for period in after.special if period not in before.special),
        week=after.week if after.week != before.week else None,
        years=tuple(year for year in after.years if year not in before.years),
    )


def repeat(changed: Changes, calendar: Calendar) -> Calendar:
    """The same changes made to another calendar, where they still have something to change."""
    put_in = {closed.day for closed in changed.closed}
    kept = [closed for closed in calendar.closed if closed.day not in put_in and closed not in changed.opened]
    known = {year.year for year in changed.years}
    result = replace(
        calendar,
        week=changed.week or calendar.week,
        closed=tuple(sorted([*kept, *changed.closed])),
        special=tuple(period for period in calendar.special if period not in changed.ended),
        years=tuple(sorted([*changed.years, *(year for year in calendar.years if year.year not in known)])),
    )
    for period in changed.begun:
        result = add_period(result, period)
    return result
