"""The guest book at the kiosk; its answer is a number.

Where the number comes first, the book's page carries a right of its own: the number's cookie is
short, and nobody who writes at the screen is to lose the words for being slow. The right is in the
page alone, which the kiosk empties when nobody touches it.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from loket.base.replay import KeyReused
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people.actions import GuestEntry
from loket.screens.guest_book import GuestBookForm, NumberForm, ReturningForm
from loket.screens.hall import Hall, hall_of
from loket.screens.kiosk.frame import kiosk, online_door, show
from loket.screens.kiosk.number import remember_number, shown_number
from loket.screens.limits import consume
from loket.visits.actions.numbering import (
    Closed,
    GuestBookFilled,
    LineFull,
    Request,
    VisitOver,
    fill_guest_book,
    take_number,
)
from loket.visits.models import Ticket, Visit

RIGHT_SALT = "loket.kiosk.guest_book"
RIGHT_SECONDS = 10 * 60


@kiosk
def first(request: HttpRequest, office: Office) -> HttpResponse:
    """A first visit; where the number comes before the book, only what the number needs is asked."""
    if limits_from(office.settings).first == "number":
        return _take_or_ask(request, office, NumberForm, "kiosk/number_first.html")
    return _take_or_ask(request, office, GuestBookForm, "kiosk/guest_book.html")


@kiosk
def returning(request: HttpRequest, office: Office) -> HttpResponse:
    """Somebody with a code from an earlier mail."""
    device = request.device.device_id  # type: ignore[attr-defined]
    may_try = partial(consume, request, action="visitor_code_at_kiosk", key=device)
    return _take_or_ask(request, office, partial(ReturningForm, may_try=may_try), "kiosk/returning.html")


@kiosk
def afterwards(request: HttpRequest, office: Office) -> HttpResponse:
    """The guest book for the number that was just taken."""
    # The page's own right comes first: the cookie may already be the next visitor's.
    opened = "right" in request.POST
    ticket = _ticket_of_right(request, office) if opened else shown_number(request, office)
    if ticket is None:
        return _book_ended(request, "late", status=410)
    form = _form(request, office, GuestBookForm)
    if form.is_bound and form.is_valid():
        try:
            fill_guest_book(ticket=ticket, request=form.request(), guest=form.entry(), at=timezone.now())
        except GuestBookFilled:
            return _book_ended(request, "filled", status=409)
        except VisitOver:
            return _book_ended(request, "over", status=409)
        return _to_number(request, office, ticket)
    # A fresh right each time the page is shown, also after a mistake or another language.
    right = signing.dumps(ticket.token, salt=RIGHT_SALT)
    context = {"form": form, "limits": form.limits, "ticket": ticket, "right": right}
    return show(request, "kiosk/afterwards.html", context)


def _ticket_of_right(request: HttpRequest, office: Office) -> Ticket | None:
    """The number whose guest book this page was opened for, or None when it is too long ago."""
    try:
        token = signing.loads(request.POST["right"], salt=RIGHT_SALT, max_age=RIGHT_SECONDS)
    except signing.BadSignature:
        return None
    tickets = Ticket.objects.select_related("office", "service", "visit")
    return tickets.filter(office=office, token=token).first()  # the token is unique


def _book_ended(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    return show(request, "kiosk/book_ended.html", {"why": why}, status=status)


def _take_or_ask(
    request: HttpRequest, office: Office, kind: Callable[..., NumberForm], template: str
) -> HttpResponse:
    at, status = timezone.now(), 200
    form = _form(request, office, kind)
    if form.is_bound and form.is_valid():
        try:
            return _to_number(request, office, _take(request, office, form, at))
        except (Closed, LineFull):
            hall = hall_of(office, at=at)
            if not hall.gives_numbers:
                return _no_number(request, office, hall, written=True)
            form.say_full()
            status = 409
        except KeyReused:
            form.ask_again()
            status = 409
    hall = hall_of(office, at=at)
    if not form.is_bound and not hall.gives_numbers:
        return _no_number(request, office, hall)
    return show(request, template, {"form": form, "hall": hall, "limits": form.limits}, status)


def _no_number(request: HttpRequest, office: Office, hall: Hall, *, written: bool = False) -> HttpResponse:
    context = {"hall": hall, "written": written, "online": online_door(office)}
    return show(request, "kiosk/no_number.html", context)


def _form(request: HttpRequest, office: Office, kind: Callable[..., NumberForm]):
    """Sent forms are checked; one that only changes language or letters keeps what was written."""
    if request.method != "POST":
        return kind(office=office)
    if "switch" in request.POST:
        return kind(office=office, initial=request.POST.dict())
    return kind(request.POST, office=office)


def _take(request: HttpRequest, office: Office, form, at: datetime) -> Ticket:
    wanted: Request = form.request()
    guest: GuestEntry | None = form.entry()
    return take_number(
        office=office,
        service=form.service(),
        request=wanted,
        guest=guest,
        door=Visit.Door.KIOSK,
        key=form.cleaned_data["key"],
        by=request.device.device_id,  # type: ignore[attr-defined]
        at=at,
    )


def _to_number(request: HttpRequest, office: Office, ticket: Ticket) -> HttpResponse:
    address = reverse("kiosk-number", args=[office.code]) + request.frame.keep  # type: ignore[attr-defined]
    return remember_number(redirect(address), office, ticket)
