"""One's own page: questions, visits to the hall, and the way to everything about the account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loket.consultations.queries import asked_by
from loket.offices.models import Office
from loket.people.queries import has_confirmed_address
from loket.screens.access import signed_in
from loket.visits.queries import visits_under

SHOWN = 20
# With hundreds of offices one begins at the office, not here.
FEW = 3


@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """Hall visits appear only under an address whose mailed code came back."""
    confirmed = has_confirmed_address(request.user)
    asked = asked_by(request.user).select_related("office").order_by("-created_at", "-pk")
    shown = {
        "consultations": asked[:SHOWN],
        "visits": visits_under(request.user.email)[:SHOWN] if confirmed else [],
        "confirmed": confirmed,
        "offices": Office.objects.filter(serves=True).order_by("name", "pk")[:FEW],
    }
    return render(request, "account/own.html", shown)
