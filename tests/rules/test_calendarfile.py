"""The stored shape of a calendar: read back as written, refused with the place of the mistake."""

import json
import tomllib
from datetime import date, time

import pytest

from loket.rules.calendarfile import from_dict, to_dict
from loket.rules.calendarparts import (
    MIDNIGHT,
    CalendarWrong,
    ClosedDay,
    Interval,
    Reason,
    Year,
    YearStatus,
)
from tests.rules.calendars import SHUT, calendar, hours, ramadan

GOOD = {"zone": "Asia/Jakarta", "week": {"mon": ["08:00-15:30"]}}


def test_a_calendar_is_read_back_as_it_was_written():
    office = calendar(
        week=(hours("08:00-12:00", "13:00-15:30"), *[SHUT] * 6),
        special=(ramadan(date(2026, 2, 19), date(2026, 3, 20)),),
    )

    assert from_dict(json.loads(json.dumps(to_dict(office)))) == office


def test_a_day_left_out_of_the_week_is_closed():
    assert from_dict(GOOD).week == (hours("08:00-15:30"), *[SHUT] * 6)


@pytest.mark.parametrize("written", ["00:00-24:00", "00.00–24.00", "00:00 - 24:00"])
def test_a_day_may_last_until_midnight(written):
    office = from_dict({**GOOD, "week": {"mon": [written]}})

    assert office.week[0] == (Interval(time(0), MIDNIGHT),)
    assert to_dict(office)["week"]["mon"] == ["00:00-24:00"]


def test_a_special_period_tells_closed_from_unchanged():
    data = {
        **GOOD,
        "special": [{"first": "2026-01-05", "last": "2026-01-09", "name": "Sensus", "hours": {"mon": []}}],
    }

    assert from_dict(data).special[0].hours == (SHUT, *[None] * 6)


def test_an_office_file_may_write_toml_dates_and_indonesian_times():
    data = tomllib.loads("""
        zone = "Asia/Jakarta"
        [week]
        mon = ["08.00–12.00", "13:00 - 15:30"]
        [[closed]]
        date = 2026-01-08
        name = "Banjir"
        [years.2026]
        status = "decreed"
        source = "SKB 1497/2/5-2025"
    """)

    office = from_dict(data)

    assert office.week[0] == hours("08:00-12:00", "13:00-15:30")
    assert office.closed == (ClosedDay(date(2026, 1, 8), Reason.LOCAL, "Banjir"),)
    assert office.years == (Year(2026, YearStatus.DECREED, "SKB 1497/2/5-2025"),)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"zone": 7}, "zone"),
        ({"zone": " "}, "zone"),
        ({"hours": {}}, "calendar.hours"),
        ({"week": []}, "week"),
        ({"week": {"senin": []}}, "week.senin"),
        ({"week": {"mon": "08:00-15:30"}}, "week.mon"),
        ({"week": {"mon": ["08:00"]}}, "week.mon"),
        ({"week": {"mon": ["24:00-24:00"]}}, "week.mon"),
        ({"week": {"mon": ["08:00-24:01"]}}, "week.mon"),
        ({"week": {"mon": ["08:00-00:00"]}}, "week.mon"),
        ({"week": {"mon": ["08:00-24:00", "12:00-13:00"]}}, "week.mon"),
        ({"week": {"mon": ["08:00-15:60"]}}, "week.mon"),
        ({"week": {"mon": [None]}}, "week.mon"),
        ({"closed": {}}, "closed"),
        ({"closed": ["2026-01-01"]}, "closed[1]"),
        ({"closed": [{"date": "2026-02-30", "name": "x"}]}, "closed[1].date"),
        ({"closed": [{"name": "x"}]}, "closed[1].date"),
        ({"closed": [{"date": "2026-01-01", "name": "x", "kind": "weekend"}]}, "closed[1].kind"),
        ({"closed": [{"date": "2026-01-01", "name": ""}]}, "closed[1].name"),
        ({"closed": [{"date": "2026-01-01", "name": "x", "note": "y"}]}, "closed[1].note"),
        ({"special": [{"first": "2026-01-01", "last": "2026-01-02", "name": "x"}]}, "special[1].hours"),
        ({"years": {"next": {"status": "decreed"}}}, "years.next"),
        ({"years": {"2026": "decreed"}}, "years.2026"),
        ({"years": {"2026": {"status": "sure"}}}, "years.2026.status"),
    ],
)
def test_a_mistake_is_refused_with_its_place(change, field):
    with pytest.raises(CalendarWrong) as refused:
        from_dict({**GOOD, **change})

    assert refused.value.field == field
    assert refused.value.expected
