"""What every verb of a thread does: take its place, say something, change the row, tell the screens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from loket.base import events, sql
from loket.consultations.models import Attachment, Consultation, Message
from loket.live import announce
from loket.offices.models import Office
from loket.people.models import User
from loket.rules.consulting import Kind

VISITOR = "visitor"
LOKET = "loket"
LONGEST_TEXT = 20_000
# In one statement with the thread, as every answer waits for it.
_NEWEST = "FROM offices_calendarversion AS newest WHERE newest.office_id = one.office_id"
READ_ALONG = (
    f"(SELECT newest.digest {_NEWEST} ORDER BY newest.version DESC LIMIT 1)"  # noqa: S608 - our own words
    f", (SELECT max(newest.version) {_NEWEST})"
    ", EXISTS (SELECT 1 FROM consultations_draft AS draft"
    " WHERE draft.owner_id = %s AND draft.consultation_id = one.id)"
    ", (SELECT newest.digest FROM consultations_turn AS turn"
    " JOIN offices_calendarversion AS newest ON newest.office_id = turn.office_id"
    " WHERE turn.consultation_id = one.id AND turn.ended_at IS NULL ORDER BY newest.version DESC LIMIT 1)"
)


class Known(NamedTuple):
    """What was read along with a thread for its `writer`: the office's calendar, as of now; whether the
    writer has a draft here; the calendar of the office whose turn runs.
    """

    digest: str | None
    version: int
    has_draft: bool
    turns_digest: str | None


class ThreadMoved(Exception):
    """The consultation is not where it was read: another office has it, or it changed at this instant."""


class KeyReused(Exception):
    """The same key came with another text; the sender has to make a new one (409)."""


class NothingSaid(Exception):
    """A message needs words, or a file."""


class TooLong(Exception):
    """More than 20,000 characters; a file is the better place for so much."""


def hold(consultation: Consultation, *, writer: User | None = None) -> Consultation:
    """Take the office's place in line and read the consultation as it is now. Refuses ThreadMoved.

    For a `writer` also what writing needs: the office's calendar, and whether there is a draft.
    """
    head = events.hold(consultation.office.code)
    now = read_again(consultation, writer=writer)
    # The first event of this action follows it; the next one has to look again.
    now.head = head
    return now


def read_again(consultation: Consultation, *, writer: User | None = None) -> Consultation:
    """As it is now, for an action that holds its office already. Refuses ThreadMoved.

    One that has no key yet stands for what lies at its token (`at_token`).
    """
    where, value = ("one.id = %s", consultation.pk)
    if value is None:
        where, value = ("one.token = %s AND one.door = 'online'", consultation.token)
    along = ("office", "asker", "assignee")
    if writer:
        now = sql.select_with(Consultation, along, where, writer.pk, value, besides=READ_ALONG, into="known")
    else:
        now = sql.select_with(Consultation, along, where, value)
    if not now or now[0].office_id != consultation.office_id:
        raise ThreadMoved(consultation)
    if writer:
        now[0].known = Known(*now[0].known)
    return now[0]


def at_token(office: Office, token: str) -> Consultation:
    """The consultation at this address, not read yet: the action reads it once it holds the office."""
    return Consultation(office=office, token=token)


def is_over(thread: Consultation, *, at: datetime) -> bool:
    """Closed, or silent for so long that only no job has come by yet to close it."""
    silent = thread.state == Consultation.State.VISITOR and thread.close_at <= at
    return silent or not thread.is_open


def checked(text: str, *, with_files: bool = False) -> str:
    """Refuses NothingSaid and TooLong."""
    if not text.strip() and not with_files:
        raise NothingSaid
    if len(text) > LONGEST_TEXT:
        raise TooLong(len(text))
    return text


def said_before(key: str | None, text: str) -> Message | None:
    """The message that this press has made already, or None. Refuses KeyReused."""
    if key is None:
        return None
    earlier = Message.objects.filter(key=key).select_related("consultation").first()  # unique
    if earlier and earlier.text != text:
        raise KeyReused(key)
    return earlier


def press_key(user: User, key: str | None) -> str | None:
    """Keys are made by browsers, so each person's are kept apart."""
    return f"{user.pk}:{key}" if key else None


def say(
    consultation: Consultation, kind: Kind, *, at: datetime, by: str, author: User | None = None, **more: Any
) -> Message:
    """Store one message of the thread in its current turn."""
    return sql.insert(worded(consultation, kind, at=at, by=by, author=author, **more))


def worded(consultation: Consultation, kind: Kind, *, at: datetime, by: str, **more: Any) -> Message:
    """The same, not stored yet."""
    more.setdefault("turn", consultation.turn)
    return Message(consultation=consultation, kind=kind.value, at=at, by=by, **more)


def note_down(consultation: Consultation, code: str, *, at: datetime, **facts: Any) -> Message:
    """What the program itself says in the thread; screens put the code into words."""
    return sql.insert(noted(consultation, code, at=at, **facts))


def noted(
    consultation: Consultation, code: str, *, at: datetime, public: bool = True, **facts: Any
) -> Message:
    """The same, not stored yet."""
    return worded(consultation, Kind.SYSTEM, at=at, by=LOKET, public=public, facts={"code": code} | facts)


def attach(message: Message, *, owner: User, tokens: list[str]) -> int:
    """Give the owner's own unsent files to the message; others' and sent ones are left alone."""
    if not tokens:
        return 0
    return Attachment.objects.filter(
        token__in=tokens, owner=owner, message=None, office=message.consultation.office
    ).update(message=message, consultation=message.consultation)


def change(consultation: Consultation, *, at: datetime, **changes: Any) -> None:
    """Write the row, naming the state and version that were read. Refuses ThreadMoved."""
    changes = {"version": consultation.version + 1, "last_at": _later(consultation.last_at, at)} | changes
    seen = {"pk": consultation.pk, "version": consultation.version, "state": consultation.state}
    if not Consultation.objects.filter(**seen).update(**changes):
        raise ThreadMoved(consultation)
    for name, value in changes.items():
        setattr(consultation, name, value)


def plan(consultation: Consultation, **clocks: datetime | None) -> None:
    """Move what comes next for this row; no message, so nothing that a writer has to read first."""
    Consultation.objects.filter(pk=consultation.pk).update(**clocks)
    for name, value in clocks.items():
        setattr(consultation, name, value)


def tell(
    consultation: Consultation,
    kind: str,
    *,
    by: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    head: events.Head | None = None,
) -> None:
    """The event, and the screens that show the inbox or the thread."""
    events.record(
        office=consultation.office.code,
        kind=f"consultation.{kind}",
        subject=f"consultation:{consultation.pk}",
        by=by,
        at=at,
        head=head or vars(consultation).pop("head", None),
        **(data or {}),
    )
    announce.changed_all(
        [announce.consultations(consultation.office.code), announce.thread(consultation.token)]
    )


def tell_also(
    consultation: Consultation, office: Office, kind: str, *, by: str, at: datetime, **data: Any
) -> None:
    """The same event in the log of another office, held by the caller: its figures change too."""
    if office.pk != consultation.office_id:
        events.record(
            office=office.code, kind=f"consultation.{kind}", subject=f"consultation:{consultation.pk}",
            by=by, at=at, **data,
        )  # fmt: skip


def _later(before: datetime | None, at: datetime) -> datetime:
    return max(before, at) if before else at
