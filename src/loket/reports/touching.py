"""Which days the events after a counting have touched: those have to be counted again.

An event touches the day on which it happened and the day of what it is about: a rating a week after
the visit touches the day of the visit, a correction the day that was left open.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery

from loket.base.models import ChainHead, Event
from loket.reports.counting.days import Day, Days
from loket.reports.models import CountedUpTo
from loket.visits.models import Ticket, Visit

# What a report counts of; calendars, devices and staff touch no figure.
ABOUT = ("ticket", "consultation")
# Conditions in one statement; databases have a depth at which they refuse.
OFFICES_AT_ONCE = 250
Touch = tuple[int, str, datetime]


@dataclass(frozen=True)
class Counted:
    """An office's code, the last counted day and event, and the last event there is."""

    code: str
    day: date
    seq: int
    head: int


def counted_up_to(offices: Iterable[int]) -> dict[int, Counted]:
    """How far each office is counted, and where its log ends by now; one query."""
    head = ChainHead.objects.filter(office=OuterRef("office__code"))
    rows = CountedUpTo.objects.filter(office__in=list(offices)).annotate(head=Subquery(head.values("seq")))
    return {
        office_id: Counted(code, day, seq, head or 0)
        for office_id, code, day, seq, head in rows.values_list(
            "office_id", "office__code", "day", "seq", "head"
        ).order_by("office_id")
    }


def touches_since(counted: Mapping[int, Counted]) -> list[Touch]:
    """Office, subject and time of every event that came after the office was counted.

    Only offices whose log went on are asked for: a join would let a database walk through all events.
    """
    went_on = {
        each.code: (office_id, each.seq) for office_id, each in counted.items() if each.head > each.seq
    }
    found: list[Touch] = []
    codes = sorted(went_on)
    for start in range(0, len(codes), OFFICES_AT_ONCE):
        later = Q()
        for code in codes[start : start + OFFICES_AT_ONCE]:
            later |= Q(office=code, seq__gt=went_on[code][1])
        rows = Event.objects.filter(later).order_by("office", "seq")
        found += [
            (went_on[code][0], subject, at)
            for code, subject, at in rows.values_list("office", "subject", "at")
        ]
    return found


def days_of(touches: Iterable[Touch], *, zones: dict[int, str]) -> set[Day]:
    """The days that these events touch; two queries at most."""
    days = Days(frozenset(), zones)
    found: set[Day] = set()
    about: dict[str, set[int]] = defaultdict(set)
    for office_id, subject, at in touches:
        kind, _, key = subject.partition(":")
        if kind in ABOUT:
            found.add(days.day(office_id, at))
            about[kind].add(int(key))
    if about["ticket"]:
        found.update(_chunked(Ticket.objects, "pk", about["ticket"]))
    if about["consultation"]:
        found.update(_chunked(Visit.objects, "consultation", about["consultation"]))
    return found


def _chunked(rows, column: str, keys: set[int], size: int = 5000) -> set[Day]:
    """In parts that both databases take as parameters."""
    listed = sorted(keys)
    found: set[tuple[int, date]] = set()
    for start in range(0, len(listed), size):
        part = rows.filter(**{f"{column}__in": listed[start : start + size]})
        found.update(part.values_list("office_id", "day"))
    return found
