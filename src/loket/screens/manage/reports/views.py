"""The report of an office: a page, and the same as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.people.models import Role
from loket.reports import making
from loket.rules import periods
from loket.rules.periods import Period
from loket.screens.access import staff
from loket.screens.manage.reports.choosing import PeriodForm
from loket.screens.report_choosing import choices
from loket.screens.report_page import attached, shown

READS = (*LEAD, Role.READER)


@staff(*READS)
@require_safe
def choose(request: HttpRequest, office: Office) -> HttpResponse:
    """The running month, or the days that were chosen."""
    today = local_day(office, timezone.now())
    if "from" not in request.GET:
        return redirect("report", office.code, periods.month(today.year, today.month))
    form = PeriodForm(request.GET)
    if form.is_valid():
        return redirect("report", office.code, form.period)
    return page(request, office, periods.month(today.year, today.month), form=form, status=422)


@staff(*READS)
@require_safe
def report(request: HttpRequest, office: Office, period: Period) -> HttpResponse:
    return page(request, office, period, form=PeriodForm(initial={"from": period.first, "to": period.last}))


@staff(*READS)
@require_safe
def file(request: HttpRequest, office: Office, period: Period, form: str) -> HttpResponse:
    """One section as CSV where `bagian` names it, else the whole report."""
    made = making.make(office=office, offices=[office], period=period, at=timezone.now())
    return attached(made, form, request.GET.get("bagian", ""))


def page(
    request: HttpRequest, office: Office, period: Period, *, form: PeriodForm, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    made = making.make(office=office, offices=[office], period=period, at=at)
    context = {
        "part": "reports",
        "report": made,
        "sections": [shown(section) for section in made.sections],
        "choices": choices(period, today=local_day(office, at)),
        "form": form,
        "leads": not request.roles.isdisjoint(LEAD),  # type: ignore[attr-defined]
    }
    return render(request, "manage/reports/report.html", context, status=status)
