"""The opening hours of a week, day by day, as the front page and the schedule show them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.offices.queries import NoCalendar, calendar_of
from loket.rules.calendarparts import Hours
from loket.rules.worktime import SATURDAY, Calendar, Skipped


@dataclass(frozen=True)
class DayHours:
    """One row of this week's hours; without intervals the office is closed, with the reason."""

    day: date
    today: bool
    intervals: Hours
    closed: Skipped | None


def this_week(office: Office, *, at: datetime) -> list[DayHours]:
    """The working week of today, or the coming one at the weekend; empty without a calendar."""
    try:
        calendar = calendar_of(office)
    except NoCalendar:
        return []
    today = local_day(office, at)
    monday = today - timedelta(days=today.weekday())
    if today.weekday() >= SATURDAY and not calendar.is_working_day(today):
        monday += timedelta(days=7)
    return week_from(calendar, monday, today=today)


def week_from(calendar: Calendar, monday: date, *, today: date) -> list[DayHours]:
    """Seven days; a Saturday or Sunday without hours is left out."""
    days = [monday + timedelta(days=number) for number in range(7)]
    return [
        DayHours(day, day == today, calendar.hours(day), calendar.why_closed(day))
        for day in days
        if day.weekday() < SATURDAY or calendar.is_working_day(day)
    ]
