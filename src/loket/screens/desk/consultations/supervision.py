"""The supervisor's page: at risk today, breached and why, excused and why. Nothing is hidden."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from loket.consultations.actions import excusing, staffing
from loket.consultations.models import Absence, Consultation, Turn
from loket.offices.clock import local, local_day
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.access import LEAD
from loket.rules.worktime import Calendar
from loket.screens.access import staff
from loket.screens.deadlines import Chip, due_chip
from loket.screens.desk.consultations.absence_form import AbsenceForm
from loket.screens.desk.consultations.refusals import REFUSED, sentence
from loket.screens.desk.consultations.wanted import colleagues

LOOKS_BACK = timedelta(days=92)
MOST = 100


@dataclass(frozen=True)
class Breach:
    """A promise that was not kept, and how it came about as far as the records say."""

    turn: Turn
    late: str
    cause: str
    # A counted day was closed since; nothing else excuses a delay.
    can_be_excused: bool


@staff(*LEAD)
@require_safe
def show(request: HttpRequest, office: Office) -> HttpResponse:
    at = timezone.now()
    turns = _late(office, at)
    calendars = {each: calendar_of(each) for each in {turn.office for turn in turns}}
    breaches = [_breach(turn, calendars[turn.office]) for turn in turns]
    shown = {
        "now": at,
        "risks": _at_risk(office, at),
        "breaches": [each for each in breaches if each.turn.excused_at is None],
        "excused": [each for each in breaches if each.turn.excused_at is not None],
        "absences": _absences(office, at),
        "form": AbsenceForm(people=colleagues(office)),
    }
    return render(request, "desk/consultations/supervision.html", shown)


def _at_risk(office: Office, at: datetime) -> list[tuple[Consultation, Chip]]:
    """Due before this day ends, and not late yet."""
    midnight = local(office, at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    rows = Consultation.objects.filter(
        office=office, state=Consultation.State.OFFICE, due_at__gte=at, due_at__lt=midnight
    ).select_related("asker", "assignee")
    calendar = calendar_of(office)
    return [
        (row, due_chip(office, calendar, row.due_at, at=at)) for row in rows.order_by("due_at", "pk")[:MOST]
    ]


def _late(office: Office, at: datetime) -> list[Turn]:
    """Turns of three months that were answered late, wait beyond their due, or were moved after it."""
    since = at - LOOKS_BACK
    turns = Turn.objects.filter(consultation__office=office, started_at__gte=since)
    late = (
        turns.filter(met=False)
        | turns.filter(ended_at=None, due_at__lt=at)
        | turns.filter(breached_due_at__isnull=False)
    )
    rows = late.select_related("consultation__assignee", "consultation__asker", "office")
    return list(rows.order_by("-due_at", "-pk")[:MOST])


def _breach(turn: Turn, calendar: Calendar) -> Breach:
    if turn.met is False and not turn.late_days:
        late = _("answered late on the same day")
    elif turn.met is False:
        late = ngettext("answered %(n)s working day late", "answered %(n)s working days late", turn.late_days)
        late %= {"n": turn.late_days}
    else:
        late = _("not answered yet") if turn.ended_at is None else _("ended without an answer")
    return Breach(turn, late, _cause(turn), excusing.is_explained(turn, calendar=calendar))


def _cause(turn: Turn) -> str:
    """What the records say; the rest is for people to say."""
    if turn.breached_due_at is not None:
        return _("The calendar changed after the deadline had passed.")
    if turn.office_id != turn.consultation.office_id:
        return _("It came from another office; its deadline came with it.")
    if turn.consultation.assignee is None:
        return _("Nobody had taken it.")
    return _("It was with %(name)s.") % {"name": turn.consultation.assignee.name}


def _absences(office: Office, at: datetime) -> list[Absence]:
    coming = Absence.objects.filter(office=office, last__gte=local_day(office, at))
    return list(coming.select_related("officer").order_by("first", "pk"))


@staff(*LEAD)
@require_POST
def excuse(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """The breach stays on record; why it is excused stands beside it."""
    turn = get_object_or_404(
        Turn.objects.select_related("consultation__office"), pk=pk, consultation__office=office
    )
    try:
        excusing.excuse(turn=turn, by=request.user, reason=request.POST.get("reason", ""), at=timezone.now())
        messages.success(request, _("Excused, with your reason. It stays on record."))
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("desk-supervision", office.code)


@staff(*LEAD)
@require_POST
def be_absent(request: HttpRequest, office: Office) -> HttpResponse:
    """Days on which an officer is handed nothing new."""
    form = AbsenceForm(request.POST, people=colleagues(office))
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("desk-supervision", office.code)
    staffing.be_absent(office=office, by=request.user.staff_id, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Nothing new is handed to them on these days."))
    return redirect("desk-supervision", office.code)


@staff(*LEAD)
@require_POST
def be_back(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    absence = get_object_or_404(Absence.objects.select_related("office", "officer"), pk=pk, office=office)
    staffing.be_back(absence=absence, by=request.user.staff_id, at=timezone.now())
    messages.success(request, _("%(name)s is handed consultations again.") % {"name": absence.officer.name})
    return redirect("desk-supervision", office.code)
