"""The inbox of an office's officers: which consultations, in which order, a page at a time.

Pages are found by the key of the row before them, so the thousandth is as quick as the first, and a
row that was answered meanwhile moves no other out of sight.
"""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from loket.base import sql
from loket.consultations import finding
from loket.consultations.finding import Condition
from loket.consultations.models import Consultation, label_of
from loket.offices.models import Office
from loket.people.models import User
from loket.rules.consulting import Kind

PAGE = 25
# More than anybody counts; beyond it the tab says "999+".
MOST_COUNTED = 999
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PEOPLES = [kind.value for kind in Kind if kind not in (Kind.SYSTEM, Kind.AUTOMATIC)]


class Box(StrEnum):
    """The views of the inbox."""

    OFFICE = "office"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    PROPOSED = "proposed"
    VISITOR = "visitor"
    CLOSED = "closed"


IN_BOX = {
    Box.OFFICE: "chosen.state = 'office'",
    Box.MINE: "chosen.state = 'office' AND chosen.assignee_id = %s",
    Box.UNASSIGNED: "chosen.state = 'office' AND chosen.assignee_id IS NULL",
    Box.PROPOSED: "chosen.id IN (SELECT consultation_id FROM consultations_proposal)",
    Box.VISITOR: "chosen.state = 'visitor'",
    Box.CLOSED: "chosen.state = 'closed' AND chosen.door = 'online'",
}

# Every online consultation lies in one of these.
WHOLE = (Box.OFFICE, Box.VISITOR, Box.CLOSED)


@dataclass(frozen=True)
class Place:
    """Where a page begins: after the row with this time (microseconds since 1970) and key."""

    microseconds: int
    pk: int

    @property
    def at(self) -> datetime:
        return EPOCH + timedelta(microseconds=self.microseconds)


@dataclass(frozen=True)
class Sought:
    """What an officer wants to see."""

    box: Box = Box.OFFICE
    kind: str = ""
    words: str = ""
    assignee: int | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Lying:
    """One row: what its line in the list shows, and nothing more.

    `spoken` is how many messages people wrote; `proposer` who waits for a second officer, None where
    nobody does.
    """

    pk: int
    token: str
    year: int | None
    number: int | None
    subject: str
    kind: str
    turn: int
    close_reason: str
    due_at: datetime | None
    close_at: datetime | None
    closed_at: datetime | None
    last_at: datetime | None
    complaint_at: datetime | None
    asker: str | None
    assignee: str | None
    proposer: str | None
    spoken: int

    @property
    def label(self) -> str:
        return label_of(self.year, self.number)


@dataclass(frozen=True)
class Page:
    rows: list[Lying]
    # Where the next page begins; None on the last.
    after: Place | None


OWN = tuple(field.name for field in fields(Lying))[1:13]
# The page is chosen by one index first, and only its rows are looked up in full.
PAGE_OF = f"""
    SELECT one.id, {", ".join(f"one.{name}" for name in OWN)},
        asker.name, assignee.name,
        CASE WHEN proposal.id IS NULL THEN NULL ELSE coalesce(proposer.name, '') END,
        (SELECT COUNT(*) FROM consultations_message AS said WHERE said.consultation_id = one.id
            AND said.kind IN ({", ".join(["%s"] * len(PEOPLES))}))
    FROM (SELECT chosen.id FROM consultations_consultation AS chosen WHERE {{conditions}}
        ORDER BY chosen.{{order}}, chosen.id {{way}} LIMIT %s) AS few
    JOIN consultations_consultation AS one ON one.id = few.id
    LEFT JOIN people_user AS asker ON asker.id = one.asker_id
    LEFT JOIN people_user AS assignee ON assignee.id = one.assignee_id
    LEFT JOIN consultations_proposal AS proposal ON proposal.consultation_id = one.id
    LEFT JOIN people_user AS proposer ON proposer.id = proposal.author_id
    ORDER BY one.{{order}}, one.id {{way}}"""  # noqa: S608 - names of our own columns


def page_of(*, office: Office, officer: User, sought: Sought, size: int = PAGE) -> Page:
    """One page of a box, earliest deadline first; what is closed, newest first."""
    column, newest_first = _order(sought.box)
    conditions, values = _conditions(office, officer, sought)
    way = "DESC" if newest_first else "ASC"
    statement = PAGE_OF.format(conditions=conditions, order=f"{column} {way}", way=way)
    found = sql.read(Consultation, ("id", *OWN), statement, *PEOPLES, *values, size + 1)
    rows = [Lying(*row) for row in found[:size]]
    return Page(rows, _place(rows[-1], column) if len(found) > size else None)


