"""The hall in figures: how many came, how it ended, and the four times (CLOCKS 15)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from loket.rules.queueing import State
from loket.rules.tallying import Spread, Stored, Tally, add, by_hour, lengths, spread

TIMES = ("waiting", "way", "service", "handover")


@dataclass(frozen=True)
class Hour:
    """Visits of one hour of the day, one weekday, or all."""

    taken: int
    kept: int
    missed: int
    ends: Mapping[str, int]
    corrected: int
    aside: int
    times: Mapping[str, Spread]

    @property
    def served(self) -> int:
        return self.ends.get(State.SERVED, 0)

    @property
    def measured(self) -> int:
        """Visits whose hand-over was measured."""
        return self.kept + self.missed

    @property
    def kept_percent(self) -> float | None:
        return 100 * self.kept / self.measured if self.measured else None


@dataclass(frozen=True)
class Hall:
    """Worked out when asked for: a comparison of five hundred offices needs no hours."""

    tally: Stored

    @cached_property
    def all(self) -> Hour:
        cells, times = self.tally.get("hall", {}), self.tally.get("times", {})
        return _hour(cells.values(), Spreads(times))

    @cached_property
    def by_hour(self) -> Mapping[int, Hour]:
        """By the hour of the day in which the number was taken, with the waiting alone of the times."""
        return self._grouped(lambda hour: hour % 24)

    @cached_property
    def by_weekday(self) -> Mapping[int, Hour]:
        """1 is Monday; with the waiting alone of the times."""
        return self._grouped(lambda hour: hour // 24)

    def shares(self, name: str) -> Mapping[str, int]:
        """Visits by "purpose", "kind", "institution", "door" or "service"."""
        return self.tally.get(name, {})

    @property
    def unnamed(self) -> int:
        """Visits without a page in the guest book."""
        return self.tally.get("unnamed", 0)

    def _grouped(self, group: Callable[[int], int]) -> dict[int, Hour]:
        contents: dict[int, list[Stored]] = {}
        for cell, content in self.tally.get("hall", {}).items():
            weekday, hour = cell.split("-")
            contents.setdefault(group(int(weekday) * 24 + int(hour)), []).append(content)
        waiting = by_hour(self.tally.get("times", {}).get("waiting", {}), group)
        return {
            key: _hour(contents[key], {"waiting": spread(waiting.get(key, Counter()))})
            for key in sorted(contents)
        }


class Spreads(Mapping[str, Spread]):
    """The four times of a total, each worked out when it is asked for."""

    def __init__(self, times: Mapping[str, Counter[int]]):
        self._times = times
        self._known: dict[str, Spread] = {}

    def __getitem__(self, name: str) -> Spread:
        if name not in self._known:
            self._known[name] = spread(lengths(self._times.get(name, {})))
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TIMES)

    def __len__(self) -> int:
        return len(TIMES)


def _hour(contents: Iterable[Stored], times: Mapping[str, Spread]) -> Hour:
    total: Tally = {}
    for content in contents:
        add(total, content)
    return Hour(
        taken=total.get("taken", 0),
        kept=total.get("kept", 0),
        missed=total.get("missed", 0),
        ends=total.get("state", {}),
        corrected=total.get("corrected", 0),
        aside=total.get("aside", 0),
        times=times,
    )
