"""Reads of offices and their calendars that more than one place needs."""

from datetime import date, datetime
from functools import lru_cache

from loket.offices.models import CalendarVersion, Office
from loket.rules import calendarfile
from loket.rules.worktime import Calendar


class NoCalendar(Exception):
    """The office has not published a calendar yet; nothing can be promised without one."""


def calendar_of(office: Office) -> Calendar:
    """The office's published calendar as of now. Refuses NoCalendar."""
    newest = (
        CalendarVersion.objects.filter(office=office)
        .order_by("-version")
        .values_list("pk", flat=True)
        .first()
    )
    if newest is None:
        raise NoCalendar(office)
    return _calendar(newest)


# A version is never changed, so what was read once stays true.
@lru_cache(maxsize=2048)
def _calendar(version_id: int) -> Calendar:
    return calendarfile.from_dict(
        CalendarVersion.objects.values_list("content", flat=True).get(pk=version_id)
    )


def opening_of_day(office: Office, day: date) -> datetime | None:
    """When the office opens on `day`; None when it does not."""
    calendar = calendar_of(office)
    return calendar.opening(day) if calendar.is_working_day(day) else None
