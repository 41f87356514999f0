"""The event log, to read and to verify. It names staff by number and visitors not at all."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.base import events
from loket.base.models import Event
from loket.base.text import one_line
from loket.offices.models import Office
from loket.people.models import Role
from loket.screens.access import staff

EVENTS_A_PAGE = 100


@staff(Role.AUDITOR, Role.ADMINISTRATOR)
@require_safe
def log(request: HttpRequest, office: Office) -> HttpResponse:
    """The office's events, newest first; about one subject when asked for it."""
    entries = Event.objects.filter(office=office.code).order_by("-seq")
    about = one_line(request.GET.get("tentang", ""))[:60]
    if about:
        entries = entries.filter(subject=about)
    verified = "periksa" in request.GET
    shown = {
        "part": "log",
        "events": Paginator(entries, EVENTS_A_PAGE).get_page(request.GET.get("halaman")),
        "about": about,
        "verified": verified,
        "faults": list(events.verify(office.code)) if verified else [],
    }
    return render(request, "manage/log.html", shown)
