"""A device asks for its right once, and says every few seconds that it is there."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from loket.people import devices
from loket.people.models import Device
from loket.screens.access import device_of, office_public
from loket.screens.devices.forms import PairForm
from loket.screens.limits import consume
from loket.screens.pairing import home_of, paired

LARGEST_BEAT = 2000


@office_public
def pair(request, office, kind):
    """Type the code; from then on this browser is the device."""
    if kind not in Device.Kind.values:
        raise Http404
    known = device_of(request, office, Device.Kind(kind))
    if known:
        return redirect(home_of(known))
    form = PairForm(request.POST or None)
    if form.is_valid():
        answer = _try(request, office, kind, form)
        if answer:
            return answer
    shown = {"form": form, "kind": Device.Kind(kind)}
    return render(request, "devices/pair.html", shown, status=422 if form.errors else 200)


def _try(request, office, kind, form) -> HttpResponse | None:
    if not consume(request, action="pair_device"):
        form.add_error("code", _("Too many attempts. Wait five minutes, then type the code again."))
        return None
    try:
        device, token = devices.pair(
            office=office, kind=kind, code=form.cleaned_data["code"], at=timezone.now()
        )
    except devices.CodeWrong:
        form.add_error("code", _("This code is not known here or is too old. Ask for a new one."))
        return None
    return paired(device, token)


# The device's cookie does not travel with requests from other sites (SameSite), and a heartbeat
# grants nothing; the page of a board may be older than its CSRF token.
@csrf_exempt
@require_POST
@office_public
def heartbeat(request, office, kind):
    device = device_of(request, office, Device.Kind(kind)) if kind in Device.Kind.values else None
    if device is None:
        raise Http404
    devices.beat(device=device, says=_says(request), at=timezone.now())
    return HttpResponse(status=204)


def _says(request) -> dict:
    """What the heartbeat carries, or nothing when it is not what our script sends."""
    if len(request.body) > LARGEST_BEAT:
        return {}
    try:
        says = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return says if isinstance(says, dict) else {}
