"""My number on my phone: place in line, minutes, the call; give it back, or join the line again."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.base.links import absolute
from loket.base.qr import qr_svg
from loket.feedback.links import rating_path
from loket.feedback.queries import awaits_rating
from loket.live import announce
from loket.offices.clock import local_day
from loket.offices.models import Counter, Office
from loket.rules.queueing import MoveNotAllowed, State
from loket.rules.waiting import Range
from loket.screens.access import office_public
from loket.visits.actions.leaving import cancel, rejoin
from loket.visits.actions.moving import TicketMoved
from loket.visits.estimating import line_of, serving_counters
from loket.visits.models import Ticket

# These may still become something else; a screen in one of them has something to wait for.
RUNNING = (State.WAITING, State.CALLED, State.PARKED, State.NO_SHOW, State.SERVING)


@dataclass(frozen=True)
class Standing:
    """Where a ticket stands now; place and range only while it waits. `beyond`: too far back for a range."""

    ahead: int | None
    wait: Range | None
    beyond: bool
    last_called: str
    counters: list[Counter]
    may_cancel: bool
    running: bool


@office_public
def ticket(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    at = timezone.now()
    # Read before the facts: what changes in between is told again, never missed.
    version = announce.version(announce.hall(office.code))
    mine = ticket_or_404(office, token)
    return render(
        request,
        "portal/ticket.html",
        {
            "ticket": mine,
            "standing": standing_of(mine, at=at),
            "now": at,
            "rating_path": rating_path(mine) if awaits_rating(mine, at=at) else "",
            "book_is_open": book_is_open(mine),
            "next_visit": _next_visit(mine),
            "live_version": version,
        },
    )


@require_POST
@office_public
def cancellation(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """The visitor gives the number back."""
    mine = ticket_or_404(office, token)
    try:
        cancel(ticket=mine, at=timezone.now())
    except (MoveNotAllowed, TicketMoved):
        messages.warning(request, _("This number can no longer be given back. Here is how it stands."))
    return redirect("ticket", office_code=office.code, token=token)


@require_POST
@office_public
def return_to_line(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """Missed the call: join the line again at its end."""
    mine = ticket_or_404(office, token)
    try:
        rejoin(ticket=mine, at=timezone.now())
    except (MoveNotAllowed, TicketMoved):
        messages.warning(request, _("This number cannot join the line again. Here is how it stands."))
    return redirect("ticket", office_code=office.code, token=token)


def ticket_or_404(office: Office, token: str) -> Ticket:
    try:
        return Ticket.objects.select_related("office", "service", "counter", "visit__visitor").get(
            office=office, token=token
        )
    except Ticket.DoesNotExist:
        raise Http404 from None


def book_is_open(mine: Ticket) -> bool:
    """Whether the guest book is still to be filled in: the number came first, and the visit is not over."""
    return mine.visit.visitor_id is None and mine.state in RUNNING


def standing_of(mine: Ticket, *, at: datetime) -> Standing:
    today = mine.day == local_day(mine.office, at)
    # Before the job of the night has closed it, yesterday's number still says that it waits.
    waiting = today and mine.state == State.WAITING
    line = line_of(mine.service, at=at) if waiting else None
    return Standing(
        ahead=line.place(mine) if line else None,
        wait=line.range_of(mine) if line else None,
        beyond=line is not None and line.is_beyond(mine),
        last_called=_last_called(mine),
        counters=serving_counters(mine.service),
        may_cancel=today and mine.state in (State.WAITING, State.CALLED, State.PARKED, State.NO_SHOW),
        running=today and mine.state in RUNNING,
    )


def _next_visit(mine: Ticket) -> dict[str, str] | None:
    """The code that shortens the guest book next time, and the same as a picture for a scanner."""
    visitor = mine.visit.visitor
    if visitor is None or visitor.forgotten_at:
        return None
    address = reverse("guest-book-returning", args=[mine.office.code])
    return {"code": visitor.code, "qr": qr_svg(absolute(f"{address}?kode={visitor.code}"))}


def _last_called(mine: Ticket) -> str:
    latest = (
        Ticket.objects.of_day(mine.office, mine.day)
        .filter(service=mine.service, called_at__isnull=False)
        .exclude(state=State.WAITING)
        .order_by("-called_at", "-pk")
        .first()
    )
    return latest.label if latest else ""
