"""The stored shape of a Calendar: one plain dictionary for the database, JSON and office files.

    zone     "Asia/Jakarta"
    week     {"mon": ["08:00-12:00", "13:00-15:30"], ...}; a day left out is closed
    special  [{"first": "2026-02-19", "last": "2026-03-20", "name": "Ramadan", "hours": {"mon": [...]}}];
             a day left out keeps its usual hours, a day with [] is closed
    closed   [{"date": "2026-01-01", "kind": "national", "name": "Tahun Baru Masehi", "source": "..."}]
    years    {"2026": {"status": "decreed", "source": "SKB ..."}}

Dates and times may also be the date and time values of a TOML file, and times be written 08.00. An
interval that lasts until midnight closes at 24:00.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from loket.rules.calendarparts import (
    CLOSED_KINDS,
    MIDNIGHT,
    WEEKDAYS,
    CalendarWrong,
    ClosedDay,
    Hours,
    Interval,
    Reason,
    SpecialPeriod,
    Year,
    YearStatus,
)
from loket.rules.worktime import Calendar

FIELDS = {"zone", "week", "special", "closed", "years"}


def from_dict(data: Mapping[str, Any]) -> Calendar:
    """Read a calendar, or raise CalendarWrong with the field and what was expected there."""
    check_names("calendar", data, FIELDS)
    return Calendar(
        zone=text(data, "zone", "zone"),
        week=tuple(hours or () for hours in read_week("week", mapping("week", data.get("week", {})))),
        closed=tuple(sorted(read_closed(where, entry) for where, entry in entries("closed", data))),
        special=tuple(read_special(where, entry) for where, entry in entries("special", data)),
        years=tuple(sorted(read_years(mapping("years", data.get("years", {}))))),
    )


def to_dict(calendar: Calendar) -> dict[str, Any]:
    return {
        "zone": calendar.zone,
        "week": write_week(calendar.week),
        "special": [
            {
                "first": period.first.isoformat(),
                "last": period.last.isoformat(),
                "name": period.name,
                "hours": write_week(period.hours),
            }
            for period in calendar.special
        ],
        "closed": [
            {
                "date": closed.day.isoformat(),
                "kind": str(closed.kind),
                "name": closed.name,
                "source": closed.source,
            }
            for closed in calendar.closed
        ],
        "years": {
            str(year.year): {"status": str(year.status), "source": year.source} for year in calendar.years
        },
    }


def read_week(where: str, data: Mapping[str, Any]) -> tuple[Hours | None, ...]:
    check_names(where, data, set(WEEKDAYS))
    return tuple(read_hours(f"{where}.{name}", data[name]) if name in data else None for name in WEEKDAYS)


def write_week(week: tuple[Hours | None, ...]) -> dict[str, list[str]]:
    return {
        name: [f"{interval.opens:%H:%M}-{write_closing(interval)}" for interval in hours]
        for name, hours in zip(WEEKDAYS, week, strict=True)
        if hours is not None
    }


def read_hours(where: str, value: Any) -> Hours:
    if not isinstance(value, list):
        raise CalendarWrong(where, 'a list such as ["08:00-12:00", "13:00-15:30"]')
    return tuple(read_interval(where, each) for each in value)


def read_interval(where: str, value: Any) -> Interval:
    opens, dash, closes = str(value).replace("–", "-").partition("-")
    if not dash:
        raise CalendarWrong(where, f'hours such as "08:00-15:30", not {value!r}')
    return Interval(read_time(where, opens), read_closing(where, closes))


def read_closing(where: str, value: str) -> time:
    if re.fullmatch(r"\s*24[:.]00\s*", value):
        return MIDNIGHT
    closes = read_time(where, value)
    if closes == MIDNIGHT:
        raise CalendarWrong(where, 'a closing time after the opening; midnight is "24:00"')
    return closes


def write_closing(interval: Interval) -> str:
    return "24:00" if interval.to_the_end else f"{interval.closes:%H:%M}"


def read_time(where: str, value: str) -> time:
    written = re.fullmatch(r"\s*([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\s*", value)
    if not written:
        raise CalendarWrong(where, f'a time such as "08:00", not {value.strip()!r}')
    return time(int(written[1]), int(written[2]))


def read_closed(where: str, data: Mapping[str, Any]) -> ClosedDay:
    check_names(where, data, {"date", "kind", "name", "source"})
    kind = data.get("kind", Reason.LOCAL)
    if kind not in CLOSED_KINDS:
        raise CalendarWrong(f"{where}.kind", f"one of {', '.join(CLOSED_KINDS)}, not {kind!r}")
    return ClosedDay(
        day=read_date(f"{where}.date", data.get("date")),
        kind=Reason(kind),
        name=text(data, "name", f"{where}.name"),
        source=str(data.get("source", "")),
    )


def read_special(where: str, data: Mapping[str, Any]) -> SpecialPeriod:
    check_names(where, data, {"first", "last", "name", "hours"})
    return SpecialPeriod(
        first=read_date(f"{where}.first", data.get("first")),
        last=read_date(f"{where}.last", data.get("last")),
        name=text(data, "name", f"{where}.name"),
        hours=read_week(f"{where}.hours", mapping(f"{where}.hours", data.get("hours"))),
    )


def read_years(data: Mapping[str, Any]) -> Iterator[Year]:
    for key, entry in data.items():
        where = f"years.{key}"
        if not str(key).isdecimal():
            raise CalendarWrong(where, "a year such as 2026")
        check_names(where, mapping(where, entry), {"status", "source"})
        status = entry.get("status")
        if status not in list(YearStatus):
            raise CalendarWrong(f"{where}.status", f"one of {', '.join(YearStatus)}, not {status!r}")
        yield Year(int(key), YearStatus(status), str(entry.get("source", "")))


def read_date(where: str, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise CalendarWrong(where, f"a date such as 2026-01-31, not {value!r}") from None


def text(data: Mapping[str, Any], name: str, where: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip():
        raise CalendarWrong(where, "a text that is not empty")
    return value.strip()


def mapping(where: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CalendarWrong(where, "a table of names and values")
    return value


def entries(name: str, data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    value = data.get(name, [])
    if not isinstance(value, list):
        raise CalendarWrong(name, "a list")
    for number, entry in enumerate(value, start=1):
        yield f"{name}[{number}]", mapping(f"{name}[{number}]", entry)


def check_names(where: str, data: Mapping[str, Any], known: set[str]) -> None:
    """An unknown name is a typing mistake that would otherwise change hours silently."""
    for name in data:
        if name not in known:
            raise CalendarWrong(f"{where}.{name}", f"one of {', '.join(sorted(known))}")
