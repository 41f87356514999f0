"""A deadline as people see it: the date first, and one tap away the days that were counted (CLOCKS.md 11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.offices.clock import local_day
from loket.offices.explaining import explain_deadline, explain_silence, until
from loket.offices.models import Office
from loket.rules.calendarparts import Reason
from loket.rules.consulting import Deadline, Silence
from loket.rules.worktime import Skipped


@dataclass(frozen=True)
class Day:
    """One tile: a date, or neighbouring dates that were skipped for the same kind of reason."""

    name: str
    date: str
    mark: str
    look: str = ""  # "count", "skip", "due" or nothing
    today: bool = False


@dataclass(frozen=True)
class Chip:
    """When, how far we are, how it looks (good, wait, late), and how it was counted."""

    when: str
    left: str
    look: str
    days: list[Day]
    sentences: list[str]


def answer_chip(office: Office, deadline: Deadline, *, at: datetime) -> Chip:
    """By when the office answers, seen from `at`."""
    today = local_day(office, at)
    return Chip(
        when=until(office, deadline.due),
        left=_answer_left(deadline, today, late=at > deadline.due),
        look=_look(deadline.counted[-1], today, late=at > deadline.due),
        days=list(tiles(_("Received"), deadline.received, deadline.counted, deadline.skipped, today)),
        sentences=explain_deadline(office, deadline),
    )


def silence_chip(office: Office, clock: Silence, *, at: datetime) -> Chip:
    """Until when the visitor may respond before the consultation closes by itself."""
    today = local_day(office, at)
    last = clock.counted[-1]
    return Chip(
        when=date_format(last, "l j F Y"),
        left=_("Without a message from you the consultation closes at the end of this day."),
        look=_look(last, today, late=at >= clock.close_at),
        days=list(tiles(_("Answered"), clock.answered, clock.counted, clock.skipped, today)),
        sentences=explain_silence(office, clock),
    )


def preview(office: Office, deadline: Deadline) -> Chip:
    """The same before anything was sent."""
    return Chip(
        when=until(office, deadline.due),
        left="",
        look="good",
        days=list(tiles(_("Sent"), deadline.received, deadline.counted, deadline.skipped, None)),
        sentences=explain_deadline(office, deadline)[1:],
    )


def tiles(
    first: str, day0: date, counted: tuple[date, ...], skipped: tuple[Skipped, ...], today: date | None
) -> Iterator[Day]:
    """Day 0, then the counted days and between them what was skipped, in the order of the calendar."""
    yield Day(_name(day0, today), str(day0.day), first, "", day0 == today)
    marks = {day: _("Day %(number)s") % {"number": number} for number, day in enumerate(counted, 1)}
    passed = {entry.day: _why(entry) for entry in skipped}
    for mark, run in groupby(sorted({**marks, **passed}), key=lambda day: {**marks, **passed}[day]):
        days = list(run)
        look = "skip" if days[0] in passed else "due" if days[0] == counted[-1] else "count"
        yield Day(_names(days, today), _dates(days), mark, look, today in days)


def _why(entry: Skipped) -> str:
    return {
        Reason.WEEKEND: _("Weekend"),
        Reason.JOINT_LEAVE: _("Joint leave"),
        Reason.ELECTION: _("Election"),
        Reason.NATIONAL: _("Holiday"),
    }.get(entry.reason, _("Closed"))


def _name(day: date, today: date | None) -> str:
    short = date_format(day, "D")
    return _("%(day)s, today") % {"day": short} if day == today else short


def _names(days: list[date], today: date | None) -> str:
    if len(days) == 1:
        return _name(days[0], today)
    between = ", " if len(days) == 2 else "–"
    return between.join(date_format(day, "D") for day in (days[0], days[-1]))


def _dates(days: list[date]) -> str:
    return str(days[0].day) if len(days) == 1 else f"{days[0].day}–{days[-1].day}"


def _answer_left(deadline: Deadline, today: date, *, late: bool) -> str:
    if late:
        return _("The answer is late. We are sorry; the office sees it.")
    passed = sum(day <= today for day in deadline.counted)
    words = {"day": passed, "of": len(deadline.counted)}
    if not passed:
        return _("Answer due · the counting begins on the next working day")
    return _("Answer due · working day %(day)s of %(of)s") % words


def _look(last: date, today: date, *, late: bool) -> str:
    return "late" if late else "wait" if today >= last else "good"
