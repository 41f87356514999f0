"""The library beside an officer's work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.library.models import SearchLog
from loket.offices.models import Office
from loket.people.access import DESK
from loket.screens.access import staff
from loket.screens.library import Wanted, find, searched


@require_safe
@staff(*DESK)
def library(request: HttpRequest, office: Office) -> HttpResponse:
    """What is there for the words, for the sheet that opens beside a note or a consultation."""
    wanted = Wanted.asked(request.GET)
    found = find(office=office, wanted=wanted, language=request.LANGUAGE_CODE, as_you_type=True)
    noted = searched(found, place=SearchLog.Place.DESK)
    shown = {"found": found, "wanted": wanted, "searched": noted.signed()}
    return render(request, "library/panel_rows.html", shown)
