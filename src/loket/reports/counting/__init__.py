"""What one day of one office holds. Any number of offices and days cost the same few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from loket.reports import persons
from loket.reports.counting import hall, happenings, questions
from loket.reports.counting.days import Day, Days
from loket.rules.tallying import Tally


@dataclass
class Count:
    """The tally of one day, and the keys of the persons of it."""

    tally: Tally = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)


def count(
    wanted: Iterable[Day], *, zones: dict[int, str], secrets: Mapping[int, str] | None = None
) -> dict[Day, Count]:
    """The days on which something happened; `zones` names the zone of each office. `secrets` of years
    that are known already save a query.
    """
    days = Days(frozenset(wanted), zones)
    counts: dict[Day, Count] = defaultdict(Count)
    if days.wanted:
        known = persons.secrets_of({day.year for day in days.dates}, known=secrets or {})
        hall.count(days, known, counts)
        questions.count(days, known, counts)
        happenings.count(days, counts)
    return {day: each for day, each in counts.items() if each.tally}


__all__ = ["Count", "Day", "count"]
