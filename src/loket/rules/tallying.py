"""Counts and times of many days added up: tallies, and what is said of the times in them.

A tally is a nested table of counts. Times lie in it as a count for each length, so that the median of a
year is the median of its visits and not of its months. A time carries the hour of the week it belongs to.
"""

import base64
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Names to whole numbers, to further tables, or to a Counter of times.
Tally = dict[str, Any]
# As it is stored: a Counter becomes the text of its numbers, four bytes each, smallest first.
Stored = Mapping[str, Any]

# A time and its hour of the week in one number: the hour times this, and the seconds.
HOUR = 1_000_000


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


def timed(hour_of_week: int, seconds: float) -> int:
    """A time as a tally counts it: whole seconds, never below nought, of at most eleven days.

    `hour_of_week` is weekday (Monday 1) times 24, and the hour.
    """
    return hour_of_week * HOUR + min(max(int(seconds), 0), HOUR - 1)


def lengths(times: Mapping[int, int]) -> Counter[int]:
    """The times without their hour."""
    found: dict[int, int] = {}
    for time, count in times.items():
        seconds = time % HOUR
        found[seconds] = found.get(seconds, 0) + count
    return Counter(found)


def by_hour(times: Mapping[int, int], group: Callable[[int], int]) -> dict[int, Counter[int]]:
    """The times of each group of hours, without their hour; `group` says which group an hour is in."""
    hours: dict[int, dict[int, int]] = {}
    for time, count in times.items():
        hours.setdefault(time // HOUR, {})[time] = count
    groups: dict[int, Counter[int]] = {}
    for hour, found in hours.items():
        groups.setdefault(group(hour), Counter()).update(lengths(found))
    return groups


def add(into: Tally, more: Stored) -> None:
    """Add a stored tally or another tally to `into`, which keeps nothing of `more`."""
    for name, value in more.items():
        if isinstance(value, int):
            into[name] = into.get(name, 0) + value
        elif isinstance(value, str):
            into.setdefault(name, Counter()).update(_numbers(value))
        elif isinstance(value, Counter):
            into.setdefault(name, Counter()).update(value)
        else:
            add(into.setdefault(name, {}), value)


def stored(tally: Stored) -> dict[str, Any]:
    """The tally as JSON can hold it; `add` reads it back."""
    return {name: _stored(value) for name, value in sorted(tally.items()) if value}


def _stored(value: Any) -> Any:
    if isinstance(value, Counter):
        return _text(array("I", sorted(value.elements())))
    return stored(value) if isinstance(value, Mapping) else value


def _text(numbers: "array[int]") -> str:
    return base64.b64encode(_little_endian(numbers).tobytes()).decode()


def _numbers(text: str) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(base64.b64decode(text))
    return _little_endian(numbers)


def _little_endian(numbers: "array[int]") -> "array[int]":
    """The same on every machine, for a database may move to another."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def spread(times: Counter[int]) -> Spread:
    """Of times without their hour."""
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
