"""The public performance page: hours, promises, and how well they were kept this year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loket.offices import queries
from loket.offices.explaining import week_lines
from loket.offices.models import Office
from loket.reports.public import performance as performance_of
from loket.screens.access import office_public
from loket.screens.report_page import shown


@office_public
@require_safe
@cache_control(max_age=300, public=True)
def performance(request: HttpRequest, office: Office) -> HttpResponse:
    made = performance_of(office=office, at=timezone.now())
    context = {
        "performance": made,
        "sections": [shown(section) for section in made.sections],
        "week": _week(office),
    }
    return render(request, "portal/performance.html", context)


def _week(office: Office) -> list[str]:
    try:
        return list(week_lines(queries.calendar_of(office).week))
    except queries.NoCalendar:
        return []
