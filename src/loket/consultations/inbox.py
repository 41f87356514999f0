"""The inbox of an office's officers: which consultations, in which order, a page at a time.

Pages are found by the key of the row before them, so the thousandth is as quick as the first, and a
row that was answered meanwhile moves no other out of sight.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from loket.base import sql
from loket.consultations.models import Consultation, Message
from loket.offices.models import Office
from loket.people.models import User
from loket.rules.consulting import Kind

PAGE = 25
# More than anybody counts; beyond it the tab says "999+".
MOST_COUNTED = 999
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PEOPLES = [kind.value for kind in Kind if kind not in (Kind.SYSTEM, Kind.AUTOMATIC)]
_NUMBER = re.compile(r"(?:k[-\s]?)?(?:(\d{4})[-\s])?0*(\d{1,9})", re.IGNORECASE)


class Box(StrEnum):
    """The views of the inbox."""

    OFFICE = "office"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    VISITOR = "visitor"
    CLOSED = "closed"


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


@dataclass(frozen=True)
class Page:
    rows: list[Consultation]
    # Where the next page begins; None on the last.
    after: Place | None


def page_of(*, office: Office, officer: User, sought: Sought, size: int = PAGE) -> Page:
    """One page of a box, earliest deadline first; what is closed, newest first.

    Each row knows its office, asker, assignee and `spoken`: how many messages people wrote.
    """
    column, newest_first = _order(sought.box)
    found = _narrowed(_box(office, officer, sought.box), sought)
    if sought.after:
        found = _after(found, column, sought.after, newest_first)
    sign = "-" if newest_first else ""
    ordered = found.select_related("asker", "assignee", "proposal__author").annotate(spoken=_spoken())
    rows = list(ordered.order_by(f"{sign}{column}", f"{sign}pk")[: size + 1])
    for row in rows:
        row.office = office
    more = len(rows) > size
    return Page(rows[:size], _place(rows[size - 1], column) if more else None)


def counts(*, office: Office, officer: User) -> dict[str, int]:
    """How many lie in each box, at most 1,000; what is closed is not counted."""
    wanted = {
        Box.OFFICE: ("state = 'office'", []),
        Box.MINE: ("state = 'office' AND assignee_id = %s", [officer.pk]),
        Box.UNASSIGNED: ("state = 'office' AND assignee_id IS NULL", []),
        Box.VISITOR: ("state = 'visitor'", []),
    }
    parts, values = [], []
    for condition, more in wanted.values():
        # Conditions are ours, values are passed beside the statement.
        parts.append(
            "(SELECT COUNT(*) FROM (SELECT 1 FROM consultations_consultation"  # noqa: S608
            f" WHERE office_id = %s AND {condition} LIMIT {MOST_COUNTED + 1}) AS few)"
        )
        values += [office.pk, *more]
    return dict(zip(wanted, sql.one(f"SELECT {', '.join(parts)}", *values), strict=True))


def beside(*, office: Office, officer: User, consultation: Consultation, box: Box) -> dict[str, str]:
    """The tokens of the row before and after this one in its box; "" where there is none."""
    column, newest_first = _order(box)
    if getattr(consultation, column) is None:
        return {"before": "", "after": ""}
    here = _place(consultation, column)
    rows = _box(office, officer, box)
    sign, back = ("-", "") if newest_first else ("", "-")
    after = _after(rows, column, here, newest_first).order_by(f"{sign}{column}", f"{sign}pk")
    before = _after(rows, column, here, not newest_first).order_by(f"{back}{column}", f"{back}pk")
    return {"before": _token(before), "after": _token(after)}


def _token(rows: QuerySet[Consultation]) -> str:
    return rows.values_list("token", flat=True).first() or ""


def _order(box: Box) -> tuple[str, bool]:
    """The column a box is ordered by, and whether the newest stands first."""
    return {Box.VISITOR: ("close_at", False), Box.CLOSED: ("last_at", True)}.get(box, ("due_at", False))


def _box(office: Office, officer: User, box: Box) -> QuerySet[Consultation]:
    online = Consultation.objects.filter(office=office)
    match box:
        case Box.VISITOR:
            return online.filter(state=Consultation.State.VISITOR)
        case Box.CLOSED:
            return online.filter(state=Consultation.State.CLOSED, door=Consultation.Door.ONLINE)
    waiting = online.filter(state=Consultation.State.OFFICE)
    if box is Box.MINE:
        return waiting.filter(assignee=officer)
    return waiting.filter(assignee=None) if box is Box.UNASSIGNED else waiting


def _narrowed(rows: QuerySet[Consultation], sought: Sought) -> QuerySet[Consultation]:
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.assignee is not None:
        rows = rows.filter(assignee=sought.assignee)
    return rows.filter(_about(sought.words)) if sought.words else rows


def _about(words: str) -> Q:
    """A number such as K-2026-00012 or 12; else every word in the subject, the question or a name."""
    if (number := numbered(words)) is not None:
        return number | Q(subject__icontains=words.strip())
    about = Q()
    for word in words.split():
        about &= (
            Q(subject__icontains=word) | Q(question__icontains=word) | Q(asker__name__icontains=word)
        )  # fmt: skip
    return about


def numbered(words: str) -> Q | None:
    """The consultations with a number such as K-2026-00012 or 12; None where it is no number."""
    spelled = _NUMBER.fullmatch(words.strip())
    if spelled is None:
        return None
    year = Q(year=int(spelled[1])) if spelled[1] else Q()
    return year & Q(number=int(spelled[2]))


def _after(
    rows: QuerySet[Consultation], column: str, place: Place, newest_first: bool
) -> QuerySet[Consultation]:
    """Written so that the index of the box is entered at the place."""
    side = "lt" if newest_first else "gt"
    beyond = Q(**{f"{column}__{side}": place.at}) | Q(**{column: place.at, f"pk__{side}": place.pk})
    return rows.filter(Q(**{f"{column}__{side}e": place.at}), beyond)


def _place(row: Consultation, column: str) -> Place:
    return Place((getattr(row, column) - EPOCH) // timedelta(microseconds=1), row.pk)


def _spoken() -> Coalesce:
    spoken = Message.objects.filter(consultation=OuterRef("pk"), kind__in=PEOPLES).order_by()
    counted = spoken.values("consultation").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def later(sought: Sought, place: Place | None) -> Sought:
    """The same wish, a page further on."""
    return replace(sought, after=place)
