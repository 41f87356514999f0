"""A year as twelve months of cells; each mark is a letter and a word, colour is never alone."""

from calendar import Calendar as Weeks
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loket.offices.explaining import hours_text, kind_text
from loket.rules.calendarparts import CLOSED_KINDS, Reason
from loket.rules.worktime import Calendar

STYLES = {
    Reason.NATIONAL: "cal__nat",
    Reason.JOINT_LEAVE: "cal__joint",
    Reason.ELECTION: "cal__election",
    Reason.LOCAL: "cal__local",
}


@dataclass(frozen=True)
class Cell:
    day: int
    style: str
    letter: str
    says: str
    is_today: bool
    is_draft: bool


@dataclass(frozen=True)
class Month:
    name: str
    working_days: int
    weeks: list[list[Cell | None]]


@dataclass(frozen=True)
class Mark:
    """A line of the legend."""

    style: str
    letter: str
    name: str
    days: int


def letter(kind: Reason) -> str:
    return {
        Reason.NATIONAL: pgettext("letter in the calendar: national holiday", "H"),
        Reason.JOINT_LEAVE: pgettext("letter in the calendar: joint leave", "J"),
        Reason.ELECTION: pgettext("letter in the calendar: election day", "E"),
        Reason.LOCAL: pgettext("letter in the calendar: closed here", "C"),
        Reason.SPECIAL: pgettext("letter in the calendar: special hours", "S"),
    }[kind]


def weekday_heads() -> list[tuple[str, str]]:
    """Short and full names, Monday first."""
    return [(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in range(7)]


def months_of(calendar: Calendar, year: int, *, today: date, drafted: Iterable[date]) -> list[Month]:
    """`drafted`: the dates that differ from the published calendar."""
    marked = set(drafted)
    return [month_of(calendar, year, number, today, marked) for number in range(1, 13)]


def month_of(calendar: Calendar, year: int, number: int, today: date, drafted: set[date]) -> Month:
    weeks = [
        [cell_of(calendar, day, today, drafted) if day.month == number else None for day in week]
        for week in Weeks().monthdatescalendar(year, number)
    ]
    days = [day for week in Weeks().monthdatescalendar(year, number) for day in week if day.month == number]
    return Month(str(MONTHS[number]), sum(map(calendar.is_working_day, days)), weeks)


def cell_of(calendar: Calendar, day: date, today: date, drafted: set[date]) -> Cell:
    style, mark, says = mark_of(calendar, day)
    return Cell(day.day, style, mark, says, is_today=day == today, is_draft=day in drafted)


def mark_of(calendar: Calendar, day: date) -> tuple[str, str, str]:
    """Style, letter, and what it says; empty on an ordinary working day."""
    closed = calendar.closed_day(day)
    if closed:
        return STYLES[closed.kind], letter(closed.kind), f"{kind_text(closed.kind)}: {closed.name}"
    period = calendar.period_of(day)
    if period and period.hours[day.weekday()] is not None:
        hours = hours_text(calendar.hours(day)) or _("closed")
        return "cal__special", letter(Reason.SPECIAL), f"{period.name}: {hours}"
    if not calendar.is_working_day(day):
        return "cal__rest", "", ""
    return "", "", ""


def legend(calendar: Calendar, year: int) -> list[Mark]:
    """The kinds that occur in the year, with how often; special hours last."""
    counts = Counter(closed.kind for closed in calendar.closed if closed.day.year == year)
    marks = [
        Mark(STYLES[kind], letter(kind), kind_text(kind), counts[kind])
        for kind in CLOSED_KINDS
        if counts[kind]
    ]
    days = [
        day
        for week in (week for number in range(1, 13) for week in Weeks().monthdatescalendar(year, number))
        for day in week
        if day.year == year and mark_of(calendar, day)[0] == "cal__special"
    ]
    if days:
        marks.append(Mark("cal__special", letter(Reason.SPECIAL), _("special hours"), len(set(days))))
    return marks
