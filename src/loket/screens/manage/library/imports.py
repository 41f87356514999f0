"""Taking over an office's own list: send it, look at what would change, say yes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.base.said import translated
from loket.library.actions import storing
from loket.library.importing import preview as previewing
from loket.library.importing import uploads
from loket.library.importing.classifications import FileWrong
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.screens.access import staff
from loket.screens.manage.library.forms import ListForm

SHOWN = 50


@staff(*LEAD)
def upload(request: HttpRequest, office: Office) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["list"].read()
        try:
            previewing.preview(previewing.own_rows(content, office=office), office=office)
        except FileWrong as wrong:
            form.add_error("list", _wrong(wrong))
        else:
            return redirect("items-preview", office.code, uploads.keep(office=office, content=content))
    context = {"part": "library", "form": form}
    return render(request, "manage/library/upload.html", context, status=422 if form.errors else 200)


@staff(*LEAD)
def preview(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    content = uploads.kept(office=office, token=token)
    if content is None:
        raise Http404
    rows = previewing.own_rows(content, office=office)
    if request.method == "POST":
        return _take_over(request, office, token, rows)
    shown = previewing.preview(rows, office=office)
    refused = [
        (each.row, translated(each.said, each.values) if each.said else each.reason)
        for each in shown.refused[:SHOWN]
    ]
    context = {"part": "library", "preview": shown, "refused": refused, "shown": SHOWN}
    return render(request, "manage/library/preview.html", context)


def _take_over(request: HttpRequest, office: Office, token: str, rows) -> HttpResponse:
    """Storing the same list twice changes nothing, so pressing twice is pressing once."""
    outcome = storing.store(
        source=previewing.source_of(office),
        rows=rows,
        by=request.user.staff_id,
        at=timezone.now(),
        chain=office.code,
    )
    uploads.drop(office=office, token=token)
    said = {"added": outcome.added, "changed": outcome.changed, "refused": len(outcome.refused)}
    messages.success(
        request,
        _("Taken over: %(added)s new, %(changed)s changed; %(refused)s rows were left out.") % said,
    )
    return redirect("items", office.code)


def _wrong(wrong: FileWrong) -> str:
    return _("Nothing was taken over: %(reason)s.") % {"reason": translated(wrong.said, wrong.values)}
