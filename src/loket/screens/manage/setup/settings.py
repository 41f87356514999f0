"""The office's settings: the hall, the consultations, the guest book, the purposes, the complaints."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.offices.limits import LimitWrong, limits_from
from loket.offices.managing import change_settings
from loket.offices.models import Office
from loket.people.models import Role
from loket.screens.access import staff
from loket.screens.manage.setup.complaint_rules import ComplaintRulesForm
from loket.screens.manage.setup.forms import ConsultationsForm, GuestBookForm, HallForm, PurposesForm


@staff(Role.ADMINISTRATOR)
def settings(request: HttpRequest, office: Office) -> HttpResponse:
    """Five forms on one page; each saves only its own part."""
    forms = _forms(request, office)
    sent = forms.get(request.POST.get("part", ""))
    if sent and sent.is_valid() and _save(request, office, sent):
        return redirect("settings", office.code)
    shown: dict[str, Any] = {"part": "settings", "forms": forms}
    return render(request, "manage/setup/settings.html", shown, status=422 if sent else 200)


def _forms(request: HttpRequest, office: Office) -> dict[str, Form]:
    limits = limits_from(office.settings)
    part = request.POST.get("part")

    def data(name: str):
        return request.POST if part == name else None

    return {
        "hall": HallForm(data("hall"), initial=HallForm.initial_of(limits), prefix="hall"),
        "consultations": ConsultationsForm(
            data("consultations"), initial=ConsultationsForm.initial_of(limits), prefix="consultations"
        ),
        "guest_book": GuestBookForm(
            data("guest_book"), initial=GuestBookForm.initial_of(limits), prefix="guest"
        ),
        "purposes": PurposesForm(data("purposes"), purposes=limits.purposes, prefix="purpose"),
        "complaints": ComplaintRulesForm(
            data("complaints"), initial=ComplaintRulesForm.initial_of(limits),
            classes=limits.complaint_classes, prefix="complaints",
        ),
    }  # fmt: skip


def _save(request: HttpRequest, office: Office, form: Any) -> bool:
    try:
        change_settings(office=office, changes=form.changes(), by=request.user.staff_id, at=timezone.now())
    except LimitWrong as wrong:
        field, _expected = wrong.args
        form.add_error(field if field in form.fields else None, _("This value cannot be kept."))
        return False
    messages.success(request, _("Saved. It counts from now on; what happened before stays as it was."))
    return True
