"""Services and counters of the office."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.offices import managing
from loket.offices.models import Office
from loket.people.models import Role
from loket.screens.access import staff
from loket.screens.manage.setup.forms import CounterForm, NewServiceForm, ServiceForm
from loket.visits.queries import lines_without_counter


@staff(Role.ADMINISTRATOR)
def services(request: HttpRequest, office: Office) -> HttpResponse:
    shown = {
        "part": "services",
        "services": office.services.order_by("letter"),
        "counters": office.counters.prefetch_related("services").order_by("number"),
    }
    return render(request, "manage/setup/services.html", shown)


@staff(Role.ADMINISTRATOR)
def new_service(request: HttpRequest, office: Office) -> HttpResponse:
    form = NewServiceForm(request.POST or None, initial={"minutes": 18})
    if form.is_valid():
        try:
            managing.add_service(office=office, **form.cleaned_data, **_signed(request))
        except managing.LetterTaken:
            form.add_error("letter", _("Another service has this letter."))
        else:
            return redirect("services", office.code)
    return _page(request, form, _("Add a service"))


@staff(Role.ADMINISTRATOR)
def service(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    found = get_object_or_404(office.services.select_related("office"), pk=pk)
    now = {
        "name_id": found.name_id,
        "name_en": found.name_en,
        "minutes": found.usual_minutes,
        "active": found.active,
    }
    form = ServiceForm(request.POST or None, initial=now)
    if form.is_valid():
        try:
            managing.change_service(service=found, **form.cleaned_data, **_signed(request))
        except managing.LastOne:
            form.add_error("active", _("This is the only service in use; add another one first."))
        else:
            return redirect("services", office.code)
    return _page(request, form, _("Service %(letter)s") % {"letter": found.letter})


@staff(Role.ADMINISTRATOR)
@require_POST
def new_counter(request: HttpRequest, office: Office) -> HttpResponse:
    added = managing.add_counter(office=office, **_signed(request))
    messages.success(request, _("Counter %(number)s is added.") % {"number": added.number})
    return redirect("services", office.code)


@staff(Role.ADMINISTRATOR)
def counter(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    found = get_object_or_404(office.counters.select_related("office"), number=number)
    now = {"services": found.services.all(), "active": found.active}
    form = CounterForm(request.POST or None, initial=now, office=office)
    if form.is_valid():
        try:
            managing.change_counter(
                counter=found,
                services=list(form.cleaned_data["services"]),
                active=form.cleaned_data["active"],
                **_signed(request),
            )
        except managing.LastOne:
            form.add_error("active", _("This is the only counter in use; add another one first."))
        else:
            _warn_of_lines(request, office)
            return redirect("services", office.code)
    return _page(request, form, _("Counter %(number)s") % {"number": number})


def _warn_of_lines(request: HttpRequest, office: Office) -> None:
    """Who waits before no counter is on nobody's screen but that of today."""
    for each in lines_without_counter(office, at=timezone.now()):
        messages.warning(
            request,
            _("Somebody still waits for %(service)s, and no counter offers it any more. Give it a counter.")
            % {"service": each.name},
        )


def _signed(request: HttpRequest) -> dict:
    return {"by": request.user.staff_id, "at": timezone.now()}


def _page(request: HttpRequest, form, title: str) -> HttpResponse:
    shown = {"part": "services", "form": form, "title": title}
    return render(request, "manage/setup/form.html", shown, status=422 if form.errors else 200)
