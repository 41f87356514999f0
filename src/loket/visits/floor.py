"""The hall as it stands: every counter, and the tickets of today that a screen looks at; two queries.

What screens show of it (who is next and why, whose clock runs) is worked out from these rows, so a
page costs the same with one visitor waiting as with a hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from loket.offices.clock import local_day
from loket.offices.limits import Limits, limits_from
from loket.offices.models import Office, Service
from loket.offices.queries import calendar_with
from loket.rules.queueing import AT_COUNTER, Handover, Place, Policy, Reason, State, call_order
from loket.visits.queries import clock_of
from loket.visits.spots import Desk, Spot, Unrecorded, spots_of
from loket.visits.stands import Stand, stands_of


@dataclass(frozen=True)
class Called:
    """A waiting ticket in call order, and why its turn comes there."""

    spot: Spot
    reason: Reason


@dataclass(frozen=True)
class Floor:
    """The hall of one office at `at`; `version` is that of its live topic before anything was read."""

    office: Office
    limits: Limits
    at: datetime
    version: int
    # Which calendar was published last, or "" where none was.
    calendar: str
    stands: tuple[Stand, ...]
    # The services of these counters, by key.
    services: dict[int, Service]
    # Whoever is in the hall, and more of those who were: see visits.spots.
    spots: tuple[Spot, ...]
    unrecorded: Unrecorded

    @cached_property
    def opened(self) -> datetime | None:
        """When the office opened today; None when it does not."""
        day = local_day(self.office, self.at)
        calendar = calendar_with(self.calendar) if self.calendar else None
        return calendar.opening(day) if calendar and calendar.is_working_day(day) else None

    def stand(self, number: int) -> Stand | None:
        return next((stand for stand in self.stands if stand.number == number), None)

    def spot(self, pk: int) -> Spot | None:
        return next((spot for spot in self.spots if spot.pk == pk), None)

    def at_counter(self, stand: Stand) -> Spot | None:
        """Who was called to, or is served at, the counter."""
        return self._at_counters.get(stand.pk)

    @cached_property
    def _at_counters(self) -> dict[int | None, Spot]:
        return {spot.counter_id: spot for spot in self.spots if spot.state in AT_COUNTER}

    def line(self, service_ids: Iterable[int]) -> list[Called]:
        """Everybody waiting for these services, in call order."""
        wanted = frozenset(service_ids)
        if wanted not in self._lines:
            self._lines[wanted] = self._line(wanted)
        return self._lines[wanted]

    @cached_property
    def _lines(self) -> dict[frozenset[int], list[Called]]:
        """Those asked for so far; most counters serve the same."""
        return {}

    def _line(self, wanted: frozenset[int]) -> list[Called]:
        mine = [spot for spot in self.spots if spot.service_id in wanted]
        waiting = {spot.pk: spot for spot in mine if spot.state == State.WAITING}
        policy = _policy(self.limits)
        order = call_order(
            [Place(spot.pk, spot.priority, spot.rank) for spot in waiting.values()],
            policy,
            _latest_calls(mine, policy.ratio),
        )
        return [Called(waiting[turn.place.key], turn.reason) for turn in order]

    def parked(self) -> list[Spot]:
        return [spot for spot in self.spots if spot.state == State.PARKED]

    def absent(self) -> list[Spot]:
        """Who missed the call and may join the line again."""
        return [spot for spot in self.spots if spot.state == State.NO_SHOW]

    def clock(self, spot: Spot) -> Handover | None:
        """The hand-over clock of somebody not served yet; None while it does not run."""
        return clock_of(spot, opened=self.opened, limits=self.limits, until=self.at)


def floor_of(office: Office, *, at: datetime, desk: Desk | None = None) -> Floor:
    """The hall at `at` (aware); for a `desk` with what its officer has to note."""
    version, calendar, stands, services = stands_of(office)
    limits = limits_from(office.settings)
    spots, unrecorded = spots_of(office, at=at, service_ids=services, policy=_policy(limits), desk=desk)
    return Floor(
        office=office,
        limits=limits,
        at=at,
        version=version,
        calendar=calendar,
        stands=stands,
        services=services,
        spots=spots,
        unrecorded=unrecorded,
    )


def _policy(limits: Limits) -> Policy:
    return Policy(limits.priority, limits.priority_ratio)


def _latest_calls(spots: Iterable[Spot], ratio: int) -> list[bool]:
    """Whether the latest calls were of priority visitors, newest last (as visits.queries.turns asks)."""
    called = [
        (spot.called_at, spot.pk, spot.priority)
        for spot in spots
        if spot.called_at and spot.state != State.WAITING
    ]
    return [priority for _, _, priority in sorted(called)[-ratio:]]
