"""One consultation of mine: read, reply, say that it is answered, or take it back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.base import ids
from loket.consultations.actions import closing, drafting, replying, saying
from loket.consultations.models import Consultation, Message
from loket.feedback import closings
from loket.feedback.reasons import SCORES
from loket.live import announce
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.screens.access import office_account, office_public
from loket.screens.limits import consume
from loket.screens.portal.consulting import files
from loket.screens.portal.consulting.mine import mine_or_404
from loket.screens.portal.consulting.rating import RateForm
from loket.screens.portal.consulting.reading import entries, standing
from loket.screens.portal.consulting.reply_form import ReplyForm
from loket.screens.templatetags.loket import clock_zone

# A reply of somebody whose sign-in had ended waits here, in their own session.
WAITING = "reply"
REFUSED = (saying.KeyReused, saying.NothingSaid, saying.ThreadMoved, replying.ClosedForGood)


@office_account
def consultation(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    # Read before the facts: what changes in between is told again, never missed.
    version = announce.version(announce.thread(token))
    found = mine_or_404(request.user, token)
    if found.office_id != office.pk:
        return redirect(_home(found))
    return _page(request, found, _begun_form(request, found), version=version)


def _begun_form(request: HttpRequest, found: Consultation) -> ReplyForm:
    """With what was typed before a sign-in, else with the draft."""
    waiting = request.session.get(WAITING, {})
    begun = waiting if waiting.get("token") == found.token else {}
    if not begun and (kept := drafting.draft_of(owner=request.user, consultation=found)):
        begun = kept.content | {"saved_at": kept.saved_at}
    return ReplyForm(initial={"text": begun.get("text", ""), "key": ids.token()}, begun=begun)


@require_POST
@office_account
def draft(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """Keep the half-written reply; a script asks for the time, a page is led back."""
    found, at = mine_or_404(request.user, token), timezone.now()
    content = ReplyForm(request.POST).draft()
    content["files"] = files.add_chosen(request, office, content["files"], at=at)
    request.session.pop(WAITING, None)
    if any(content.values()):
        drafting.keep(owner=request.user, consultation=found, content=content, at=at)
    else:
        drafting.drop(owner=request.user, consultation=found)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"saved": clock_zone(at, office)})
    return redirect(_home(found))


@require_POST
@office_public
def replies(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """A message of mine; what was typed survives a sign-in that had ended meanwhile."""
    form = ReplyForm(request.POST, request.FILES)
    if not request.user.is_authenticated:
        request.session[WAITING] = {"token": token, "text": form.data.get("text", "")[: saying.LONGEST_TEXT]}
        return redirect_to_login(reverse("consultation", args=[office.code, token]))
    if not form.is_valid():
        return _page(request, mine_or_404(request.user, token), form, status=422)
    if not consume(request, action="reply", user=request.user):
        form.add_error(None, _("You have written many messages in a short time. Try again in a few minutes."))
        return _page(request, mine_or_404(request.user, token), form, status=429)
    return _reply(request, office, token, form)


@require_POST
@office_account
def solution(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """My question is answered."""
    return _close(request, mine_or_404(request.user, token), closing.close_solved)


@require_POST
@office_account
def withdrawal(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """I take my question back."""
    return _close(request, mine_or_404(request.user, token), closing.withdraw)


def _reply(request: HttpRequest, office: Office, token: str, form: ReplyForm) -> HttpResponse:
    at = timezone.now()
    tokens = files.add_chosen(request, office, form.tokens(), at=at)
    try:
        try:
            message = _say(request, saying.at_token(office, token), form, tokens, at)
        except (saying.ThreadMoved, replying.NotTheirs):
            # With another office by now, of the hall, or somebody else's.
            message = _say(request, mine_or_404(request.user, token), form, tokens, at)
    except REFUSED as refusal:
        return _refused(request, token, form, refusal)
    request.session.pop(WAITING, None)
    if message.consultation.token != token:
        messages.info(request, _("The time to re-open was over, so your message became a new consultation."))
    else:
        messages.success(request, _("Your message has arrived."))
    return redirect(_home(message.consultation))


def _say(
    request: HttpRequest, thread: Consultation, form: ReplyForm, tokens: list[str], at: datetime
) -> Message:
    given = form.cleaned_data
    return replying.visitor_replies(
        consultation=thread, by=request.user, text=given["text"], key=given["key"] or None,
        attachments=tokens, at=at,
    )  # fmt: skip


def _refused(request: HttpRequest, token: str, form: ReplyForm, refusal: Exception) -> HttpResponse:
    """The page as it is now, with the words still in the form."""
    status = 409
    if isinstance(refusal, saying.KeyReused):
        form.ask_again()
    elif isinstance(refusal, saying.NothingSaid):
        form.add_error("text", _("Write a message first."))
        status = 422
    elif isinstance(refusal, replying.ClosedForGood):
        form.add_error(None, _("This consultation takes no more messages. Ask a new question instead."))
    else:
        form.add_error(None, _("The consultation changed at this moment. Look at it and send again."))
    return _page(request, mine_or_404(request.user, token), form, status=status)


def _close(request: HttpRequest, found: Consultation, verb) -> HttpResponse:
    try:
        verb(consultation=found, at=timezone.now())
    except (closing.AlreadyClosed, saying.ThreadMoved):
        messages.warning(request, _("The consultation was closed or changed already. Here is how it stands."))
    return redirect(_home(found))


def _home(found: Consultation) -> str:
    return reverse("consultation", args=[found.office.code, found.token])


def _page(
    request: HttpRequest,
    found: Consultation,
    form: ReplyForm,
    *,
    version: int | None = None,
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    if version is None:
        version = announce.version(announce.thread(found.token))
    hall = found.door == Consultation.Door.HALL
    template = "consultations/hall.html" if hall else "consultations/thread.html"
    return render(request, template, _shown(request, found, form, version, at), status=status)


def _rating(found: Consultation, at: datetime) -> dict[str, Any]:
    """Whether the latest closing asks to be rated, or what was given for it."""
    if found.is_open or found.door == Consultation.Door.HALL:
        return {}
    given = closings.rating_of(found)
    if given:
        return {"given": SCORES[given.score]}
    return {"form": RateForm()} if closings.awaits_rating(found, at=at) else {}


def _shown(
    request: HttpRequest, found: Consultation, form: ReplyForm, version: int, at: datetime
) -> dict[str, Any]:
    limits = limits_from(found.office.settings)
    return {
        "consultation": found,
        "items": list(found.items.order_by("position")),
        "materials": found.materials.order_by("pk"),
        "entries": entries(found, request.user),
        "standing": standing(found, at=at),
        "form": form,
        "files": files.unsent(request.user, found.office, form.tokens()),
        "saved_at": form.begun.get("saved_at"),
        "file_limits": files.shown_limits(found.office),
        "limits": limits,
        "rating": _rating(found, at),
        "scores": SCORES,
        "reopens": found.close_reason in replying.REOPENED_AFTER,
        "live_version": version,
    }
