"""What a visitor writes: the same turn, the next, a re-opening, a new consultation (CLOCKS.md 3 to 6)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from loket.base.text import many_lines
from loket.consultations import messages
from loket.consultations.actions import asking, clocking, closing, saying
from loket.consultations.models import Consultation, Message
from loket.offices.limits import limits_from
from loket.people.models import User
from loket.rules.consulting import Kind, Late, after_closing, is_automatic

# What a message of the visitor's wakes again; spam stays shut, merged ones go on elsewhere.
REOPENED_AFTER = {
    Consultation.Reason.SOLVED,
    Consultation.Reason.NO_RESPONSE,
    Consultation.Reason.WITHDRAWN,
    Consultation.Reason.FINISHED,
}


class ClosedForGood(Exception):
    """It was set aside as spam, or noted at the counter; ask anew."""


@transaction.atomic
def visitor_replies(
    *,
    consultation: Consultation,
    by: User,
    text: str,
    at: datetime,
    received: datetime | None = None,
    key: str | None = None,
    attachments: Sequence[str] = (),
    auto_submitted: str | None = None,
) -> Message:
    """Store a visitor's message; its `consultation` is where it went.

    While the office has the ball it joins the turn and moves no deadline. Otherwise it starts the next
    turn at `received` (when the server got it; `at` when absent). A closed consultation is re-opened
    within the office's days (14), later a new one begins that is linked to it; a message received
    before the closing and read only now voids the closing. A merged one goes on in the other.
    `auto_submitted`: that header of the mail it came by; what no person wrote moves no clock. Refuses
    ClosedForGood, NothingSaid, TooLong, KeyReused and ThreadMoved.
    """
    words = saying.checked(many_lines(text), with_files=bool(attachments))
    pressed = saying.press_key(by, key)
    thread = saying.hold(consultation)
    if earlier := saying.said_before(pressed, words):
        return earlier
    if thread.merged_into_id:
        return visitor_replies(
            consultation=Consultation.objects.select_related("office").get(pk=thread.merged_into_id),
            by=by, text=text, at=at, received=received, key=key, attachments=attachments,
        )  # fmt: skip
    received = received or at
    if is_automatic(auto_submitted):
        return _keep_automatic(thread, words, pressed, received=received, at=at)
    if thread.state == Consultation.State.VISITOR and thread.close_at <= received:
        # The closing was due, only no job had come by yet: it closes, and the message re-opens it.
        closing.close_now(thread, at=received)
    if thread.state == Consultation.State.CLOSED and _is_too_late(thread, received):
        return _ask_anew(thread, by, words, at, key, attachments)
    message = _take(thread, by, words, pressed, received=received, at=at)
    saying.attach(message, owner=by, tokens=list(attachments))
    return message


def _keep_automatic(
    thread: Consultation, text: str, pressed: str | None, *, received: datetime, at: datetime
) -> Message:
    """A bounce or a holiday notice is no response (CLOCKS.md 4): it is kept for the officers, no more."""
    message = saying.say(
        thread, Kind.AUTOMATIC, at=received, by=saying.VISITOR, text=text, key=pressed, public=False
    )
    saying.tell(thread, "automatic", by=saying.VISITOR, at=at)
    return message


def _is_too_late(thread: Consultation, received: datetime) -> bool:
    if thread.close_reason not in REOPENED_AFTER or thread.door == Consultation.Door.HALL:
        raise ClosedForGood(thread)
    days = limits_from(thread.office.settings).reopen_days
    return after_closing(close_at=thread.closed_at, received=received, days=days) is Late.NEW


def _ask_anew(
    thread: Consultation, by: User, text: str, at: datetime, key: str | None, attachments: Sequence[str]
) -> Message:
    question = asking.Question(
        subject=thread.subject, text=text, kind=thread.kind, purpose=thread.purpose, without_search=True
    )
    anew = asking.ask(
        office=thread.office, asker=by, question=question, at=at, key=key, attachments=attachments,
        previous=thread,
    )  # fmt: skip
    return Message.objects.select_related("consultation__office").get(
        consultation=anew, kind=Kind.VISITOR.value
    )


def _take(
    thread: Consultation, by: User, text: str, pressed: str | None, *, received: datetime, at: datetime
) -> Message:
    was = thread.state
    if was == Consultation.State.OFFICE:
        message = _say(thread, by, text, pressed, received, turn=thread.turn)
        saying.change(thread, at=received)
        saying.tell(thread, "reply", by=saying.VISITOR, at=at)
        return message
    voids = thread.close_reason == Consultation.Reason.NO_RESPONSE and received < thread.closed_at
    start = clocking.start_of(thread.office, received=received)
    clocking.begin_turn(thread, thread.turn + 1, start)
    if was == Consultation.State.CLOSED:
        saying.note_down(thread, "voided" if voids else "reopened", at=received, turn=thread.turn + 1)
    message = _say(thread, by, text, pressed, received, turn=thread.turn + 1)
    saying.change(
        thread, at=received, state=Consultation.State.OFFICE, close_reason="", closed_at=None,
        turn=thread.turn + 1, **start.row,
    )  # fmt: skip
    if was == Consultation.State.CLOSED:
        messages.reopened(thread, start.deadline, at=at)
    kind = "void" if voids else "reopen" if was == Consultation.State.CLOSED else "reply"
    # The clock runs from the receipt, however late it was read.
    when = {} if received == at else {"received": received.isoformat()}
    saying.tell(thread, kind, by=saying.VISITOR, at=at, data=when)
    return message


def _say(
    thread: Consultation, by: User, text: str, pressed: str | None, received: datetime, *, turn: int
) -> Message:
    return saying.say(
        thread, Kind.VISITOR, at=received, by=saying.VISITOR, author=by, text=text, key=pressed, turn=turn
    )
