"""Deadlines as screens show them."""

from datetime import timedelta

import pytest
from django.utils import translation

from loket.offices.models import Office
from loket.screens.deadlines import due_chip
from loket.screens.templatetags.loket import until_day_clock
from tests.rules.calendars import calendar, wib

PROBOLINGGO = Office(code="3574", name="BPS Kota Probolinggo")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-01-19T15:30", "Mon 19 Jan, 15.30"),
        ("2026-01-20T00:00", "Mon 19 Jan, 24.00"),
        ("2026-01-20T00:01", "Tue 20 Jan, 00.01"),
    ],
)
def test_what_ends_at_midnight_ends_at_24_00_of_its_day(due, words):
    with translation.override("en"):
        chip = due_chip(PROBOLINGGO, calendar(), wib(due), at=wib(due) - timedelta(hours=2))

        assert (chip.when, until_day_clock(wib(due), PROBOLINGGO)) == (words, words)
