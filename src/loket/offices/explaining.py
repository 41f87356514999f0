"""Deadlines and calendars in sentences a visitor can check on a wall calendar (CLOCKS.md 11)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.offices.clock import ending, local
from loket.offices.models import Office
from loket.rules.calendarparts import ClosedDay, Hours, Interval, Reason, Year, YearStatus
from loket.rules.consulting import Deadline, Silence
from loket.rules.worktime import DAY, Skipped


def long_day(day: date) -> str:
    """Selasa 13 Januari"""
    return date_format(day, "l j F")


def dated(day: date) -> str:
    """Selasa 13 Januari 2026"""
    return date_format(day, "l j F Y")


def wall(office: Office, at: datetime) -> str:
    """Senin 19 Januari 2026 15.30 WIB"""
    here = local(office, at)
    return f"{dated(here.date())} {here:%H.%M} {office.zone_name}"


def until(office: Office, at: datetime) -> str:
    """The same for an end: a working day that closes at midnight closes at 24.00."""
    day, clock = ending(office, at)
    return f"{dated(day)} {clock} {office.zone_name}"


def hours_text(hours: Hours) -> str:
    """08.00–12.00, 13.00–15.30"""
    return ", ".join(f"{interval.opens:%H.%M}–{closing(interval)}" for interval in hours)


def closing(interval: Interval) -> str:
    return "24.00" if interval.to_the_end else f"{interval.closes:%H.%M}"


def week_lines(week: Iterable[Hours | None]) -> Iterator[str]:
    """Senin–Kamis: 08.00–15.30, one line for neighbouring days with the same hours; None is left out."""
    for hours, run in groupby(enumerate(week), key=lambda entry: entry[1]):
        if hours is None:
            continue
        days = [weekday_name(number) for number, _hours in run]
        name = days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"
        yield f"{name}: {hours_text(hours) if hours else _('closed')}"


def weekday_name(number: int) -> str:
    return str(WEEKDAYS[number])


def reason_text(skipped: Skipped) -> str:
    if skipped.name:
        return skipped.name
    return {Reason.WEEKEND: _("weekend"), Reason.DAY_OFF: _("no service on this weekday")}[skipped.reason]


def kind_text(kind: Reason) -> str:
    return {
        Reason.NATIONAL: _("national holiday"),
        Reason.JOINT_LEAVE: _("joint leave"),
        Reason.ELECTION: _("election day"),
        Reason.LOCAL: _("closed here"),
    }[kind]


def status_text(year: Year) -> str:
    texts = {
        YearStatus.DECREED: _("The holidays of %(year)s are decreed."),
        YearStatus.ESTIMATED: _("The holidays of %(year)s are not decreed yet, only estimated."),
        YearStatus.MISSING: _("The joint leave of %(year)s is not known yet."),
    }
    return texts[year.status] % {"year": year.year}


def warning_texts(years: Iterable[Year]) -> list[str]:
    """What may still move a deadline: the years it touches that are not decreed."""
    return [_("%(status)s This deadline may move later.") % {"status": status_text(year)} for year in years]


def explain_deadline(office: Office, deadline: Deadline) -> list[str]:
    """How an answer's due date was counted, one sentence each."""
    return [
        _("Received %(day)s.") % {"day": long_day(deadline.received)},
        *count_sentences(deadline.counted, deadline.skipped),
        _("Due %(when)s.") % {"when": until(office, deadline.due)},
        *warning_texts(deadline.warnings),
    ]


def explain_silence(office: Office, clock: Silence) -> list[str]:
    """How the closing of a silent consultation was counted, one sentence each."""
    return [
        _("Answered %(day)s.") % {"day": long_day(clock.answered)},
        *count_sentences(clock.counted, clock.skipped),
        _("A reminder goes out %(when)s.") % {"when": wall(office, clock.warn_at)},
        _("Without a response it closes at the end of %(day)s.") % {"day": dated(clock.counted[-1])},
        *warning_texts(clock.warnings),
    ]


def count_sentences(counted: Iterable[date], skipped: Iterable[Skipped]) -> Iterator[str]:
    yield _("Working days counted: %(days)s.") % {"days": list_days(counted)}
    runs = [f"{span(first, last)} ({reason})" for first, last, reason in skipped_runs(skipped)]
    if runs:
        yield _("Skipped: %(days)s.") % {"days": ", ".join(runs)}


def list_days(days: Iterable[date]) -> str:
    """14, 15, 19 Januari; 2 Februari"""
    months = groupby(days, key=lambda day: (day.year, day.month))
    return "; ".join(name_days(list(of_month)) for _month, of_month in months)


def name_days(days: list[date]) -> str:
    return ", ".join(str(day.day) for day in days) + date_format(days[-1], " F")


def skipped_runs(skipped: Iterable[Skipped]) -> list[tuple[date, date, str]]:
    """Neighbouring dates with the same reason become one run."""
    runs: list[tuple[date, date, str]] = []
    for entry in skipped:
        reason = reason_text(entry)
        if runs and runs[-1][2] == reason and runs[-1][1] + DAY == entry.day:
            runs[-1] = (runs[-1][0], entry.day, reason)
        else:
            runs.append((entry.day, entry.day, reason))
    return runs


def span(first: date, last: date) -> str:
    """16 Januari, 17–18 Januari, or 31 Januari–1 Februari."""
    if first == last:
        return date_format(first, "j F")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j F')}"
    return f"{date_format(first, 'j F')}–{date_format(last, 'j F')}"


def closed_runs(days: Iterable[ClosedDay]) -> Iterator[tuple[date, date, ClosedDay]]:
    """Neighbouring dates closed for the same reason become one run: first, last, the first entry."""
    run: list[ClosedDay] = []
    for closed in days:
        if (
            run
            and (closed.kind, closed.name) == (run[0].kind, run[0].name)
            and closed.day == run[-1].day + DAY
        ):
            run.append(closed)
            continue
        if run:
            yield run[0].day, run[-1].day, run[0]
        run = [closed]
    if run:
        yield run[0].day, run[-1].day, run[0]


def span_year(first: date, last: date) -> str:
    return f"{span(first, last)} {last.year}"
