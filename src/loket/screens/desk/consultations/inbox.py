"""The inbox: what waits for an answer, earliest deadline first."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from loket.consultations import inbox
from loket.consultations.inbox import MOST_COUNTED, Box, Lying, Sought
from loket.consultations.models import Consultation, Kind
from loket.live import announce
from loket.offices.clock import local_day
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.access import DESK
from loket.people.models import User
from loket.rules.worktime import DAY, Calendar
from loket.screens.access import staff
from loket.screens.deadlines import Chip, closing_chip, due_chip, short
from loket.screens.desk.consultations.asked import WORDS, address_of, sought_in
from loket.screens.desk.consultations.wanted import colleagues

NAMES = {
    Box.OFFICE: gettext_lazy("Our turn"),
    Box.MINE: gettext_lazy("Mine"),
    Box.UNASSIGNED: gettext_lazy("Nobody's"),
    Box.PROPOSED: gettext_lazy("To be read"),
    Box.VISITOR: gettext_lazy("Visitor's turn"),
    Box.CLOSED: gettext_lazy("Finished"),
}


@dataclass(frozen=True)
class Tab:
    """One box: its name, how many lie in it, and its address."""

    name: str
    count: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One consultation in the list, in words; there are many, so the template only puts them down."""

    thread: Lying
    chip: Chip
    address: str
    choose: str
    about: str
    kind: str


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
        "tabs": [_tab(box, sought, counted) for box in _boxes(office, sought, counted)],
        "nobody": _("nobody yet"),
        "nameless": _("no name"),
        "rows": _rows(office, page.rows, sought.box, at),
        "inbox_n": _count(counted[Box.OFFICE]),
        "next": page.after and address_of(replace(sought, after=page.after)),
        "first": sought.after and address_of(replace(sought, after=None)),
        "elsewhere": _elsewhere(office, request.user, sought, counted) if not page.rows else [],
        "narrowed": bool(sought.words or sought.kind or sought.assignee),
        "box": WORDS[sought.box],
        "sorted_by_deadline": sought.box not in (Box.CLOSED, Box.PROPOSED),
        "colleagues": colleagues(office),
        "version": announce.version(announce.consultations(office.code)),
    }
    return render(request, "desk/consultations/inbox.html", shown)


def _elsewhere(office: Office, officer: User, sought: Sought, counted: dict[Box, int]) -> list[Tab]:
    """The boxes that have what was looked for here, so that nobody looks into each of them."""
    if not sought.words or sought.after:
        return []
    boxes = inbox.elsewhere(office=office, officer=officer, sought=sought)
    return [_tab(box, replace(sought, assignee=None), counted) for box in boxes]


def _boxes(office: Office, sought: Sought, counted: dict[Box, int]) -> list[Box]:
    """What waits for a second officer has a box where there can be something in it."""
    checks = limits_from(office.settings).second_officer or counted[Box.PROPOSED]
    return [box for box in Box if box is not Box.PROPOSED or checks or sought.box is box]


def _tab(box: Box, sought: Sought, counted: dict[Box, int]) -> Tab:
    """Another box keeps the words and the kind that are sought."""
    address = address_of(replace(sought, box=box, after=None)) or "?"
    return Tab(str(NAMES[box]), _count(counted.get(box)), address, box == sought.box)


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def _rows(office: Office, threads: list[Lying], box: Box, at: datetime) -> list[Row]:
    calendar, kinds = calendar_of(office), {kind.value: capfirst(str(kind.label)) for kind in Kind}
    opened_from = f"?kotak={WORDS[box]}" if WORDS[box] else ""
    inbox_at = reverse("desk-consultations", args=[office.code])
    return [
        Row(
            thread,
            _chip(office, calendar, thread, at),
            f"{inbox_at}{thread.token}/{opened_from}",
            _("Choose %(number)s") % {"number": thread.label},
            _about(thread),
            kinds[thread.kind],
        )
        for thread in threads
    ]


def _about(thread: Lying) -> str:
    """The number, and what is unusual about it."""
    about = [thread.label]
    if thread.turn > 1:
        about.append(_("asked again"))
    if thread.proposer is not None:
        proposer = {"name": thread.proposer}
        about.append(_("an answer by %(name)s waits for a second officer") % proposer)
    if thread.complaint_at:
        about.append(_("complaint"))
    return " · ".join(about)


def _chip(office: Office, calendar: Calendar, thread: Lying, at: datetime) -> Chip:
    """When it is due, when it closes, or why it is closed."""
    if thread.due_at:
        return due_chip(office, calendar, thread.due_at, at=at)
    if thread.close_at:
        return closing_chip(office, local_day(office, thread.close_at) - DAY, at=at)
    closed = short(office, thread.closed_at) if thread.closed_at else ""
    return Chip("", str(Consultation.Reason(thread.close_reason).label), closed)
