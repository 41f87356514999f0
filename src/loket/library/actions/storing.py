"""Putting items on the shelf: new, changed or withdrawn, by the batch."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from itertools import islice

from django.db import transaction

from loket.base import events, sql
from loket.library.models import Item, Kind, Shelf
from loket.live import announce

# Few enough that other writers of SQLite wait for a moment only.
BATCH = 500
# The event chain of what belongs to no single office.
NATIONAL = "library"
TOPIC = "library"


@dataclass(frozen=True)
class Entry:
    """An item as a source describes it; `office` is the key of an offices.models.Office."""

    key: str
    kind: str
    title: str
    summary: str = ""
    body: str = ""
    keywords: str = ""
    scope: str = Item.Scope.NATION
    office_id: int | None = None
    area: str = ""
    year_from: int | None = None
    year_to: int | None = None
    language: str = "id"
    address: str = ""
    code: str = ""
    version: str = ""
    level: int = 0
    parent_code: str = ""
    status: str = Item.Status.PUBLISHED
    updated_at: datetime | None = None

    @property
    def kind_name(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class Refusal:
    """A row that could not become an entry: where it stands, and why."""

    row: str
    reason: str
    # The reason as a text of the catalogue, for screens (base.said).
    said: str = ""
    values: dict[str, object] = field(default_factory=dict)


@dataclass
class Outcome:
    """What storing did, in numbers of items."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    # Taken off the shelf, because its source no longer lists it.
    withdrawn: int = 0
    refused: list[Refusal] = field(default_factory=list)


WRITTEN = [entry.name for entry in fields(Entry) if entry.name != "key"]


def store(
    *, source: str, rows: Iterable[Entry | Refusal], by: str, at: datetime, chain: str = NATIONAL
) -> Outcome:
    """Store entries in batches, each a transaction of its own. `at` is aware.

    The same entry again changes nothing; an interrupted run is completed by the next one. `chain` is
    the office whose event log records it. Refused rows are collected and stop nothing.
    """
    outcome = Outcome()
    for batch in _batches(iter(rows)):
        outcome.refused += [row for row in batch if isinstance(row, Refusal)]
        entries = {row.key: row for row in batch if isinstance(row, Entry)}
        if entries:
            _store_batch(source, entries, outcome, by=by, at=at, chain=chain)
    return outcome


def _batches(rows: Iterator[Entry | Refusal]) -> Iterator[list[Entry | Refusal]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


@transaction.atomic
def _store_batch(
    source: str, entries: dict[str, Entry], outcome: Outcome, *, by: str, at: datetime, chain: str
) -> None:
    events.hold(chain)
    known = {item.key: item for item in Item.objects.filter(source=source, key__in=entries)}
    fresh, changed = [], []
    for key, entry in entries.items():
        digest = digest_of(entry)
        item = known.get(key)
        if item is None:
            fresh.append(Item(source=source, digest=digest, **vars(entry)))
        elif item.digest != digest:
            changed.append(_rewrite(item, entry, digest))
    _put(fresh, changed)
    outcome.added += len(fresh)
    outcome.changed += len(changed)
    outcome.unchanged += len(entries) - len(fresh) - len(changed)
    if fresh or changed:
        _tell(source, len(fresh), len(changed), by=by, at=at, chain=chain)


def _rewrite(item: Item, entry: Entry, digest: str) -> Item:
    for name in WRITTEN:
        setattr(item, name, getattr(entry, name))
    item.digest = digest
    return item


def _put(fresh: Sequence[Item], changed: Sequence[Item]) -> None:
    if not fresh and not changed:
        return
    version = next_version()
    for item in (*fresh, *changed):
        item.shelved = version
    Item.objects.bulk_create(fresh, batch_size=BATCH)
    Item.objects.bulk_update(changed, [*WRITTEN, "digest", "shelved"], batch_size=100)


def _tell(source: str, added: int, changed: int, *, by: str, at: datetime, chain: str) -> None:
    events.record(
        office=chain, kind="library.stored", subject=f"library:{source}"[:60], by=by, at=at,
        added=added, changed=changed,
    )  # fmt: skip
    announce.changed(TOPIC)


@transaction.atomic
def withdraw(*, source: str, keys: Sequence[str], by: str, at: datetime, chain: str = NATIONAL) -> int:
    """Take items off the shelf; they stay in the database and leave the search. Returns how many."""
    events.hold(chain)
    version = next_version()
    published = Item.objects.filter(source=source, key__in=keys, status=Item.Status.PUBLISHED)
    gone = published.update(status=Item.Status.WITHDRAWN, digest="", shelved=version)
    if gone:
        events.record(
            office=chain, kind="library.withdrawn", subject=f"library:{source}"[:60], by=by, at=at, items=gone
        )
        announce.changed(TOPIC)
    return gone


@transaction.atomic
def publish(*, source: str, keys: Sequence[str], by: str, at: datetime, chain: str = NATIONAL) -> int:
    """Put drafts and withdrawn items on the shelf (again). Returns how many."""
    events.hold(chain)
    version = next_version()
    away = Item.objects.filter(source=source, key__in=keys).exclude(status=Item.Status.PUBLISHED)
    # The digest no longer tells what a list said: the next import of the list decides anew.
    back = away.update(status=Item.Status.PUBLISHED, digest="", shelved=version)
    if back:
        events.record(
            office=chain, kind="library.published", subject=f"library:{source}"[:60], by=by, at=at, items=back
        )
        announce.changed(TOPIC)
    return back


def next_version() -> int:
    """Count the shelf up. Its row stays locked until the commit, so versions appear in their order."""
    row = sql.one("UPDATE library_shelf SET version = version + 1 RETURNING version")
    if row is None:
        Shelf.objects.bulk_create([Shelf(id=1)], ignore_conflicts=True)
        return next_version()
    return row[0]


def digest_of(entry: Entry) -> str:
    """SHA-256 over everything an entry says."""
    content = json.dumps(vars(entry), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()
