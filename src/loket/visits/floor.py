"""The hall as it stands: every counter and every ticket of one day, read with two queries.

What screens show of it (who is next and why, whose clock runs) is worked out from these rows, so a
page costs the same with one visitor waiting as with a hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, Subquery

from loket.live import announce
from loket.live.models import Topic
from loket.offices.clock import local_day
from loket.offices.limits import Limits, limits_from
from loket.offices.models import CalendarVersion, Counter, Office, Service
from loket.offices.queries import calendar_with
from loket.people.models import User
from loket.rules.queueing import AT_COUNTER, Handover, Place, Policy, Reason, State, call_order, label
from loket.visits.models import Break, Ticket
from loket.visits.queries import clock_of


@dataclass(frozen=True, slots=True)
class Spot:
    """A ticket of the day, without anything that tells who the visitor is."""

    pk: int
    letter: str
    number: int
    state: str
    service_id: int
    priority: bool
    priority_reason: str
    counter_id: int | None
    officer_id: int | None
    taken_at: datetime
    queued_at: datetime
    rank: int
    called_at: datetime | None
    calls: int
    started_at: datetime | None
    finished_at: datetime | None
    clock_from: datetime | None
    clock_ran: timedelta | None
    handover: timedelta | None
    handover_met: bool | None
    corrected_at: datetime | None
    visit__kind: str
    visit__consultation_id: int | None

    @property
    def label(self) -> str:
        return label(self.letter, self.number)

    @property
    def recorded(self) -> bool:
        return self.visit__consultation_id is not None


@dataclass(frozen=True)
class Pause:
    """A break that runs at a counter."""

    since: datetime
    announced: bool
    reason: str
    back_at: datetime | None


@dataclass(frozen=True)
class Stand:
    """A counter, and who is there."""

    pk: int
    number: int
    active: bool
    service_ids: tuple[int, ...]
    session_id: int | None = None
    officer_id: int | None = None
    officer: str = ""
    opened_at: datetime | None = None
    pause: Pause | None = None

    @property
    def is_open(self) -> bool:
        return self.session_id is not None


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
    spots: tuple[Spot, ...]

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
        return next(
            (spot for spot in self.spots if spot.counter_id == stand.pk and spot.state in AT_COUNTER), None
        )

    def line(self, service_ids: Iterable[int]) -> list[Called]:
        """Everybody waiting for these services, in call order."""
        wanted = set(service_ids)
        mine = [spot for spot in self.spots if spot.service_id in wanted]
        waiting = {spot.pk: spot for spot in mine if spot.state == State.WAITING}
        policy = Policy(self.limits.priority, self.limits.priority_ratio)
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

    def unrecorded(self, officer: User) -> list[Spot]:
        """Visits this officer ended today without a note, the latest first."""
        mine = [
            spot
            for spot in self.spots
            if spot.officer_id == officer.pk and spot.state == State.SERVED and not spot.recorded
        ]
        return sorted(mine, key=lambda spot: (spot.finished_at or spot.queued_at, spot.pk), reverse=True)

    def clock(self, spot: Spot) -> Handover | None:
        """The hand-over clock of somebody not served yet; None while it does not run."""
        return clock_of(spot, opened=self.opened, limits=self.limits, until=self.at)


def floor_of(office: Office, *, at: datetime) -> Floor:
    """The hall at `at` (aware)."""
    version, calendar, stands, services = _stands(office)
    return Floor(
        office=office,
        limits=limits_from(office.settings),
        at=at,
        version=version,
        calendar=calendar,
        stands=stands,
        services=services,
        spots=_spots(office, local_day(office, at)),
    )


def _latest_calls(spots: Iterable[Spot], ratio: int) -> list[bool]:
    """Whether the latest calls were of priority visitors, newest last (as visits.queries.turns asks)."""
    called = [
        (spot.called_at, spot.pk, spot.priority)
        for spot in spots
        if spot.called_at and spot.state != State.WAITING
    ]
    return [priority for _, _, priority in sorted(called)[-ratio:]]


def _spots(office: Office, day: date) -> tuple[Spot, ...]:
    names = [field.name for field in fields(Spot)]
    rows = Ticket.objects.of_day(office, day).order_by("rank", "pk").values_list(*names)
    return tuple(Spot(*row) for row in rows)


def _stands(office: Office) -> tuple[int, str, tuple[Stand, ...], dict[int, Service]]:
    """The counters in use and their services, with the hall's version and the calendar's digest."""
    version, calendar = 0, ""
    stands: dict[int, Stand] = {}
    services: dict[int, Service] = {}
    for row in _counter_rows(office):
        version, calendar = row["version"] or 0, row["calendar"] or ""
        earlier = stands.get(row["pk"])
        known = earlier.service_ids if earlier else ()
        service = _service(office, row)
        if service:
            services[service.pk] = service
            known = (*known, service.pk)
        stands[row["pk"]] = _stand(row, known)
    return version, calendar, tuple(each for each in stands.values() if each.active or each.is_open), services


def _counter_rows(office: Office):
    """A row for each counter and service."""
    topic = Topic.objects.filter(name=announce.hall(office.code))
    calendar = CalendarVersion.objects.filter(office=office).order_by("-version")
    pause = Break.objects.filter(session=OuterRef("now"), ended_at=None)
    return (
        Counter.objects.filter(office=office)
        .annotate(
            now=FilteredRelation("sessions", condition=Q(sessions__closed_at=None)),
            version=Subquery(topic.values("version")),
            calendar=Subquery(calendar.values("digest")[:1]),
            paused=Subquery(pause.values("started_at")),
            announced=Subquery(pause.values("announced")),
            reason=Subquery(pause.values("reason")),
            back_at=Subquery(pause.values("back_at")),
        )
        .order_by("number", "services__letter", "services")
        .values(
            "pk", "number", "active", "version", "calendar",
            "services", "services__code", "services__letter", "services__name_id", "services__name_en",
            "now", "now__officer", "now__officer__name", "now__opened_at",
            "paused", "announced", "reason", "back_at",
        )
    )  # fmt: skip


def _service(office: Office, row: dict[str, Any]) -> Service | None:
    if row["services"] is None:
        return None
    return Service(
        pk=row["services"],
        office=office,
        **{name: row[f"services__{name}"] for name in ("code", "letter", "name_id", "name_en")},
    )


def _stand(row: dict[str, Any], service_ids: tuple[int, ...]) -> Stand:
    paused = row["paused"]
    return Stand(
        pk=row["pk"],
        number=row["number"],
        active=row["active"],
        service_ids=service_ids,
        session_id=row["now"],
        officer_id=row["now__officer"],
        officer=row["now__officer__name"] or "",
        opened_at=row["now__opened_at"],
        pause=Pause(paused, row["announced"], row["reason"], row["back_at"]) if paused else None,
    )
