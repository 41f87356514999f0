"""Asking a question: from a search that did not answer, or without one; nothing typed is lost."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.base import ids
from loket.base.text import one_line
from loket.consultations.actions import asking, clocking, drafting
from loket.consultations.actions.saying import KeyReused
from loket.library import logging
from loket.offices.models import Office
from loket.offices.queries import NoCalendar
from loket.people.accounts import introduce
from loket.screens.access import office_public
from loket.screens.counted_days import preview
from loket.screens.limits import consume
from loket.screens.portal.consulting import files
from loket.screens.portal.consulting.ask_form import Asking, typed_content
from loket.screens.templatetags.loket import clock_zone

# What somebody typed who has still to sign in waits here, in their own session.
WAITING = "question"


@office_public
def ask(request: HttpRequest, office: Office) -> HttpResponse:
    at = timezone.now()
    if request.method != "POST":
        return _page(request, office, _form(request, office, _begun(request, office)), at)
    content = typed_content(request.POST)
    form = _form(request, office, content, checked=True)
    if not form.is_valid():
        return _page(request, office, form, at, status=422)
    if not request.user.is_authenticated:
        return _sign_in_first(request, office, content)
    return _send(request, office, form, content, at)


@require_POST
@office_public
def draft(request: HttpRequest, office: Office) -> HttpResponse:
    """Keep what is typed so far, or throw it away; a script asks for the time, a page is led back."""
    if not request.user.is_authenticated:
        return _sign_in_first(request, office, typed_content(request.POST))
    at = timezone.now()
    request.session.pop(WAITING, None)
    if request.POST.get("discard"):
        drafting.drop(owner=request.user, office=office)
    else:
        content = typed_content(request.POST)
        content["files"] = files.add_chosen(request, office, content["files"], at=at)
        drafting.keep(owner=request.user, office=office, content=content, at=at)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"saved": clock_zone(at, office)})
    return redirect("ask", office_code=office.code)


def _send(
    request: HttpRequest, office: Office, form: Asking, content: dict[str, Any], at: datetime
) -> HttpResponse:
    if not consume(request, action="ask", user=request.user):
        form.main.add_error(None, _("You have asked many questions in a short time. Try again in an hour."))
        return _page(request, office, form, at, status=429)
    if "name" in form.main.cleaned_data:
        introduce(user=request.user, name=form.main.cleaned_data["name"])
    content["files"] = files.add_chosen(request, office, content["files"], at=at)
    try:
        made = asking.ask(
            office=office,
            asker=request.user,
            question=form.question(),
            at=at,
            key=content["key"] or None,
            attachments=content["files"],
        )
    except asking.AddressNotConfirmed:
        messages.warning(request, _("Sign in with a code from your mail; then you can send."))
        return _sign_in_first(request, office, content)
    except KeyReused:
        content["key"] = ids.token()
        form.main.add_error(None, _("This form was sent before with other words. Send it again."))
        return _page(request, office, form, at, status=409)
    if searched := form.main.cleaned_data["cari"]:
        logging.log_asked(token=searched)
    request.session.pop(WAITING, None)
    messages.success(
        request,
        _("We have received your question. Its number is %(number)s.") % {"number": made.label},
    )
    return redirect("consultation", office_code=office.code, token=made.token)


def _sign_in_first(request: HttpRequest, office: Office, content: dict[str, Any]) -> HttpResponse:
    """What was typed comes back after the sign-in, in the same browser."""
    request.session[WAITING] = {"office": office.code, "content": content}
    return redirect_to_login(reverse("ask", args=[office.code]))


def _begun(request: HttpRequest, office: Office) -> dict[str, Any]:
    """What was typed before the sign-in, else the draft, else the words of the search."""
    words = one_line(request.GET.get("kata", ""))[:200]
    waiting = request.session.get(WAITING, {})
    content = waiting.get("content", {}) if waiting.get("office") == office.code else {}
    if not content and (kept := drafting.draft_of(owner=request.user, office=office)):
        content = kept.content
    if not content.get("text"):
        content = content | {"text": words}
    return content | {
        "kata": words or content.get("kata", ""),
        "cari": one_line(request.GET.get("cari", ""))[:40] or content.get("cari", ""),
    }


def _form(request: HttpRequest, office: Office, content: dict[str, Any], *, checked: bool = False) -> Asking:
    # Pressing twice is pressing once: the page carries its key from the first moment.
    content.setdefault("key", "")
    content["key"] = content["key"] or ids.token()
    asks_name = request.user.is_authenticated and not request.user.name
    return Asking(content, office=office, asks_name=asks_name, checked=checked)


def _page(
    request: HttpRequest, office: Office, form: Asking, at: datetime, *, status: int = 200
) -> HttpResponse:
    try:
        deadline = clocking.deadline_of(office, clocking.published(office), received=at)
    except NoCalendar:
        raise Http404 from None
    kept = drafting.draft_of(owner=request.user, office=office)
    shown = {
        "form": form,
        "chip": preview(office, deadline),
        "files": files.unsent(request.user, office, form.content.get("files", [])),
        "file_limits": files.shown_limits(office),
        "saved": kept.saved_at if kept else None,
    }
    return render(request, "consultations/ask.html", shown, status=status)
