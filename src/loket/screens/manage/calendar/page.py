"""What the calendar page shows: the year as it would be, the draft, its consequences, the history."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from loket.offices import calendars, queries
from loket.offices.consequences import change_lines, consequences, working_days
from loket.offices.explaining import kind_text, span_year, status_text, week_lines
from loket.offices.limits import limits_from
from loket.offices.models import CalendarDraft, CalendarVersion, Office
from loket.offices.proposals import accept, proposal
from loket.people.queries import staff_names
from loket.rules import calendarfile
from loket.rules.calendarchanges import Changes, changes
from loket.rules.calendarparts import Year, YearStatus
from loket.rules.worktime import Calendar, NoWorkingDay
from loket.screens.manage.calendar import forms
from loket.screens.manage.calendar.year import legend, months_of, weekday_heads

HISTORY = 8


def page(*, office: Office, year: int, at: datetime, bound: dict[str, Any]) -> dict[str, Any]:
    """The context of the page; `bound` replaces forms by the ones a person has filled in."""
    newest = queries.newest_version(office)
    if newest is None:
        raise queries.NoCalendar(office)
    draft = queries.calendar_draft(office)
    published = calendarfile.from_dict(newest.content)
    shown = calendarfile.from_dict(draft.content) if draft else published
    today = shown.local_day(at)
    changed = changes(published, shown)
    return {
        "year": year,
        "years": range(max(2024, min(year, today.year) - 1), max(year, today.year) + 2),
        "months": months_of(shown, year, today=today, drafted=drafted_days(changed)),
        "weekdays": weekday_heads(),
        "working_days": working_days(shown, year),
        "legend": legend(shown, year),
        "statuses": [status(shown.year(number)) for number in (year, year + 1)],
        "week": list(week_lines(shown.week)),
        "periods": periods_of(shown, year),
        "closed": closed_of(shown, year),
        "newest": newest,
        "history": history(office),
        "draft": draft and draft_shown(office, newest, draft, shown, at, bound.get("publish")),
        "proposal": proposal_shown(shown, year),
        "forms": forms_of(shown, bound),
    }


def drafted_days(changed: Changes) -> set:
    return {closed.day for closed in (*changed.closed, *changed.opened)}


def status(year: Year) -> dict[str, Any]:
    texts = {
        YearStatus.DECREED: _("%(year)s is decreed"),
        YearStatus.ESTIMATED: _("%(year)s is still an estimate"),
        YearStatus.MISSING: _("%(year)s is not complete"),
    }
    return {
        "text": texts[year.status] % {"year": year.year},
        "says": " ".join([status_text(year), year.source]).strip(),
        "decreed": year.status is YearStatus.DECREED,
    }


def periods_of(calendar: Calendar, year: int) -> list[dict[str, Any]]:
    return [
        {
            "first": period.first,
            "last": period.last,
            "days": span_year(period.first, period.last),
            "name": period.name,
            "hours": list(week_lines(period.hours)),
        }
        for period in calendar.special
        if period.first.year <= year <= period.last.year
    ]


def closed_of(calendar: Calendar, year: int) -> list[dict[str, Any]]:
    return [
        {"day": closed.day, "kind": kind_text(closed.kind), "name": closed.name, "source": closed.source}
        for closed in calendar.closed
        if closed.day.year == year
    ]


def history(office: Office) -> list[dict[str, Any]]:
    versions = list(office.calendars.order_by("-version").defer("content")[:HISTORY])
    names = staff_names(version.published_by for version in versions)
    return [
        {
            "number": version.version,
            "at": version.published_at,
            "by": names.get(version.published_by, "Loket"),
            "reason": version.reason,
        }
        for version in versions
    ]


def draft_shown(
    office: Office,
    newest: CalendarVersion,
    draft: CalendarDraft,
    after: Calendar,
    at: datetime,
    form: forms.PublishForm | None,
) -> dict[str, Any]:
    base = newest if draft.follows == newest.version else office.calendars.get(version=draft.follows)
    before = calendarfile.from_dict(base.content)
    return {
        "number": newest.version + 1,
        "is_old": draft.follows != newest.version,
        "lines": change_lines(changes(before, after)),
        "consequences": expected(office, calendarfile.from_dict(newest.content), after, at),
        "seen": calendars.digest(draft.content),
        "form": form or forms.PublishForm(),
    }


def expected(office: Office, before: Calendar, after: Calendar, at: datetime) -> list[str]:
    """Empty when the office would never open: publishing says so."""
    days = limits_from(office.settings).answer_days
    try:
        return consequences(office=office, before=before, after=after, answer_days=days, at=at)
    except NoWorkingDay:
        return []


def proposal_shown(calendar: Calendar, year: int) -> dict[str, Any] | None:
    """What the library knows of this year and the calendar does not; None when they agree."""
    proposed = proposal(year)
    changed = changes(calendar, accept(calendar, proposed))
    if not changed:
        return None
    return {"lines": change_lines(changed), "source": proposed.year.source}


def forms_of(calendar: Calendar, bound: dict[str, Any]) -> dict[str, Any]:
    fresh = {
        "closure": forms.ClosureForm,
        "import": forms.ImportForm,
        "period": lambda: forms.PeriodForm(usual=calendar.week),
        "week": lambda: forms.WeekForm(usual=calendar.week),
    }
    return {name: bound[name] if name in bound else make() for name, make in fresh.items()}
