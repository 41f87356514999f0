"""One consultation at the desk: reading it, and writing into it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.base.markdown import to_html
from loket.consultations import inbox
from loket.consultations.actions import answering, attending, checking, drafting
from loket.consultations.actions.answering import AnsweredMeanwhile, IsClosed
from loket.consultations.actions.checking import ProposalWaits
from loket.consultations.actions.saying import (
    LONGEST_TEXT,
    KeyReused,
    NothingSaid,
    ThreadMoved,
    at_token,
)
from loket.consultations.models import Consultation, Message, Presence, Proposal
from loket.offices.clock import local
from loket.offices.models import Office
from loket.people.access import DESK
from loket.rules.consulting import Kind
from loket.screens.access import staff
from loket.screens.desk.consultations.asked import box_in
from loket.screens.desk.consultations.files import take_files
from loket.screens.desk.consultations.forms import MessageForm
from loket.screens.desk.consultations.reading import opened_or_404, thread_or_404, thread_page
from loket.screens.threads import entries


@staff(*DESK)
@require_safe
def show(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    at = timezone.now()
    thread = opened_or_404(office, token, by=request.user, at=at)
    return render(request, "desk/consultations/thread.html", thread_page(request, thread, at))


@staff(*DESK)
@require_safe
def beside(request: HttpRequest, office: Office, token: str, side: str) -> HttpResponse:
    """Lead to the row before or after this one in its box; to the inbox where there is none."""
    box = request.GET.get("kotak", "")
    around = inbox.beside(
        office=office, officer=request.user, consultation=thread_or_404(office, token), box=box_in(box)
    )
    to = around["after" if side == "berikutnya" else "before"]
    address = (
        reverse("desk-consultation", args=[office.code, to])
        if to
        else reverse("desk-consultations", args=[office.code])
    )
    return redirect(f"{address}?kotak={box}" if box_in(box) is not inbox.Box.OFFICE else address)


@staff(*DESK)
@require_POST
def write(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """A message into the thread; what cannot be sent comes back with every word."""
    at, form = timezone.now(), MessageForm(request.POST)
    kept, refusals = take_files(request, office)
    files = [*form.files_named(), *(file.token for file in kept)]
    if refusals or not form.is_valid():
        more = {"errors": form.errors, "refusals": refusals}
        thread = opened_or_404(office, token, by=request.user, at=at)
        return _again(request, thread, at, more, files, status=422)
    try:
        went = _send(at_token(office, token), form.cleaned_data, request, at, files)
    except (AnsweredMeanwhile, IsClosed, ProposalWaits, ThreadMoved, NothingSaid, KeyReused) as refusal:
        return _refused(request, office, token, at, refusal, files)
    messages.success(request, _said(went, form.cleaned_data["kind"], went.consultation))
    return redirect("desk-consultation", office.code, token)


def _send(
    thread: Consultation, values: dict, request: HttpRequest, at: datetime, files: list[str]
) -> Message | Proposal:
    written = {"by": request.user, "text": values["text"], "key": values["key"], "at": at}
    if values["kind"] != Kind.HOLDING:
        written["attachments"] = files
    kind = Kind(values["kind"])
    if kind is Kind.NOTE:
        return answering.note(consultation=thread, **written)
    if kind is Kind.REFERRAL:
        written |= {"institution": values["institution"], "address": values["address"]}
    return checking.send(consultation=thread, kind=kind, seen=values["seen"], **written)


def _said(went: Message | Proposal, kind: str, thread: Consultation) -> str:
    if isinstance(went, Proposal):
        return _("%(number)s: a second officer reads it now. Nothing has gone out yet.") % {
            "number": thread.label
        }
    return {
        Kind.ANSWER: _("The answer to %(number)s is on its way."),
        Kind.CLARIFICATION: _("The question about %(number)s is on its way."),
        Kind.REFERRAL: _("The referral for %(number)s is on its way."),
        Kind.HOLDING: _("The notice about %(number)s is on its way. The deadline stays as it was."),
        Kind.NOTE: _("The note on %(number)s is kept."),
    }[Kind(kind)] % {"number": thread.label}


def _refused(
    request: HttpRequest, office: Office, token: str, at: datetime, refusal: Exception, files: list[str]
) -> HttpResponse:
    """The thread as it is now, with what came meanwhile first, and the words still in the composer."""
    thread = opened_or_404(office, token, by=request.user, at=at)
    news = list(refusal.args) if isinstance(refusal, AnsweredMeanwhile) else []
    more = {"refusal": _sentence(refusal), "news": entries(thread, news, reader=request.user)}
    return _again(request, thread, at, more, files, status=409, key="")


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, AnsweredMeanwhile):
        return _("The conversation went on while you wrote. Read what is new, then send again or change it.")
    if isinstance(refusal, IsClosed):
        return _("This consultation was closed meanwhile. Only a note can be added now.")
    if isinstance(refusal, ProposalWaits):
        return _("A message waits for a second officer already. Your words are still here.")
    if isinstance(refusal, NothingSaid):
        return _("Write the message first.")
    if isinstance(refusal, KeyReused):
        return _("This page had sent another text already. Look at the conversation, then send again.")
    return _("Somebody changed this consultation at the same moment. Look at it, then send again.")


def _again(
    request: HttpRequest,
    thread: Consultation,
    at: datetime,
    more: dict,
    files: list[str],
    *,
    status: int,
    key: str | None = None,
) -> HttpResponse:
    sent = (
        MessageForm(request.POST).draft()
        | {"files": files}
        | {"key": request.POST.get("key", "")[:64] if key is None else key}
    )
    page = thread_page(request, thread, at, sent=sent) | more
    return render(request, "desk/consultations/thread.html", page, status=status)


@staff(*DESK)
@require_POST
def draft(request: HttpRequest, office: Office, token: str) -> JsonResponse:
    """Keep the half-written message; 409 when another window of the same officer kept another."""
    thread, at = thread_or_404(office, token), timezone.now()
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        kept = drafting.keep(
            owner=request.user, consultation=thread, content=MessageForm(request.POST).draft(),
            seen=seen, at=at,
        )  # fmt: skip
    except drafting.DraftChanged as changed:
        refusal = _("This draft was changed in another window. Your words are still here.")
        return JsonResponse({"refusal": refusal, "version": changed.args[0].version}, status=409)
    saved = _("Draft saved %(time)s") % {"time": f"{local(office, at):%H.%M}"}
    return JsonResponse({"version": kept.version, "saved": saved})


@staff(*DESK)
@require_POST
def presence(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """The page is open, being written in, or was closed."""
    thread, doing = thread_or_404(office, token), request.POST.get("doing", "")
    if doing in Presence.Doing.values:
        attending.attend(
            consultation=thread, person=request.user, doing=Presence.Doing(doing), at=timezone.now()
        )
    else:
        attending.leave(consultation=thread, person=request.user)
    return HttpResponse(status=204)


@staff(*DESK)
@require_POST
def preview(request: HttpRequest, office: Office) -> HttpResponse:
    """How the text will look to the visitor."""
    text = request.POST.get("text", "")[:LONGEST_TEXT]
    return render(request, "desk/consultations/preview.html", {"html": to_html(text)})
