import base64
import json
from collections import Counter
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.rules.tallying import HOUR, Spread, add, by_hour, spread, stored, timed

TIMES = st.lists(st.integers(0, 4000), min_size=1, max_size=60)


def test_counts_add_up_times_come_together_and_tables_go_down():
    total = {}

    add(total, {"taken": 2, "purpose": {"study": 2}, "times": {"waiting": Counter([60, 60])}})
    add(total, {"taken": 1, "purpose": {"news": 1}, "times": {"waiting": Counter([30])}})

    assert total == {
        "taken": 3,
        "purpose": {"study": 2, "news": 1},
        "times": {"waiting": Counter({60: 2, 30: 1})},
    }


def test_adding_keeps_nothing_of_what_was_added():
    part = {"waiting": Counter([60])}
    total = {}
    add(total, part)

    add(total, {"waiting": Counter([30])})

    assert part == {"waiting": Counter([60])}


def test_a_stored_tally_comes_back_as_it_was():
    tally = {"b": 2, "a": {"x": Counter([5, 3, 3])}, "nothing": {}}
    back = {}

    add(back, json.loads(json.dumps(stored(tally))))

    # Four bytes each, the least significant first.
    assert base64.b64decode(stored(tally)["a"]["x"]) == bytes([3, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0])
    assert back == {"a": {"x": Counter([3, 3, 5])}, "b": 2}


def test_no_times_have_no_median():
    assert spread(Counter()) == Spread(0)


@pytest.mark.parametrize(
    ("times", "p90"), [(range(1, 11), 9), (range(1, 12), 10), ([7], 7), ([1, 2], 2), (range(1, 101), 90)]
)
def test_nine_of_ten_times_are_at_most_the_ninetieth(times, p90):
    assert spread(Counter(times)).p90 == p90


@given(TIMES)
def test_the_spread_is_that_of_the_times_one_by_one(times):
    said = spread(Counter(times))

    assert said.count == len(times)
    assert said.median == median(times)
    assert said.longest == max(times)
    assert said.mean == pytest.approx(sum(times) / len(times))
    assert sum(time <= said.p90 for time in times) >= 0.9 * len(times)


def test_a_time_knows_its_hour_of_the_week_and_can_be_grouped_by_it():
    wednesday_nine, friday_nine = 3 * 24 + 9, 5 * 24 + 9
    times = Counter([timed(wednesday_nine, 60.9), timed(friday_nine, 60), timed(friday_nine, 30)])

    assert by_hour(times, lambda hour: hour % 24) == {9: Counter({60: 2, 30: 1})}
    assert by_hour(times, lambda hour: hour // 24) == {3: Counter([60]), 5: Counter([60, 30])}


@pytest.mark.parametrize(("seconds", "kept"), [(-5, 0), (0, 0), (10**9, HOUR - 1)])
def test_a_clock_set_back_is_nought_and_no_time_runs_into_the_next_hour(seconds, kept):
    assert timed(24, seconds) == 24 * HOUR + kept
