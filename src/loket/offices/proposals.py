"""National days and joint leave as a proposal: the library says, an administrator publishes.

Which years are decreed is ours to say. The library has no joint leave for a year that is not decreed
yet and does not mention it, so it must never be asked at the time a deadline is counted.
"""

from dataclasses import dataclass
from datetime import date

import holidays

from loket.rules.calendarparts import ClosedDay, Reason, Year, YearStatus
from loket.rules.worktime import Calendar

# Surat Keputusan Bersama of the three ministers on national days and joint leave.
DECREES = {
    2024: "SKB 855/3/4-2023",
    2025: "SKB 1017/2/2-2024, diubah SKB 933/1/3-2025",
    2026: "SKB 1497/2/5-2025",
}
# Days off by a decree of their own, not by the SKB.
ELECTION_NAMES = "Hari Pemilihan"
ELECTION_SOURCE = "ketetapan tersendiri"
LIBRARY = f"holidays {holidays.__version__}"
# What a proposal may replace; closures and hours of the office itself it never touches.
NATIONWIDE = (Reason.NATIONAL, Reason.JOINT_LEAVE, Reason.ELECTION)


@dataclass(frozen=True)
class Proposal:
    year: Year
    days: tuple[ClosedDay, ...]


def proposal(year: int) -> Proposal:
    """Closed days of one year. MISSING: national days only, the joint leave is not known."""
    public, leave = library_days(year, "public"), library_days(year, "government")
    decree = DECREES.get(year)
    if decree:
        status = YearStatus.DECREED
    else:
        status = YearStatus.ESTIMATED if leave else YearStatus.MISSING
    source = decree or LIBRARY
    days = {day: closed_day(day, Reason.JOINT_LEAVE, name, source) for day, name in leave.items()}
    days |= {day: closed_day(day, Reason.NATIONAL, name, source) for day, name in public.items()}
    return Proposal(Year(year, status, source), tuple(sorted(days.values())))


def library_days(year: int, category: str) -> dict[date, str]:
    return dict(holidays.country_holidays("ID", years=year, categories=(category,), language="id"))


def closed_day(day: date, kind: Reason, name: str, source: str) -> ClosedDay:
    """A day of the national list; election days get their own kind."""
    if name.startswith(ELECTION_NAMES):
        return ClosedDay(day, Reason.ELECTION, name, ELECTION_SOURCE)
    return ClosedDay(day, kind, name, source)


def accept(calendar: Calendar, proposed: Proposal) -> Calendar:
    """The calendar with the nationwide days of one year replaced by the proposed ones.

    A local closure on a date that is now a national day gives way: one reason a date is enough.
    """
    taken = {closed.day for closed in proposed.days}
    kept = [
        closed
        for closed in calendar.closed
        if closed.day not in taken
        and not (closed.kind in NATIONWIDE and closed.day.year == proposed.year.year)
    ]
    years = [year for year in calendar.years if year.year != proposed.year.year]
    return Calendar(
        zone=calendar.zone,
        week=calendar.week,
        closed=tuple(sorted([*kept, *proposed.days])),
        special=calendar.special,
        years=tuple(sorted([*years, proposed.year])),
    )
