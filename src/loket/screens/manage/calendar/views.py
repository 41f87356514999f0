"""The calendar of an office: look at a year, edit the draft, publish it with a reason."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from loket.consultations.actions import recomputing
from loket.offices import calendars, drafting, queries
from loket.offices.clock import local_day
from loket.offices.explaining import kind_text, long_day
from loket.offices.proposals import accept, proposal
from loket.people.access import LEAD
from loket.rules.calendarchanges import AlreadyClosed, NotThere
from loket.rules.periods import YEARS
from loket.rules.worktime import NoWorkingDay
from loket.screens.access import staff
from loket.screens.manage.calendar import forms
from loket.screens.manage.calendar.page import page

GONE = gettext_lazy("There is no draft any more; somebody else was quicker.")


@staff(*LEAD)
@require_safe
def this_year(request, office):
    return redirect("calendar-year", office.code, local_day(office, timezone.now()).year)


@staff(*LEAD)
@require_safe
def year(request, office, year):
    return show(request, office, year)


@staff(*LEAD)
@require_POST
def closures(request, office, year):
    return edit(request, office, year, "closure", forms.ClosureForm(request.POST))


@staff(*LEAD)
@require_POST
def openings(request, office, year):
    return edit(request, office, year, "opening", forms.OpeningForm(request.POST))


@staff(*LEAD)
@require_POST
def periods(request, office, year):
    return edit(request, office, year, "period", forms.PeriodForm(request.POST))


@staff(*LEAD)
@require_POST
def period_ends(request, office, year):
    return edit(request, office, year, "period_end", forms.PeriodEndForm(request.POST))


@staff(*LEAD)
@require_POST
def week(request, office, year):
    return edit(request, office, year, "week", forms.WeekForm(request.POST))


@staff(*LEAD)
@require_POST
def imports(request, office, year):
    return edit(request, office, year, "import", forms.ImportForm(request.POST, request.FILES))


@staff(*LEAD)
@require_POST
def acceptances(request, office, year):
    """Take the proposal of the year into the draft."""
    if year not in YEARS:
        raise Http404
    proposed = proposal(year)
    drafting.change(
        office=office, edit=lambda calendar: accept(calendar, proposed), by=me(request), at=timezone.now()
    )
    return redirect("calendar-year", office.code, year)


@staff(*LEAD)
@require_POST
def publications(request, office, year):
    form = forms.PublishForm(request.POST)
    if form.is_valid() and publish(request, office, form):
        return redirect("calendar-year", office.code, year)
    return show(request, office, year, publish=form)


@staff(*LEAD)
@require_POST
def draft_ends(request, office, year):
    try:
        drafting.discard(office=office, by=me(request), at=timezone.now())
    except drafting.NoDraft:
        messages.warning(request, GONE)
    return redirect("calendar-year", office.code, year)


@staff(*LEAD)
@require_POST
def draft_renewals(request, office, year):
    """Make the draft's changes to the version that somebody published in the meantime."""
    try:
        drafting.bring_up(office=office, by=me(request), at=timezone.now())
    except drafting.NoDraft:
        messages.warning(request, GONE)
    return redirect("calendar-year", office.code, year)


def edit(request, office, year, name, form):
    """One edit of the draft; what is refused is said at its form."""
    if form.is_valid():
        try:
            drafting.change(office=office, edit=form.edit, by=me(request), at=timezone.now())
        except AlreadyClosed as refused:
            form.add_error("first", closed_already(refused.args[0]))
        except NotThere:
            messages.warning(request, _("That was taken out already."))
            return redirect("calendar-year", office.code, year)
        else:
            return redirect("calendar-year", office.code, year)
    return show(request, office, year, **{name: form})


def closed_already(closed) -> str:
    return _("%(day)s is closed already: %(kind)s, %(name)s.") % {
        "day": long_day(closed.day),
        "kind": kind_text(closed.kind),
        "name": closed.name,
    }


def publish(request, office, form) -> bool:
    """Publish the draft; what is refused is said at the form. True: the page can be shown afresh."""
    given = form.cleaned_data
    try:
        version = recomputing.publish_draft(
            office=office, seen=given["seen"], by=me(request), at=timezone.now(), reason=given["reason"]
        )
    except (drafting.NoDraft, calendars.NothingChanged):
        messages.warning(request, GONE)
    except drafting.DraftMoved:
        form.add_error(
            "reason",
            _("Somebody has changed the draft while you were reading. Look at it again, then publish."),
        )
    except calendars.OtherVersion:
        form.add_error(
            "reason", _("Somebody has published another version in the meantime. Take it over first.")
        )
    except NoWorkingDay:
        form.add_error(
            "reason",
            _("With this calendar the office would not open once in a year. Change the hours first."),
        )
    else:
        published = _("Version %(version)s is published and counts from now on.")
        messages.success(request, published % {"version": version.version})
    return form.is_valid()


def show(request, office, year, **bound):
    if year not in YEARS:
        raise Http404
    here = {"office": office, "part": "calendar"}
    try:
        shown = page(office=office, year=year, at=timezone.now(), bound=bound)
    except queries.NoCalendar:
        return render(request, "manage/calendar/none.html", here, status=404)
    return render(request, "manage/calendar/year.html", here | shown, status=422 if bound else 200)


def me(request) -> str:
    return request.user.staff_id
