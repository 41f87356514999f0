"""The inbox: what waits for an answer, earliest deadline first."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from loket.consultations import inbox
from loket.consultations.inbox import MOST_COUNTED, Box, Sought
from loket.consultations.models import Consultation, Kind
from loket.live import announce
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.access import DESK
from loket.rules.worktime import DAY, Calendar
from loket.screens.access import staff
from loket.screens.deadlines import Chip, closing_chip, due_chip
from loket.screens.desk.consultations.asked import WORDS, address_of, sought_in
from loket.screens.desk.consultations.wanted import colleagues

NAMES = {
    Box.OFFICE: _("Our turn"),
    Box.MINE: _("Mine"),
    Box.UNASSIGNED: _("Nobody's"),
    Box.VISITOR: _("Visitor's turn"),
    Box.CLOSED: _("Finished"),
}


@dataclass(frozen=True)
class Tab:
    """One box: its name, how many lie in it, and its address."""

    name: str
    count: str
    address: str
    current: bool


@dataclass(frozen=True)
class Row:
    """One consultation in the list. `chip` is empty for what is closed."""

    thread: Consultation
    chip: Chip | None
    word: str


@staff(*DESK)
@require_safe
def show(request: HttpRequest, office: Office) -> HttpResponse:
    sought, at = sought_in(request.GET), timezone.now()
    counted = inbox.counts(office=office, officer=request.user)
    page = inbox.page_of(office=office, officer=request.user, sought=sought)
    shown = {
        "now": at,
        "sought": sought,
        "kinds": Kind.choices,
        "tabs": [_tab(box, sought, counted) for box in Box],
        "rows": _rows(office, page.rows, sought.box, at),
        "inbox_n": _count(counted[Box.OFFICE]),
        "next": page.after and address_of(replace(sought, after=page.after)),
        "first": sought.after and address_of(replace(sought, after=None)),
        "narrowed": bool(sought.words or sought.kind or sought.assignee),
        "box": WORDS[sought.box],
        "colleagues": colleagues(office),
        "version": announce.version(announce.consultations(office.code)),
    }
    return render(request, "desk/consultations/inbox.html", shown)


def _tab(box: Box, sought: Sought, counted: dict[Box, int]) -> Tab:
    """Another box keeps the words and the kind that are sought."""
    address = address_of(replace(sought, box=box, after=None)) or "?"
    return Tab(str(NAMES[box]), _count(counted.get(box)), address, box == sought.box)


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def _rows(office: Office, threads: list[Consultation], box: Box, at: datetime) -> list[Row]:
    calendar = calendar_of(office)
    return [Row(thread, _chip(office, calendar, thread, at), WORDS[box]) for thread in threads]


def _chip(office: Office, calendar: Calendar, thread: Consultation, at: datetime) -> Chip | None:
    if thread.due_at:
        return due_chip(office, calendar, thread.due_at, at=at)
    if thread.close_at:
        return closing_chip(office, local_day(office, thread.close_at) - DAY, at=at)
    return None
