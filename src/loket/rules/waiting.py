"""How long a person in the hall still has to wait: an honest range instead of one number.

All times are minutes. A service time is how long one visitor takes up a counter, from the call to the
moment the counter is free again.

The method: the line is played through DRAWS times, each time with service times taken from the recent
ones of the same service, those now at the counters continuing from the time they have already taken.
The range is where the middle 80 % of the plays end. Afterwards it is stretched or tightened by how well
the last announced ranges held (conformal prediction: Romano, Patterson, Candès 2019).

Why not the wait of the last visitor, or a fixed slot per person: at one to three counters both are a
third to a half further off (Ibrahim and Whitt 2009, doi 10.1287/msom.1080.0223; benchmarks/waiting.py).

The same input gives the same range, and a minute later it has moved by a minute or so, not by chance:
which play takes which quantile is fixed once and for all (a Latin hypercube), so reloading the page
never makes the range jump.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import heapify, heapreplace
from itertools import accumulate
from math import ceil, exp, floor, log, log1p, sqrt
from operator import itemgetter, mul
from random import Random
from statistics import NormalDist, fmean, median, pstdev

DRAWS = 100
# A week or two of a small office. With 60 the sample's own mean was off enough to cost 6 % at three
# counters; beyond 200 nothing more is gained (benchmarks/README.md).
RECENT_SERVICES = 200
# With fewer, the office's own estimate is nearer to the truth than the sample.
ENOUGH_SERVICES = 20
# Spread of service times around their mean where nothing is known yet: that of the published
# consultation desks, and of the benchmark's traces.
PRIOR_SPREAD = 0.7
# An office's estimate of its mean is rarely nearer than this (one standard deviation, relative).
PRIOR_DOUBT = 0.25

RECENT_OUTCOMES = 200
ENOUGH_OUTCOMES = 30
# The middle 80 %: one visitor in ten is called earlier than said, one in ten later.
EACH_SIDE = 0.1


class NobodyServes(Exception):
    """No counter serves this line, so there is nothing to forecast from."""


@dataclass(frozen=True)
class ServiceTimes:
    """What is known about how long a service takes: DRAWS evenly spaced quantiles, in minutes.

    `doubt` is the relative standard error of their mean: how wrong the whole table may be.
    """

    quantiles: tuple[float, ...]
    doubt: float

    @property
    def mean(self) -> float:
        return fmean(self.quantiles)


@dataclass(frozen=True)
class Counter:
    """A counter as it stands now: serving somebody for `elapsed` minutes, or free in `free_in` minutes.

    `free_in` is 0 for a free counter, and the rest of an announced break or the time until opening
    for one that will be free later.
    """

    serving: ServiceTimes | None = None
    elapsed: float = 0.0
    free_in: float = 0.0


@dataclass(frozen=True)
class Range:
    """Minutes until the call: as likely as not at `median`, four times in five from `low` to `high`."""

    low: float
    median: float
    high: float

    def rounded(self) -> "Range":
        """Whole minutes for people to read, the range never made narrower: fives from half an hour on."""
        step = 5 if self.high > 30 else 1
        return Range(
            low=floor(self.low / step) * step,
            median=round(self.median),
            high=ceil(self.high / step) * step,
        )


def covering(ranges: Sequence[Range]) -> Range:
    """The one for whoever may meet any of these: from the shortest `low` to the longest `high`."""
    return Range(
        low=min(each.low for each in ranges),
        median=median(each.median for each in ranges),
        high=max(each.high for each in ranges),
    )


@dataclass(frozen=True)
class Outcome:
    """A range as it was forecast (before calibration) and the minutes its visitor then waited."""

    forecast: Range
    waited: float


@dataclass(frozen=True)
class Calibration:
    """By how much the two halves of a range are stretched; 1.0 leaves them alone."""

    below: float
    above: float


# Resampling alone covers 77 to 79 of 100; these bring it to 80 until there are outcomes to learn from.
FIRST_CALIBRATION = Calibration(below=1.1, above=1.1)
# No run of odd days may make the range useless or a single number.
LEAST_STRETCH, MOST_STRETCH = 0.7, 2.5


def service_times(*, recent: Sequence[float], prior_mean: float) -> ServiceTimes:
    """The quantiles to forecast from.

    `recent`: service times in minutes, oldest first; the last 200 count. With fewer than 20 of them the
    office's own `prior_mean` (minutes, above zero) is used with a log-normal spread.
    """
    if prior_mean <= 0 or any(minutes < 0 for minutes in recent):
        raise ValueError("Service times are minutes: the prior above zero, the recent ones not below.")
    known = sorted(recent[-RECENT_SERVICES:])
    if len(known) < ENOUGH_SERVICES:
        return ServiceTimes(_lognormal(prior_mean, PRIOR_SPREAD), PRIOR_DOUBT)
    mean = fmean(known)
    doubt = pstdev(known) / mean / sqrt(len(known)) if mean else 0.0
    return ServiceTimes(_quantiles(known), doubt)


def forecast(*, counters: Sequence[Counter], ahead: Sequence[ServiceTimes]) -> list[Range]:
    """The range for each place in line, before calibration.

    `counters`: those that serve this line. `ahead`: the waiting visitors in the order in which they will
    be called, each by the service times of what they came for. Element k of the answer is for the visitor
    with k people ahead; the last element is for one who would join now. Never falls with the place.
    Refused with NobodyServes when there is no counter.
    """
    lowest, middle, highest = int(DRAWS * EACH_SIDE), DRAWS // 2, int(DRAWS * (1 - EACH_SIDE)) - 1
    ranges = []
    for starts in zip(*(starts for starts, _ in _plays(counters, ahead)), strict=True):
        ordered = sorted(starts)
        median = (ordered[middle - 1] + ordered[middle]) / 2
        ranges.append(Range(ordered[lowest], median, ordered[highest]))
    return ranges


def calibration(outcomes: Sequence[Outcome]) -> Calibration:
    """How far the last 200 announced ranges have to be stretched so that 80 % of them hold.

    `outcomes`: oldest first. Visitors who were told that they need not wait are no evidence about ranges
    and are left out. Until 30 remain, the stretch found on simulated offices is used.
    """
    evidence = [outcome for outcome in outcomes[-RECENT_OUTCOMES:] if outcome.forecast.high > 0]
    if len(evidence) < ENOUGH_OUTCOMES:
        return FIRST_CALIBRATION
    below = [(o.forecast.median - o.waited, o.forecast.median - o.forecast.low) for o in evidence]
    above = [(o.waited - o.forecast.median, o.forecast.high - o.forecast.median) for o in evidence]
    return Calibration(below=_stretch(below), above=_stretch(above))


def calibrated(ranges: Sequence[Range], by: Calibration) -> list[Range]:
    """The ranges to announce, for the places of one line in order. Store the forecast ones as outcomes,
    not these: a calibration that learns from its own results chases itself.
    """
    lows = accumulate((max(0.0, r.median - by.below * (r.median - r.low)) for r in ranges), max)
    highs = accumulate((r.median + by.above * (r.high - r.median) for r in ranges), max)
    return [Range(low, r.median, high) for low, r, high in zip(lows, ranges, highs, strict=True)]


def end_of_queue(*, counters: Sequence[Counter], ahead: Sequence[ServiceTimes]) -> float:
    """Expected minutes until everybody in `ahead` and at the counters has been served (CLOCKS 16).

    Ask with the newcomer as the last of `ahead`: no number is given when closing time comes sooner.
    """
    return fmean(max(free) for _, free in _plays(counters, ahead))


def _plays(
    counters: Sequence[Counter], ahead: Sequence[ServiceTimes]
) -> list[tuple[list[float], list[float]]]:
    """DRAWS possible courses: when each place is called, and when each counter is free after all."""
    columns = [_spread_over_plays(times, f"place {k}", times.doubt) for k, times in enumerate(ahead)]
    services = list(zip(*columns, strict=True)) if columns else [()] * DRAWS
    plays = []
    for free, taken in zip(_free_times(counters), services, strict=True):
        heapify(free)
        # Whoever is called takes the place of the service that ended first.
        starts = [heapreplace(free, free[0] + minutes) for minutes in taken]
        starts.append(free[0])
        plays.append((starts, free))
    return plays


def _free_times(counters: Sequence[Counter]) -> list[list[float]]:
    """For each play, the minutes in which each counter becomes free."""
    if not counters:
        raise NobodyServes
    columns = []
    for column, counter in enumerate(counters):
        if counter.serving is None:
            columns.append([max(0.0, counter.free_in)] * DRAWS)
        else:
            rest = _remaining(counter.serving, max(0.0, counter.elapsed))
            columns.append(_spread_over_plays(rest, f"counter {column}", 0.0))
    return [list(row) for row in zip(*columns, strict=True)]


def _remaining(times: ServiceTimes, elapsed: float) -> ServiceTimes:
    """Service times of those still there after `elapsed` minutes, counted from now."""
    longer = [minutes - elapsed for minutes in times.quantiles if minutes > elapsed]
    tail = DRAWS // 10
    if len(longer) >= tail:
        return ServiceTimes(_quantiles(longer), times.doubt)
    # Longer than nine in ten: too few examples, so go on as the longest tenth did, without memory
    # (peaks over threshold with an exponential tail).
    threshold = times.quantiles[-tail - 1]
    excess = fmean(times.quantiles[-tail:]) - threshold
    return ServiceTimes(tuple(-excess * log1p(-share) for share in _SHARES), times.doubt)


def _stretch(misses: Sequence[tuple[float, float]]) -> float:
    """The stretch that would have kept nine in ten on this side: pairs of (distance, half of the range)."""
    scores = sorted(distance / max(half, 0.5) for distance, half in misses)
    rank = min(len(scores), ceil((len(scores) + 1) * (1 - EACH_SIDE)))
    return min(MOST_STRETCH, max(LEAST_STRETCH, scores[rank - 1]))


def _quantiles(ordered: Sequence[float]) -> tuple[float, ...]:
    """DRAWS quantiles of sorted values, interpolated between neighbours."""
    last = len(ordered) - 1
    answer = []
    for share in _SHARES:
        place = min(max(share * len(ordered) - 0.5, 0.0), float(last))
        below = int(place)
        above = min(below + 1, last)
        answer.append(ordered[below] + (place - below) * (ordered[above] - ordered[below]))
    return tuple(answer)


def _lognormal(mean: float, spread: float) -> tuple[float, ...]:
    sigma = sqrt(log(1 + spread**2))
    middle = log(mean) - sigma**2 / 2
    return tuple(exp(middle + sigma * z) for z in _NORMAL)


def _spread_over_plays(times: ServiceTimes, column: str, doubt: float) -> list[float]:
    """One service time per play. In play d all times share one opinion about how wrong the table is."""
    return list(map(mul, _order(column)(times.quantiles), _opinions(doubt)))


@lru_cache(maxsize=256)
def _opinions(doubt: float) -> tuple[float, ...]:
    return _order("opinion")(tuple(exp(doubt * z - doubt**2 / 2) for z in _NORMAL))


@cache
def _order(column: str) -> Callable[[tuple[float, ...]], tuple[float, ...]]:
    """Which play takes which quantile in this column: fixed, and different in each column."""
    order = list(range(DRAWS))
    Random(column).shuffle(order)  # noqa: S311 - a simulation, not a secret
    return itemgetter(*order)


_SHARES = tuple((i + 0.5) / DRAWS for i in range(DRAWS))
_NORMAL = tuple(NormalDist().inv_cdf(share) for share in _SHARES)
