"""The end of a consultation: solved, withdrawn, silent for too long (T4, CLOCKS.md 4)."""

from datetime import datetime

from django.db import transaction

from loket.consultations import messages
from loket.consultations.actions import clocking, saying
from loket.consultations.models import Consultation

Reason = Consultation.Reason


class AlreadyClosed(Exception):
    """Somebody, or the clock, has closed it already."""


@transaction.atomic
def close_solved(*, consultation: Consultation, at: datetime) -> Consultation:
    """The visitor says that the question is answered. Refuses AlreadyClosed and ThreadMoved."""
    return close(saying.hold(consultation), Reason.SOLVED, by=saying.VISITOR, at=at)


@transaction.atomic
def withdraw(*, consultation: Consultation, at: datetime) -> Consultation:
    """The visitor takes the question back. Refuses AlreadyClosed and ThreadMoved."""
    return close(saying.hold(consultation), Reason.WITHDRAWN, by=saying.VISITOR, at=at)


@transaction.atomic
def close_silent(*, consultation: Consultation, at: datetime) -> bool:
    """Close what the visitor has left silent until `close_at`; False when there is nothing to close.

    Run twice, late, or by two workers it closes once.
    """
    thread = saying.hold(consultation)
    if thread.state != Consultation.State.VISITOR or at < thread.close_at:
        return False
    close_now(thread, at=at)
    return True


def close_now(thread: Consultation, *, at: datetime) -> None:
    """Close a held, silent thread at the instant that was said, however late anybody comes by."""
    _close(thread, Reason.NO_RESPONSE, by=saying.LOKET, at=at, closed_at=thread.close_at)


def close(thread: Consultation, reason: Reason, *, by: str, at: datetime, **more: object) -> Consultation:
    """Close a held thread for any reason but silence. Refuses AlreadyClosed."""
    if saying.is_over(thread, at=at):
        raise AlreadyClosed(thread)
    return _close(thread, reason, by=by, at=at, **more)


def _close(
    thread: Consultation, reason: Reason, *, by: str, at: datetime, closed_at: datetime | None = None,
    **more: object,
) -> Consultation:  # fmt: skip
    if thread.state == Consultation.State.OFFICE:
        clocking.abandon_turn(thread, at=at)
    saying.note_down(thread, "closed", at=closed_at or at, reason=reason.value)
    saying.change(
        thread, at=closed_at or at, state=Consultation.State.CLOSED, close_reason=reason,
        closed_at=closed_at or at, closings=thread.closings + 1, **(clocking.NO_CLOCK | more),
    )  # fmt: skip
    messages.closed(thread, at=at)
    saying.tell(thread, "close", by=by, at=at, data={"reason": reason.value})
    return thread
