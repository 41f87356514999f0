"""The satisfaction survey on the tablet in the hall: whoever likes, one after the other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from loket.base.replay import KeyReused
from loket.feedback.actions import surveys
from loket.feedback.models import Response
from loket.feedback.queries import open_survey
from loket.offices.models import Office
from loket.people.models import Device
from loket.screens.access import device
from loket.screens.survey_form import SurveyForm


@device(Device.Kind.RATING)
def tablet(request: HttpRequest, office: Office) -> HttpResponse:
    period = open_survey(office, at=timezone.now())
    if period is None:
        return redirect(_home(request, office))
    form = SurveyForm(request.POST or None, period=period)
    if form.is_valid():
        try:
            surveys.answer(
                period=period,
                answers=form.answers(),
                channel=Response.Channel.TABLET,
                key=form.cleaned_data["key"],
                at=timezone.now(),
            )
        except KeyReused:
            form.ask_again()
        except surveys.NotOpen:
            return redirect(_home(request, office))  # it ended while somebody was answering
        else:
            return redirect("survey-tablet-thanks", office.code)
    shown = {"form": form, "period": period, "home": _home(request, office)}
    return render(request, "survey/tablet.html", shown, status=422 if form.is_bound else 200)


@device(Device.Kind.RATING)
def thanks(request: HttpRequest, office: Office) -> HttpResponse:
    return render(request, "survey/tablet_thanks.html", {"home": _home(request, office)})


def _home(request: HttpRequest, office: Office) -> str:
    """The page on which this tablet rests."""
    number = request.device.settings.get("counter", 1)  # type: ignore[attr-defined]
    return reverse("rating-tablet", args=[office.code, number])
