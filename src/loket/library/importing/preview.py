"""An office's own list before it is taken over: what would be added, what would change, what is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as noop

from loket.library.actions.storing import WRITTEN, Entry, Refusal, digest_of
from loket.library.importing import lists, workbooks
from loket.library.models import Item, Kind
from loket.offices.models import Office

NOT_YOURS = noop("this list may hold only your own office's items, not national ones or another office's")
NOT_ARTICLES = noop("answered questions become articles at the desk, not by a list")
LOOKED_UP = 500


@dataclass(frozen=True)
class Change:
    """An item that the list would change, and in which fields: (name, now, then)."""

    entry: Entry
    fields: list[tuple[str, str, str]]


@dataclass
class Preview:
    added: list[Entry] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)


def source_of(office: Office) -> str:
    return f"csv:{office.code}"


def own_rows(content: bytes, *, office: Office) -> Iterator[Entry | Refusal]:
    """The rows of an office's own list. Refuses classifications.FileWrong for the whole file."""
    _count, rows = lists.read_rows(workbooks.rows_of(content), office=office)
    return (_own(row, office) for row in rows)


def _own(row: Entry | Refusal, office: Office) -> Entry | Refusal:
    if isinstance(row, Refusal):
        return row
    if row.scope != Item.Scope.OFFICE or row.office_id != office.pk:
        return Refusal(row.key, NOT_YOURS, NOT_YOURS)
    if row.kind == Kind.ARTICLE:
        return Refusal(row.key, NOT_ARTICLES, NOT_ARTICLES)
    return row


def preview(rows: Iterable[Entry | Refusal], *, office: Office) -> Preview:
    """What storing the rows would do; nothing is written."""
    shown = Preview()
    entries = {}
    for row in rows:
        if isinstance(row, Refusal):
            shown.refused.append(row)
        else:
            entries[row.key] = row
    known = _known(list(entries), office)
    for key, entry in entries.items():
        item = known.get(key)
        if item is None:
            shown.added.append(entry)
        elif item.digest == digest_of(entry):
            shown.unchanged += 1
        else:
            shown.changed.append(Change(entry, _differences(item, entry)))
    return shown


def _known(keys: list[str], office: Office) -> dict[str, Item]:
    items = Item.objects.filter(source=source_of(office)).order_by("pk")
    found = {}
    for start in range(0, len(keys), LOOKED_UP):
        found |= {item.key: item for item in items.filter(key__in=keys[start : start + LOOKED_UP])}
    return found


def _differences(item: Item, entry: Entry) -> list[tuple[str, str, str]]:
    pairs = [(name, getattr(item, name), getattr(entry, name)) for name in WRITTEN]
    return [(name, _shown(now), _shown(then)) for name, now, then in pairs if now != then]


def _shown(value: object) -> str:
    return "" if value is None else str(value)
