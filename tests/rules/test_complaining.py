"""A complaint's moves and deadlines, worked out by hand on the calendar of 2026."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from loket.rules.complaining import (
    OPEN,
    Move,
    MoveRefused,
    State,
    after,
    deadlines,
    moves_from,
    objection_until,
    remind_at,
)
from tests.rules.calendars import calendar

WIB = ZoneInfo("Asia/Jakarta")
PROBOLINGGO = calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def test_the_way_of_a_complaint_that_is_solved():
    state = State.RECEIVED
    for move in (Move.VERIFY, Move.START, Move.RESOLVE, Move.OBJECT, Move.DECIDE):
        state = after(state, move)

    assert state is State.FINAL
    assert moves_from(State.FINAL) == []


@pytest.mark.parametrize(
    ("state", "move"),
    [
        (State.RECEIVED, Move.RESOLVE),
        (State.RECEIVED, Move.OBJECT),
        (State.DUPLICATE, Move.OBJECT),
        (State.FINAL, Move.RESUME),
        (State.RESOLVED, Move.DECIDE),
    ],
)
def test_what_leads_nowhere_is_refused(state, move):
    with pytest.raises(MoveRefused):
        after(state, move)


def test_in_every_open_state_the_office_can_do_something():
    assert all(moves_from(state) for state in OPEN)


def test_the_law_counts_calendar_days_to_their_midnight():
    found = deadlines(calendar=PROBOLINGGO, complete=at("2026-01-05 23:59"))

    assert (found.respond, found.decide) == (at("2026-01-20 00:00"), at("2026-03-07 00:00"))


def test_a_class_counts_working_days_to_closing_time():
    # 5 January is a Monday; 6 and 7 count.
    found = deadlines(calendar=PROBOLINGGO, complete=at("2026-01-05 09:00"), class_days=2)

    assert (found.respond, found.decide) == (at("2026-01-07 15:30"), at("2026-01-07 15:30"))


def test_a_class_never_takes_longer_than_the_law():
    found = deadlines(calendar=PROBOLINGGO, complete=at("2026-01-05 09:00"), class_days=60)

    assert found.decide == at("2026-03-07 00:00")


def test_an_objection_has_fourteen_whole_days():
    assert objection_until(calendar=PROBOLINGGO, decided=at("2026-01-05 09:00")) == at("2026-01-20 00:00")


def test_the_reminder_comes_a_working_day_before():
    # Due at the end of Monday 19 January; 16 January is a holiday, so Thursday 15 it is.
    assert remind_at(calendar=PROBOLINGGO, due=at("2026-01-20 00:00")) == at("2026-01-15 08:00")
    assert remind_at(calendar=PROBOLINGGO, due=at("2026-01-07 15:30")) == at("2026-01-06 08:00")
