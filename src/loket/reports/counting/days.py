"""The days that are asked for, as conditions of a query and as a test of a row."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

# An office by its key, and a day on its own calendar.
Day = tuple[int, date]


@dataclass(frozen=True)
class Days:
    wanted: frozenset[Day]
    zones: dict[int, str]

    @cached_property
    def offices(self) -> set[int]:
        return {office_id for office_id, _day in self.wanted}

    @cached_property
    def dates(self) -> set[date]:
        return {day for _office_id, day in self.wanted}

    @cached_property
    def instants(self) -> tuple[datetime, datetime]:
        """From when until before when everything wanted happened, in whatever zone."""
        zones = {ZoneInfo(self.zones[office_id]) for office_id in self.offices}
        first, last = min(self.dates), max(self.dates) + timedelta(days=1)
        return (
            min(datetime.combine(first, time(), zone) for zone in zones),
            max(datetime.combine(last, time(), zone) for zone in zones),
        )

    def day(self, office_id: int, at: datetime) -> Day:
        """The office's own day of an instant."""
        return office_id, self.local(office_id, at).date()

    def local(self, office_id: int, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zones[office_id]))