def elsewhere(*, office: Office, officer: User, sought: Sought) -> list[Box]:
    """In which other boxes lies something with these words and of this kind; one statement for all."""
    others = [box for box in WHOLE if box is not sought.box]
    wanted = _all([_of_kind(sought), finding.about(office, sought.words)])
    parts, values = [], []
    for box in others:
        condition, more = _all([_box(office, officer, box), wanted])
        # Conditions are ours, values are passed beside the statement.
        parts.append(f"EXISTS (SELECT 1 FROM consultations_consultation AS chosen WHERE {condition})")  # noqa: S608
        values += more
    found = sql.one(f"SELECT {', '.join(parts)}", *values)
    return [box for box, has in zip(others, found, strict=True) if has]


def counts(*, office: Office, officer: User) -> dict[Box, int]:
    """How many lie in each box, at most 1,000; what is closed is not counted."""
    counted = [box for box in Box if box is not Box.CLOSED]
    parts, values = [], []
    for box in counted:
        condition, more = _box(office, officer, box)
        # Conditions are ours, values are passed beside the statement.
        parts.append(
            "(SELECT COUNT(*) FROM (SELECT 1 FROM consultations_consultation AS chosen"  # noqa: S608
            f" WHERE {condition} LIMIT {MOST_COUNTED + 1}) AS few)"
        )
        values += more
    return dict(zip(counted, sql.one(f"SELECT {', '.join(parts)}", *values), strict=True))


def beside(*, office: Office, officer: User, consultation: Consultation, box: Box) -> dict[str, str]:
    """The tokens of the row before and after this one in its box; "" where there is none."""
    column, newest_first = _order(box)
    if getattr(consultation, column) is None:
        return {"before": "", "after": ""}
    here, chosen = _place(consultation, column), _box(office, officer, box)
    return {
        "before": _token_after(here, chosen, column, not newest_first),
        "after": _token_after(here, chosen, column, newest_first),
    }


def _token_after(here: Place, chosen: Condition, column: str, newest_first: bool) -> str:
    condition, values = _all([chosen, _after(column, here, newest_first)])
    way = "DESC" if newest_first else "ASC"
    found = sql.one(
        "SELECT chosen.token FROM consultations_consultation AS chosen"  # noqa: S608 - our own conditions
        f" WHERE {condition} ORDER BY chosen.{column} {way}, chosen.id {way} LIMIT 1",
        *values,
    )
    return found[0] if found else ""


def _order(box: Box) -> tuple[str, bool]:
    """The column a box is ordered by, and whether the newest stands first."""
    others = {
        Box.VISITOR: ("close_at", False),
        Box.CLOSED: ("last_at", True),
        # Also while it is the visitor's turn, so not every one has a deadline.
        Box.PROPOSED: ("last_at", False),
    }
    return others.get(box, ("due_at", False))


def _conditions(office: Office, officer: User, sought: Sought) -> Condition:
    """Every condition speaks of the table as "chosen"."""
    column, newest_first = _order(sought.box)
    every = [_box(office, officer, sought.box)]
    if sought.kind:
        every.append(_of_kind(sought))
    if sought.assignee is not None:
        every.append(("chosen.assignee_id = %s", [sought.assignee]))
    if sought.words:
        every.append(finding.about(office, sought.words))
    if sought.after:
        every.append(_after(column, sought.after, newest_first))
    return _all(every)


def _of_kind(sought: Sought) -> Condition:
    return ("chosen.kind = %s", [sought.kind]) if sought.kind else ("1 = 1", [])


def _all(conditions: list[Condition]) -> Condition:
    return (
        " AND ".join(condition for condition, _ in conditions),
        [value for _, values in conditions for value in values],
    )


def _box(office: Office, officer: User, box: Box) -> Condition:
    """States are written out, so that each box is found by its own partial index."""
    mine = [officer.pk] if box is Box.MINE else []
    return f"chosen.office_id = %s AND {IN_BOX[box]}", [office.pk, *mine]


def _after(column: str, place: Place, newest_first: bool) -> Condition:
    side = "<" if newest_first else ">"
    return f"(chosen.{column}, chosen.id) {side} (%s, %s)", [sql.moment(place.at), place.pk]


def _place(row: Lying | Consultation, column: str) -> Place:
    return Place((getattr(row, column) - EPOCH) // timedelta(microseconds=1), row.pk)


def later(sought: Sought, place: Place | None) -> Sought:
    """The same wish, a page further on."""
    return replace(sought, after=place)
