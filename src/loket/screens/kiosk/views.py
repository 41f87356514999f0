"""The kiosk's first screen, and what can be read there without taking a number."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from loket.base.links import absolute
from loket.base.qr import qr_svg
from loket.live import announce
from loket.offices.models import Office
from loket.screens.hall import hall_of
from loket.screens.kiosk.frame import kiosk, online_door, show
from loket.screens.kiosk.number import forget_number


@kiosk
def welcome(request: HttpRequest, office: Office) -> HttpResponse:
    """Hello, how long it takes, three doors. Whoever stood here before is forgotten."""
    # Read before the facts: what changes in between is told again, never missed.
    version = announce.version(announce.hall(office.code))
    hall = hall_of(office, at=timezone.now())
    context = {"live_version": version, "hall": hall}
    if hall.gives_numbers:
        context["door"] = qr_svg(absolute(reverse("guest-book", args=[office.code])))
    else:
        context["online"] = online_door(office)
    return forget_number(show(request, "kiosk/welcome.html", context), office)


@kiosk
def complaints(request: HttpRequest, office: Office) -> HttpResponse:
    """Every door for a complaint, and a code that opens them on the visitor's phone."""
    context = {
        "standard": office.standards.order_by("-version").first(),
        "door": qr_svg(absolute(reverse("complaints", args=[office.code]))),
    }
    return show(request, "kiosk/complaints.html", context)
