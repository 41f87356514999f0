"""Opening and changing a survey: its days, its words, its follow-up plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.feedback.actions import surveys as actions
from loket.feedback.elements import ELEMENTS
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.screens.access import staff
from loket.screens.manage.surveys.forms import PeriodForm, PlanForm, WordingForm
from loket.screens.manage.surveys.views import period_or_404

OUT_OF_ORDER = gettext_lazy("The last day does not lie before the first.")


@staff(*LEAD)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    form = PeriodForm(request.POST or None, office=office, initial={"weight": "exact"})
    if form.is_valid():
        try:
            period = actions.open_period(office=office, **form.cleaned_data, **_signed(request))
            return redirect("survey-results", office.code, period.pk)
        except actions.DaysOutOfOrder:
            form.add_error("last", OUT_OF_ORDER)
    return _page(request, form, _("New survey"))


@staff(*LEAD)
def change(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    period = period_or_404(office, pk)
    form = PeriodForm(request.POST or None, office=office, initial=PeriodForm.initial_of(period))
    if form.is_valid():
        try:
            actions.change_period(period=period, **form.cleaned_data, **_signed(request))
            return redirect("survey-results", office.code, pk)
        except actions.DaysOutOfOrder:
            form.add_error("last", OUT_OF_ORDER)
    return _page(request, form, period.title, period)


@staff(*LEAD)
def wording(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    period = period_or_404(office, pk)
    form = WordingForm(request.POST or None, period=period)
    if form.is_valid():
        actions.change_period(period=period, questions=form.questions(), **_signed(request))
        messages.success(request, _("The questions are changed. Answers that exist stay as they are."))
        return redirect("survey-results", office.code, pk)
    return _page(request, form, _("Questions of the survey"), period)


@staff(*LEAD)
def plan(request: HttpRequest, office: Office, pk: int, element: str) -> HttpResponse:
    """What the office will do about one element."""
    period = period_or_404(office, pk)
    if element not in ELEMENTS:
        raise Http404
    planned = period.follow_ups.filter(key=element).first()  # one by constraint
    now = {"text": planned.plan, "due": planned.due, "responsible": planned.responsible} if planned else {}
    form = PlanForm(request.POST or None, initial=now)
    if form.is_valid():
        actions.plan(period=period, key=element, **form.cleaned_data, **_signed(request))
        return redirect("survey-results", office.code, pk)
    title = _("Follow-up: %(element)s") % {"element": ELEMENTS[element].name}
    return _page(request, form, title, period)


def _signed(request: HttpRequest) -> dict:
    return {"by": request.user.staff_id, "at": timezone.now()}


def _page(request: HttpRequest, form, title: str, period=None) -> HttpResponse:
    shown = {"part": "surveys", "form": form, "title": title, "period": period}
    return render(request, "manage/surveys/form.html", shown, status=422 if form.errors else 200)
