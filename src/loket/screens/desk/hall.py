"""Choosing a counter, and the desk of the hall."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from loket.offices.models import Office
from loket.people.access import DESK
from loket.screens.access import staff
from loket.screens.desk.pressing import press
from loket.screens.desk.reading import hall_page
from loket.screens.desk.refusals import REFUSED, sentence
from loket.visits.actions import sessions
from loket.visits.actions.sessions import NotAtCounter
from loket.visits.floor import floor_of
from loket.visits.models import CounterSession


@staff(*DESK)
def choose(request: HttpRequest, office: Office) -> HttpResponse:
    """The counters of the hall: who is where, and which are free."""
    floor = floor_of(office, at=timezone.now())
    mine = next((stand for stand in floor.stands if stand.officer_id == request.user.pk), None)
    waiting = len(floor.line(floor.services))
    return render(request, "desk/choose.html", {"floor": floor, "mine": mine, "waiting": waiting})


@staff(*DESK)
def hall(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    """The desk at a counter; `?catatan=` asks for the note of an earlier visit, `?halaman=` for more such."""
    noted, wanted = _asked(request, "catatan"), _asked(request, "halaman")
    try:
        page = hall_page(request, office, number, timezone.now(), noted=noted, page=wanted or 1)
    except NotAtCounter:
        return redirect("desk", office_code=office.code)
    return render(request, "desk/hall.html", page)


def _asked(request: HttpRequest, name: str) -> int | None:
    """A number in the address; None for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@staff(*DESK)
@require_POST
def open_counter(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    """Sign in at the counter."""
    counter = office.counters.select_related("office").filter(number=number, active=True).first()
    if counter is None:
        return redirect("desk", office_code=office.code)
    try:
        sessions.open_counter(counter=counter, by=request.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
        return redirect("desk", office_code=office.code)
    return redirect("desk-hall", office_code=office.code, number=number)


@press()
def close_counter(request: HttpRequest, session: CounterSession, at: datetime) -> HttpResponse:
    sessions.close_counter(session=session, by=request.user.staff_id, at=at)
    return redirect("desk", office_code=session.counter.office.code)
