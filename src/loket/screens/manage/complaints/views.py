"""The register of complaints: the list by deadline, one complaint, its files."""

from django.core.paginator import Paginator
from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import complaints_for
from loket.offices.models import Office
from loket.people.access import DESK
from loket.rules.complaining import OPEN
from loket.screens.access import staff
from loket.screens.complaint_download import download
from loket.screens.manage.complaints.page import page, row

A_PAGE = 50
OPEN_STATES = [state.value for state in OPEN]


@require_safe
@staff(*DESK)
def register(request: HttpRequest, office: Office) -> HttpResponse:
    """What this person may read: open ones by deadline first, or those that are decided."""
    readable = complaints_for(request.user, office)
    shown = request.GET.get("tampil", "terbuka")
    chosen = {"terbuka": Q(state__in=OPEN_STATES), "selesai": ~Q(state__in=OPEN_STATES)}.get(shown, Q())
    # Until the first answer its own deadline counts.
    due = Case(When(responded_at=None, then="respond_due"), default="decide_due")
    found = readable.filter(chosen).select_related("office", "handler").annotate(due=due)
    pages = Paginator(found.order_by("due" if shown == "terbuka" else "-received_at", "pk"), A_PAGE)
    at = timezone.now()
    listed = pages.get_page(request.GET.get("halaman"))
    context = {
        "part": "register",
        "shown": shown,
        "tabs": [("terbuka", _("Open")), ("selesai", _("Decided"))],
        "page": listed,
        "rows": [row(each, at=at) for each in listed],
        "administers": "administrator" in request.roles,  # type: ignore[attr-defined]
    }
    return render(request, "manage/complaints/list.html", context)


@require_safe
@staff(*DESK)
def complaint(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    found = complaint_or_404(request, office, pk)
    return render(request, "manage/complaints/complaint.html", page(found, at=timezone.now()))


@require_safe
@staff(*DESK)
def file(request: HttpRequest, office: Office, pk: int, token: str) -> HttpResponse:
    return download(complaint_or_404(request, office, pk).files.all(), token)


def complaint_or_404(request: HttpRequest, office: Office, pk: int) -> Complaint:
    return get_object_or_404(
        complaints_for(request.user, office).select_related("office", "handler", "duplicate_of"), pk=pk
    )
