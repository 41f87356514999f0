"""What an officer closed by mistake goes on where it was; a visitor re-opens by writing (replying.py)."""

from datetime import datetime

from django.db import transaction

from loket.consultations.actions import clocking, recomputing, saying
from loket.consultations.models import Consultation, Turn
from loket.people.models import User


class NotSetAside(Exception):
    """Only what was set aside as spam can be taken back."""


@transaction.atomic
def take_back_spam(*, consultation: Consultation, by: User, at: datetime) -> None:
    """It was no spam: its turn goes on with the deadline it had, or a later one by a calendar published
    meanwhile (CLOCKS.md 7). Refuses NotSetAside and ThreadMoved.
    """
    thread = saying.hold(consultation)
    if thread.close_reason != Consultation.Reason.SPAM:
        raise NotSetAside(thread)
    saying.note_down(thread, "restored", at=at, public=False)
    wake(thread, at=at)
    saying.tell(thread, "restore", by=by.staff_id, at=at)


def wake(thread: Consultation, *, at: datetime) -> None:
    """A held, closed thread goes on: the turn that was broken off keeps its deadline unless the calendar has
    moved it later since; else the visitor's silence is counted anew.
    """
    turn = clocking.latest_turn(thread)
    broken_off = turn.answered_at is None
    if broken_off:
        Turn.objects.filter(pk=turn.pk).update(ended_at=None)
        row = clocking.goes_on(turn, at=at) | {"state": Consultation.State.OFFICE}
    else:
        row = clocking.begin_silence(thread, answered=at) | {"state": Consultation.State.VISITOR}
    saying.change(thread, at=at, close_reason="", closed_at=None, merged_into=None, **row)
    if broken_off:
        turn.consultation, turn.ended_at = thread, None
        recomputing.catch_up(turn, at=at)
