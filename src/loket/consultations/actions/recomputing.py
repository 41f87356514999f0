"""A calendar is published: running clocks are counted anew in the same transaction (CLOCKS.md 7).

Offices know nothing of consultations, so whoever publishes for people to see does it through here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from loket.base import events
from loket.consultations import colleagues, messages
from loket.consultations.actions import clocking, saying
from loket.consultations.actions.clocking import Published
from loket.consultations.models import Consultation, Turn
from loket.offices import calendars, drafting, loading, queries
from loket.offices.loading import Loaded
from loket.offices.models import CalendarVersion, Office
from loket.offices.officefile import OfficeFile
from loket.rules import consulting

T = TypeVar("T")


def publish(*, office: Office, at: datetime, **facts: Any) -> CalendarVersion:
    """offices.calendars.publish, and what follows from it. Refuses what that refuses."""
    return _followed(calendars.publish, office.code, office=office, at=at, **facts)


def publish_draft(*, office: Office, at: datetime, **facts: Any) -> CalendarVersion:
    """offices.drafting.publish_draft, and what follows from it. Refuses what that refuses."""
    return _followed(drafting.publish_draft, office.code, office=office, at=at, **facts)


def take_over(*, office: Office, at: datetime, **facts: Any) -> CalendarVersion:
    """offices.calendars.take_over, and what follows from it. Refuses what that refuses."""
    return _followed(calendars.take_over, office.code, office=office, at=at, **facts)


def load(*, file: OfficeFile, at: datetime, **facts: Any) -> Loaded:
    """offices.loading.load, and what follows from it. Refuses what that refuses."""
    return _followed(loading.load, file.fields["code"], file=file, at=at, **facts)


@transaction.atomic
def _followed(verb: Callable[..., T], code: str, *, at: datetime, **facts: Any) -> T:
    _hold_all(code)
    done = verb(at=at, **facts)
    recompute(office=Office.objects.get(code=code), at=at)
    return done


def _hold_all(code: str) -> None:
    """Also the offices that took over a running clock of this one; in one order, against deadlocks."""
    elsewhere = running(code).values_list("consultation__office__code", flat=True)
    for each in sorted({code, *elsewhere}):
        events.hold(each)


def running(code: str) -> QuerySet[Turn]:
    """Turns counted by this office's calendar that are open, or whose silence goes on."""
    return Turn.objects.filter(
        Q(ended_at=None) | Q(consultation__state=Consultation.State.VISITOR, close_at__isnull=False),
        office__code=code,
    ).exclude(consultation__state=Consultation.State.CLOSED)


@transaction.atomic
def recompute(*, office: Office, at: datetime) -> int:
    """Count the running clocks by the newest calendar; how many moved. They move only later.

    Finished turns keep their result and their version. Run again it changes nothing.
    """
    newest = queries.newest_version(office)
    if newest is None:
        return 0
    by = Published(queries.calendar_with(newest.digest), newest.version)
    found = running(office.code).select_related(
        "office", "consultation__office", "consultation__asker", "consultation__assignee"
    )
    moved = 0
    for turn in found.order_by("consultation_id", "number"):
        if turn.number == turn.consultation.turn:
            move = _move_due if turn.ended_at is None else _move_closing
            moved += move(turn, by, why=newest.reason, at=at)
    return moved


def catch_up(turn: Turn, *, at: datetime) -> bool:
    """A turn that goes on after it was broken off: what was published meanwhile counts for it too.

    Its office is held. Whether the deadline moved; those concerned are told like those of open turns.
    """
    newest = queries.newest_version(turn.office)
    if newest is None:
        return False
    by = Published(queries.calendar_with(newest.digest), newest.version)
    return _move_due(turn, by, why=newest.reason, at=at)


def _move_due(turn: Turn, by: Published, *, why: str, at: datetime) -> bool:
    thread, shown = turn.consultation, turn.deadline
    # As many days as were promised, also when the office's setting has changed since.
    computed = consulting.answer_due(calendar=by.calendar, received=turn.started_at, days=len(shown.counted))
    if turn.calendar_version == by.version or consulting.later_deadline(shown, computed) is shown:
        return False
    Turn.objects.filter(pk=turn.pk, ended_at=None).update(
        breached_due_at=turn.breached_due_at or (shown.due if shown.due < at else None),
        **clocking.counted_as(computed, by),
    )
    if computed.due == shown.due:
        return False
    steps = consulting.escalations(calendar=by.calendar, deadline=computed)
    step = turn.escalated
    saying.plan(thread, due_at=computed.due, escalate_at=steps[step] if step < len(steps) else None)
    _tell(thread, "deadline_moved", shown.due, computed.due, by, why=why, at=at)
    messages.deadline_moved(thread, computed, why=why, version=by.version, at=at)
    colleagues.deadline_moved_for_officer(
        thread, why=why, version=by.version, at=at, not_before=by.calendar.open_from(at)
    )
    return True


def _move_closing(turn: Turn, by: Published, *, why: str, at: datetime) -> bool:
    thread, shown = turn.consultation, turn.silence
    if shown is None or turn.silence_version == by.version or shown.close_at <= at:
        return False
    computed = consulting.silence(calendar=by.calendar, answered=turn.silent_since, days=len(shown.counted))
    if consulting.later_silence(shown, computed) is shown:
        return False
    Turn.objects.filter(pk=turn.pk).update(**clocking.silence_counted_as(computed, by))
    if computed.close_at == shown.close_at:
        return False
    saying.plan(thread, close_at=computed.close_at, warn_at=None if turn.warned_at else computed.warn_at)
    _tell(thread, "closing_moved", shown.close_at, computed.close_at, by, why=why, at=at)
    messages.closing_moved(thread, computed, why=why, version=by.version, at=at)
    return True


def _tell(
    thread: Consultation,
    kind: str,
    before: datetime,
    after: datetime,
    by: Published,
    *,
    why: str,
    at: datetime,
) -> None:
    facts = {"before": before.isoformat(), "after": after.isoformat(), "version": by.version}
    saying.note_down(thread, kind, at=at, why=why, **facts)
    saying.tell(thread, kind, by=saying.LOKET, at=at, data=facts)
