"""Things that happen once and are counted by what they were: searches, closings, ratings of consultations,
complaints. One query for all of them, each by its day on the office's own calendar.

search      asked: it became a question; opened: a result was opened and no question followed, which
            spared both sides; left: results were shown and none was opened; nothing: the library had none
told        closings of consultations by their reason, re-openings, closings that a late-read reply voided
rating      scores of closed consultations; those of visits belong to the visit's day (hall)
complaint   received, and decided in time or late (CLOCKS, Complaints)
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from loket.consultations.models import Consultation, Message
from loket.feedback.models import Complaint, Rating
from loket.library.models import SearchLog
from loket.reports.counting.days import Days
from loket.rules.complaining import State
from loket.rules.consulting import Kind
from loket.rules.tallying import add

# Officers search for others, programs for nobody in particular.
OF_VISITORS = (SearchLog.Place.PORTAL, SearchLog.Place.ASK)


def count(days: Days, counts: Mapping) -> None:
    """Add what happened on these days to `counts`: one query."""
    first, *others = (
        rows.values_list("what", "whose", "when", "said", "more")
        for rows in (_searches(days), _told(days), _ratings(days), _received(days), _decided(days))
    )
    for what, office_id, at, said, more in first.union(*others, all=True):
        day = days.day(office_id, at)
        tally = _tally(what, said, more)
        if day in days.wanted and tally:
            add(counts[day].tally, tally)


def _tally(what: str, said: str, more: str) -> dict[str, Any]:
    if what != "told":
        return {what: {said: 1}}
    if said == "closed":
        return {"online": {"closed": {more or Consultation.Reason.FINISHED.value: 1}}}
    return {"online": {said: 1}} if said in ("reopened", "voided") else {}


def _searches(days: Days) -> QuerySet:
    became = Case(
        When(asked=True, then=_text("asked")),
        When(item__isnull=False, then=_text("opened")),
        When(results__gt=0, then=_text("left")),
        default=_text("nothing"),
    )
    found = SearchLog.objects.filter(office__in=days.offices, at__range=days.instants, place__in=OF_VISITORS)
    return found.annotate(
        what=_text("search"), whose=F("office_id"), when=F("at"), said=became, more=_text("")
    )


def _told(days: Days) -> QuerySet:
    """Closings and re-openings are told in the thread itself."""
    found = Message.objects.filter(
        consultation__office__in=days.offices,
        consultation__door=Consultation.Door.ONLINE,
        kind=Kind.SYSTEM.value,
        at__range=days.instants,
    )
    return found.annotate(
        what=_text("told"), whose=F("consultation__office_id"), when=F("at"),
        said=Cast(KT("facts__code"), CharField()), more=Cast(KT("facts__reason"), CharField()),
    )  # fmt: skip


def _ratings(days: Days) -> QuerySet:
    found = Rating.objects.filter(
        office__in=days.offices, consultation__isnull=False, at__range=days.instants
    )
    return found.annotate(
        what=_text("rating"),
        whose=F("office_id"),
        when=F("at"),
        said=Cast("score", CharField()),
        more=_text(""),
    )


def _received(days: Days) -> QuerySet:
    found = Complaint.objects.filter(office__in=days.offices, received_at__range=days.instants)
    return found.annotate(
        what=_text("complaint"),
        whose=F("office_id"),
        when=F("received_at"),
        said=_text("received"),
        more=_text(""),
    )


def _decided(days: Days) -> QuerySet:
    in_time = Case(When(decided_at__lte=F("decide_due"), then=_text("in_time")), default=_text("late"))
    # A decision that somebody objects to does not stand; it counts again when it is decided anew.
    found = Complaint.objects.filter(office__in=days.offices, decided_at__range=days.instants).exclude(
        state=State.OBJECTION
    )
    return found.annotate(
        what=_text("complaint"), whose=F("office_id"), when=F("decided_at"), said=in_time, more=_text(""),
    )  # fmt: skip


def _text(text: str) -> Value:
    return Value(text, CharField())
