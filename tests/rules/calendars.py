"""Calendars for the tests, with the holidays written out by hand from the joint decrees (SKB)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from loket.rules.calendarparts import ClosedDay, Hours, Interval, Reason, SpecialPeriod, Year, YearStatus
from loket.rules.worktime import Calendar

WIB = ZoneInfo("Asia/Jakarta")


def hours(*spans: str) -> Hours:
    return tuple(Interval(*(time.fromisoformat(end) for end in span.split("-"))) for span in spans)


SHUT: Hours = ()
# Standar Pelayanan 3574.035/BU/24/2024: Senin-Kamis 08.00-15.30, Jumat 08.00-16.00 WIB.
STANDARD = (*[hours("08:00-15:30")] * 4, hours("08:00-16:00"), SHUT, SHUT)


def closed(kind: Reason, year: int, *days: tuple[int, int, str]) -> tuple[ClosedDay, ...]:
    return tuple(ClosedDay(date(year, month, day), kind, name) for day, month, name in days)


NATIONAL_2024 = closed(
    Reason.NATIONAL,
    2024,
    (1, 1, "Tahun Baru"),
    (8, 2, "Isra Mikraj"),
    (10, 2, "Imlek"),
    (11, 3, "Nyepi"),
    (29, 3, "Wafat Yesus"),
    (31, 3, "Paskah"),
    (10, 4, "Idul Fitri"),
    (11, 4, "Idul Fitri"),
    (1, 5, "Buruh"),
)
LEAVE_2024 = closed(
    Reason.JOINT_LEAVE,
    2024,
    *[(9, 2, "Imlek"), (12, 3, "Nyepi"), (8, 4, "Idul Fitri"), (9, 4, "Idul Fitri")],
    *[(12, 4, "Idul Fitri"), (15, 4, "Idul Fitri")],
)
ELECTIONS_2024 = closed(Reason.ELECTION, 2024, (14, 2, "Pemilu"), (27, 11, "Pilkada"))
AMENDED_LEAVE_2025 = ClosedDay(date(2025, 8, 18), Reason.JOINT_LEAVE, "Proklamasi Kemerdekaan")
DAYS_2025 = (
    *closed(
        Reason.NATIONAL,
        2025,
        (29, 3, "Nyepi"),
        (31, 3, "Idul Fitri"),
        (1, 4, "Idul Fitri"),
        (17, 8, "Kemerdekaan"),
        (25, 12, "Natal"),
    ),
    *closed(
        Reason.JOINT_LEAVE,
        2025,
        *[(28, 3, "Nyepi"), (2, 4, "Idul Fitri"), (3, 4, "Idul Fitri"), (4, 4, "Idul Fitri")],
        *[(7, 4, "Idul Fitri"), (26, 12, "Natal")],
    ),
)
DAYS_2026 = (
    *closed(
        Reason.NATIONAL,
        2026,
        *[(1, 1, "Tahun Baru"), (16, 1, "Isra Mikraj"), (17, 2, "Imlek"), (19, 3, "Nyepi")],
        *[(21, 3, "Idul Fitri"), (22, 3, "Idul Fitri"), (3, 4, "Wafat Yesus"), (5, 4, "Paskah")],
        *[(1, 5, "Buruh"), (14, 5, "Kenaikan"), (27, 5, "Idul Adha"), (31, 5, "Waisak")],
        *[(1, 6, "Pancasila"), (16, 6, "Tahun Baru Islam"), (17, 8, "Kemerdekaan"), (25, 8, "Maulid")],
        (25, 12, "Natal"),
    ),
    *closed(
        Reason.JOINT_LEAVE,
        2026,
        *[(16, 2, "Imlek"), (18, 3, "Nyepi"), (20, 3, "Idul Fitri"), (23, 3, "Idul Fitri")],
        *[(24, 3, "Idul Fitri"), (15, 5, "Kenaikan"), (28, 5, "Idul Adha"), (24, 12, "Natal")],
    ),
)
# 2027 is not decreed: only what these tests meet.
DAYS_2027 = closed(Reason.NATIONAL, 2027, (1, 1, "Tahun Baru"), (5, 1, "Isra Mikraj"))

YEARS = (
    *[Year(number, YearStatus.DECREED) for number in (2024, 2025, 2026)],
    Year(2027, YearStatus.ESTIMATED),
)


def calendar(
    *,
    zone: str = "Asia/Jakarta",
    week: tuple[Hours, ...] = STANDARD,
    more: tuple[ClosedDay, ...] = (AMENDED_LEAVE_2025,),
    without: tuple[date, ...] = (),
    special: tuple[SpecialPeriod, ...] = (),
) -> Calendar:
    """The example office's calendar; `more` and `without` make the variants."""
    days = (*NATIONAL_2024, *LEAVE_2024, *ELECTIONS_2024, *DAYS_2025, *DAYS_2026, *DAYS_2027, *more)
    kept = tuple(sorted(day for day in days if day.day not in without))
    return Calendar(zone=zone, week=week, closed=kept, special=special, years=YEARS)


def ramadan(first: date, last: date) -> SpecialPeriod:
    short = hours("08:00-15:00")
    return SpecialPeriod(first, last, "Ramadan", (short, short, short, short, None, None, None))


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def dates(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(each) for each in text.split())
