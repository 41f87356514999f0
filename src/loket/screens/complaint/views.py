"""The public doors for complaints: every way there is, the form, and the receipt with code and secret."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.base.replay import KeyReused
from loket.feedback.actions import complaints as actions
from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import public_figures
from loket.feedback.secrets import grouped
from loket.offices.clock import local_day
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.screens.access import office_public
from loket.screens.complaint.receipts import remember_receipt, shown_receipt
from loket.screens.complaint.ways import ways_of
from loket.screens.complaint_form import ComplaintForm
from loket.screens.limits import consume


@require_safe
@office_public
def doors(request: HttpRequest, office: Office) -> HttpResponse:
    """Every way to complain, what happens then, and how it went this year."""
    shown = {
        "ways": ways_of(office),
        "limits": limits_from(office.settings),
        "figures": public_figures(office, year=local_day(office, timezone.now()).year),
    }
    return render(request, "complaint/doors.html", shown)


@office_public
def write(request: HttpRequest, office: Office) -> HttpResponse:
    form = ComplaintForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _may_file(request, form) and form.keep_files():
        filed = _file(office, form, request.LANGUAGE_CODE)
        if filed:
            remember_receipt(request, filed, at=timezone.now())
            return redirect("complaint-receipt", office.code)
    shown = {"form": form, "limits": limits_from(office.settings)}
    return render(request, "complaint/write.html", shown, status=422 if form.is_bound else 200)


def _may_file(request: HttpRequest, form: ComplaintForm) -> bool:
    if consume(request, action="complaint_file"):
        return True
    form.add_error(None, _("Too many complaints came from this network. Try again in an hour, or phone."))
    return False


def _file(office: Office, form: ComplaintForm, language: str) -> actions.Filed | None:
    try:
        return actions.file_complaint(
            office=office,
            words=form.words(),
            contact=form.contact(),
            files=form.kept,
            door=Complaint.Door.WEB,
            key=form.cleaned_data["key"],
            language=language,
            at=timezone.now(),
        )
    except KeyReused:
        form.ask_again()
    except actions.InTheFuture:
        form.add_error("happened_on", _("This day has not come yet."))
    finally:
        form.drop_files()
    return None


@require_safe
@office_public
def receipt(request: HttpRequest, office: Office) -> HttpResponse:
    """Code and secret, shown to whoever filed it, for a quarter of an hour."""
    shown = shown_receipt(request, office, at=timezone.now())
    if shown is None:
        return redirect("complaint-follow", office.code)
    complaint, secret = shown
    context = {"complaint": complaint, "code": grouped(complaint.code), "secret": grouped(secret)}
    return render(request, "complaint/receipt.html", context)
