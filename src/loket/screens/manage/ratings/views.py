"""Ratings of visits and consultations: what they say together, comments to answer, what looks wrong."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from loket.feedback.actions import judging
from loket.feedback.models import Rating
from loket.feedback.reasons import REASONS, SCORES
from loket.feedback.voices import voices_of
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.screens.access import staff
from loket.screens.fields import Line

DAYS = (30, 90, 365)
A_PAGE = 30


class ReplyForm(forms.Form):
    text = Line(label=gettext_lazy("Your answer"), rows=3, max_length=2000)


class MarkForm(forms.Form):
    reason = Line(label=gettext_lazy("Why does it look wrong?"), max_length=200)


@require_safe
@staff(*LEAD)
def voices(request: HttpRequest, office: Office) -> HttpResponse:
    days = next((each for each in DAYS if str(each) == request.GET.get("hari")), DAYS[0])
    since = timezone.now() - timedelta(days=days)
    said = Rating.objects.filter(office=office, at__gt=since).select_related("ticket", "consultation")
    with_words = said.exclude(comment="", marked_at=None).order_by("-at", "-pk")
    page = Paginator(with_words, A_PAGE).get_page(request.GET.get("halaman"))
    shown = {
        "part": "surveys",
        "days": days,
        "choices": DAYS,
        "found": voices_of(office, since=since),
        "page": page,
        "rows": [
            (each, SCORES[each.score], [REASONS.get(code, code) for code in each.reasons]) for each in page
        ],
    }
    return render(request, "manage/ratings/voices.html", shown)


@require_POST
@staff(*LEAD)
def reply(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    rating = rating_or_404(office, pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        judging.reply_to(rating=rating, by=request.user.staff_id, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your answer is kept; whoever rated reads it at the same address."))
    else:
        messages.error(request, _("Write an answer first."))
    return redirect("voices", office.code)


@require_POST
@staff(*LEAD)
def mark(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    rating = rating_or_404(office, pk)
    form = MarkForm(request.POST)
    if form.is_valid():
        judging.mark(rating=rating, by=request.user.staff_id, at=timezone.now(), **form.cleaned_data)
    else:
        messages.error(request, _("Write why it looks wrong."))
    return redirect("voices", office.code)


def rating_or_404(office: Office, pk: int) -> Rating:
    return get_object_or_404(Rating.objects.select_related("office"), office=office, pk=pk)
