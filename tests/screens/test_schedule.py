"""The schedule of an office as visitors read it."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from loket.offices import calendars, queries
from loket.offices.proposals import accept, proposal
from loket.rules.calendarchanges import add_period, close_days
from loket.screens.board.snapshot import take_snapshot
from tests.cast import MORNING, an_office
from tests.rules.calendars import hours, ramadan, wib

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office()


def publish(office, calendar):
    calendars.publish(office=office, calendar=calendar, by="loket", at=MORNING, reason="Uji")


def page(office, at=MORNING):
    visitor = Client()
    visitor.cookies["loket_language"] = "en"
    with time_machine.travel(at, tick=False):
        answer = visitor.get(f"/{office.code}/jadwal/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_tells_open_now_and_the_hours_of_two_weeks(office):
    shown = page(office)

    assert "Open now, closes at 15.30 WIB." in shown
    assert "Wednesday 14 January" in shown
    assert "Friday 23 January" in shown
    assert "08.00–16.00" in shown
    assert "Saturday" not in shown


def test_a_day_that_lasts_until_midnight_closes_at_24_00_on_every_screen(office):
    publish(office, replace(queries.calendar_of(office), week=(hours("00:00-00:00"),) * 7))

    shown = page(office)
    assert "Open now, closes at 24.00 WIB." in shown
    assert "00.00–24.00" in shown
    with time_machine.travel(MORNING, tick=False), translation.override("id"):
        assert "tutup pukul 24.00 WIB" in Client().get(f"/{office.code}/").content.decode()
        assert take_snapshot(office, at=MORNING).hours == "Tutup pukul 24.00 WIB"


def test_a_holiday_of_this_week_has_its_reason(office):
    publish(office, accept(queries.calendar_of(office), proposal(2026)))

    assert "Isra Mikraj" in page(office)


def test_days_ahead_are_joined_and_free_sundays_left_out(office):
    publish(office, accept(queries.calendar_of(office), proposal(2026)))

    shown = page(office, at=wib("2026-03-02T09:00"))

    assert "23–24 March 2026" in shown
    assert "(joint leave)" in shown
    assert "Kebangkitan Yesus Kristus" not in shown  # 5 April is a Sunday


def test_a_local_closure_and_special_hours_are_announced(office):
    calendar = close_days(
        queries.calendar_of(office), first=date(2026, 1, 27), last=date(2026, 1, 27), name="Perbaikan listrik"
    )
    publish(office, add_period(calendar, ramadan(date(2026, 2, 19), date(2026, 3, 20))))

    shown = page(office)

    assert "Tuesday 27 January 2026" in shown
    assert "Perbaikan listrik" in shown
    assert "19 February–20 March 2026" in shown
    assert "Monday–Thursday: 08.00–15.00 WIB" in shown


def test_a_year_not_decreed_is_said(office):
    assert "not known yet" not in page(office)
    assert "The joint leave of 2027 is not known yet." in page(office, at=wib("2026-10-01T09:00"))


def test_closed_now_tells_the_next_opening(office):
    assert "Closed now: opens on Monday 19 January at 08.00 WIB" in page(office, at=wib("2026-01-16T17:00"))


def test_at_the_weekend_the_coming_week_comes_first(office):
    shown = page(office, at=wib("2026-01-17T10:00"))

    assert "Monday 12 January" not in shown
    assert "Monday 19 January" in shown
    assert "Monday 26 January" in shown


def test_it_is_the_offices_own_day():
    jayapura = an_office(code="9471", zone="Asia/Jayapura")

    assert "Monday 12 January" in page(jayapura, at=wib("2026-01-11T23:30"))


def test_without_a_calendar_there_is_no_schedule(office):
    office.calendars.all().delete()

    assert Client().get("/3574/jadwal/").status_code == 404
