"""Pages beside the report that only the office itself reads: topics in words, and the work of officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.offices.models import Office
from loket.people.access import LEAD
from loket.reports import wording
from loket.reports.load import load
from loket.reports.report import Section
from loket.reports.topics import topics
from loket.rules.periods import Period
from loket.screens.access import staff
from loket.screens.report_page import shown


@staff(*LEAD)
@require_safe
def data(request: HttpRequest, office: Office, period: Period) -> HttpResponse:
    return show(request, period, _("Data asked for"), topics(office, period))


@staff(*LEAD)
@require_safe
def work(request: HttpRequest, office: Office, period: Period) -> HttpResponse:
    return show(request, period, _("Work of each officer"), [load(office, period, at=timezone.now())])


def show(request: HttpRequest, period: Period, heading: str, sections: list[Section]) -> HttpResponse:
    context = {
        "part": "reports",
        "heading": heading,
        "title": wording.period_title(period),
        "period": period,
        "sections": [shown(section) for section in sections],
    }
    return render(request, "manage/reports/part.html", context)
