"""Waiting time: our range against the formulas that other queue programs use, on simulated days.

Each office runs for some months: 1 to 3 counters, log-normal services of 18 minutes on average with a
spread of 0.7, visitors twice as often in the morning, doors open for 7.5 hours, everybody who came in
time is served. Only visitors who have to wait are counted. Each method says its minutes when the number
is taken and knows what a real desk knows at that moment.

    loket bench waiting [--days 120]
"""

import argparse
import heapq
import statistics
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp, log, sqrt
from random import Random

from loket.rules import waiting

MEAN_SERVICE, SPREAD = 18.0, 0.7
OPEN_MINUTES, PEAK_MINUTES, PEAK = 450.0, 150.0, 2.0
FIXED_SLOT = 12.0
OFFICES = [(1, 0.4), (1, 0.7), (2, 0.5), (2, 0.8), (3, 0.9)]
# Days before the first that counts, so that every method has its history.
LEARNING_DAYS = 12

TRUTH = waiting.ServiceTimes(waiting.service_times(recent=[], prior_mean=MEAN_SERVICE).quantiles, doubt=0.0)

LIMIT = "limit: all but chance known"
LOWEST_COVERAGE, HIGHEST_COVERAGE = 0.75, 0.88
BETTER_THAN_SLOT, MOST_MILLISECONDS = 0.20, 5.0


@dataclass
class Visitor:
    arrival: float
    service: float
    start: float = 0.0


@dataclass
class Desk:
    """What the office knows: finished services, ended waits, outcomes of announced ranges."""

    counters: int
    services: deque = field(default_factory=lambda: deque(maxlen=waiting.RECENT_SERVICES))
    waits: deque = field(default_factory=lambda: deque(maxlen=5))
    outcomes: deque = field(default_factory=lambda: deque(maxlen=waiting.RECENT_OUTCOMES))


@dataclass
class Scores:
    """Errors (said minus true, minutes) of one method."""

    errors: list[float] = field(default_factory=list)

    @property
    def mean_error(self) -> float:
        return statistics.fmean(map(abs, self.errors))

    @property
    def bias(self) -> float:
        return statistics.fmean(self.errors)

    @property
    def median_error(self) -> float:
        return statistics.median(map(abs, self.errors))


@dataclass
class Result:
    methods: dict[str, Scores] = field(default_factory=dict)
    covered: list[bool] = field(default_factory=list)
    plain_covered: list[bool] = field(default_factory=list)
    exceeded: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def add(self, method: str, said: float, true: float) -> None:
        self.methods.setdefault(method, Scores()).errors.append(said - true)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="loket bench waiting")
    parser.add_argument("--days", type=int, default=120, help="days per office that count (default 120)")
    days = parser.parse_args(arguments).days
    print(f"waiting time, {days} days per office; minutes; error: mean absolute, mid: median absolute")
    failed = []
    for counters, load in OFFICES:
        result = run_office(counters, load, days)
        print_office(counters, load, result)
        failed += misses(counters, load, result)
    fast = milliseconds_for(100)
    print(f"\n100 waiting, 3 counters: {fast:.2f} ms per call (limit {MOST_MILLISECONDS:g} ms)")
    if fast > MOST_MILLISECONDS:
        failed.append(f"100 waiting took {fast:.2f} ms")
    for sentence in failed:
        print(f"MISSED: {sentence}", file=sys.stderr)
    return 1 if failed else 0


def run_office(counters: int, load: float, days: int) -> Result:
    random, desk, result = Random(f"{counters} counters, load {load}"), Desk(counters), Result()
    for day in range(LEARNING_DAYS + days):
        run_day(list(arrivals(random, counters, load)), desk, result, counts=day >= LEARNING_DAYS)
    return result


def arrivals(random: Random, counters: int, load: float) -> Iterator[Visitor]:
    """A Poisson stream, denser in the morning, that keeps the counters busy to `load` on average."""
    sigma = sqrt(log(1 + SPREAD**2))
    middle = log(MEAN_SERVICE) - sigma**2 / 2
    average = load * counters / MEAN_SERVICE
    calm = average * OPEN_MINUTES / (OPEN_MINUTES + (PEAK - 1) * PEAK_MINUTES)
    now = 0.0
    while True:
        now += random.expovariate(calm * PEAK)
        if now >= OPEN_MINUTES:
            return
        if now < PEAK_MINUTES or random.random() < 1 / PEAK:
            yield Visitor(now, exp(random.gauss(middle, sigma)))


def run_day(visitors: list[Visitor], desk: Desk, result: Result, *, counts: bool) -> None:
    """First come, first served; whatever has ended by then is known when the next number is taken."""
    free = [0.0] * desk.counters
    for visitor in visitors:
        visitor.start = max(visitor.arrival, free[0])
        heapq.heapreplace(free, visitor.start + visitor.service)
    # What becomes known, in the order in which it does.
    known: list[tuple[float, int, str, object]] = []
    for order, visitor in enumerate(visitors):
        heapq.heappush(known, (visitor.start, order, "wait", visitor))
        heapq.heappush(known, (visitor.start + visitor.service, order, "service", visitor))
    told: dict[int, waiting.Range] = {}
    for place, visitor in enumerate(visitors):
        while known and known[0][0] <= visitor.arrival:
            learn(desk, heapq.heappop(known), told)
        if visitor.start > visitor.arrival:
            told[place] = ask_everybody(visitors[:place], visitor, desk, result, counts=counts)
    while known:
        learn(desk, heapq.heappop(known), told)


