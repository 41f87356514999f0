"""What a changed calendar means for visitors and officers, said before it is published."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.offices.explaining import closed_runs, kind_text, span_year, status_text, until, week_lines
from loket.offices.models import Office
from loket.rules.calendarchanges import Changes, changes
from loket.rules.consulting import answer_due
from loket.rules.worktime import Calendar, days_between


def change_lines(changed: Changes) -> list[str]:
    """What is different, one line each."""
    closing = {closed.day for closed in changed.closed}
    reopened = [closed for closed in changed.opened if closed.day not in closing]
    begun = {(period.first, period.last) for period in changed.begun}
    lines = [
        _("%(days)s: %(kind)s, %(name)s")
        % {"days": span_year(first, last), "kind": kind_text(closed.kind), "name": closed.name}
        for first, last, closed in closed_runs(changed.closed)
    ]
    lines += [
        _("%(days)s: open again (was %(name)s)") % {"days": span_year(first, last), "name": closed.name}
        for first, last, closed in closed_runs(reopened)
    ]
    lines += [
        _("%(days)s: special hours, %(name)s")
        % {"days": span_year(period.first, period.last), "name": period.name}
        for period in changed.begun
    ]
    lines += [
        _("%(days)s: no special hours any more (was %(name)s)")
        % {"days": span_year(period.first, period.last), "name": period.name}
        for period in changed.ended
        if (period.first, period.last) not in begun
    ]
    if changed.week:
        lines.append(_("Weekly hours: %(hours)s") % {"hours": "; ".join(week_lines(changed.week))})
    return lines + [status_text(year) for year in changed.years]


def consequences(
    *, office: Office, before: Calendar, after: Calendar, answer_days: int, at: datetime
) -> list[str]:
    """One sentence for each thing people would notice. `at` is now. Refuses NoWorkingDay."""
    changed = changes(before, after)
    today = after.local_day(at)
    return [
        *working_day_lines(before, after, changed),
        due_line(office, before, after, answer_days, at),
        *hall_lines(before, after, changed, today),
    ]


def working_day_lines(before: Calendar, after: Calendar, changed: Changes) -> Iterator[str]:
    for year in sorted(touched_years(changed)):
        was, becomes = working_days(before, year), working_days(after, year)
        if was != becomes:
            yield _("%(year)s has %(after)s working days instead of %(before)s.") % {
                "year": year,
                "after": becomes,
                "before": was,
            }


def touched_years(changed: Changes) -> set[int]:
    days = [closed.day for closed in (*changed.opened, *changed.closed)]
    days += [day for period in (*changed.begun, *changed.ended) for day in (period.first, period.last)]
    return {day.year for day in days}


def working_days(calendar: Calendar, year: int) -> int:
    return sum(map(calendar.is_working_day, days_between(date(year, 1, 1), date(year, 12, 31))))


def due_line(office: Office, before: Calendar, after: Calendar, days: int, at: datetime) -> str:
    was = answer_due(calendar=before, received=at, days=days).due
    becomes = answer_due(calendar=after, received=at, days=days).due
    if was == becomes:
        return _("A question received today keeps its deadline: %(due)s.") % {"due": until(office, was)}
    return _("A question received today is due %(after)s instead of %(before)s.") % {
        "after": until(office, becomes),
        "before": until(office, was),
    }


def hall_lines(before: Calendar, after: Calendar, changed: Changes, today: date) -> Iterator[str]:
    touched = [closed.day for closed in (*changed.closed, *changed.opened) if closed.day >= today]
    shut = sorted(day for day in touched if before.is_working_day(day) and not after.is_working_day(day))
    opened = sorted(day for day in touched if after.is_working_day(day) and not before.is_working_day(day))
    if shut:
        yield _("No numbers are given on %(days)s, and the website says so beforehand.") % {
            "days": few_days(shut)
        }
    if opened:
        yield _("The hall is open on %(days)s.") % {"days": few_days(opened)}
    if any(closed.day < today for closed in (*changed.closed, *changed.opened)):
        yield _("Days already past change as well; results already measured stay as they are.")


def few_days(days: list[date]) -> str:
    """Up to three dates by name; more are counted."""
    if len(days) > 3:
        return _("%(count)s days from %(first)s to %(last)s") % {
            "count": len(days),
            "first": date_format(days[0], "j F"),
            "last": date_format(days[-1], "j F Y"),
        }
    return ", ".join(date_format(day, "j F Y") for day in dict.fromkeys(days))
