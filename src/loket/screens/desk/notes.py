"""Saving, sending and drafting the note of a visit."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.feedback.links import rating_link
from loket.offices.clock import local
from loket.offices.models import Office
from loket.people.access import DESK
from loket.people.models import User
from loket.rules.queueing import Move
from loket.screens.access import staff
from loket.screens.desk.note_form import NoteForm, typed_content
from loket.screens.desk.pressing import press, seen, ticket_or_404
from loket.screens.desk.reading import hall_page
from loket.screens.desk.refusals import sentence
from loket.visits.actions import noting
from loket.visits.models import CounterSession, NoteDraft, Ticket


@press(Move.FINISH)
def note(request: HttpRequest, session: CounterSession, at: datetime, pk: int) -> HttpResponse | None:
    """Save and send; the visit ends with it if it still goes on. What was typed is never lost."""
    ticket = own_ticket(session.counter.office, pk, request.user)
    version = seen(request, "version") or 0
    if request.POST.get("do") == "draft":
        noting.save_draft(
            ticket=ticket, content=typed_content(request.POST), seen=version, by=request.user, at=at
        )
        return None
    form = NoteForm.typed(request.POST)
    if not form.is_valid():
        return _again(request, session, at, ticket, form, version)
    try:
        done = noting.complete(
            session=session,
            ticket=ticket,
            record=form.record(),
            rating_link=rating_link(ticket),
            seen=version,
            at=at,
        )
    except noting.NoteChanged as refusal:
        if not ticket.visit.consultation_id:
            messages.error(request, sentence(refusal))
            return _again(request, session, at, ticket, form, refusal.draft.version)
        raise
    messages.success(request, _said(done))
    return None


@staff(*DESK)
@require_POST
def draft(request: HttpRequest, office: Office, number: int, pk: int) -> HttpResponse:
    """Keep what is being typed; for the script of the page, answered with the new version."""
    ticket = own_ticket(office, pk, request.user)
    at = timezone.now()
    content = typed_content(request.POST)
    try:
        kept = noting.save_draft(
            ticket=ticket, content=content, seen=seen(request, "version") or 0, by=request.user, at=at
        )
    except noting.NoteChanged as refusal:
        # The answer to an earlier save was lost on the line: the same words are no quarrel.
        if refusal.draft.content != content:
            return JsonResponse({"refusal": sentence(refusal)}, status=409)
        kept = refusal.draft
    return JsonResponse({"version": kept.version, "saved": _saved(office, kept)})


def own_ticket(office: Office, pk: int, officer: User) -> Ticket:
    """A visit that this officer serves or has served, or 404."""
    ticket = ticket_or_404(office, pk)
    if ticket.officer_id != officer.pk or ticket.state not in noting.NOTED_IN:
        raise Http404
    return ticket


def _again(
    request: HttpRequest, session: CounterSession, at: datetime, ticket: Ticket, form: NoteForm, version: int
) -> HttpResponse:
    page = hall_page(request, session.counter.office, session.counter.number, at, noted=ticket.pk)
    context = page | {"note": form, "note_version": version}
    return render(request, "desk/hall.html", context, status=422)


def _said(ticket: Ticket) -> str:
    visitor = ticket.visit.visitor
    if visitor is None or not visitor.email:
        return _("The note of %(number)s is saved. Without an e-mail address nothing is sent.") % {
            "number": ticket.label
        }
    return _("The note of %(number)s is saved and goes to the visitor, with the link to the rating.") % {
        "number": ticket.label
    }


def _saved(office: Office, kept: NoteDraft) -> str:
    return _("Draft saved %(time)s") % {"time": f"{local(office, kept.saved_at):%H.%M}"}
