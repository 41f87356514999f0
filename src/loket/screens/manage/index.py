"""The first page of Manage: what a person may open here, and for readers the figures of the day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loket.offices.models import Office
from loket.people.access import LEAD
from loket.people.models import Role
from loket.reports.overview import overview
from loket.screens.access import staff


@staff(*LEAD, Role.READER, Role.AUDITOR)
def index(request: HttpRequest, office: Office) -> HttpResponse:
    sees_figures = request.roles.intersection({*LEAD, Role.READER})  # type: ignore[attr-defined]
    figures = overview([office], at=timezone.now())[0] if sees_figures else None
    return render(request, "manage/index.html", {"part": "index", "figures": figures, "now": timezone.now()})
