"""Online consultations, data asked for, and ratings in figures."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from loket.rules.tallying import Spread, Stored, spread


@dataclass(frozen=True)
class Online:
    """Consultations by the portal; a turn is one question or reply that the office owed an answer."""

    asked: int
    replied: int
    kept: int
    late: int
    excused: int
    late_days: Spread
    closed: Mapping[str, int]
    reopened: int
    voided: int

    @property
    def answered(self) -> int:
        return self.kept + self.late

    @property
    def kept_percent(self) -> float | None:
        return 100 * self.kept / self.answered if self.answered else None


def online_of(tally: Stored) -> Online:
    online = tally.get("online", {})
    numbers = {
        name: online.get(name, 0)
        for name in ("asked", "replied", "kept", "late", "excused", "reopened", "voided")
    }
    return Online(
        late_days=spread(online.get("late_days", Counter())), closed=online.get("closed", {}), **numbers
    )


@dataclass(frozen=True)
class Searches:
    """Searches of visitors by what became of them."""

    became: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.became.values())

    @property
    def spared_percent(self) -> float | None:
        return 100 * self.became.get("opened", 0) / self.count if self.count else None


def searches_of(tally: Stored) -> Searches:
    return Searches(tally.get("search", {}))


@dataclass(frozen=True)
class Data:
    """Rows of what was asked for, by whether it was there; "open" where nobody has looked yet."""

    found: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.found.values())


def data_of(tally: Stored) -> Data:
    return Data(tally.get("item", {}))


@dataclass(frozen=True)
class Ratings:
    """Scores from 1 to 5 and the ticked reasons."""

    scores: Mapping[int, int]
    reasons: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.scores.values())

    @property
    def mean(self) -> float | None:
        total = sum(score * count for score, count in self.scores.items())
        return total / self.count if self.count else None


def ratings_of(tally: Stored) -> Ratings:
    scores = {int(score): count for score, count in tally.get("rating", {}).items()}
    return Ratings(dict(sorted(scores.items(), reverse=True)), tally.get("reason", {}))


@dataclass(frozen=True)
class Complaints:
    """Received, and decided within their time or later."""

    received: int
    in_time: int
    late: int


def complaints_of(tally: Stored) -> Complaints:
    complaint = tally.get("complaint", {})
    return Complaints(complaint.get("received", 0), complaint.get("in_time", 0), complaint.get("late", 0))
