"""What may be told of small groups: counts below five stay hidden, and so does what would give them away.

Counts from 1 to 4 are hidden (None); a nought tells of nobody and stays. Where the total is told as
well, one hidden count alone could be worked out from the others, and several hidden ones that together
are below five would still tell of a small group. So the next smallest counts are hidden with them, until
at least two are hidden and their sum is five or more; where that cannot be done, all of them are hidden.
"""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")
Row = TypeVar("Row")
LEAST = 5


def counts(given: Mapping[Key, int], *, least: int = LEAST) -> dict[Key, int | None]:
    """The counts of one list whose total is told, with the hidden ones as None."""
    hidden = {key for key, count in given.items() if 0 < count < least}
    return {
        key: None if key in hidden | _complement(given, hidden, least) else count
        for key, count in given.items()
    }


def total(given: Mapping[Key, int], *, least: int = LEAST) -> int | None:
    """The sum; hidden when it is itself of a small group."""
    added = sum(given.values())
    return None if 0 < added < least else added


def table(given: Mapping[Row, Mapping[Key, int]], *, least: int = LEAST) -> dict[Row, dict[Key, int | None]]:
    """The counts of a table whose sums by row and by column are told; every row has the same keys.

    Hiding goes on by rows and by columns until no line gives a hidden count away.
    """
    hidden = {(row, key) for row, cells in given.items() for key, count in cells.items() if 0 < count < least}
    lines = [[(row, key) for key in cells] for row, cells in given.items()]
    keys = list(next(iter(given.values()), {}))
    lines += [[(row, key) for row in given] for key in keys]
    while True:
        more = {
            place
            for line in lines
            for place in _complement({(r, k): given[r][k] for r, k in line}, hidden & set(line), least)
        }
        if not more:
            break
        hidden |= more
    return {
        row: {key: None if (row, key) in hidden else count for key, count in cells.items()}
        for row, cells in given.items()
    }


def at_most(count: int, *, least: int = LEAST) -> int:
    """The largest number that a hidden count may be: what can be said instead of it."""
    return least - 1 if 0 < count < least else count


def _complement(given: Mapping[Key, int], hidden: set[Key], least: int) -> set[Key]:
    """What has to be hidden besides `hidden`, smallest first, so that the total gives nothing away."""
    if not hidden:
        return set()
    more: set[Key] = set()
    others = sorted(
        (
            (count, number, key)
            for number, (key, count) in enumerate(given.items())
            if key not in hidden and count
        ),
        key=lambda other: other[:2],
    )
    for _count, _number, key in others:
        together = sum(given[each] for each in hidden | more)
        if len(hidden | more) >= 2 and together >= least:
            break
        more.add(key)
    return more
