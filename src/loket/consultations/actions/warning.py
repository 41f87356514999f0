"""A silent visitor hears before the consultation closes by itself (CLOCKS.md 4)."""

from datetime import datetime

from django.db import transaction

from loket.consultations import messages
from loket.consultations.actions import clocking, saying
from loket.consultations.models import Consultation, Turn


@transaction.atomic
def warn(*, consultation: Consultation, at: datetime) -> bool:
    """Write the warning when its time has come; False when there is nothing to say.

    Only in opening hours: a worker that comes late and at night puts it off until the next opening,
    and when that is after the closing nothing is written any more. The warning restarts no clock.
    """
    thread = saying.hold(consultation)
    if thread.state != Consultation.State.VISITOR or thread.warn_at is None or at < thread.warn_at:
        return False
    turn = clocking.latest_turn(thread)
    opens = clocking.published(turn.office).calendar.open_from(at)
    if opens > at:
        saying.plan(thread, warn_at=opens if opens < thread.close_at else None)
        return False
    Turn.objects.filter(pk=turn.pk, warned_at=None).update(warned_at=at)
    saying.plan(thread, warn_at=None)
    saying.note_down(thread, "warned", at=at)
    messages.warning(thread, turn.silence.counted[-1], at=at)
    saying.tell(thread, "warn", by=saying.LOKET, at=at, data={"turn": thread.turn})
    return True
