"""What can be done with a consultation besides writing: given, joined, parted, moved on, set aside."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.base.text import one_line
from loket.consultations.actions import assigning, marking, merging, moving, reopening
from loket.consultations.models import Consultation, Link, Message
from loket.offices.models import Office
from loket.people.access import DESK
from loket.people.models import User
from loket.rules.consulting import Kind
from loket.screens.access import staff
from loket.screens.desk.consultations.reading import opened_or_404, thread_or_404
from loket.screens.desk.consultations.refusals import REFUSED, sentence
from loket.screens.desk.consultations.wanted import NoSuchConsultation, colleagues, consultation_named

Press = Callable[[HttpRequest, Consultation, datetime], str]


@staff(*DESK)
@require_safe
def tools(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """Everything of this consultation that is not a message."""
    at = timezone.now()
    thread = opened_or_404(office, token, by=request.user, at=at)
    links = Link.objects.filter(first=thread) | Link.objects.filter(second=thread)
    shown = {
        "now": at,
        "thread": thread,
        "colleagues": colleagues(office),
        "offices": Office.objects.filter(serves=True).exclude(pk=office.pk).order_by("code"),
        "spoken": list(Message.objects.filter(consultation=thread, kind=Kind.VISITOR).order_by("at", "pk")),
        "linked": [
            each.second if each.first_id == thread.pk else each.first
            for each in links.select_related("first", "second").order_by("pk")
        ],
    }
    return render(request, "desk/consultations/tools.html", shown)


def press(verb: Press) -> Callable[..., HttpResponse]:
    """One press on a consultation; a refusal is told in a sentence. Afterwards the thread is shown."""

    @staff(*DESK)
    @require_POST
    @wraps(verb)
    def pressed(request: HttpRequest, office: Office, token: str) -> HttpResponse:
        thread = thread_or_404(office, token)
        try:
            messages.success(request, verb(request, thread, timezone.now()))
        except REFUSED as refusal:
            messages.error(request, sentence(refusal))
        here = Consultation.objects.filter(pk=thread.pk, office=office).exists()
        if not here:
            return redirect("desk-consultations", office.code)
        return redirect("desk-consultation", office.code, token)

    return pressed


@press
def assign(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    """Taken, given, given back to all, or handed to whoever has least to do."""
    to = request.POST.get("to", "")
    if to == "auto":
        officer = assigning.hand_out(consultation=thread, by=request.user, at=at)
        return _("%(number)s is now with %(name)s.") % {"number": thread.label, "name": officer.name}
    chosen = _chosen(request.user, thread.office, to)
    assigning.assign(consultation=thread, to=chosen, seen=_seen(request), by=request.user, at=at)
    if chosen is None:
        return _("%(number)s is nobody's now.") % {"number": thread.label}
    return _("%(number)s is now with %(name)s.") % {"number": thread.label, "name": chosen.name}


def _chosen(officer: User, office: Office, to: str) -> User | None:
    if to in ("", "me"):
        return officer if to else None
    chosen = next((each for each in colleagues(office) if str(each.pk) == to), None)
    if chosen is None:
        raise Http404
    return chosen


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@staff(*DESK)
@require_POST
def assign_many(request: HttpRequest, office: Office) -> HttpResponse:
    """The chosen rows of the inbox, each as if it were pressed alone."""
    tokens, at = request.POST.getlist("pick")[:100], timezone.now()
    to = request.POST.get("to", "")
    to = request.POST.get("other", "") if to == "other" else to
    chosen = None if to == "auto" else _chosen(request.user, office, to)
    given = 0
    for thread in Consultation.objects.filter(
        office=office, token__in=tokens, door=Consultation.Door.ONLINE
    ).select_related("office"):
        try:
            _give(thread, chosen, to, request.user, at)
            given += 1
        except REFUSED as refusal:
            messages.error(request, f"{thread.label}: {sentence(refusal)}")
    if given:
        messages.success(request, _("%(n)s consultations have a new officer.") % {"n": given})
    else:
        messages.info(request, _("Choose at least one consultation first."))
    return redirect("desk-consultations", office.code)


def _give(thread: Consultation, chosen: User | None, to: str, by: User, at: datetime) -> None:
    if to == "auto":
        assigning.hand_out(consultation=thread, by=by, at=at)
    else:
        assigning.assign(consultation=thread, to=chosen, seen=thread.assignee_id, by=by, at=at)


@press
def merge(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    other = _other(request, thread)
    merging.merge(consultation=thread, into=other, by=request.user, at=at)
    return _("%(number)s goes on in %(other)s.") % {"number": thread.label, "other": other.label}


@press
def take_apart(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    merging.take_apart(consultation=thread, by=request.user, at=at)
    return _("%(number)s stands for itself again.") % {"number": thread.label}


@press
def split(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    chosen = request.POST.getlist("message")[:100]
    # A number with more digits is no key that the database can hold.
    keys = [int(key) for key in chosen if key.isascii() and key.isdigit() and len(key) < 18]
    subject = one_line(request.POST.get("subject", ""))[:200]
    anew = merging.split(consultation=thread, messages=keys, subject=subject, by=request.user, at=at)
    return _("What you chose goes on as %(number)s.") % {"number": anew.label}


@press
def link(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    other = _other(request, thread)
    merging.link(one=thread, other=other, by=request.user, at=at)
    return _("%(number)s and %(other)s belong together.") % {"number": thread.label, "other": other.label}


@press
def unlink(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    other = _other(request, thread)
    merging.unlink(one=thread, other=other, by=request.user, at=at)
    return _("%(number)s and %(other)s are no longer linked.") % {
        "number": thread.label,
        "other": other.label,
    }


@press
def move(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    to = Office.objects.filter(serves=True, code=request.POST.get("office", "")[:16]).first()  # unique
    if to is None:
        raise moving.NoSuchDesk
    label = thread.label
    moving.move(consultation=thread, to=to, by=request.user, at=at)
    return _("%(number)s is now with %(office)s. The deadline stays, and the visitor is told.") % {
        "number": label,
        "office": to.name,
    }


@press
def complaint(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    """Marked, or no longer."""
    if thread.complaint_at is None:
        marking.mark_complaint(consultation=thread, by=request.user, at=at)
        return _("Marked as a complaint.")
    marking.unmark_complaint(consultation=thread, by=request.user, at=at)
    return _("No longer marked as a complaint.")


@press
def spam(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    marking.mark_spam(consultation=thread, by=request.user, at=at)
    return _("Set aside as spam. Nobody was told.")


@press
def restore(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    reopening.take_back_spam(consultation=thread, by=request.user, at=at)
    return _("It is open again, with the deadline it had.")


@press
def judge(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    """Found, unsuitable or not found; the rows that were chosen."""
    for item in list(thread.items.order_by("position")):
        found = request.POST.get(f"found-{item.position}", "")
        if found and found != item.found and found in item.Found.values:
            marking.judge_item(
                consultation=thread, position=item.position, found=found, by=request.user, at=at
            )
    return _("The data items are noted.")


def _other(request: HttpRequest, thread: Consultation) -> Consultation:
    """The consultation of this office whose number was typed."""
    named = consultation_named(thread.office, request.POST.get("number", ""))
    if named is None:
        raise NoSuchConsultation
    return named
