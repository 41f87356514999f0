"""What a browser is given when it becomes a device."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from loket.people.models import Device
from loket.screens.access import device_cookie

KEPT = 2 * 365 * 24 * 3600


def paired(device: Device, token: str) -> HttpResponse:
    """The way to the device's screen, with the token it keeps for two years."""
    answer = redirect(home_of(device))
    answer.set_cookie(
        device_cookie(Device.Kind(device.kind)),
        token,
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return answer


def home_of(device: Device) -> str:
    """Where the device shows its screen."""
    paths = {
        Device.Kind.KIOSK: "kios/",
        Device.Kind.BOARD: "layar/",
        Device.Kind.RATING: f"nilai/loket/{device.settings.get('counter', 1)}/",
    }
    return f"/{device.office.code}/{paths[Device.Kind(device.kind)]}"
