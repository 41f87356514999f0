"""What was found, as screens, commands and programs show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from loket.base import sql
from loket.library import marking
from loket.library.models import Item
from loket.library.ranking import Scored

# Of a long body only its beginning can become the excerpt.
BODY_SIGNS = 4000
# Read plainly: the ORM would take as long for twenty rows as the search itself.
ROWS = (
    "SELECT i.id, i.kind, i.title, i.summary, substr(i.body, 1, %s), i.code, i.version, i.level, i.area,"
    " i.year_from, i.year_to, i.address, i.key, COALESCE(o.code, '') FROM library_item i"
    " LEFT JOIN offices_office o ON o.id = i.office_id WHERE i.status = %s AND i.id IN ({})"
)
SCORE_OF_A_CODE = 10.0


@dataclass(frozen=True)
class Hit:
    """One item that was found."""

    item_id: int
    kind: str
    title: str
    title_marked: tuple[marking.Segment, ...]
    summary_marked: tuple[marking.Segment, ...]
    code: str
    version: str
    level: int
    area: str
    years: tuple[int, int] | None
    address: str
    office_code: str
    score: float
    # Why it was found although the typed words are not in it: "apotek: apotik"; "" otherwise.
    why: str
    key: str


def hits_of(order: Sequence[Item | Scored]) -> list[Hit]:
    """Hits in this order; what was withdrawn since the index was written is left out."""
    scores = {_key(each): each if isinstance(each, Scored) else None for each in order}
    if not scores:
        return []
    marks = ", ".join(["%s"] * len(scores))
    rows = sql.rows(ROWS.format(marks), BODY_SIGNS, Item.Status.PUBLISHED.value, *scores)
    found = {row[0]: row for row in rows}
    return [_hit(found[key], scored) for key, scored in scores.items() if key in found]


def _key(each: Item | Scored) -> int:
    return each.pk if isinstance(each, Item) else each.candidate.item_id


def _hit(row: tuple, scored: Scored | None) -> Hit:
    pk, kind, title, summary, body, code, version, level, area, first, last, address, key, office = row
    met = scored.met if scored else frozenset()
    return Hit(
        item_id=pk,
        kind=kind,
        title=title,
        title_marked=marking.mark(title, met),
        summary_marked=marking.mark(marking.excerpt(summary or body, met), met),
        code=code,
        version=version,
        level=level,
        area=area,
        years=(first, last or first) if first else None,
        address=address,
        office_code=office,
        score=round(scored.score, 4) if scored else SCORE_OF_A_CODE,
        why=": ".join(scored.instead) if scored and scored.instead else "",
        key=key,
    )
