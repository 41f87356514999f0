"""Satisfaction surveys in Manage: results, paper forms, single responses."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.base.links import absolute
from loket.base.qr import qr_svg
from loket.base.replay import KeyReused
from loket.feedback.actions import surveys as actions
from loket.feedback.models import Period
from loket.feedback.results import recent_of
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.people.access import DESK, LEAD
from loket.people.models import Role
from loket.screens.access import staff
from loket.screens.manage.surveys.forms import MarkForm, PaperForm
from loket.screens.manage.surveys.page import page, response_rows

RESPONSES_A_PAGE = 50


@require_safe
@staff(*DESK, Role.READER)
def surveys(request: HttpRequest, office: Office) -> HttpResponse:
    """All surveys of the office, the newest first."""
    shown = {
        "part": "surveys",
        "points": recent_of(office),
        "today": local_day(office, timezone.now()),
        "leads": bool(request.roles.intersection(LEAD)),  # type: ignore[attr-defined]
        "at_desk": bool(request.roles.intersection(DESK)),  # type: ignore[attr-defined]
    }
    return render(request, "manage/surveys/list.html", shown)


@require_safe
@staff(*LEAD, Role.READER)
def results(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    shown = page(period_or_404(office, pk))
    shown["leads"] = bool(request.roles.intersection(LEAD))  # type: ignore[attr-defined]
    return render(request, "manage/surveys/results.html", shown)


@require_safe
@staff(*LEAD)
def poster(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """A sheet with the code that opens the survey, for the wall or the counter."""
    period = period_or_404(office, pk)
    address = absolute(reverse("survey", args=[office.code, period.token]))
    shown = {"part": "surveys", "period": period, "address": address, "qr": qr_svg(address)}
    return render(request, "manage/surveys/poster.html", shown)


@staff(*DESK)
def paper(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Copy one paper form; the next empty one follows."""
    period = period_or_404(office, pk)
    form = PaperForm(request.POST or None, period=period)
    if form.is_valid() and _enter(request, form, period):
        return redirect("survey-paper", office.code, pk)
    shown = {"part": "surveys", "period": period, "form": form}
    return render(request, "manage/surveys/paper.html", shown, status=422 if form.is_bound else 200)


def _enter(request: HttpRequest, form: PaperForm, period: Period) -> bool:
    try:
        kept = actions.enter_paper(
            period=period,
            answers=form.answers(),
            answered_on=form.cleaned_data["answered_on"],
            key=form.cleaned_data["key"],
            by=request.user.staff_id,
            at=timezone.now(),
        )
    except actions.NotYet:
        form.add_error("answered_on", _("The day lies within the survey and not after today."))
        return False
    except KeyReused:
        form.ask_again()
        return False
    messages.success(request, _("Form %(number)s is kept.") % {"number": kept.number})
    return True


@require_safe
@staff(*LEAD)
def responses(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Single responses with their suggestions; what looks wrong can be marked."""
    period = period_or_404(office, pk)
    pages = Paginator(period.responses.order_by("-number"), RESPONSES_A_PAGE)
    shown_page = pages.get_page(request.GET.get("halaman"))
    shown = {
        "part": "surveys",
        "period": period,
        "responses": shown_page,
        "rows": response_rows(period, shown_page),
    }
    return render(request, "manage/surveys/responses.html", shown)


@require_POST
@staff(*LEAD)
def mark(request: HttpRequest, office: Office, pk: int, number: int) -> HttpResponse:
    response = get_object_or_404(
        period_or_404(office, pk).responses.select_related("period__office"), number=number
    )
    form = MarkForm(request.POST)
    if form.is_valid():
        actions.mark(response=response, by=request.user.staff_id, at=timezone.now(), **form.cleaned_data)
    else:
        messages.error(request, _("Write why it looks wrong."))
    return redirect("survey-responses", office.code, pk)


def period_or_404(office: Office, pk: int) -> Period:
    return get_object_or_404(Period.objects.select_related("office", "service"), office=office, pk=pk)
