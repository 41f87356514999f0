"""Which days the events after a counting have touched: those have to be counted again.

An event touches the day on which it happened and the day of what it is about: a rating a week after
the visit touches the day of the visit, a correction the day that was left open. What takes a fact away
from an earlier day (a decision re-opened, a conversation moved to another office) names that day itself,
as `was`: afterwards no row leads to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import ExtractYear

from loket.base.models import ChainHead, Event
from loket.consultations.models import Message, Turn
from loket.feedback.models import Complaint
from loket.reports.counting.days import Day, Days
from loket.reports.models import WAY, CountedUpTo, YearKey
from loket.rules.consulting import Kind
from loket.visits.models import Ticket, Visit

# What a report counts of; calendars, devices and staff touch no figure.
ABOUT = ("ticket", "consultation", "complaint")
# Conditions in one statement; databases have a depth at which they refuse.
OFFICES_AT_ONCE = 250
# What these tell happened when they were told; others can tell of an earlier day.
TOLD_AT_ONCE = (
    "consultation.ask", "consultation.answer", "consultation.clarification", "consultation.referral",
)  # fmt: skip


@dataclass(frozen=True)
class Touch:
    """What an event was about, at which office; `day` is the day of the ticket, where the event says it,
    `was` the days that lost something.
    """

    office_id: int
    kind: str
    subject: str
    at: datetime
    day: str | None
    was: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """An office's code, the last counted day and event, and the last event there is."""

    code: str
    day: date
    seq: int
    head: int
    # The secret of the year of `day`; None where none was made yet.
    secret: str | None = None


def counted_up_to(offices: Iterable[int]) -> dict[int, Counted]:
    """How far each office is counted, and where its log ends by now; one query."""
    head = ChainHead.objects.filter(office=OuterRef("office__code"))
    key = YearKey.objects.filter(year=ExtractYear(OuterRef("day")))
    rows = CountedUpTo.objects.filter(office__in=list(offices), way=WAY).annotate(
        head=Subquery(head.values("seq")), secret=Subquery(key.values("secret"))
    )
    columns = ("office_id", "office__code", "day", "seq", "head", "secret")
    return {
        office_id: Counted(code, day, seq, head or 0, secret)
        for office_id, code, day, seq, head, secret in rows.values_list(*columns).order_by("office_id")
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
            Touch(went_on[code][0], kind, subject, at, data.get("day"), tuple(data.get("was", ())))
            for code, kind, subject, at, data in rows.values_list("office", "kind", "subject", "at", "data")
        ]
    return found


def days_of(touches: Iterable[Touch], *, zones: dict[int, str]) -> set[Day]:
    """The days that these events touch; no query for what a hall does all day, five at most."""
    days = Days(frozenset(), zones)
    found: set[Day] = set()
    about: dict[str, set[int]] = defaultdict(set)
    for touch in touches:
        noun, _, key = touch.subject.partition(":")
        if noun in ABOUT:
            found.add(days.day(touch.office_id, touch.at))
            found.update((touch.office_id, date.fromisoformat(each)) for each in touch.was)
            if touch.day:
                found.add((touch.office_id, date.fromisoformat(touch.day)))
            elif touch.kind not in TOLD_AT_ONCE:
                about[noun].add(int(key))
    if about["ticket"]:
        found.update(_chunked(Ticket.objects, "pk", about["ticket"]))
    if about["complaint"]:
        found |= _complaint_days(about["complaint"], days)
    if about["consultation"]:
        found.update(_chunked(Visit.objects, "consultation", about["consultation"]))
        found |= _told_days(about["consultation"], days)
    return found


def _complaint_days(keys: set[int], days: Days) -> set[Day]:
    """A complaint on paper was received before it was entered."""
    complaints = Complaint.objects.filter(pk__in=keys)
    return {
        days.day(office_id, at)
        for office_id, *times in complaints.values_list("office_id", "received_at", "decided_at")
        for at in times
        if at
    }


def _told_days(keys: set[int], days: Days) -> set[Day]:
    """The days on which turns of these consultations began and ended, and the thread told of closings:
    an excuse weeks later touches the day of the answer.
    """
    # One that moved on may be at an office that nobody asked about.
    turns = Turn.objects.filter(consultation__in=keys, office__in=days.zones)
    found = {
        days.day(office_id, at)
        for office_id, *times in turns.values_list("office_id", "started_at", "answered_at")
        for at in times
        if at
    }
    told = Message.objects.filter(
        consultation__in=keys, consultation__office__in=days.zones, kind=Kind.SYSTEM.value
    )
    return found | {
        days.day(office_id, at) for office_id, at in told.values_list("consultation__office_id", "at")
    }


def _chunked(rows, column: str, keys: set[int], size: int = 5000) -> set[Day]:
    """In parts that both databases take as parameters."""
    listed = sorted(keys)
    found: set[tuple[int, date]] = set()
    for start in range(0, len(listed), size):
        part = rows.filter(**{f"{column}__in": listed[start : start + size]})
        found.update(part.values_list("office_id", "day"))
    return found
