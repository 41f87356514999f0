"""Saved replies at the desk: chosen while writing, kept by everybody who answers."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from loket.consultations.actions import phrasing
from loket.consultations.models import SavedReply
from loket.offices.models import Office
from loket.people.access import DESK
from loket.screens.access import staff
from loket.screens.desk.consultations.reading import opened_or_404
from loket.screens.fields import Line


class ReplyForm(forms.Form):
    """One saved reply."""

    title = Line(max_length=80, label=gettext_lazy("Title"))
    text = Line(
        rows=6, max_length=5000, label=gettext_lazy("Words"),
        help_text=gettext_lazy("[nama], [nomor], [petugas], [kantor] and [tenggat] are filled in."),
    )  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """A saved reply with its places filled in for one consultation."""

    title: str
    text: str


@staff(*DESK)
@require_safe
def choose(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """The saved replies as they would read in this conversation."""
    at = timezone.now()
    thread = opened_or_404(office, token, by=request.user, at=at)
    replies = SavedReply.objects.filter(office=office).order_by("title", "pk")
    phrases = [
        Phrase(reply.title, phrasing.filled_in(reply, consultation=thread, officer=request.user))
        for reply in replies
    ]
    shown = {"thread": thread, "phrases": phrases, "now": at}
    return render(request, "desk/consultations/phrases.html", shown)


@staff(*DESK)
def replies(request: HttpRequest, office: Office) -> HttpResponse:
    """All of them, and a form for another."""
    return _form(request, office, None)


@staff(*DESK)
def reply(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    return _form(request, office, get_object_or_404(SavedReply, office=office, pk=pk))


def _form(request: HttpRequest, office: Office, known: SavedReply | None) -> HttpResponse:
    form = ReplyForm(
        request.POST or None, initial={"title": known.title, "text": known.text} if known else None
    )
    if form.is_bound and form.is_valid():
        try:
            phrasing.save_reply(
                office=office, reply=known, by=request.user.staff_id, at=timezone.now(), **form.cleaned_data
            )
        except phrasing.TitleTaken:
            form.add_error("title", _("Another saved reply has this title. Choose another one."))
        else:
            messages.success(request, _("The reply is saved."))
            return redirect("desk-replies", office.code)
    shown = {
        "form": form,
        "known": known,
        "replies": SavedReply.objects.filter(office=office).order_by("title", "pk"),
        "now": timezone.now(),
    }
    return render(request, "desk/consultations/replies.html", shown, status=422 if form.errors else 200)


@staff(*DESK)
@require_POST
def drop(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    known = get_object_or_404(SavedReply.objects.select_related("office"), office=office, pk=pk)
    phrasing.drop_reply(reply=known, by=request.user.staff_id, at=timezone.now())
    messages.success(request, _("The saved reply is gone."))
    return redirect("desk-replies", office.code)
