"""The front page of an office: open now, how long it takes, two taps to a number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.i18n import set_language

from loket.base.links import absolute
from loket.base.qr import qr_svg
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.screens.access import everybody, office_public
from loket.screens.hall import hall_of
from loket.screens.library import EXAMPLES
from loket.screens.portal.standard import newest_standard
from loket.screens.portal.week import this_week


@everybody
def offices(request: HttpRequest) -> HttpResponse:
    """The offices to choose from, or straight to the only one."""
    found = list(Office.objects.filter(serves=True).select_related("parent").order_by("name", "pk"))
    if len(found) == 1:
        return redirect("landing", office_code=found[0].code)
    return render(request, "portal/offices.html", {"offices": found})


@everybody
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back to the page."""
    return set_language(request)


@office_public
def door(request: HttpRequest, office: Office) -> HttpResponse:
    """A sheet for the door: its code opens the guest book on the phones of those who come in."""
    guest_book = absolute(reverse("guest-book", args=[office.code]))
    return render(request, "portal/door.html", {"qr": qr_svg(guest_book)})


@office_public
def landing(request: HttpRequest, office: Office) -> HttpResponse:
    now = timezone.now()
    return render(
        request,
        "portal/landing.html",
        {
            "hall": hall_of(office, at=now),
            "limits": limits_from(office.settings),
            "week": this_week(office, at=now),
            "standard": newest_standard(office),
            "examples": EXAMPLES,
        },
    )
