"""A number taken at the desk, for somebody who did not use the kiosk.

After hours and after the last number an officer may still give one, with a reason that is kept
(CLOCKS 16).
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from loket.base.replay import KeyReused
from loket.base.text import one_line
from loket.offices.models import Office
from loket.people.access import DESK
from loket.screens.access import staff
from loket.screens.guest_book import GuestBookForm, NumberForm, ReturningForm
from loket.visits.actions.numbering import Closed, LineFull, check_doors, take_number
from loket.visits.estimating import Queue
from loket.visits.models import Ticket, Visit

# How the visitor is written down: the address's ?cara=, the form.
WAYS = {"buku-tamu": GuestBookForm, "kode": ReturningForm, "nomor": NumberForm}


@staff(*DESK)
def take(request: HttpRequest, office: Office) -> HttpResponse:
    at = timezone.now()
    way = request.GET.get("cara") if request.GET.get("cara") in WAYS else "buku-tamu"
    form = WAYS[way](request.POST or None, office=office)
    override = one_line(request.POST.get("override", ""))[:200]
    refusal = _refusal(office, form, at)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid() and (override or not refusal):
        try:
            ticket = _take(request, office, form, override if refusal else "", at)
            return redirect("desk-given", office_code=office.code, pk=ticket.pk)
        except KeyReused:
            form.ask_again()
            status = 409
        except (Closed, LineFull):
            # The doors closed between the look and the press.
            refusal = _refusal(office, form, at)
    context = {"form": form, "way": way, "refusal": refusal, "override": override, "limits": form.limits}
    return render(request, "desk/number.html", context, status=status)


@staff(*DESK)
def given(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """The number just given, to be told or printed."""
    ticket = get_object_or_404(Ticket.objects.select_related("service"), office=office, pk=pk)
    return render(request, "desk/given.html", {"ticket": ticket})


def _take(request: HttpRequest, office: Office, form, override: str, at: datetime) -> Ticket:
    return take_number(
        office=office,
        service=form.service(),
        request=form.request(),
        guest=form.entry(),
        door=Visit.Door.DESK,
        key=form.cleaned_data["key"],
        by=request.user.staff_id,
        at=at,
        override=override,
    )


def _refusal(office: Office, form: NumberForm, at: datetime) -> str:
    """Why the doors give no number now, in a word for the template; "" when they do."""
    if not form.services:
        return "no_service"
    # Each line has its own last number: what counts is the one that was chosen.
    chosen = form.is_bound and form.is_valid()
    service = form.service() if chosen else next(iter(form.services.values()))
    try:
        check_doors(office=office, queue=Queue(service, at=at))
    except Closed:
        return "closed"
    except LineFull as full:
        return full.why
    return ""
