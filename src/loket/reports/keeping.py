"""Counting the days that are over, and counting again what was touched since. Done twice, nothing changes."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min

from loket.base import events
from loket.consultations.models import Turn
from loket.feedback.models import Complaint
from loket.library.models import SearchLog
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.reports import persons
from loket.reports.counting import Count, Day, count
from loket.reports.lines import line_of
from loket.reports.models import WAY, CountedUpTo, DayOrMonth
from loket.reports.touching import Counted, days_of, touches_since
from loket.rules import periods
from loket.rules.tallying import add, stored
from loket.visits.models import Visit

DAY = timedelta(days=1)
# One transaction holds the office's line no longer than a month takes.
DAYS_AT_ONCE = 31
Span = DayOrMonth.Span


def bring_up(*, office: Office, at: datetime) -> int:
    """Count `office` up to its yesterday at `at` (aware). Returns how many days were counted."""
    done = 0
    while True:
        days, finished = _step(office=office, at=at)
        done += days
        if finished:
            return done


def destroy_secrets(*, before: int) -> int:
    """The years before `before` are counted: nobody needs their secrets any more. Returns how many."""
    return persons.destroy(before=before)


@transaction.atomic
def _step(*, office: Office, at: datetime) -> tuple[int, bool]:
    """A month of days at most; touched days first. Says whether yesterday is reached."""
    head = events.hold(office.code)
    yesterday = local_day(office, at) - DAY
    counted = CountedUpTo.objects.filter(office=office).first()  # one an office
    if counted is None or counted.way != WAY:
        counted = counted or CountedUpTo(office=office)
        counted.day, counted.seq, counted.way = _before_the_first(office, yesterday), head.seq, WAY
    until = min(yesterday, counted.day + DAYS_AT_ONCE * DAY)
    zones = {office.pk: office.zone}
    seen = Counted(office.code, counted.day, counted.seq, head.seq)
    touched = days_of(touches_since({office.pk: seen}), zones=zones)
    days = {day for _office_id, day in touched if day <= counted.day}
    days |= {counted.day + number * DAY for number in range(1, (until - counted.day).days + 1)}
    persons.make_secrets({day.year for day in days})
    _store_days(office, days, count({(office.pk, day) for day in days}, zones=zones), at)
    counted.day, counted.seq = max(until, counted.day), head.seq
    counted.save()
    _store_months(office, days, counted.day, at)
    return len(days), counted.day >= yesterday


def _before_the_first(office: Office, yesterday: date) -> date:
    """A complaint on paper may be older than the first visit."""
    visit = Visit.objects.filter(office=office).aggregate(first=Min("day"))["first"]
    times = [
        rows.filter(office=office).aggregate(first=Min(column))["first"]
        for rows, column in (
            (Turn.objects, "started_at"),
            (Complaint.objects, "received_at"),
            (SearchLog.objects, "at"),
        )
    ]
    days = [visit, yesterday + DAY, *(at and local_day(office, at) for at in times)]
    return min(day for day in days if day) - DAY


def _store_days(office: Office, days: Iterable[date], counts: Mapping[Day, Count], at: datetime) -> None:
    """Replace the tallies of these days. Who came is told once: the year's secret may be gone by now,
    and an address that was forgotten since must not make a new person."""
    earlier = DayOrMonth.objects.filter(office=office, span=Span.DAY, first__in=days)
    known = dict(earlier.values_list("first", "persons"))
    earlier.delete()
    DayOrMonth.objects.bulk_create(
        _row(office, Span.DAY, day, found, known.get(day) or persons.joined(found.persons), at)
        for (_office_id, day), found in sorted(counts.items())
    )


def _store_months(office: Office, days: Iterable[date], upto: date, at: datetime) -> None:
    """Add up again the months of these days, as far as they are whole."""
    months = {periods.month(day.year, day.month) for day in days}
    for month in sorted((month for month in months if month.last <= upto), key=lambda month: month.first):
        total = Count()
        rows = DayOrMonth.objects.filter(
            office=office, span=Span.DAY, first__gte=month.first, first__lte=month.last
        )
        for row in rows.order_by("first"):
            add(total.tally, row.tally)
            total.persons |= persons.split(row.persons)
        DayOrMonth.objects.filter(office=office, span=Span.MONTH, first=month.first).delete()
        if total.tally:
            _row(office, Span.MONTH, month.first, total, persons.joined(total.persons), at).save()


def _row(office: Office, span: str, first: date, found: Count, keys: str, at: datetime) -> DayOrMonth:
    line = line_of(found.tally)
    return DayOrMonth(
        office=office,
        span=span,
        first=first,
        content=json.dumps(stored(found.tally), separators=(",", ":")),
        persons=keys,
        taken=line.taken,
        served=line.served,
        kept=line.kept,
        missed=line.missed,
        counted_at=at,
    )
