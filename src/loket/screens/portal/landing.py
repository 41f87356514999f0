"""The front page of an office: open now, how long it takes, two taps to a number."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.i18n import set_language

from loket.offices.clock import local_day
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.queries import NoCalendar, calendar_of
from loket.rules.worktime import Calendar, Interval, Skipped
from loket.screens.access import everybody, office_public
from loket.screens.hall import hall_of
from loket.screens.portal.standard import newest_standard

WEEKDAYS_SHOWN = 5


@dataclass(frozen=True)
class DayHours:
    """One row of this week's hours; without intervals the office is closed, with the reason."""

    day: date
    today: bool
    intervals: tuple[Interval, ...]
    closed: Skipped | None


@everybody
def offices(request: HttpRequest) -> HttpResponse:
    """The offices to choose from, or straight to the only one."""
    found = list(Office.objects.filter(serves=True).select_related("parent").order_by("name", "pk"))
    if len(found) == 1:
        return redirect("landing", office_code=found[0].code)
    return render(request, "portal/offices.html", {"offices": found})


@everybody
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back to the page."""
    return set_language(request)


@office_public
def landing(request: HttpRequest, office: Office) -> HttpResponse:
    now = timezone.now()
    return render(
        request,
        "portal/landing.html",
        {
            "hall": hall_of(office, at=now),
            "limits": limits_from(office.settings),
            "week": _week(office, now),
            "standard": newest_standard(office),
        },
    )


def _week(office: Office, at: datetime) -> list[DayHours]:
    """The working week of today, or the coming one at the weekend; closed weekend days left out."""
    try:
        calendar = calendar_of(office)
    except NoCalendar:
        return []
    today = local_day(office, at)
    monday = today - timedelta(days=today.weekday())
    if today.weekday() >= WEEKDAYS_SHOWN and not calendar.is_working_day(today):
        monday += timedelta(days=7)
    days = [_hours(calendar, monday + timedelta(days=n), today) for n in range(7)]
    return [row for n, row in enumerate(days) if n < WEEKDAYS_SHOWN or row.intervals]


def _hours(calendar: Calendar, day: date, today: date) -> DayHours:
    intervals = tuple(calendar.hours(day)) if calendar.is_working_day(day) else ()
    return DayHours(day, day == today, intervals, calendar.why_closed(day))
