"""The hall in figures: how many came, how it ended, and the four times (CLOCKS 15)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loket.rules.queueing import State
from loket.rules.tallying import Spread, Stored, Tally, add, spread

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
    all: Hour
    by_hour: Mapping[int, Hour]
    # 1 is Monday.
    by_weekday: Mapping[int, Hour]
    purposes: Mapping[str, int]
    kinds: Mapping[str, int]
    institutions: Mapping[str, int]
    doors: Mapping[str, int]
    services: Mapping[str, int]
    # Visits without a page in the guest book.
    unnamed: int


def hall_of(tally: Stored) -> Hall:
    cells = tally.get("hall", {})
    return Hall(
        all=_hour(cells.values()),
        by_hour=_grouped(cells, 1),
        by_weekday=_grouped(cells, 0),
        purposes=tally.get("purpose", {}),
        kinds=tally.get("kind", {}),
        institutions=tally.get("institution", {}),
        doors=tally.get("door", {}),
        services=tally.get("service", {}),
        unnamed=tally.get("unnamed", 0),
    )


def _grouped(cells: Mapping[str, Stored], part: int) -> dict[int, Hour]:
    """By one part of "3-09": Wednesday, nine o'clock."""
    groups: dict[int, list[Stored]] = {}
    for cell, content in cells.items():
        groups.setdefault(int(cell.split("-")[part]), []).append(content)
    return {key: _hour(groups[key]) for key in sorted(groups)}


def _hour(contents: Iterable[Stored]) -> Hour:
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
        times={name: spread(total.get(name, Counter())) for name in TIMES},
    )
