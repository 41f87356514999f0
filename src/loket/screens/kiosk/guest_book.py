"""The guest book at the kiosk; its answer is a number."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from loket.base.replay import KeyReused
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people.actions import GuestEntry
from loket.screens.guest_book import GuestBookForm, NumberForm, RequestForm, ReturningForm
from loket.screens.hall import hall_of
from loket.screens.kiosk.frame import kiosk, show
from loket.screens.kiosk.number import remember_number, shown_number
from loket.visits.actions.numbering import Closed, LineFull, Request, fill_guest_book, take_number
from loket.visits.models import Ticket, Visit


@kiosk
def first(request: HttpRequest, office: Office) -> HttpResponse:
    """A first visit; where the number comes before the book, only what the number needs is asked."""
    if limits_from(office.settings).first == "number":
        return _take_or_ask(request, office, NumberForm, "kiosk/number_first.html")
    return _take_or_ask(request, office, GuestBookForm, "kiosk/guest_book.html")


@kiosk
def returning(request: HttpRequest, office: Office) -> HttpResponse:
    """Somebody with a code from an earlier mail."""
    return _take_or_ask(request, office, ReturningForm, "kiosk/returning.html")


@kiosk
def afterwards(request: HttpRequest, office: Office) -> HttpResponse:
    """The guest book for the number that was just taken."""
    ticket = shown_number(request, office)
    if ticket is None:
        return redirect(reverse("kiosk", args=[office.code]))
    form = _form(request, office, GuestBookForm)
    if form.is_bound and form.is_valid():
        fill_guest_book(ticket=ticket, request=form.request(), guest=form.entry(), at=timezone.now())
        return _to_number(request, office, ticket)
    context = {"form": form, "limits": form.limits, "ticket": ticket}
    return show(request, "kiosk/afterwards.html", context)


def _take_or_ask(
    request: HttpRequest, office: Office, kind: type[RequestForm | NumberForm], template: str
) -> HttpResponse:
    at = timezone.now()
    form = _form(request, office, kind)
    if form.is_bound and form.is_valid():
        try:
            ticket = _take(request, office, form, at)
        except (Closed, LineFull):
            return show(request, "kiosk/no_number.html", {"hall": hall_of(office, at=at), "written": True})
        except KeyReused:
            return redirect(reverse("kiosk", args=[office.code]))
        return _to_number(request, office, ticket)
    hall = hall_of(office, at=at)
    if not form.is_bound and not hall.gives_numbers:
        return show(request, "kiosk/no_number.html", {"hall": hall})
    return show(request, template, {"form": form, "hall": hall, "limits": form.limits})


def _form(request: HttpRequest, office: Office, kind: type[RequestForm | NumberForm]):
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
