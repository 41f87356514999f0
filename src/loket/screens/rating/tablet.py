"""The tablet at a counter: asks for the visit just finished there, then rests."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from loket.base.text import one_line
from loket.feedback.links import rating_token
from loket.feedback.queries import just_finished, open_survey
from loket.feedback.reasons import SCORES
from loket.live import announce
from loket.offices.models import Counter, Office
from loket.people.models import Device
from loket.screens.access import device
from loket.screens.rating.forms import TapForm, WordsForm
from loket.screens.rating.views import add_words, rating_of, tap, ticket_or_404
from loket.visits.models import Ticket


@device(Device.Kind.RATING)
def tablet(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    counter = counter_or_404(request, office, number)
    form = TapForm(request.POST or None)
    if form.is_valid():
        ticket = finished_here_or_404(office, counter, one_line(request.POST.get("token", "")))
        # What the tablet asked may be over: rated on the phone, or the next visitor is being served.
        if rating_of(ticket) is None and just_finished(counter, at=timezone.now()) == ticket:
            tap(ticket, score=form.cleaned_data["score"], channel="tablet", at=timezone.now())
            return redirect("rating-tablet-thanks", office.code, number, rating_token(ticket))
        return redirect("rating-tablet", office.code, number)
    version = announce.version(announce.hall(office.code))
    asked = just_finished(counter, at=timezone.now())
    shown = {
        "counter": counter,
        "ticket": asked,
        "token": rating_token(asked) if asked else "",
        "scores": SCORES,
        "version": version,
        "survey": None if asked else open_survey(office, at=timezone.now()),
    }
    return render(request, "rating/tablet.html", shown)


@device(Device.Kind.RATING)
def thanks(request: HttpRequest, office: Office, number: int, token: str) -> HttpResponse:
    """Words after the tap; the tablet rests by itself when nobody writes any."""
    counter = counter_or_404(request, office, number)
    given = rating_of(finished_here_or_404(office, counter, token))
    if given is None:
        return redirect("rating-tablet", office.code, number)
    form = WordsForm(request.POST or None, score=given.score)
    if form.is_valid():
        add_words(given, form, at=timezone.now())
        return redirect("rating-tablet", office.code, number)
    shown = {"counter": counter, "form": form}
    return render(request, "rating/tablet_thanks.html", shown, status=422 if form.is_bound else 200)


def counter_or_404(request: HttpRequest, office: Office, number: int) -> Counter:
    """The tablet has one counter; another's is not its business."""
    if request.device.settings.get("counter", 1) != number:  # type: ignore[attr-defined]
        raise Http404
    return get_object_or_404(Counter.objects.select_related("office"), office=office, number=number)


def finished_here_or_404(office: Office, counter: Counter, token: str) -> Ticket:
    ticket = ticket_or_404(office, token)
    if ticket.counter_id != counter.pk:
        raise Http404
    return ticket
