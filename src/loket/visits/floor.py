"""The hall as it stands: every counter and every ticket of one day, read with two queries.

What screens show of it (who is next and why, whose clock runs) is worked out from these rows, so a
page costs the same with one visitor waiting as with a hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from loket.base import sql
from loket.live import announce
from loket.offices.clock import local_day
from loket.offices.limits import Limits, limits_from
from loket.offices.models import Office, Service
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


def floor_of(office: Office, *, at: datetime, with_given_back: bool = True) -> Floor:
    """The hall at `at` (aware), with or without the numbers that were given back before their call."""
    version, calendar, stands, services = _stands(office)
    return Floor(
        office=office,
        limits=limits_from(office.settings),
        at=at,
        version=version,
        calendar=calendar,
        stands=stands,
        services=services,
        spots=_spots(office, local_day(office, at), with_given_back),
    )


def _latest_calls(spots: Iterable[Spot], ratio: int) -> list[bool]:
    """Whether the latest calls were of priority visitors, newest last (as visits.queries.turns asks)."""
    called = [
        (spot.called_at, spot.pk, spot.priority)
        for spot in spots
        if spot.called_at and spot.state != State.WAITING
    ]
    return [priority for _, _, priority in sorted(called)[-ratio:]]


OF_TICKET = tuple(
    "id" if field.name == "pk" else field.name
    for field in fields(Spot)
    if not field.name.startswith("visit__")
)
SPOTS = """
SELECT {columns}, visit.kind, visit.consultation_id
FROM visits_ticket AS ticket JOIN visits_visit AS visit ON visit.id = ticket.visit_id
WHERE ticket.office_id = %s AND ticket.day = %s AND {shown}
ORDER BY ticket.rank, ticket.id
"""
NOT_GIVEN_BACK = "(ticket.state <> 'cancelled' OR ticket.called_at IS NOT NULL)"


def _spots(office: Office, day: date, with_given_back: bool) -> tuple[Spot, ...]:
    shown = "TRUE" if with_given_back else NOT_GIVEN_BACK
    columns = ", ".join(f"ticket.{name}" for name in OF_TICKET)
    statement = SPOTS.format(columns=columns, shown=shown)
    return tuple(Spot(*row) for row in sql.read(Ticket, OF_TICKET, statement, office.pk, day))


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


# A row for each counter and service.
COUNTERS = """
SELECT session.opened_at, pause.started_at, pause.announced, pause.back_at, counter.id, counter.number,
    counter.active, service.id, service.code, service.letter, service.name_id, service.name_en,
    session.id, session.officer_id, officer.name, pause.reason,
    (SELECT version FROM live_topic WHERE name = %s),
    (SELECT digest FROM offices_calendarversion WHERE office_id = counter.office_id
     ORDER BY version DESC LIMIT 1)
FROM offices_counter AS counter
LEFT JOIN visits_countersession AS session ON session.counter_id = counter.id AND session.closed_at IS NULL
LEFT JOIN people_user AS officer ON officer.id = session.officer_id
LEFT JOIN visits_break AS pause ON pause.session_id = session.id AND pause.ended_at IS NULL
LEFT JOIN offices_counter_services AS served ON served.counter_id = counter.id
LEFT JOIN offices_service AS service ON service.id = served.service_id
WHERE counter.office_id = %s
ORDER BY counter.number, service.letter, service.id
"""
# What has to be converted comes first, as fields of a break.
CONVERTED = ("ended_at", "started_at", "announced", "back_at")
NAMES = (
    "opened_at", "paused", "announced", "back_at", "pk", "number", "active",
    "service", "code", "letter", "name_id", "name_en", "session", "officer_id", "officer", "reason",
    "version", "calendar",
)  # fmt: skip


def _counter_rows(office: Office) -> list[dict[str, Any]]:
    found = sql.read(Break, CONVERTED, COUNTERS, announce.hall(office.code), office.pk)
    return [dict(zip(NAMES, row, strict=True)) for row in found]


def _service(office: Office, row: dict[str, Any]) -> Service | None:
    if row["service"] is None:
        return None
    told = {name: row[name] for name in ("code", "letter", "name_id", "name_en")}
    return Service(pk=row["service"], office=office, **told)


def _stand(row: dict[str, Any], service_ids: tuple[int, ...]) -> Stand:
    paused = row["paused"]
    return Stand(
        pk=row["pk"],
        number=row["number"],
        active=bool(row["active"]),
        service_ids=service_ids,
        session_id=row["session"],
        officer_id=row["officer_id"],
        officer=row["officer"] or "",
        opened_at=row["opened_at"],
        pause=Pause(paused, row["announced"], row["reason"], row["back_at"]) if paused else None,
    )
