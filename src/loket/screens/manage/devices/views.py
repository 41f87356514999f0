"""Kiosks, boards and tablets of the office: add, look after, withdraw."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.base.links import absolute
from loket.offices.models import Office
from loket.people import devices as actions
from loket.people.access import LEAD
from loket.people.models import Device
from loket.screens.access import staff
from loket.screens.manage.devices.forms import form_for


@staff(*LEAD)
def devices(request: HttpRequest, office: Office) -> HttpResponse:
    """All devices and how they are; and the form that adds one of the chosen kind."""
    kind = request.POST.get("kind") or request.GET.get("tambah", "")
    if kind and kind not in Device.Kind.values:
        raise Http404
    form = form_for(kind, request.POST or None, office=office) if kind else None
    if form and form.is_valid():
        added = actions.add_device(
            office=office,
            kind=kind,
            name=form.cleaned_data["name"],
            settings=form.settings(),
            by=request.user.staff_id,
            at=timezone.now(),
        )
        return redirect("device", office.code, added.pk)
    shown = {
        "part": "devices",
        "devices": Device.objects.filter(office=office, revoked_at=None).order_by("kind", "name", "pk"),
        "kinds": Device.Kind,
        "kind": kind,
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "manage/devices/list.html", shown, status=422 if form and form.errors else 200)


@staff(*LEAD)
def device(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """One device: its code while it waits for one, its state, its settings."""
    found = device_or_404(office, pk)
    form = form_for(found.kind, request.POST or None, device=found, office=office)
    if form.is_valid():
        actions.set_up(
            device=found,
            name=form.cleaned_data["name"],
            settings=form.settings(),
            by=request.user.staff_id,
            at=timezone.now(),
        )
        messages.success(request, _("Saved. It counts from the next ticket on."))
        return redirect("device", office.code, pk)
    shown = {
        "part": "devices",
        "device": found,
        "form": form,
        "address": absolute(f"/{office.code}/perangkat/{found.kind}/"),
        "now": timezone.now(),
    }
    return render(request, "manage/devices/device.html", shown, status=422 if form.errors else 200)


@staff(*LEAD)
@require_POST
def code(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """A new code, for a device that lost its own."""
    actions.renew_code(device=device_or_404(office, pk), by=request.user.staff_id, at=timezone.now())
    return redirect("device", office.code, pk)


@staff(*LEAD)
@require_POST
def revocation(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    found = device_or_404(office, pk)
    actions.revoke(device=found, by=request.user.staff_id, at=timezone.now())
    messages.success(request, _("%(name)s is withdrawn. It stops at its next step.") % {"name": found.name})
    return redirect("devices", office.code)


def device_or_404(office: Office, pk: int) -> Device:
    return get_object_or_404(Device.objects.select_related("office"), office=office, pk=pk, revoked_at=None)
