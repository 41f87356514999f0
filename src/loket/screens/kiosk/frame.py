"""What every page of the kiosk has in common: the device's right, a language and large letters.

Both travel in the address and nowhere else, so nothing of one visitor is left for the next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from loket.base.links import absolute
from loket.base.qr import qr_svg
from loket.offices.models import Office
from loket.people.models import Device
from loket.screens.access import device


@dataclass(frozen=True)
class Frame:
    """How this page speaks, and the addresses' endings that keep or change it."""

    english: bool
    large: bool

    @property
    def language(self) -> str:
        return "en" if self.english else "id"

    @property
    def keep(self) -> str:
        return _query(self.english, self.large)

    @property
    def other_language(self) -> str:
        return _query(not self.english, self.large)

    @property
    def other_size(self) -> str:
        return _query(self.english, not self.large)


def kiosk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for paired kiosks, in the language of its address."""

    @device(Device.Kind.KIOSK)
    @wraps(view)
    def opened(request: HttpRequest, office: Office, **rest: Any) -> HttpResponse:
        frame = Frame(request.GET.get("bahasa") == "en", request.GET.get("huruf") == "besar")
        request.frame = frame  # type: ignore[attr-defined]
        with override(frame.language):
            response = view(request, office, **rest)
        response.headers["Content-Language"] = frame.language
        return response

    return opened


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page in the kiosk's frame."""
    frame: Frame = request.frame  # type: ignore[attr-defined]
    around = {"frame": frame, "kiosk": True, "now": timezone.now(), "device": request.device}  # type: ignore[attr-defined]
    return render(request, template, around | context, status=status)


def online_door(office: Office) -> str:
    """Where no number is given, the way to ask on one's own phone, as a picture (CLOCKS 16)."""
    return qr_svg(absolute(reverse("ask", args=[office.code])))


def _query(english: bool, large: bool) -> str:
    chosen = [("bahasa", "en")] * english + [("huruf", "besar")] * large
    return f"?{urlencode(chosen)}" if chosen else ""
