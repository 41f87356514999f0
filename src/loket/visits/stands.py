"""The counters of the hall: who is there, what they serve, who pauses. Read with one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loket.base import sql
from loket.live import announce
from loket.offices.models import Office, Service
from loket.visits.models import Break


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


def stands_of(office: Office) -> tuple[int, str, tuple[Stand, ...], dict[int, Service]]:
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
