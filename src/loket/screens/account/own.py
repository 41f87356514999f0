"""One's own page: questions, visits to the hall, and the way to everything about the account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loket.offices.models import Office
from loket.people.accounts import is_confirmed
from loket.screens.access import signed_in
from loket.visits.queries import visits_under

SHOWN = 20


@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """Hall visits appear only under an address whose mailed code came back."""
    confirmed = is_confirmed(request.user)
    shown = {
        "visits": visits_under(request.user.email)[:SHOWN] if confirmed else [],
        "confirmed": confirmed,
        "offices": Office.objects.filter(serves=True).order_by("name", "pk")[:SHOWN],
    }
    return render(request, "account/own.html", shown)
