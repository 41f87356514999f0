"""Data items of consultations as CSV and workbook, for the yearly survey of data needs (SKD)."""

import io
from collections.abc import Iterator
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from loket.base.exports import csvfile, workbook
from loket.consultations import exporting
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.people.models import Role
from loket.screens.access import staff
from loket.screens.fields import Day, of_our_time


class DaysForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("First day"), widget=Day, validators=[of_our_time])
    last = forms.DateField(label=gettext_lazy("Last day"), widget=Day, validators=[of_our_time])

    def clean(self):
        values = self.cleaned_data
        if values.get("first") and values.get("last") and values["last"] < values["first"]:
            self.add_error("last", _("The last day does not lie before the first."))
        return values


@require_safe
@staff(*LEAD, Role.READER)
def page(request: HttpRequest, office: Office) -> HttpResponse:
    """Choose the days; the files follow from the address."""
    form = _form(request, office)
    count = None
    if form.is_valid():
        count = exporting.items_of(office, **form.cleaned_data).count()
    shown = {"part": "data-items", "form": form, "count": count, "query": _query(form)}
    return render(request, "manage/dataitems/page.html", shown, status=200 if form.is_valid() else 422)


@require_safe
@staff(*LEAD, Role.READER)
def as_csv(request: HttpRequest, office: Office) -> HttpResponse:
    form = _form(request, office)
    if not form.is_valid():
        return redirect("data-items", office.code)
    return _csv(csvfile.write(exporting.items_table(office, **form.cleaned_data)), f"skd-{office.code}.csv")


@require_safe
@staff(*LEAD, Role.READER)
def as_workbook(request: HttpRequest, office: Office) -> HttpResponse:
    form = _form(request, office)
    if not form.is_valid():
        return redirect("data-items", office.code)
    book = io.BytesIO()
    tables = [exporting.items_table(office, **form.cleaned_data), exporting.items_codebook()]
    workbook.write(book, tables, title=_("Data asked for"), zone=office.tz)
    return HttpResponse(
        book.getvalue(),
        content_type=workbook.TYPE,
        headers={"Content-Disposition": f'attachment; filename="skd-{office.code}.xlsx"'},
    )


@require_safe
@staff(*LEAD, Role.READER)
def codebook(request: HttpRequest, office: Office) -> HttpResponse:
    return _csv(csvfile.write(exporting.items_codebook()), "skd-buku-kode.csv")


def _form(request: HttpRequest, office: Office) -> DaysForm:
    """The days of the address; this year so far where it names none."""
    today = local_day(office, timezone.now())
    this_year = {"first": date(today.year, 1, 1), "last": today}
    asked = {name: request.GET[name] for name in this_year if name in request.GET}
    return DaysForm(this_year | asked)


def _query(form: DaysForm) -> str:
    if not form.is_valid():
        return ""
    return "&".join(f"{name}={day.isoformat()}" for name, day in form.cleaned_data.items())


def _csv(parts: Iterator[bytes], name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        parts,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
