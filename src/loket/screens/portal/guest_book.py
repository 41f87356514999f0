"""The guest book on a visitor's own phone: the QR code on the door leads here."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.base.replay import KeyReused
from loket.offices.models import Office
from loket.screens.access import office_public
from loket.screens.addresses import to_ticket
from loket.screens.guest_book import GuestBookForm, RequestForm, ReturningForm
from loket.screens.hall import hall_of
from loket.screens.limits import consume
from loket.screens.portal.ticket import book_is_open, ticket_or_404
from loket.visits.actions.numbering import (
    Closed,
    GuestBookFilled,
    LineFull,
    VisitOver,
    fill_guest_book,
    take_number,
)
from loket.visits.models import Ticket, Visit


@office_public
def first(request: HttpRequest, office: Office) -> HttpResponse:
    """A first visit."""
    form = GuestBookForm(request.POST or None, office=office, own_device=True)
    return _answer(request, office, form, "portal/guest_book.html")


@office_public
def returning(request: HttpRequest, office: Office) -> HttpResponse:
    """Somebody with a code; the link in the mail brings it along."""
    brought = {"code": request.GET.get("kode", "")}
    may_try = partial(consume, request, action="visitor_code")
    form = ReturningForm(
        request.POST or None, office=office, own_device=True, initial=brought, may_try=may_try
    )
    return _answer(request, office, form, "portal/returning.html")


@office_public
def afterwards(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """The guest book for a number that came before it (number-first offices)."""
    mine = ticket_or_404(office, token)
    # What was sent is answered with a sentence, by the action's refusal.
    if request.method != "POST" and not book_is_open(mine):
        return redirect("ticket", office_code=office.code, token=token)
    form = GuestBookForm(request.POST or None, office=office, own_device=True)
    if form.is_bound and form.is_valid():
        try:
            fill_guest_book(ticket=mine, request=form.request(), guest=form.entry(), at=timezone.now())
        except GuestBookFilled:
            messages.info(request, _("The guest book of this number is filled in already."))
        except VisitOver:
            messages.warning(request, _("This visit is over. Nothing of what you wrote was kept."))
        return redirect("ticket", office_code=office.code, token=token)
    context = {"form": form, "ticket": mine, "limits": form.limits, "action": request.path}
    return render(request, "portal/afterwards.html", context)


def _answer(request: HttpRequest, office: Office, form: RequestForm, template: str) -> HttpResponse:
    at, status = timezone.now(), 200
    if request.method == "POST" and form.is_valid():
        try:
            ticket = _take(office, form, at)
            return to_ticket(office.code, ticket.token)
        except (Closed, LineFull):
            hall = hall_of(office, at=at)
            if not hall.gives_numbers:
                return render(request, "portal/no_number.html", {"hall": hall, "written": True}, status=409)
            form.say_full()
            status = 409
        except KeyReused:
            form.ask_again()
            status = 409
    hall = hall_of(office, at=at)
    if not form.is_bound and not hall.gives_numbers:
        return render(request, "portal/no_number.html", {"hall": hall})
    context = {"form": form, "hall": hall, "limits": form.limits, "action": request.path}
    return render(request, template, context, status=status)


def _take(office: Office, form: RequestForm, at) -> Ticket:
    return take_number(
        office=office,
        service=form.service(),
        request=form.request(),
        guest=form.entry(),
        door=Visit.Door.PHONE,
        key=form.cleaned_data["key"],
        by="visitor",
        at=at,
    )
