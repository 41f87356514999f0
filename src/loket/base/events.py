"""The event log: append-only, one hash chain per office, in the transaction of what it records.

Every action that writes for an office begins with `hold`. That gives the office's writes one order,
keeps the chain without gaps, and rules out deadlocks: whoever holds the head waits for nobody who
waits for it. On SQLite the single writer gives the same for free.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import cached_property

from loket.base import sql
from loket.base.families import Given
from loket.base.models import ChainHead, Event

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode

# The row is free at COMMIT; what the disk has not kept by then is waited for behind it (sql.keep_behind).
HOLD = (
    "SELECT seq, digest, set_config('synchronous_commit', 'off', true)"
    " FROM base_chainhead WHERE office = %s FOR UPDATE"
)


class OutsideTransaction(Exception):
    """An event belongs to the transaction of its cause; open one first."""


@dataclass(frozen=True)
class Fault:
    """Where a chain does not verify."""

    office: str
    seq: int
    reason: str


class Head:
    """The latest event of an office: its place in the chain and its digest."""

    def __init__(self, office: str):
        self._office, self._asked = office, _ask(office)

    @property
    def seq(self) -> int:
        return self._found[0]

    @property
    def digest(self) -> str:
        return self._found[1]

    @property
    def next_seq(self) -> Given:
        """The place of the event that comes next, for a row stored before anybody reads this one."""
        found = "SELECT COALESCE(max(seq), 0) + 1 FROM base_chainhead WHERE office = %s"
        return Given(lambda: self.seq + 1, found, (self._office,))

    # Django's: Python's own lets one thread in at a time, and this one may wait for another's transaction.
    @cached_property
    def _found(self) -> Sequence[Any]:
        found = self._asked.fetchone()
        if found is None:
            ChainHead.objects.bulk_create([ChainHead(office=self._office)], ignore_conflicts=True)
            found = _ask(self._office).fetchone()
        _begun.add(self._office)
        return found


# Offices of which this process has seen a head: from then on their place in line is taken for certain.
_begun: set[str] = set()


def hold(office: str) -> Head:
    """Take the office's place in line until the transaction ends. Refuses OutsideTransaction.

    On PostgreSQL it is taken together with whatever is read or written next (sql.later).
    """
    if not sql.in_transaction():
        raise OutsideTransaction(office)
    head = Head(office)
    if office not in _begun:
        head._found  # noqa: B018 - the head is made when there is none
    return head


def _ask(office: str) -> Any:
    if not sql.on_postgresql():
        return sql.later("SELECT seq, digest FROM base_chainhead WHERE office = %s", office)
    sql.keep_behind()
    return sql.later(HOLD, office)


def record(
    *, office: str, kind: str, subject: str, by: str, at: datetime, head: Head | None = None, **data: object
) -> Event:
    """Append one event. `by` is a staff id, a device id, "visitor" or "loket"; never a name.

    `at` is an aware datetime, stored in UTC. `data` must be JSON and free of personal data. `head` is
    what `hold` gave, for an action that has recorded nothing since.
    """
    head = head or hold(office)
    event = sql.new(
        Event,
        office=office,
        seq=head.seq + 1,
        at=at,
        kind=kind,
        subject=subject,
        by=by,
        data=data,
        before=head.digest,
    )
    event.digest = digest(event)
    sql.insert_later(event)
    sql.later(
        "UPDATE base_chainhead SET seq = %s, digest = %s WHERE office = %s", event.seq, event.digest, office
    )
    return event


def record_many(*, office: str, entries: Sequence[Event]) -> None:
    """Append events that are not stored yet, in their order, under the same rules as `record`."""
    head = hold(office)
    seq, before = head.seq, head.digest
    for event in entries:
        seq += 1
        event.seq, event.before = seq, before
        event.digest = before = digest(event)
    Event.objects.bulk_create(entries, batch_size=500)
    ChainHead.objects.filter(office=office).update(seq=seq, digest=before)


def digest(event: Event) -> str:
    """SHA-256 over the event and the digest before it, in one canonical spelling."""
    content = CANONICAL(
        [
            event.office,
            event.seq,
            int(event.at.timestamp() * 1_000_000),
            event.kind,
            event.subject,
            event.by,
            event.data,
            event.before,
        ]
    )
    return hashlib.sha256(content.encode()).hexdigest()


def verify(office: str | None = None, *, loaded: Collection[str] = ()) -> Iterator[Fault]:
    """Walk each chain from its first event and yield what does not fit.

    The office that is named and those that were `loaded` must have a chain: loading is an event.
    """
    if office:
        chains = {office}
    else:
        chains = {*_offices_of(ChainHead), *_offices_of(Event), *loaded}
    for each in sorted(chains):
        yield from _verify_one(each, must_exist=each == office or each in loaded)


def _offices_of(model: type[ChainHead] | type[Event]) -> Iterable[str]:
    return model.objects.order_by("office").values_list("office", flat=True).distinct()


def _verify_one(office: str, *, must_exist: bool) -> Iterator[Fault]:
    seq, before = 0, ""
    for event in Event.objects.filter(office=office).order_by("seq").iterator():
        seq += 1
        if event.seq != seq:
            yield Fault(office, seq, "missing")
            return
        if event.before != before or event.digest != digest(event):
            yield Fault(office, seq, "changed")
            return
        before = event.digest
    # Read after the events: an office at work adds more meanwhile, and that is no fault. Cut off is
    # a head that stands before the last event, or that no event leads to.
    head = ChainHead.objects.filter(office=office).values_list("seq", "digest").first()  # one by constraint
    if not _leads_to(office, seq, before, head or (0, "")):
        yield Fault(office, seq, "cut off")
    elif must_exist and not seq:
        yield Fault(office, 1, "missing")


def _leads_to(office: str, seq: int, before: str, head: tuple[int, str]) -> bool:
    """Whether the events after `seq` are the unbroken way from the digest `before` to the head."""
    for event in Event.objects.filter(office=office, seq__gt=seq, seq__lte=head[0]).order_by("seq"):
        if event.seq != seq + 1 or event.before != before or event.digest != digest(event):
            return False
        seq, before = event.seq, event.digest
    return head == (seq, before)
