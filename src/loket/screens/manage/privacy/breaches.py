"""Data in wrong hands: noted, and told to people and agency within 3 × 24 hours (UU 27/2022, 46)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.base.replay import KeyReused
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.people.models import Role
from loket.privacy import breaches as actions
from loket.privacy import looking
from loket.privacy.models import Breach
from loket.screens.access import staff
from loket.screens.manage.privacy.forms import BreachForm

SHOWN = 100


@staff(*LEAD)
def breaches(request: HttpRequest, office: Office) -> HttpResponse:
    form = BreachForm(request.POST or None)
    with timezone.override(office.zone):
        breach = _noted(request, office, form) if form.is_valid() else None
    if breach:
        return redirect("breach", office.code, breach.pk)
    shown = {
        "part": "privacy",
        "breaches": Breach.objects.filter(office=office).order_by("-found_at", "-pk")[:SHOWN],
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "manage/privacy/breaches.html", shown, status=422 if form.errors else 200)


def _noted(request: HttpRequest, office: Office, form: BreachForm) -> Breach | None:
    now = timezone.now()
    if form.cleaned_data["found_at"] > now:
        form.add_error("found_at", _("This is in the future."))
        return None
    try:
        return actions.note(office=office, affected=[], by=request.user.staff_id, at=now, **form.cleaned_data)
    except KeyReused:
        form.ask_again()
        return None


@staff(*LEAD)
@require_safe
def one(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """One breach with its clock and the two letters, ready to be copied."""
    shown = {"part": "privacy", "breach": _or_404(office, pk), "now": timezone.now()}
    return render(request, "manage/privacy/breach.html", shown)


@staff(*LEAD)
@require_POST
def told(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    whom = actions.AGENCY if "agency" in request.POST else actions.PEOPLE
    try:
        actions.told(breach=_or_404(office, pk), whom=whom, by=request.user.staff_id, at=timezone.now())
    except actions.AlreadyTold:
        messages.info(request, _("That was noted before."))
    return redirect("breach", office.code, pk)


@staff(*LEAD, Role.AUDITOR)
@require_safe
def looks(request: HttpRequest, office: Office) -> HttpResponse:
    """Who of the staff looked at whom, and why."""
    shown = {"part": "privacy", "looks": looking.at_office(office)[:SHOWN]}
    return render(request, "manage/privacy/looks.html", shown)


def _or_404(office: Office, pk: int) -> Breach:
    return get_object_or_404(Breach.objects.select_related("office"), office=office, pk=pk)
