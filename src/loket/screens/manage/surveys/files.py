"""What leaves a survey as files: reports that were kept, and the raw data with its codebook."""

import io

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from loket.base.exports import csvfile, workbook
from loket.feedback import exporting, printing
from loket.feedback.actions import surveys as actions
from loket.feedback.models import Report
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.people.models import Role
from loket.screens.access import staff
from loket.screens.manage.surveys.forms import ReportForm
from loket.screens.manage.surveys.views import period_or_404


@require_POST
@staff(*LEAD)
def reports(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Keep the figures of today as a report."""
    period, form = period_or_404(office, pk), ReportForm(request.POST)
    if form.is_valid():
        actions.make_report(period=period, by=request.user.staff_id, at=timezone.now(), **form.cleaned_data)
    return redirect("survey-results", office.code, pk)


@require_safe
@staff(*LEAD, Role.READER)
def report_pdf(request: HttpRequest, office: Office, pk: int, number: int) -> HttpResponse:
    report = report_or_404(office, pk, number)
    return HttpResponse(
        printing.survey_pdf(report),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{_name(report)}.pdf"'},
    )


@require_safe
@staff(*LEAD, Role.READER)
def report_workbook(request: HttpRequest, office: Office, pk: int, number: int) -> HttpResponse:
    report = report_or_404(office, pk, number)
    book = io.BytesIO()
    workbook.write(book, exporting.report_tables(report), title=report.period.title, zone=office.tz)
    book.seek(0)
    return FileResponse(
        book, as_attachment=True, filename=f"{_name(report)}.xlsx", content_type=workbook.TYPE
    )


@require_safe
@staff(*LEAD)
def raw(request: HttpRequest, office: Office, pk: int) -> StreamingHttpResponse:
    return _csv(exporting.raw_table(period_or_404(office, pk)), f"skm-{office.code}-{pk}")


@require_safe
@staff(*LEAD)
def raw_codebook(request: HttpRequest, office: Office, pk: int) -> StreamingHttpResponse:
    return _csv(exporting.raw_codebook(period_or_404(office, pk)), f"skm-{office.code}-{pk}-buku-kode")


def report_or_404(office: Office, pk: int, number: int) -> Report:
    reports = Report.objects.select_related("period__office", "period__service")
    return get_object_or_404(reports, period=period_or_404(office, pk), number=number)


def _name(report: Report) -> str:
    return f"skm-{report.period.office.code}-{report.period.pk}-laporan-{report.number}"


def _csv(table, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        csvfile.write(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
