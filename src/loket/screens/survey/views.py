"""The satisfaction survey on the respondent's own phone or computer."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from loket.base.replay import KeyReused
from loket.feedback.actions import surveys
from loket.feedback.models import Invitation, Period, Response
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.screens.access import office_public, worked_here
from loket.screens.survey_form import SurveyForm

ANSWERED_COOKIE = "loket_survey"
REMEMBERED = 90 * 24 * 3600


@office_public
def survey(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """The questions, by the period's own link or by an invitation that is used once."""
    period, invitation = asked_or_404(office, token)
    why = _why_not(request, office, period, invitation)
    if why:
        status = {"staff": 403, "answered": 200, "early": 409, "over": 410}[why]
        return render(request, "survey/closed.html", {"period": period, "why": why}, status=status)
    form = SurveyForm(request.POST or None, period=period)
    if form.is_valid():
        try:
            _keep(form, period, invitation)
        except (surveys.TokenUsed, surveys.NotOpen):
            return redirect("survey", office.code, token)
        except KeyReused:
            form.ask_again()
        else:
            return _remember(redirect("survey-thanks", office.code, token), office, period, invitation)
    shown = {"form": form, "period": period}
    return render(request, "survey/ask.html", shown, status=422 if form.is_bound else 200)


@office_public
def thanks(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    period, _ = asked_or_404(office, token)
    return render(request, "survey/thanks.html", {"period": period})


def asked_or_404(office: Office, token: str) -> tuple[Period, Invitation | None]:
    invitation = (
        Invitation.objects.select_related("period__office").filter(token=token).first()
    )  # the token is unique
    period = invitation.period if invitation else _period(token)
    if period is None or period.office_id != office.pk:
        raise Http404
    return period, invitation


def _period(token: str) -> Period | None:
    return Period.objects.select_related("office").filter(token=token).first()  # unique


def _why_not(request, office: Office, period: Period, invitation: Invitation | None) -> str:
    """Why this browser is not asked now; empty when it is."""
    today = local_day(office, timezone.now())
    if worked_here(request, office):
        return "staff"
    if invitation and invitation.answered:
        return "answered"
    if not invitation and request.COOKIES.get(ANSWERED_COOKIE) == str(period.pk):
        return "answered"
    if today < period.first:
        return "early"
    return "over" if today > period.last else ""


def _keep(form: SurveyForm, period: Period, invitation: Invitation | None) -> Response:
    channel = Response.Channel.INVITATION if invitation else Response.Channel.LINK
    return surveys.answer(
        period=period,
        answers=form.answers(),
        channel=channel,
        key=form.cleaned_data["key"],
        at=timezone.now(),
        invitation=invitation,
    )


def _remember(response, office: Office, period: Period, invitation: Invitation | None) -> HttpResponse:
    """A browser answers an open link once; an invitation remembers by itself."""
    if invitation is None:
        response.set_cookie(
            ANSWERED_COOKIE, str(period.pk), max_age=REMEMBERED, path=f"/{office.code}/survei/",
            httponly=True, samesite="Lax", secure=settings.HTTPS,
        )  # fmt: skip
    return response
