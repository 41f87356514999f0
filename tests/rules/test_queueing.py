from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.rules.queueing import (
    MOVES,
    OVER,
    Move,
    MoveNotAllowed,
    Place,
    Policy,
    State,
    after,
    call_order,
    handover,
    label,
)

NINE = datetime(2026, 1, 14, 9, tzinfo=UTC)
LIMIT = timedelta(minutes=10)


def minutes(count):
    return NINE + timedelta(minutes=count)


def test_a_waiting_visitor_is_called_served_and_finished():
    state = State.WAITING

    for move in (Move.CALL, Move.RECALL, Move.START, Move.FINISH):
        state = after(state, move)

    assert state == State.SERVED


@pytest.mark.parametrize("state", [State.SERVED, State.CANCELLED])
@pytest.mark.parametrize("move", list(Move))
def test_what_is_over_stays_over(state, move):
    with pytest.raises(MoveNotAllowed):
        after(state, move)


def test_only_a_correction_leads_out_of_what_the_day_left_over():
    moves = {move for (state, move) in MOVES if state in OVER}

    assert moves == {Move.CORRECT}


@pytest.mark.parametrize(("number", "shown"), [(1, "A-001"), (12, "A-012"), (999, "A-999"), (1000, "A-1000")])
def test_a_label_has_at_least_three_digits(number, shown):
    assert label("A", number) == shown


def places(pattern):
    """ "oup" -> ordinary and priority places in the order of arrival; u and p are priority."""
    return [Place(rank, letter != "o", rank) for rank, letter in enumerate(pattern)]


def called(pattern, policy, recent=()):
    return [turn.place.rank for turn in call_order(places(pattern), policy, recent)]


@pytest.mark.parametrize(
    ("pattern", "policy", "recent", "order"),
    [
        ("ooo", Policy(), (), [0, 1, 2]),
        ("opo", Policy("strict"), (), [1, 0, 2]),
        ("oppp", Policy("strict"), (True, True), [1, 2, 3, 0]),
        ("oppp", Policy("alternate", 2), (), [1, 2, 0, 3]),
        ("oppp", Policy("alternate", 2), (True,), [1, 0, 2, 3]),
        ("oppp", Policy("alternate", 2), (True, True), [0, 1, 2, 3]),
        ("opop", Policy("alternate", 1), (), [1, 0, 3, 2]),
        ("ppp", Policy("alternate", 1), (True,), [0, 1, 2]),
    ],
)
def test_the_call_order(pattern, policy, recent, order):
    assert called(pattern, policy, recent) == order


def test_each_turn_says_why():
    order = call_order(places("oppo"), Policy("alternate", 2), [])

    assert [turn.reason for turn in order] == ["priority", "priority", "first_in_line", "first_in_line"]


@given(
    pattern=st.text("op", max_size=30),
    ratio=st.integers(1, 4),
    kind=st.sampled_from(["strict", "alternate"]),
    recent=st.lists(st.booleans(), max_size=4),
)
def test_first_come_first_served_within_a_class_and_nobody_is_lost(pattern, ratio, kind, recent):
    order = call_order(places(pattern), Policy(kind, ratio), recent)

    assert sorted(turn.place.rank for turn in order) == list(range(len(pattern)))
    for priority in (True, False):
        ranks = [turn.place.rank for turn in order if turn.place.priority is priority]
        assert ranks == sorted(ranks)


@given(
    pattern=st.text("op", max_size=30), ratio=st.integers(1, 4), recent=st.lists(st.booleans(), max_size=4)
)
def test_alternating_never_calls_more_than_the_ratio_while_others_wait(pattern, ratio, recent):
    order = call_order(places(pattern), Policy("alternate", ratio), recent)

    waiting = pattern.count("o")
    run = 0
    for turn in order:
        run = run + 1 if turn.place.priority else 0
        waiting -= not turn.place.priority
        assert run <= ratio or waiting == 0


@pytest.mark.parametrize(
    ("until", "met", "tone"), [(6, True, "good"), (7, True, "wait"), (10, True, "wait"), (11, False, "late")]
)
def test_the_hand_over_clock_turns_amber_at_seven_and_red_after_ten(until, met, tone):
    clock = handover(in_line_since=NINE, opened=NINE, head_since=NINE, until=minutes(until), limit=LIMIT)

    assert (clock.met, clock.tone) == (met, tone)


@pytest.mark.parametrize(("taken", "opened", "head", "start"), [(5, 0, 0, 5), (0, 5, 0, 5), (0, 0, 5, 5)])
def test_the_clock_starts_at_the_latest_of_its_three_beginnings(taken, opened, head, start):
    clock = handover(
        in_line_since=minutes(taken),
        opened=minutes(opened),
        head_since=minutes(head),
        until=minutes(9),
        limit=LIMIT,
    )

    assert clock.started == minutes(start)
    assert clock.ran == timedelta(minutes=9 - start)


def test_a_clock_set_back_shows_no_negative_time():
    clock = handover(in_line_since=NINE, opened=NINE, head_since=NINE, until=minutes(-60), limit=LIMIT)

    assert clock.ran == timedelta(0)
