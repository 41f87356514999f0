"""What a visitor writes: the same turn, the next, a re-opening, a new consultation (CLOCKS.md 3 to 6)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from loket.base import sql
from loket.base.text import many_lines
from loket.consultations import messages
from loket.consultations.actions import asking, clocking, closing, drafting, saying
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


class NotTheirs(Exception):
    """Somebody else asked."""


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
    NotTheirs, ClosedForGood, NothingSaid, TooLong, KeyReused and ThreadMoved.
    """
    words = saying.checked(many_lines(text), with_files=bool(attachments))
    pressed = saying.press_key(by, key)
    thread = saying.hold(consultation, writer=by)
    if thread.asker_id != by.pk and thread.door == Consultation.Door.ONLINE:
        raise NotTheirs(thread)
    if thread.known.has_draft:
        drafting.drop(owner=by, consultation=thread)
    # Where something is written before the message, the press must not have been made already.
    received, unattended = received or at, is_automatic(auto_submitted)
    looks_first = unattended or saying.is_over(thread, at=received)
    if looks_first and (earlier := saying.said_before(pressed, words)):
        return earlier
    if thread.merged_into_id:
        return visitor_replies(
            consultation=Consultation.objects.select_related("office").get(pk=thread.merged_into_id),
            by=by, text=text, at=at, received=received, key=key, attachments=attachments,
        )  # fmt: skip
    if unattended:
        return _keep_automatic(thread, words, pressed, received=received, at=at)
    if thread.state == Consultation.State.VISITOR and thread.close_at <= received:
        # The closing was due, only no job had come by yet: it closes, and the message re-opens it.
        closing.close_now(thread, at=received)
    if thread.state == Consultation.State.CLOSED and _is_too_late(thread, received):
        return _ask_anew(thread, by, words, at, key, attachments)
    if thread.state == Consultation.State.CLOSED:
        message = _reopen(thread, by, words, pressed, received=received, at=at)
    else:
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
    """Into the turn that runs, or the first of the next. The same press again gives the message it made."""
    is_ours = thread.state == Consultation.State.OFFICE
    number = thread.turn if is_ours else thread.turn + 1
    message = _message(thread, by, text, pressed, received, turn=number)
    if not sql.insert_once(message):
        return saying.said_before(pressed, text)
    begun = {} if is_ours else _begin(thread, number, received=received).row
    saying.change(thread, at=received, **begun)
    saying.tell(thread, "reply", by=saying.VISITOR, at=at, data=_when(received, at))
    return message


def _reopen(
    thread: Consultation, by: User, text: str, pressed: str | None, *, received: datetime, at: datetime
) -> Message:
    voids = thread.close_reason == Consultation.Reason.NO_RESPONSE and received < thread.closed_at
    number = thread.turn + 1
    start = _begin(thread, number, received=received)
    saying.note_down(thread, "voided" if voids else "reopened", at=received, turn=number)
    message = sql.insert(_message(thread, by, text, pressed, received, turn=number))
    saying.change(thread, at=received, close_reason="", closed_at=None, **start.row)
    messages.reopened(thread, start.deadline, at=at)
    verb = "void" if voids else "reopen"
    saying.tell(thread, verb, by=saying.VISITOR, at=at, data=_when(received, at))
    return message


def _when(received: datetime, at: datetime) -> dict[str, str]:
    """The clock runs from the receipt, however late it was read: whoever counts from the log has to know."""
    return {} if received == at else {"received": received.isoformat()}


def _begin(thread: Consultation, number: int, *, received: datetime) -> clocking.Start:
    """The office's next turn; its `row` is what the consultation becomes."""
    by = clocking.published_as(thread.office, thread.known.digest, thread.known.version)
    start = clocking.start_of(thread.office, received=received, by=by)
    clocking.begin_turn(thread, number, start)
    return replace(start, row=start.row | {"state": Consultation.State.OFFICE, "turn": number})


def _message(
    thread: Consultation, by: User, text: str, pressed: str | None, received: datetime, *, turn: int
) -> Message:
    return Message(
        consultation=thread, kind=Kind.VISITOR.value, at=received, by=saying.VISITOR, author=by, text=text,
        key=pressed, turn=turn,
    )  # fmt: skip
