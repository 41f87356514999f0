from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.rules.waiting import (
    DRAWS,
    ENOUGH_OUTCOMES,
    ENOUGH_SERVICES,
    FIRST_CALIBRATION,
    LEAST_STRETCH,
    MOST_STRETCH,
    RECENT_SERVICES,
    Calibration,
    Counter,
    NobodyServes,
    Outcome,
    Range,
    calibrated,
    calibration,
    end_of_queue,
    forecast,
    service_times,
)

# Every service takes ten minutes sharp: the answers can be worked out on paper.
TEN = service_times(recent=[10.0] * RECENT_SERVICES, prior_mean=30.0)
_random = Random(7)
REAL = service_times(recent=[_random.lognormvariate(2.7, 0.63) for _ in range(60)], prior_mean=18.0)


def sharp(minutes: float) -> Range:
    return Range(minutes, minutes, minutes)


def nearly(ranges: list[Range]) -> list[tuple[float, float, float]]:
    return [(pytest.approx(r.low), pytest.approx(r.median), pytest.approx(r.high)) for r in ranges]


def as_tuples(ranges: list[Range]) -> list[tuple[float, float, float]]:
    return [(r.low, r.median, r.high) for r in ranges]


def test_nobody_waits_for_a_free_counter():
    assert forecast(counters=[Counter()], ahead=[]) == [sharp(0.0)]


def test_one_counter_serves_one_after_the_other():
    ranges = forecast(counters=[Counter(TEN, elapsed=4.0)], ahead=[TEN, TEN])

    assert as_tuples(ranges) == nearly([sharp(6.0), sharp(16.0), sharp(26.0)])


def test_two_counters_take_turns():
    counters = [Counter(TEN, elapsed=2.0), Counter(TEN, elapsed=7.0)]

    ranges = forecast(counters=counters, ahead=[TEN] * 3)

    assert as_tuples(ranges) == nearly([sharp(3.0), sharp(8.0), sharp(13.0), sharp(18.0)])


def test_each_visitor_ahead_takes_as_long_as_their_own_service():
    thirty = service_times(recent=[30.0] * 20, prior_mean=18.0)

    ranges = forecast(counters=[Counter()], ahead=[thirty, TEN])

    assert as_tuples(ranges) == nearly([sharp(0.0), sharp(30.0), sharp(40.0)])


def test_a_break_is_waited_for():
    ranges = forecast(counters=[Counter(free_in=15.0)], ahead=[TEN])

    assert as_tuples(ranges) == nearly([sharp(15.0), sharp(25.0)])


def test_without_a_counter_nothing_is_forecast():
    with pytest.raises(NobodyServes):
        forecast(counters=[], ahead=[TEN])
    with pytest.raises(NobodyServes):
        end_of_queue(counters=[], ahead=[])


def test_the_office_estimate_counts_until_there_are_enough_services():
    few = service_times(recent=[10.0] * (ENOUGH_SERVICES - 1), prior_mean=30.0)
    enough = service_times(recent=[10.0] * ENOUGH_SERVICES, prior_mean=30.0)

    assert few.mean == pytest.approx(30.0, rel=0.02)
    assert enough.mean == pytest.approx(10.0)


def test_only_the_recent_services_count():
    changed = service_times(recent=[60.0] * 100 + [10.0] * RECENT_SERVICES, prior_mean=30.0)

    assert changed == TEN


def test_a_small_sample_is_trusted_less():
    random = Random(3)
    recent = [random.lognormvariate(2.7, 0.63) for _ in range(RECENT_SERVICES)]

    small = service_times(recent=recent[:25], prior_mean=18.0)
    large = service_times(recent=recent, prior_mean=18.0)

    assert small.doubt > 2 * large.doubt


def test_the_sample_keeps_its_mean_and_extremes():
    recent = [float(minutes) for minutes in range(1, 61)]

    times = service_times(recent=recent, prior_mean=18.0)

    assert times.mean == pytest.approx(30.5)
    assert len(times.quantiles) == DRAWS
    assert (times.quantiles[0], times.quantiles[-1]) == (1.0, 60.0)


@pytest.mark.parametrize(("recent", "prior"), [([], 0.0), ([], -5.0), ([-1.0], 18.0)])
def test_impossible_minutes_are_refused(recent, prior):
    with pytest.raises(ValueError, match="minutes"):
        service_times(recent=recent, prior_mean=prior)


def test_who_has_long_been_served_is_done_sooner():
    just_begun, long_there = (
        forecast(counters=[Counter(REAL, elapsed=minutes)], ahead=[])[0] for minutes in (0.0, 15.0)
    )

    assert long_there.median < just_begun.median
    # ... but less than fifteen minutes sooner: who is still there after fifteen tends to take longer.
    assert long_there.median > just_begun.median - 15.0


def test_a_consultation_longer_than_any_before_still_ends_some_time():
    endless = forecast(counters=[Counter(REAL, elapsed=400.0)], ahead=[REAL])

    assert 0 < endless[0].low < endless[0].high < 120
    assert endless[1].median > endless[0].median


