"""Counts and times of many days added up: tallies, and what is said of the times in them.

A tally is a nested table of counts. Times lie in it as a count for each length in whole seconds, so
that the median of a year is the median of its visits and not of its months.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Names to whole numbers, to further tables, or to a Counter of seconds.
Tally = dict[str, Any]
# As it is stored: a Counter of seconds becomes a list of seconds, shortest first.
Stored = Mapping[str, Any]


@dataclass(frozen=True)
class Spread:
    """How some times lie, in seconds; None where there were none.

    The median is the middle time, or the mean of the two in the middle; nine of ten times are at most
    `p90`, which is one of the times (nearest rank).
    """

    count: int
    mean: float | None = None
    median: float | None = None
    p90: int | None = None
    longest: int | None = None


def add(into: Tally, more: Stored) -> None:
    """Add a stored tally or another tally to `into`, which keeps nothing of `more`."""
    for name, value in more.items():
        if isinstance(value, list | Counter):
            into.setdefault(name, Counter()).update(value)
        elif isinstance(value, Mapping):
            add(into.setdefault(name, {}), value)
        else:
            into[name] = into.get(name, 0) + value


def stored(tally: Stored) -> dict[str, Any]:
    """The tally as JSON can hold it; `add` reads it back."""
    return {name: _stored(value) for name, value in sorted(tally.items()) if value}


def _stored(value: Any) -> Any:
    if isinstance(value, Counter):
        return sorted(value.elements())
    return stored(value) if isinstance(value, Mapping) else value


def spread(times: Counter[int]) -> Spread:
    count = times.total()
    if not count:
        return Spread(0)
    lengths = sorted(times)
    total = sum(length * times[length] for length in lengths)
    upper = _at_rank(times, lengths, count // 2 + 1)
    lower = upper if count % 2 else _at_rank(times, lengths, count // 2)
    return Spread(
        count=count,
        mean=total / count,
        median=(lower + upper) / 2,
        # -(-x // y) rounds up: of 10 times the ninth, of 11 the tenth.
        p90=_at_rank(times, lengths, -(-9 * count // 10)),
        longest=lengths[-1],
    )


def _at_rank(times: Counter[int], lengths: list[int], rank: int) -> int:
    """The time with this rank, counted from 1."""
    passed = 0
    for length in lengths:
        passed += times[length]
        if passed >= rank:
            return length
    raise ValueError("there are not so many times")
