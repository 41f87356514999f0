"""The tickets that a screen of the hall looks at, read with one query.

Who is still in the hall, who was called latest (it decides whose turn comes), and for a desk the visits that
its officer ended without a note, a page of them: never all who were served, so that a screen costs the same
in the evening as in the morning.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta

from loket.base import sql
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.rules.queueing import Policy, label
from loket.visits.models import Ticket

# A desk lists so many visits without a note at once.
NOTES_A_PAGE = 10


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
    queued_at: datetime
    rank: int
    called_at: datetime | None
    calls: int
    started_at: datetime | None
    finished_at: datetime | None
    clock_from: datetime | None
    clock_ran: timedelta | None
    handover: timedelta | None
    visit__kind: str

    @property
    def label(self) -> str:
        return label(self.letter, self.number)


@dataclass(frozen=True)
class Desk:
    """Whose notes a screen shows: which of them is wanted, and which page of the visits without one."""

    officer_id: int
    noted: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Unrecorded:
    """Visits that an officer ended today without a note: a page and one more of `total`, the latest first."""

    spots: tuple[Spot, ...] = ()
    total: int = 0


OF_TICKET = tuple(
    "id" if field.name == "pk" else field.name
    for field in fields(Spot)
    if not field.name.startswith("visit__")
)
SPOT = """
SELECT {columns}, visit.kind, {total}
FROM visits_ticket AS ticket JOIN visits_visit AS visit ON visit.id = ticket.visit_id
""".format(columns=", ".join(f"ticket.{name} AS t_{name}" for name in OF_TICKET), total="{total}")
IN_HALL = """
WHERE ticket.state IN ('waiting', 'called', 'serving', 'parked', 'no_show')
    AND ticket.office_id = %s AND ticket.day = %s
"""
# A ticket is called on its day and not after it. By the service and the hour alone, because there is an index
# that ends there: without a call today nothing is read, however many there were in other years.
CALLED = """
WHERE ticket.id IN (
    SELECT id FROM visits_ticket
    WHERE service_id = %s AND called_at >= %s AND state <> 'waiting'
    ORDER BY called_at DESC, id DESC LIMIT %s
)
"""
WANTED = "WHERE ticket.id = %s AND ticket.office_id = %s AND ticket.day = %s"
# Only the tickets of the day are asked: SQLite would rather begin with every visit that has no note, and
# PostgreSQL with every ticket of the officer, both of all years.
OPEN = """
JOIN (
    SELECT ended.id, COUNT(*) OVER () AS total FROM visits_ticket AS ended
    WHERE ended.state = 'served' AND ended.office_id = %s AND ended.day = %s
        AND ended.officer_id + 0 = %s AND ended.id <> %s
        AND (SELECT consultation_id FROM visits_visit WHERE id = ended.visit_id) IS NULL
    ORDER BY ended.finished_at DESC, ended.id DESC LIMIT %s OFFSET %s
) AS open ON open.id = ticket.id
"""


def spots_of(
    office: Office, *, at: datetime, service_ids: Iterable[int], policy: Policy, desk: Desk | None = None
) -> tuple[tuple[Spot, ...], Unrecorded]:
    """The tickets of today in the order of their places, and what `desk` has to note yet."""
    day = local_day(office, at)
    pieces = [(IN_HALL, [office.pk, day])]
    if policy.kind == "alternate":
        morning = sql.moment(datetime.combine(day, time.min, office.tz))
        pieces += [(CALLED, [service_id, morning, policy.ratio]) for service_id in service_ids]
    if desk and desk.noted:
        pieces.append((WANTED, [desk.noted, office.pk, day]))
    if desk:
        skipped = NOTES_A_PAGE * (desk.page - 1)
        whose = [office.pk, day, desk.officer_id, desk.noted or 0]
        pieces.append((OPEN, [*whose, NOTES_A_PAGE + 1, skipped]))
    return _told(_rows(pieces))


def _rows(pieces: list[tuple[str, list]]) -> list[list]:
    selects = [SPOT.format(total="open.total" if piece is OPEN else "0") + piece for piece, _ in pieces]
    values = [value for _, given in pieces for value in given]
    return sql.read(Ticket, OF_TICKET, " UNION ALL ".join(selects) + " ORDER BY t_rank, t_id", *values)


def _told(rows: list[list]) -> tuple[tuple[Spot, ...], Unrecorded]:
    """A ticket may lie in several pieces and is one spot."""
    spots: dict[int, Spot] = {}
    open_notes, total = [], 0
    for *row, of in rows:
        spot = spots.setdefault(row[0], Spot(*row))
        if of:
            open_notes.append(spot)
            total = of
    open_notes.sort(key=lambda spot: (spot.finished_at, spot.pk), reverse=True)
    return tuple(spots.values()), Unrecorded(tuple(open_notes), total)
