"""What a calendar is made of: hours, closed days, special periods, years; and what is wrong with one."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class CalendarWrong(ValueError):
    """A calendar cannot mean what it says; `field` is where, `expected` what belongs there."""

    def __init__(self, field: str, expected: str):
        super().__init__(f"{field}: {expected}")
        self.field = field
        self.expected = expected


class Reason(StrEnum):
    """Why a date is not a working day; the first four are kinds of closed day."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"
    ELECTION = "election"
    LOCAL = "local"
    SPECIAL = "special"  # a special period leaves the usual hours out
    WEEKEND = "weekend"
    DAY_OFF = "day_off"  # a weekday on which this office never opens


CLOSED_KINDS = (Reason.NATIONAL, Reason.JOINT_LEAVE, Reason.ELECTION, Reason.LOCAL)


class YearStatus(StrEnum):
    """How far the holidays of a year can be trusted."""

    DECREED = "decreed"
    ESTIMATED = "estimated"
    MISSING = "missing"


@dataclass(frozen=True, order=True)
class Interval:
    """Open from `opens` until just before `closes`, wall time of one day.

    Closing at MIDNIGHT is closing at 24.00: at the end of the day, not at its beginning.
    """

    opens: time
    closes: time

    @property
    def to_the_end(self) -> bool:
        return self.closes == MIDNIGHT

    def holds(self, wall: time) -> bool:
        return self.opens <= wall and (self.to_the_end or wall < self.closes)


Hours = tuple[Interval, ...]


@dataclass(frozen=True, order=True)
class ClosedDay:
    day: date
    kind: Reason
    name: str
    source: str = ""


@dataclass(frozen=True)
class SpecialPeriod:
    """Other hours from `first` to `last`, both included. None on a weekday: the usual hours stay."""

    first: date
    last: date
    name: str
    hours: tuple[Hours | None, ...]

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, order=True)
class Year:
    year: int
    status: YearStatus
    source: str = ""


def check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise CalendarWrong("zone", "an IANA zone such as Asia/Jakarta") from None


def check_week(field: str, week: tuple[Hours | None, ...]) -> None:
    if len(week) != len(WEEKDAYS):
        raise CalendarWrong(field, "seven days, Monday first")
    for name, hours in zip(WEEKDAYS, week, strict=True):
        for interval in hours or ():
            if interval.opens >= interval.closes and not interval.to_the_end:
                raise CalendarWrong(f"{field}.{name}", "an opening time before the closing time")
        for earlier, later in pairwise(hours or ()):
            if earlier.to_the_end or later.opens < earlier.closes:
                raise CalendarWrong(f"{field}.{name}", "intervals that follow each other without overlap")


def check_once(field: str, keys: list[date] | list[int]) -> None:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise CalendarWrong(field, f"each entry once; {key} is there twice")
