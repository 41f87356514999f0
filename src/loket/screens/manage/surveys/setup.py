"""Opening and changing a survey: its days, its words, its follow-up plan."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.base.replay import KeyReused
from loket.feedback.actions import surveys as actions
from loket.feedback.elements import ELEMENTS
from loket.feedback.models import Period
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.screens.access import staff
from loket.screens.manage.surveys.forms import NewPeriodForm, PeriodForm, PlanForm, WordingForm
from loket.screens.manage.surveys.views import period_or_404

OUT_OF_ORDER = gettext_lazy("The last day does not lie before the first.")
TOO_LONG = gettext_lazy("A survey asks for two years at most. Open another one for the time after.")


@staff(*LEAD)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    form = NewPeriodForm(request.POST or None, office=office, initial={"weight": "exact"})
    if form.is_valid():
        period = _kept(
            form, lambda: actions.open_period(office=office, **form.cleaned_data, **_signed(request))
        )
        if period:
            return redirect("survey-results", office.code, period.pk)
    return _page(request, form, _("New survey"))


@staff(*LEAD)
def change(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    period = period_or_404(office, pk)
    form = PeriodForm(request.POST or None, office=office, initial=PeriodForm.initial_of(period))
    if form.is_valid():
        changed = _kept(
            form, lambda: actions.change_period(period=period, **form.cleaned_data, **_signed(request))
        )
        if changed:
            return redirect("survey-results", office.code, pk)
    return _page(request, form, period.title, period)


def _kept(form: PeriodForm, act: Callable[[], Period]) -> Period | None:
    """The survey; None with the reason at the form's field."""
    try:
        return act()
    except actions.DaysOutOfOrder:
        form.add_error("last", OUT_OF_ORDER)
    except actions.TooLong:
        form.add_error("last", TOO_LONG)
    except KeyReused:
        form.ask_again()  # type: ignore[attr-defined] - only a new one has a key
    return None


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
