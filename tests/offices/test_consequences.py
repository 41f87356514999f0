"""What publishing a draft would mean, in sentences."""

from datetime import date

import pytest
from django.utils import translation

from loket.offices.consequences import change_lines, consequences
from loket.offices.models import Office
from loket.offices.proposals import accept, proposal
from loket.rules.calendarchanges import add_period, changes, close_days, end_period, open_day
from tests.rules.calendars import SHUT, calendar, hours, ramadan, wib

PROBOLINGGO = Office(code="3574", name="BPS Kota Probolinggo")
NOW = wib("2026-10-20T09:00")
OCTOBER_23 = date(2026, 10, 23)
FRIDAY_SHUT = close_days(calendar(), first=OCTOBER_23, last=OCTOBER_23, name="Listrik")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(before, after, at=NOW):
    return consequences(office=PROBOLINGGO, before=before, after=after, answer_days=3, at=at)


def test_a_closed_day_tells_days_deadline_and_hall():
    assert said(calendar(), FRIDAY_SHUT) == [
        "2026 has 239 working days instead of 240.",
        "A question received today is due Monday 26 October 2026 15.30 WIB"
        " instead of Friday 23 October 2026 16.00 WIB.",
        "No numbers are given on 23 October 2026, and the website says so beforehand.",
    ]


def test_a_day_opened_again_is_open_in_the_hall():
    assert said(FRIDAY_SHUT, calendar())[-1] == "The hall is open on 23 October 2026."


def test_a_deadline_that_does_not_move_is_said_to_stay():
    sentences = said(calendar(), FRIDAY_SHUT, at=wib("2026-11-02T09:00"))

    assert "A question received today keeps its deadline: Thursday 5 November 2026 15.30 WIB." in sentences
    assert sentences[-1].startswith("Days already past change as well")


def test_many_days_are_counted_not_listed():
    away = close_days(calendar(), first=date(2026, 11, 2), last=date(2026, 11, 13), name="Pindah")

    assert "10 days from 2 November to 13 November 2026" in said(calendar(), away)[-1]


def test_changes_are_told_one_line_each():
    after = close_days(calendar(), first=date(2026, 11, 2), last=date(2026, 11, 4), name="Pindah")
    after = add_period(open_day(after, date(2026, 12, 24)), ramadan(date(2026, 2, 19), date(2026, 3, 20)))

    assert change_lines(changes(calendar(), after)) == [
        "2–4 November 2026: closed here, Pindah",
        "24 December 2026: open again (was Natal)",
        "19 February–20 March 2026: special hours, Ramadan",
    ]


def test_a_period_taken_out_and_other_weekly_hours_are_told():
    before = calendar(special=(ramadan(date(2026, 2, 19), date(2026, 3, 20)),))
    after = end_period(before, first=date(2026, 2, 19), last=date(2026, 3, 20))
    shorter = calendar(week=(*[hours("08:00-15:00")] * 5, SHUT, SHUT))

    assert change_lines(changes(before, after)) == [
        "19 February–20 March 2026: no special hours any more (was Ramadan)"
    ]
    assert change_lines(changes(calendar(), shorter)) == [
        "Weekly hours: Monday–Friday: 08.00–15.00; Saturday–Sunday: closed"
    ]


def test_a_proposal_tells_the_status_of_its_year():
    accepted = accept(calendar(), proposal(2029))

    assert change_lines(changes(calendar(), accepted))[-1] == "The joint leave of 2029 is not known yet."