def learn(desk: Desk, event: tuple, told: dict[int, waiting.Range]) -> None:
    _, place, what, visitor = event
    if what == "service":
        desk.services.append(visitor.service)
        return
    waited = visitor.start - visitor.arrival
    if waited > 0:
        desk.waits.append(waited)
        desk.outcomes.append(waiting.Outcome(told[place], waited))


def ask_everybody(
    before: list[Visitor], visitor: Visitor, desk: Desk, result: Result, *, counts: bool
) -> waiting.Range:
    now, true = visitor.arrival, visitor.start - visitor.arrival
    queue = [v for v in before if v.start > now]
    at_counters = [v for v in before if v.start <= now < v.start + v.service]
    times = waiting.service_times(recent=list(desk.services), prior_mean=MEAN_SERVICE)
    counters = [waiting.Counter(times, now - v.start) for v in at_counters]
    plain = waiting.forecast(counters=counters, ahead=[times] * len(queue))
    said = waiting.calibrated(plain, waiting.calibration(list(desk.outcomes)))[-1]
    if counts:
        place = len(queue) + 1
        result.waits.append(true)
        result.add("fixed slot, 12 min", place * FIXED_SLOT / desk.counters, true)
        result.add("queue length, true mean", place * MEAN_SERVICE / desk.counters, true)
        result.add("mean of last 5 waits", statistics.fmean(desk.waits), true)
        result.add("last to enter", desk.waits[-1], true)
        result.add(LIMIT, limit(at_counters, len(queue), now), true)
        result.add("Loket", said.median, true)
        result.covered.append(said.low <= true <= said.high)
        result.plain_covered.append(plain[-1].low <= true <= plain[-1].high)
        result.exceeded.append(true > said.high)
        result.widths.append(said.high - said.low)
    return plain[-1]


def limit(at_counters: list[Visitor], queue: int, now: float) -> float:
    """The median of the true distribution, which no desk knows: nearer one cannot come on average."""
    counters = [waiting.Counter(TRUTH, now - v.start) for v in at_counters]
    return waiting.forecast(counters=counters, ahead=[TRUTH] * queue)[-1].median


def print_office(counters: int, load: float, result: Result) -> None:
    ours = result.methods["Loket"].mean_error
    mean = statistics.fmean(result.waits)
    print(f"\n{counters} counter(s), load {load:g}: {len(result.waits)} waits of {mean:.1f} min")
    print(f"  {'method':<28}{'error':>8}{'bias':>8}{'mid':>8}{'ours/it':>9}")
    for name, scores in result.methods.items():
        print(
            f"  {name:<28}{scores.mean_error:8.1f}{scores.bias:+8.1f}{scores.median_error:8.1f}"
            f"{ours / scores.mean_error:9.2f}"
        )
    print(
        f"  range: covers {share(result.covered):.1%} (uncalibrated {share(result.plain_covered):.1%}),"
        f" later than said {share(result.exceeded):.1%}, width {statistics.fmean(result.widths):.1f} min"
    )
    slot, least = (result.methods[name].mean_error for name in ("fixed slot, 12 min", LIMIT))
    if counters > 1 and least > (1 - BETTER_THAN_SLOT) * slot:
        print(f"  20 % below the fixed slot cannot be had here: the limit is {1 - least / slot:.0%} below it")


def misses(counters: int, load: float, result: Result) -> list[str]:
    """The goals that this office did not reach, as sentences."""
    name = f"{counters} counter(s), load {load:g}"
    errors = {method: scores.mean_error for method, scores in result.methods.items()}
    ours, covered, found = errors["Loket"], share(result.covered), []
    if not LOWEST_COVERAGE <= covered <= HIGHEST_COVERAGE:
        found.append(f"{name}: the range covers {covered:.1%}")
    if ours >= errors["queue length, true mean"]:
        found.append(f"{name}: error {ours:.1f} is not below the queue-length formula")
    goal = (1 - BETTER_THAN_SLOT) * errors["fixed slot, 12 min"]
    # In a nearly empty hall chance alone is more than the goal; there is nothing to be asked for.
    reachable = errors[LIMIT] <= goal
    if counters > 1 and reachable and ours > goal:
        found.append(f"{name}: error {ours:.1f} is not 20 % below the fixed slot")
    return found


def share(flags: list[bool]) -> float:
    return sum(flags) / len(flags)


def milliseconds_for(people: int) -> float:
    """CPU time of one call as the page makes it: times, forecast, calibration; the best of 30, because
    whatever else the machine does only makes it slower.
    """
    random = Random(people)
    recent = [random.lognormvariate(2.7, 0.63) for _ in range(waiting.RECENT_SERVICES)]
    outcomes = [
        waiting.Outcome(waiting.Range(10, 20, 40), random.uniform(5, 45))
        for _ in range(waiting.RECENT_OUTCOMES)
    ]

    def call() -> None:
        times = waiting.service_times(recent=recent, prior_mean=MEAN_SERVICE)
        counters = [waiting.Counter(times, elapsed) for elapsed in (3.0, 11.0, 40.0)]
        ranges = waiting.forecast(counters=counters, ahead=[times] * people)
        waiting.calibrated(ranges, waiting.calibration(outcomes))

    took = []
    for _ in range(30):
        begun = time.process_time()
        call()
        took.append(time.process_time() - begun)
    return min(took) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
