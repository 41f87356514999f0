"""My consultations at an office, and how one of them is found: mine, or not there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loket.consultations.models import Consultation
from loket.consultations.queries import asked_by
from loket.offices.models import Office
from loket.people.models import User
from loket.screens.access import office_account

PAGE = 25


@office_account
def consultations(request: HttpRequest, office: Office) -> HttpResponse:
    """Newest first; older ones by the key of the last one shown."""
    found = asked_by(request.user).filter(office=office).order_by("-created_at", "-pk")
    before = request.GET.get("sebelum", "")
    if before.isdecimal() and len(before) < 18:
        found = found.filter(pk__lt=int(before))
    rows = list(found.select_related("office")[: PAGE + 1])
    shown = {
        "rows": rows[:PAGE],
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "now": timezone.now(),
    }
    return render(request, "consultations/mine.html", shown)


def mine_or_404(user: User, token: str) -> Consultation:
    """Absent and forbidden are the same answer."""
    found = asked_by(user).filter(token=token)
    along = ("office", "asker", "previous", "merged_into__office")
    consultation = found.select_related(*along).first()  # unique
    if consultation is None:
        raise Http404
    return consultation
