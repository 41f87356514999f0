"""Deadlines as screens show them: how much is left, in words, and the counting one tap away."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.utils.dateformat import format as date_words
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from loket.offices.clock import ending, last_day, local, local_day
from loket.offices.models import Office
from loket.rules.worktime import Calendar


@dataclass(frozen=True)
class Chip:
    """A deadline: `look` is good, wait or late; `left` says it in words, `when` is the time itself."""

    look: str
    left: str
    when: str
    why: list[str] = field(default_factory=list)

    @property
    def icon(self) -> str:
        return {"late": "circle-alert", "wait": "hourglass"}.get(self.look, "calendar-days")


def due_chip(
    office: Office, calendar: Calendar, due: datetime, *, at: datetime, why: list[str] | None = None
) -> Chip:
    """The deadline of an answer, seen at `at`."""
    look, left = _left(calendar, last_day(office, due), due, local_day(office, at), at)
    return Chip(look, left, short_until(office, due), why or [])


def closing_chip(office: Office, last_day: date, *, at: datetime, why: list[str] | None = None) -> Chip:
    """The closing of a silent consultation at the end of `last_day`."""
    today = local_day(office, at)
    look = "wait" if last_day <= today else "good"
    return Chip(look, _("closes without a response"), day_words(last_day, "D j M"), why or [])


def short(office: Office, at: datetime) -> str:
    """Sen 19 Jan, 15.30"""
    here = local(office, at)
    return f"{day_words(here.date(), 'D j M')}, {here:%H.%M}"


def short_until(office: Office, at: datetime) -> str:
    """The same for an end: Sen 19 Jan, 24.00"""
    day, clock = ending(office, at)
    return f"{day_words(day, 'D j M')}, {clock}"


def day_words(day: date, spelled: str) -> str:
    """A day in the reader's language; lists name the same few again and again."""
    return _day_words(day, spelled, get_language())


@lru_cache(maxsize=2048)
def _day_words(day: date, spelled: str, _language: str) -> str:
    return date_words(day, spelled)


def _left(calendar: Calendar, due_day: date, due: datetime, today: date, at: datetime) -> tuple[str, str]:
    if at > due:
        days = calendar.working_days_after(due_day, today)
        if not days:
            return "late", _("Due today, now late")
        return "late", ngettext(
            "Late by %(n)s working day", "Late by %(n)s working days", days
        ) % {"n": days}  # fmt: skip
    if due_day <= today:
        return "wait", _("Today")
    days = calendar.working_days_after(today, due_day)
    return "good", ngettext("%(n)s working day left", "%(n)s working days left", days) % {"n": days}
