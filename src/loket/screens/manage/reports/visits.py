"""The visits behind a figure, for those who lead the office; nobody's name is among them."""

import io

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.base.exports import csvfile, workbook
from loket.base.exports.columns import codebook
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.reports import files, visits, wording
from loket.rules.periods import Period
from loket.screens.access import staff

ROWS_A_PAGE = 100


@staff(*LEAD)
@require_safe
def listed(request: HttpRequest, office: Office, period: Period) -> HttpResponse:
    which = _which(request)
    pages = Paginator(visits.tickets(office, period, which), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("halaman"))
    table = visits.table(office, period, which, rows=page.object_list)
    context = {
        "part": "reports",
        "period": period,
        "title": wording.period_title(period),
        "which": which,
        "names": visits.which_names(),
        "page": page,
        "heads": table.columns,
        "rows": [
            [visits.said(column, value, office) for column, value in zip(table.columns, row, strict=True)]
            for row in table.rows
        ],
    }
    return render(request, "manage/reports/visits.html", context)


@staff(*LEAD)
@require_safe
def file(
    request: HttpRequest, office: Office, period: Period, form: str
) -> HttpResponse | StreamingHttpResponse:
    """All rows as CSV, sent while they are read, or as a workbook with its codebook."""
    which = _which(request)
    table = visits.table(office, period, which)
    name = f"kunjungan-{office.code}-{period.text.replace('..', '_')}-{which}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return StreamingHttpResponse(csvfile.write(table), content_type=files.TYPES["csv"], headers=headers)
    if form != "xlsx":
        raise Http404
    buffer = io.BytesIO()
    book = codebook(table.columns, key=_("Column"), title=_("Title"), meaning=_("Meaning"), codes=_("Codes"))
    workbook.write(buffer, [table, book], title=wording.period_title(period), zone=office.tz)
    return HttpResponse(buffer.getvalue(), content_type=files.TYPES["xlsx"], headers=headers)


def _which(request: HttpRequest) -> str:
    which = request.GET.get("apa", "all")
    if which not in visits.WHICH:
        raise Http404
    return which
