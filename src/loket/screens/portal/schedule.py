"""When the office is open: this week and the next, and what is different in the months ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from loket.offices.explaining import (
    closed_runs,
    kind_text,
    long_day,
    span_year,
    status_text,
    week_lines,
)
from loket.offices.models import Office
from loket.offices.queries import NoCalendar, calendar_of
from loket.rules.worktime import Calendar
from loket.screens.access import office_public
from loket.screens.hall import hall_of
from loket.screens.portal.week import this_week, week_from

AHEAD = timedelta(days=120)


@dataclass(frozen=True)
class Closure:
    """Neighbouring days on which the office would be open, and is not."""

    days: str
    name: str
    kind: str


@office_public
@require_safe
def schedule(request: HttpRequest, office: Office) -> HttpResponse:
    now = timezone.now()
    try:
        calendar = calendar_of(office)
    except NoCalendar:
        raise Http404 from None
    today = calendar.local_day(now)
    week = this_week(office, at=now)
    return render(
        request,
        "portal/schedule.html",
        {
            "hall": hall_of(office, at=now),
            "week": week,
            "next_week": week_from(calendar, week[0].day + timedelta(days=7), today=today),
            "closures": list(closures_ahead(calendar, today)),
            "periods": periods_ahead(calendar, today),
            "undecreed": [status_text(year) for year in calendar.undecreed(today, today + AHEAD)],
        },
    )


def closures_ahead(calendar: Calendar, today: date) -> Iterator[Closure]:
    """Days that would have hours; a holiday on a free Sunday changes nothing for visitors."""
    coming = [
        closed
        for closed in calendar.closed
        if today <= closed.day <= today + AHEAD and calendar.usual_hours(closed.day)
    ]
    for first, last, closed in closed_runs(coming):
        days = f"{long_day(first)} {first.year}" if first == last else span_year(first, last)
        yield Closure(days, closed.name, kind_text(closed.kind))


def periods_ahead(calendar: Calendar, today: date) -> list[dict]:
    return [
        {
            "days": span_year(period.first, period.last),
            "name": period.name,
            "hours": list(week_lines(period.hours)),
        }
        for period in calendar.special
        if period.last >= today and period.first <= today + AHEAD
    ]
