"""Midnight, and a clock that is set back: the days' numbers stay apart, the order stays the order."""

import time

import pytest

from tests.drills.books import check_books, numbers_by_day
from tests.drills.clock import step
from tests.drills.crowd import Crowd

pytestmark = pytest.mark.drill


def start_at(served, moment: str) -> None:
    served.start("tests.drills.clock", moment, str(served.port))


def test_at_midnight_a_new_series_begins_and_yesterday_is_closed(served):
    start_at(served, "2026-01-14T23:50:00+07:00")
    with Crowd(served) as crowd:
        crowd.wait_for(10)
        # The hall is open until 24.00 and from 00.00: nobody is sent away.
        step(served, 10 * 60)
        crowd.wait_for(10)
    served.stop()

    start_at(served, "2026-01-15T00:05:00+07:00")

    wait_until_closed(served, "2026-01-14")
    tickets = check_books(served, crowd)
    assert set(numbers_by_day(tickets)) == {"2026-01-14 A", "2026-01-15 A"}
    assert {ticket["state"] for ticket in tickets if ticket["day"] == "2026-01-14"} == {"expired"}
    assert {ticket["state"] for ticket in tickets if ticket["day"] == "2026-01-15"} == {"waiting"}


def wait_until_closed(served, day: str, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while any(t["day"] == day and t["state"] == "waiting" for t in served.stage("books")["tickets"]):
        assert time.monotonic() < until, served.log()[-2000:]


def test_a_clock_set_back_an_hour_gives_no_number_twice(served):
    start_at(served, "2026-01-14T10:30:00+07:00")
    with Crowd(served) as crowd:
        crowd.wait_for(10)
        step(served, -3600)
        crowd.wait_for(10)
        step(served, 3600)
        crowd.wait_for(10)
    done = served.stage(
        "serve_one",
        called="2026-01-14T10:40:00+07:00",
        started="2026-01-14T10:41:00+07:00",
        finished="2026-01-14T09:50:00+07:00",
    )

    tickets = check_books(served, crowd)
    assert [ticket["number"] for ticket in tickets] == list(range(1, len(tickets) + 1))
    assert done == {"state": "served", "minutes": 0}
    assert tickets[0]["state"] == "served"


def test_a_clock_set_back_over_midnight_goes_on_with_yesterdays_series(served):
    start_at(served, "2026-01-14T23:30:00+07:00")
    with Crowd(served) as crowd:
        crowd.wait_for(10)
        step(served, 3600)
        crowd.wait_for(10)
        step(served, -3600)
        crowd.wait_for(10)
        step(served, 3600)
        crowd.wait_for(10)

    tickets = check_books(served, crowd)
    assert set(numbers_by_day(tickets)) == {"2026-01-14 A", "2026-01-15 A"}
