"""What an officer writes: each kind has its own effect on the clocks (CLOCKS.md 2 to 4)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from loket.base.text import many_lines, one_line
from loket.consultations import messages
from loket.consultations.actions import clocking, drafting, saying
from loket.consultations.models import Consultation, Message
from loket.people.models import User
from loket.rules.consulting import ENDS_TURN, Kind


class AnsweredMeanwhile(Exception):
    """The thread went on after the officer read it; args: the messages that came since, oldest first.

    Nothing of what was written is lost: it is in the form that was sent.
    """


class IsClosed(Exception):
    """Nobody waits for an answer here any more; only a note can be added."""


def answer(
    *, consultation: Consultation, by: User, text: str, seen: int, at: datetime,
    key: str | None = None, attachments: Sequence[str] = (),
) -> Message:  # fmt: skip
    """The answer: ends the office's turn, and the visitor's silence begins. Refuses as `write` does."""
    return write(
        consultation=consultation, kind=Kind.ANSWER, by=by, text=text, seen=seen, at=at, key=key,
        attachments=attachments,
    )  # fmt: skip


def clarify(
    *, consultation: Consultation, by: User, text: str, seen: int, at: datetime,
    key: str | None = None, attachments: Sequence[str] = (),
) -> Message:  # fmt: skip
    """A question back to the visitor: ends the turn; the reply starts the next (CLOCKS.md 3)."""
    return write(
        consultation=consultation, kind=Kind.CLARIFICATION, by=by, text=text, seen=seen, at=at, key=key,
        attachments=attachments,
    )  # fmt: skip


def refer(
    *, consultation: Consultation, by: User, text: str, institution: str, address: str, seen: int,
    at: datetime, key: str | None = None, attachments: Sequence[str] = (),
) -> Message:  # fmt: skip
    """Who else has the data, with the address: ends the turn like an answer."""
    return write(
        consultation=consultation, kind=Kind.REFERRAL, by=by, text=text, seen=seen, at=at, key=key,
        attachments=attachments, institution=one_line(institution)[:200], address=one_line(address)[:300],
    )  # fmt: skip


def hold_on(
    *, consultation: Consultation, by: User, text: str, seen: int, at: datetime, key: str | None = None
) -> Message:
    """A holding notice: the visitor is told, the deadline stays as it is (CLOCKS.md 2)."""
    return write(consultation=consultation, kind=Kind.HOLDING, by=by, text=text, seen=seen, at=at, key=key)


@transaction.atomic
def note(
    *, consultation: Consultation, by: User, text: str, at: datetime, key: str | None = None,
    attachments: Sequence[str] = (),
) -> Message:  # fmt: skip
    """An internal note, at any time, also after the closing: moves no clock and is no news to answer to."""
    words, pressed = saying.checked(many_lines(text)), saying.press_key(by, key)
    thread = saying.hold(consultation, writer=by)
    if thread.known.has_draft:
        drafting.drop(owner=by, consultation=thread)
    if earlier := saying.said_before(pressed, words):
        return earlier
    message = saying.say(
        thread, Kind.NOTE, at=at, by=by.staff_id, author=by, text=words, public=False, key=pressed
    )
    saying.attach(message, owner=by, tokens=list(attachments))
    saying.change(thread, at=at)
    saying.tell(thread, "note", by=by.staff_id, at=at)
    return message


@transaction.atomic
def write(
    *, consultation: Consultation, kind: Kind, by: User, text: str, seen: int, at: datetime,
    key: str | None = None, attachments: Sequence[str] = (), institution: str = "", address: str = "",
) -> Message:  # fmt: skip
    """Store an officer's public message of one of the kinds above, and mail it to the visitor.

    The officer's draft goes with it, and stays where it is refused.
    `seen` is the version that the officer's page showed. Refuses AnsweredMeanwhile, IsClosed,
    NothingSaid, TooLong, KeyReused and ThreadMoved.
    """
    words, pressed = saying.checked(many_lines(text)), saying.press_key(by, key)
    thread = saying.hold(consultation, writer=by)
    if thread.known.has_draft:
        drafting.drop(owner=by, consultation=thread)
    if thread.version != seen:
        # What came since may be this very press, sent a second time.
        if earlier := saying.said_before(pressed, words):
            return earlier
        raise AnsweredMeanwhile(*news_since(thread, seen))
    if saying.is_over(thread, at=at):
        raise IsClosed(thread)
    try:
        message = saying.say(
            thread, kind, at=at, by=by.staff_id, author=by, text=words, key=pressed,
            institution=institution, address=address,
        )  # fmt: skip
    except IntegrityError as used:
        # A page read anew that sends with the key of an earlier press.
        raise saying.KeyReused(key) from used
    saying.attach(message, owner=by, tokens=list(attachments))
    saying.change(thread, at=at, **_effect(thread, kind, at=at))
    messages.written(thread, message, at=at)
    saying.tell(thread, kind.value, by=by.staff_id, at=at, data={"turn": thread.turn})
    return message


def _effect(thread: Consultation, kind: Kind, *, at: datetime) -> dict:
    """What the row becomes: who has the ball, and which clock runs."""
    if thread.state == Consultation.State.VISITOR:
        changes = clocking.begin_silence(thread, answered=at)
    elif kind in ENDS_TURN:
        changes = clocking.answer_turn(thread, at=at)
    else:
        return {}
    if kind in ENDS_TURN:
        changes["answered_at"] = thread.answered_at or at
    return changes | {"state": Consultation.State.VISITOR}


def news_since(thread: Consultation, seen: int) -> list[Message]:
    """The last messages, as many as the version has counted up since."""
    newest = thread.messages.exclude(kind=Kind.SYSTEM.value).order_by("-pk")[: max(thread.version - seen, 1)]
    return list(reversed(newest))
