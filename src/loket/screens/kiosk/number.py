"""The number on the screen, for as long as its owner stands there.

Which number it is lies in a cookie that lives a minute and ends with "done"; the address names
nobody, so neither Back nor reload shows a number to the next visitor.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from loket.base.links import absolute
from loket.base.printer import PrinterTrouble
from loket.base.qr import qr_svg
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people import devices
from loket.rules.queueing import State
from loket.screens.kiosk.frame import kiosk, show
from loket.visits.actions.printing import print_ticket
from loket.visits.estimating import line_of
from loket.visits.models import Ticket

COOKIE = "loket_kiosk_number"
SHOWN_SECONDS = 90
# What the kiosk itself prints through the browser; None where it has no printer of its own.
ROLLS = ("80", "58")


@kiosk
def number(request: HttpRequest, office: Office) -> HttpResponse:
    ticket = shown_number(request, office)
    if ticket is None:
        return redirect(reverse("kiosk", args=[office.code]))
    return _show(request, office, ticket, paper_failed=False)


@require_POST
@kiosk
def paper(request: HttpRequest, office: Office) -> HttpResponse:
    """Somebody says that no paper came out: the number stands, staff are told, the way goes on."""
    ticket = shown_number(request, office)
    if ticket is None:
        return redirect(reverse("kiosk", args=[office.code]))
    devices.say_printer(device=request.device, printer="paper_out", at=timezone.now())  # type: ignore[attr-defined]
    return _show(request, office, ticket, paper_failed=True)


@require_POST
@kiosk
def wired_paper(request: HttpRequest, office: Office) -> HttpResponse:
    """Print at the printer on the network: once by itself, and again when somebody asks."""
    ticket = shown_number(request, office)
    kiosk_device = request.device  # type: ignore[attr-defined]
    if ticket is None or not kiosk_device.settings.get("printer"):
        return redirect(reverse("kiosk", args=[office.code]))
    try:
        print_ticket(ticket=ticket, device=kiosk_device, again="again" in request.POST, at=timezone.now())
    except PrinterTrouble:
        return _show(request, office, ticket, paper_failed=True)
    return _show(request, office, ticket, paper_failed=False, printed=True)


def _show(
    request: HttpRequest, office: Office, ticket: Ticket, *, paper_failed: bool, printed: bool = False
) -> HttpResponse:
    at = timezone.now()
    line = line_of(ticket.service, at=at)
    roll = str(request.device.settings.get("roll", ""))  # type: ignore[attr-defined]
    context = {
        # The page may have come from a press, whose address cannot be looked at again.
        "address": reverse("kiosk-number", args=[office.code]),
        "ticket": ticket,
        "ahead": line.place(ticket),
        "wait": line.range_of(ticket),
        "waiting": ticket.state == State.WAITING,
        "qr": qr_svg(absolute(reverse("ticket", args=[office.code, ticket.token]))),
        "roll": roll if roll in ROLLS else "",
        # A printer on the network; the page asks for the paper, so that the number is seen first.
        "wired": bool(request.device.settings.get("printer")),  # type: ignore[attr-defined]
        "printed": printed,
        "paper_failed": paper_failed,
        "book_is_open": ticket.visit.visitor_id is None and limits_from(office.settings).first == "number",
    }
    return show(request, "kiosk/number.html", context)


def shown_number(request: HttpRequest, office: Office) -> Ticket | None:
    token = request.get_signed_cookie(COOKIE, default=None, salt=office.code, max_age=SHOWN_SECONDS)
    if token is None:
        return None
    tickets = Ticket.objects.select_related("office", "service", "visit__visitor")
    return tickets.filter(office=office, token=token).first()  # the token is unique


def remember_number(response: HttpResponse, office: Office, ticket: Ticket) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE, ticket.token, salt=office.code, max_age=SHOWN_SECONDS, path=_path(office),
        httponly=True, samesite="Strict", secure=settings.HTTPS,
    )  # fmt: skip
    return response


def forget_number(response: HttpResponse, office: Office) -> HttpResponse:
    response.delete_cookie(COOKIE, path=_path(office), samesite="Strict")
    return response


def _path(office: Office) -> str:
    return reverse("kiosk", args=[office.code])
