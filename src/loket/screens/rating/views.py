"""Rating on the visitor's own phone or computer: one tap, then words if they like."""

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from loket.feedback.actions import rating as actions
from loket.feedback.actions.judging import origin_of
from loket.feedback.links import LinkWrong, ticket_of
from loket.feedback.models import Rating
from loket.feedback.reasons import SCORES
from loket.feedback.voices import public_summary
from loket.offices.models import Office
from loket.screens.access import office_public, worked_here
from loket.screens.rating.forms import TapForm, WordsForm
from loket.visits.models import Ticket


@office_public
def rating(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """The question with its five answers; after the tap the thanks."""
    ticket = ticket_or_404(office, token)
    at = timezone.now()
    if worked_here(request, office):
        return refused(request, ticket, "staff", status=403)
    given = rating_of(ticket)
    if given:
        return thanks(request, given, token)
    try:
        actions.check_open(ticket, at=at)
    except actions.NotServed:
        return refused(request, ticket, "not_served", status=409)
    except actions.TooLate:
        return refused(request, ticket, "too_late", status=410)
    form = TapForm(request.POST or None)
    if form.is_valid():
        channel = "mail" if request.GET.get("dari") == "surel" else "phone"
        tap(ticket, score=form.cleaned_data["score"], channel=channel, at=at, origin=_origin(request, at))
        return redirect("rating", office_code=office.code, token=token)
    shown = {"ticket": ticket, "scores": SCORES, "until": ticket.finished_at + actions.RATABLE_FOR}
    return render(request, "rating/ask.html", shown, status=422 if form.errors else 200)


@require_POST
@office_public
def words(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """Reasons and comment after the tap."""
    given = rating_of(ticket_or_404(office, token))
    if given is None or worked_here(request, office):
        return redirect("rating", office_code=office.code, token=token)
    form = WordsForm(request.POST, score=given.score)
    if not form.is_valid():
        return thanks(request, given, token, form=form)
    add_words(given, form, at=timezone.now())
    return redirect("rating", office_code=office.code, token=token)


@require_safe
@office_public
def summary(request: HttpRequest, office: Office) -> HttpResponse:
    """What visitors said within a year; nothing of fewer than five."""
    return render(request, "rating/summary.html", {"found": public_summary(office, at=timezone.now())})


def ticket_or_404(office: Office, token: str) -> Ticket:
    try:
        return ticket_of(token, office_code=office.code)
    except LinkWrong:
        raise Http404 from None


def rating_of(ticket: Ticket) -> Rating | None:
    return Rating.objects.select_related("office").filter(ticket=ticket).first()  # one by constraint


def _origin(request: HttpRequest, at) -> str:
    return origin_of(get_adapter().get_client_ip(request), at=at)


def tap(ticket: Ticket, *, score: int, channel: str, at, origin: str = "") -> None:
    """Keep the tap; a second, different one changes nothing and is thanked for the first."""
    try:
        actions.rate(ticket=ticket, score=score, channel=channel, at=at, origin=origin)
    except actions.AlreadyRated:
        return


def add_words(given: Rating, form: WordsForm, *, at) -> None:
    """Keep the words; those that come too late or again leave the rating as it is."""
    try:
        actions.add_words(rating=given, at=at, **form.cleaned_data)
    except actions.WordsClosed:
        return


def thanks(request: HttpRequest, given: Rating, token: str, form: WordsForm | None = None) -> HttpResponse:
    open_ = actions.takes_words(given, at=timezone.now())
    shown = {
        "rating": given,
        "score": SCORES[given.score],
        "token": token,
        "form": (form or WordsForm(score=given.score)) if open_ else None,
    }
    return render(request, "rating/thanks.html", shown, status=422 if form else 200)


def refused(request: HttpRequest, ticket: Ticket, why: str, *, status: int) -> HttpResponse:
    return render(request, "rating/refused.html", {"ticket": ticket, "why": why}, status=status)