def test_after_a_minute_the_range_has_not_jumped():
    for elapsed in range(60):
        before, after = (
            forecast(counters=[Counter(REAL, elapsed + later), Counter(REAL, 3.0 + later)], ahead=[REAL] * 6)
            for later in (0.0, 1.0)
        )

        for earlier, later_range in zip(before, after, strict=True):
            assert abs(earlier.median - later_range.median) < 3.0


def test_queue_end_is_when_the_last_has_been_served():
    counters = [Counter(TEN, elapsed=2.0), Counter(TEN, elapsed=7.0)]

    assert end_of_queue(counters=counters, ahead=[]) == pytest.approx(8.0)
    assert end_of_queue(counters=counters, ahead=[TEN]) == pytest.approx(13.0)
    assert end_of_queue(counters=counters, ahead=[TEN] * 3) == pytest.approx(23.0)
    assert end_of_queue(counters=[Counter()], ahead=[]) == 0.0


def test_without_outcomes_ranges_are_stretched_as_the_simulation_says():
    few = [Outcome(Range(10, 20, 30), 25.0)] * (ENOUGH_OUTCOMES - 1)

    assert calibration([]) == FIRST_CALIBRATION
    assert calibration(few) == FIRST_CALIBRATION


def test_ranges_that_were_too_short_are_stretched_on_that_side():
    late = [Outcome(Range(10, 20, 30), 35.0)] * 100

    found = calibration(late)

    assert found.above == pytest.approx(1.5)
    assert found.below == LEAST_STRETCH


def test_odd_days_cannot_make_the_range_useless():
    absurd = [Outcome(Range(10, 20, 30), 900.0)] * 100

    assert calibration(absurd).above == MOST_STRETCH


def test_who_need_not_wait_says_nothing_about_ranges():
    at_once = [Outcome(sharp(0.0), 0.0)] * 200

    assert calibration(at_once) == FIRST_CALIBRATION


def test_old_outcomes_are_forgotten():
    before = [Outcome(Range(10, 20, 30), 900.0)] * 300
    now = [Outcome(Range(10, 20, 30), 30.0)] * 200

    assert calibration(before + now).above == pytest.approx(1.0)


def test_after_calibration_four_in_five_hold():
    random = Random(11)
    # The real spread is twice what the ranges say.
    waits = [random.gauss(50, 15.6) for _ in range(2200)]
    outcomes = [Outcome(Range(40, 50, 60), waited) for waited in waits]

    held = 0
    for last in range(200, len(waits)):
        said = calibrated([Range(40, 50, 60)], calibration(outcomes[last - 200 : last]))[0]
        held += said.low <= waits[last] <= said.high

    assert 0.78 < held / 2000 < 0.84


@pytest.mark.parametrize(
    ("exact", "spoken"),
    [
        (Range(0.0, 0.0, 0.0), Range(0, 0, 0)),
        (Range(3.9, 7.4, 12.1), Range(3, 7, 13)),
        (Range(21.0, 33.0, 47.2), Range(20, 33, 50)),
    ],
)
def test_people_read_whole_minutes_and_the_range_never_shrinks(exact, spoken):
    assert exact.rounded() == spoken


samples = st.lists(st.floats(0.0, 240.0), max_size=60)
spans = st.floats(0.0, 300.0)


@st.composite
def lines(draw):
    kinds = [service_times(recent=draw(samples), prior_mean=draw(st.floats(1.0, 120.0))) for _ in range(2)]
    counter = st.builds(Counter, st.none() | st.sampled_from(kinds), spans, spans)
    return {
        "counters": draw(st.lists(counter, min_size=1, max_size=4)),
        "ahead": draw(st.lists(st.sampled_from(kinds), max_size=12)),
    }


@given(lines(), st.floats(0.7, 2.5), st.floats(0.7, 2.5))
def test_a_place_further_back_never_waits_less(line, below, above):
    plain = forecast(**line)

    for ranges in (plain, calibrated(plain, Calibration(below, above))):
        assert len(ranges) == len(line["ahead"]) + 1
        for nearer, further in pairwise(ranges):
            assert nearer.low <= further.low
            assert nearer.median <= further.median
            assert nearer.high <= further.high


@given(lines(), st.floats(0.7, 2.5), st.floats(0.7, 2.5))
def test_ranges_are_ordered_and_never_negative(line, below, above):
    for said in calibrated(forecast(**line), Calibration(below, above)):
        assert 0 <= said.low <= said.median <= said.high
        assert said.rounded().low <= said.low
        assert said.rounded().high >= said.high


@given(lines())
def test_the_same_hall_gives_the_same_range(line):
    assert forecast(**line) == forecast(**line)


@given(lines())
def test_one_visitor_more_never_ends_the_queue_sooner(line):
    fewer = {**line, "ahead": line["ahead"][:-1]}

    assert end_of_queue(**line) >= end_of_queue(**fewer)


@given(lines())
def test_another_free_counter_never_makes_it_longer(line):
    more = {**line, "counters": [*line["counters"], Counter()]}

    for fewer_counters, more_counters in zip(forecast(**line), forecast(**more), strict=True):
        assert more_counters.median <= fewer_counters.median
