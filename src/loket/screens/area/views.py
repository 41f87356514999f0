"""The report of everything below an office, for those who may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from loket.offices import queries
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.reports import making
from loket.reports.making import Report
from loket.rules import periods
from loket.rules.periods import Period
from loket.screens.access import readers
from loket.screens.report_choosing import choices
from loket.screens.report_page import attached, shown


@readers
@require_safe
def latest(request: HttpRequest, office: Office) -> HttpResponse:
    today = local_day(office, timezone.now())
    return redirect("area-report", office.code, periods.month(today.year, today.month))


@readers
@require_safe
def report(request: HttpRequest, office: Office, period: Period) -> HttpResponse:
    at = timezone.now()
    offices = queries.serving_below(office)
    made = making.make(office=office, offices=offices, period=period, at=at)
    context = {
        "office": office,
        "offices": offices,
        "report": made,
        "sections": [shown(section) for section in made.sections],
        "choices": choices(period, today=local_day(office, at)),
    }
    return render(request, "area/report.html", context)


@readers
@require_safe
def file(request: HttpRequest, office: Office, period: Period, form: str) -> HttpResponse:
    return attached(of(office, period), form, request.GET.get("bagian", ""))


def of(office: Office, period: Period) -> Report:
    offices = queries.serving_below(office)
    return making.make(office=office, offices=offices, period=period, at=timezone.now())
