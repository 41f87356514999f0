"""Deadlines in sentences."""

from datetime import date

import pytest
from django.utils import translation

from loket.offices.explaining import (
    explain_deadline,
    explain_silence,
    list_days,
    skipped_runs,
    span,
    week_lines,
)
from loket.offices.models import Office
from loket.rules.calendarparts import Reason
from loket.rules.consulting import answer_due, silence
from loket.rules.worktime import Skipped
from tests.rules.calendars import SHUT, STANDARD, calendar, dates, hours, wib

PROBOLINGGO = Office(code="3574", name="BPS Kota Probolinggo")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_deadline_tells_how_it_was_counted():
    deadline = answer_due(calendar=calendar(), received=wib("2026-01-13T10:00"))

    assert explain_deadline(PROBOLINGGO, deadline) == [
        "Received Tuesday 13 January.",
        "Working days counted: 14, 15, 19 January.",
        "Skipped: 16 January (Isra Mikraj), 17–18 January (weekend).",
        "Due Monday 19 January 2026 15.30 WIB.",
    ]


def test_a_working_day_that_ends_at_midnight_is_due_at_24_00_of_that_day():
    open_all_day = calendar(week=(hours("00:00-00:00"),) * 7)
    deadline = answer_due(calendar=open_all_day, received=wib("2026-01-13T10:00"))

    assert explain_deadline(PROBOLINGGO, deadline)[-1] == "Due Saturday 17 January 2026 24.00 WIB."


def test_a_year_not_decreed_is_said():
    deadline = answer_due(calendar=calendar(), received=wib("2026-12-30T10:00"))

    assert explain_deadline(PROBOLINGGO, deadline)[-1] == (
        "The holidays of 2027 are not decreed yet, only estimated. This deadline may move later."
    )


def test_a_closing_tells_of_the_reminder_and_the_last_day():
    clock = silence(calendar=calendar(), answered=wib("2026-01-07T11:00"))

    assert explain_silence(PROBOLINGGO, clock) == [
        "Answered Wednesday 7 January.",
        "Working days counted: 8, 9, 12 January.",
        "Skipped: 10–11 January (weekend).",
        "A reminder goes out Monday 12 January 2026 08.00 WIB.",
        "Without a response it closes at the end of Monday 12 January 2026.",
    ]


def test_an_instant_is_told_in_the_zone_of_the_office():
    jayapura = Office(code="9471", name="BPS Kota Jayapura", zone="Asia/Jayapura")
    deadline = answer_due(calendar=calendar(zone="Asia/Jayapura"), received=wib("2026-01-05T09:00"))

    assert "Due Thursday 8 January 2026 15.30 WIT." in explain_deadline(jayapura, deadline)


def test_days_of_several_months_are_listed_by_month():
    assert list_days(dates("2026-05-29 2026-06-02 2026-06-03")) == "29 May; 2, 3 June"
    assert span(date(2026, 1, 31), date(2026, 2, 1)) == "31 January–1 February"


def test_only_neighbours_with_one_reason_are_joined():
    days = dates("2026-05-27 2026-05-28 2026-05-30 2026-05-31")
    entries = [
        Skipped(days[0], Reason.NATIONAL, "Idul Adha"),
        Skipped(days[1], Reason.JOINT_LEAVE, "Idul Adha"),
        Skipped(days[2], Reason.WEEKEND),
        Skipped(days[3], Reason.NATIONAL, "Waisak"),
    ]

    assert skipped_runs(entries) == [
        (days[0], days[1], "Idul Adha"),
        (days[2], days[2], "weekend"),
        (days[3], days[3], "Waisak"),
    ]


def test_neighbouring_days_with_the_same_hours_share_a_line():
    assert list(week_lines(STANDARD)) == [
        "Monday–Thursday: 08.00–15.30",
        "Friday: 08.00–16.00",
        "Saturday–Sunday: closed",
    ]
    assert list(week_lines((hours("08:00-12:00", "13:00-15:00"), SHUT, *[None] * 5))) == [
        "Monday: 08.00–12.00, 13.00–15.00",
        "Tuesday: closed",
    ]
