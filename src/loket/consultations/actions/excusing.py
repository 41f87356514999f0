"""A breach that a day closed afterwards explains; it stays on record (CLOCKS.md 7)."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.base.text import one_line
from loket.consultations.actions import clocking, saying
from loket.consultations.models import Turn
from loket.people.models import User
from loket.rules.worktime import Calendar


class NotBreached(Exception):
    """The promise of this turn was kept, or can still be."""


class NoDayClosed(Exception):
    """No day that was counted has been closed since, so nothing excuses the breach."""


class ReasonMissing(Exception):
    """An excuse without a reason is none."""


@transaction.atomic
def excuse(*, turn: Turn, by: User, reason: str, at: datetime) -> None:
    """Mark a breach excused; again is the same. Refuses NotBreached, NoDayClosed, ReasonMissing."""
    words = one_line(reason)[:300]
    if not words:
        raise ReasonMissing
    # A turn counts where it began, also when another office answers it by now.
    for code in sorted({turn.consultation.office.code, turn.office.code}):
        events.hold(code)
    thread = saying.hold(turn.consultation)
    now = Turn.objects.select_related("office").get(pk=turn.pk)
    if not breached(now, at=at):
        raise NotBreached(turn)
    if not is_explained(now, calendar=clocking.published(now.office).calendar):
        raise NoDayClosed(turn)
    if Turn.objects.filter(pk=now.pk, excused_at=None).update(
        excused_at=at, excused_by=by.staff_id, excused_reason=words
    ):
        saying.note_down(thread, "excused", at=at, public=False, turn=now.number, why=words)
        saying.tell(thread, "excuse", by=by.staff_id, at=at, data={"turn": now.number})
        saying.tell_also(thread, now.office, "excuse", by=by.staff_id, at=at, turn=now.number)


def breached(turn: Turn, *, at: datetime) -> bool:
    """Answered late, still unanswered after its due, or unanswered when a later calendar moved it."""
    return (
        turn.met is False or turn.breached_due_at is not None or (turn.ended_at is None and turn.due_at < at)
    )


def is_explained(turn: Turn, *, calendar: Calendar) -> bool:
    """Whether a day that was counted has been closed since, by the newest calendar of the turn's office."""
    closed = (day for day in turn.deadline.counted if not calendar.is_working_day(day))
    return turn.breached_due_at is not None or any(closed)
