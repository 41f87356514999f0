"""Counts and times of many days added up: tallies, and what is said of the times in them.

A tally is a nested table of counts. Times lie in it as a count for each length, so that the median of a
year is the median of its visits and not of its months. A time carries the hour of the week it belongs to.
"""

import base64
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
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


class Times(Mapping[str, Counter[int]]):
    """The times of many parts by name, put together when they are asked for: most questions are about
    one of the four.
    """

    def __init__(self) -> None:
        self._parts: dict[str, list[str | Counter[int]]] = {}
        self._together: dict[str, Counter[int]] = {}

    def more(self, times: Stored) -> None:
        """Those of one more part, as a tally or a stored one has them."""
        for name, part in times.items():
            self._parts.setdefault(name, []).append(part)
            self._together.pop(name, None)

    def __getitem__(self, name: str) -> Counter[int]:
        if name not in self._together:
            self._together[name] = _together(self._parts[name])
        return self._together[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def median(self, name: str) -> float | None:
        """The median length of some times, in seconds; quicker than a spread where there are few."""
        seconds = sorted(time % HOUR for time in _numbers_of(self._parts.get(name, ())))
        if not seconds:
            return None
        middle = len(seconds) // 2
        return (seconds[middle] + seconds[-middle - 1]) / 2


def _together(parts: Iterable[str | Counter[int]]) -> Counter[int]:
    return Counter(_numbers_of(parts))


def _numbers_of(parts: Iterable[str | Counter[int]]) -> "array[int]":
    numbers = array("I")
    for part in parts:
        numbers.extend(_numbers(part) if isinstance(part, str) else array("I", part.elements()))
    return numbers


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
        kind = type(value)
        if kind is int:
            into[name] = into.get(name, 0) + value
        elif kind is dict:
            if name not in into:
                into[name] = {}
            add(into[name], value)
        elif kind is str:
            into.setdefault(name, Counter()).update(_numbers(value))
        else:
            into.setdefault(name, Counter()).update(value)


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
