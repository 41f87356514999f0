"""The first page of Manage: what a person may open here, and the figures of the day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loket.offices.models import Office
from loket.people.access import DESK, LEAD
from loket.people.models import Role
from loket.reports.overview import overview
from loket.screens.access import staff
from loket.screens.parts import groups_for


@staff(*DESK, Role.READER, Role.AUDITOR)
def index(request: HttpRequest, office: Office) -> HttpResponse:
    roles, now = request.roles, timezone.now()  # type: ignore[attr-defined]
    figures = overview([office], at=now)[0] if roles.intersection({*LEAD, Role.READER}) else None
    shown = {"part": "index", "figures": figures, "groups": groups_for(roles), "now": now}
    return render(request, "manage/index.html", shown)
