"""Two threads about one matter become one, or one about two becomes two (CLOCKS.md 8)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from loket.base import events, sql
from loket.consultations.actions import asking, clocking, closing, reopening, saying
from loket.consultations.models import Attachment, Consultation, Link, Message, Turn
from loket.offices.clock import local_day
from loket.people.models import User
from loket.rules.consulting import Kind


class NotTheSamePerson(Exception):
    """Threads of two people are never merged: each would read the other's."""


class NotBothOpen(Exception):
    """Only open consultations of one office are merged."""


class NotMerged(Exception):
    """There is nothing to take apart."""


class NothingToSplit(Exception):
    """A new consultation needs at least one message of the visitor, and one has to stay."""


@transaction.atomic
def merge(*, consultation: Consultation, into: Consultation, by: User, at: datetime) -> Consultation:
    """Move everything into the other and close this one; the earliest open turn survives.

    Refuses NotTheSamePerson, NotBothOpen and ThreadMoved. `take_apart` undoes it.
    """
    if consultation.office_id != into.office_id:
        raise NotBothOpen(consultation, into)
    open_turns = Turn.objects.filter(consultation__in=(consultation, into), ended_at=None)
    turns = list(open_turns.select_related("office").order_by("pk"))
    for code in sorted({consultation.office.code, *(turn.office.code for turn in turns)}):
        events.hold(code)
    thread, other = saying.hold(consultation), saying.read_again(into)
    if thread.asker_id is None or thread.asker_id != other.asker_id:
        raise NotTheSamePerson(thread, other)
    if not (thread.is_open and other.is_open) or thread.pk == other.pk:
        raise NotBothOpen(thread, other)
    row = _earliest(thread, other)
    closing.close(thread, Consultation.Reason.MERGED, by=by.staff_id, at=at, merged_into=other)
    _carry(thread, other, Message.objects.filter(consultation=thread).exclude(kind=Kind.SYSTEM.value))
    saying.note_down(other, "merged", at=at, turn=row.get("turn", other.turn), label=thread.label)
    saying.change(other, at=at, **row)
    told = {"from": thread.pk, "was": [_day_of(turn) for turn in turns]}
    saying.tell(other, "merge", by=by.staff_id, at=at, data=told)
    for office in {turn.office for turn in turns}:
        saying.tell_also(other, office, "merge", by=by.staff_id, at=at, **told)
    return other


def _day_of(turn: Turn) -> str:
    """When it began: the surviving turn takes over the earlier beginning, and this day loses one."""
    return local_day(turn.office, turn.started_at).isoformat()


def _earliest(thread: Consultation, other: Consultation) -> dict:
    """What the surviving row becomes: the turn whose first message was received first goes on."""
    if thread.state != Consultation.State.OFFICE:
        return {}
    theirs = clocking.open_turn(thread)
    if other.state != Consultation.State.OFFICE:
        number = other.turn + 1
        _copy(theirs, other, number)
        return clocking.NO_CLOCK | {
            "turn": number, "state": Consultation.State.OFFICE, "due_at": theirs.due_at,
            "escalate_at": thread.escalate_at,
        }  # fmt: skip
    ours = clocking.open_turn(other)
    if ours.started_at <= theirs.started_at:
        return {}
    Turn.objects.filter(pk=ours.pk).update(**_clock_of(theirs))
    return {"due_at": theirs.due_at, "escalate_at": thread.escalate_at}


def _clock_of(turn: Turn) -> dict:
    names = ("started_at", "due_at", "first_due_at", "breached_due_at", "counted", "skipped", "warnings")
    return {name: getattr(turn, name) for name in (*names, "calendar_version", "office_id", "escalated")}


def _copy(turn: Turn, to: Consultation, number: int) -> None:
    sql.insert(Turn(consultation=to, number=number, **_clock_of(turn)))


def _carry(source: Consultation, target: Consultation, messages) -> None:
    """Messages and their files go over; each remembers where it was said."""
    keys = list(messages.values_list("pk", flat=True))
    Message.objects.filter(pk__in=keys).update(consultation=target, origin=source)
    Attachment.objects.filter(message__in=keys).update(consultation=target)


@transaction.atomic
def take_apart(*, consultation: Consultation, by: User, at: datetime) -> Consultation:
    """Undo a merge: its messages come back and its turn goes on with the deadline it had, or a later one by
    a calendar published meanwhile.

    The other thread keeps the deadline it took over. Refuses NotMerged and ThreadMoved.
    """
    thread = saying.hold(consultation)
    if thread.close_reason != Consultation.Reason.MERGED:
        raise NotMerged(thread)
    other = saying.read_again(thread.merged_into)
    if other.office_id != thread.office_id:
        raise saying.ThreadMoved(other)
    keys = list(Message.objects.filter(origin=thread, consultation=other).values_list("pk", flat=True))
    Message.objects.filter(pk__in=keys).update(consultation=thread, origin=None)
    Attachment.objects.filter(message__in=keys).update(consultation=thread)
    reopening.wake(thread, at=at)
    saying.note_down(other, "taken_apart", at=at, label=thread.label)
    saying.change(other, at=at)
    saying.tell(thread, "take_apart", by=by.staff_id, at=at, data={"from": other.pk})
    return thread


@transaction.atomic
def split(
    *, consultation: Consultation, messages: Collection[int], subject: str, by: User, at: datetime
) -> Consultation:
    """Make the visitor's messages with these keys a consultation of their own.

    Its turn starts when the first of them was received. Refuses NothingToSplit and ThreadMoved.
    """
    thread = saying.hold(consultation)
    own = Message.objects.filter(consultation=thread, kind=Kind.VISITOR.value)
    chosen = list(own.filter(pk__in=messages).order_by("at", "pk"))
    if not chosen or own.count() == len(chosen):
        raise NothingToSplit(thread)
    start = clocking.start_of(thread.office, received=chosen[0].at)
    year = local_day(thread.office, at).year
    anew = sql.insert(
        Consultation(
            office=thread.office, asker=thread.asker, door=thread.door, year=year,
            number=asking.next_number(thread.office, year), kind=thread.kind,
            subject=asking.subject_of(subject, chosen[0].text), question=chosen[0].text,
            purpose=thread.purpose, language=thread.language, state=Consultation.State.OFFICE,
            close_reason="", assignee=thread.assignee, version=1, turn=1, created_at=chosen[0].at,
            last_at=chosen[-1].at, split_from=thread, **start.row,
        )
    )  # fmt: skip
    clocking.begin_turn(anew, 1, start)
    _carry(thread, anew, Message.objects.filter(pk__in=[message.pk for message in chosen]))
    Message.objects.filter(consultation=anew).update(turn=1)
    saying.note_down(thread, "split", at=at, label=anew.label)
    saying.change(thread, at=at)
    saying.tell(anew, "split", by=by.staff_id, at=at, data={"from": thread.pk})
    return anew


@transaction.atomic
def link(*, one: Consultation, other: Consultation, by: User, at: datetime) -> None:
    """Say that two belong together; again changes nothing. Refuses ThreadMoved, NotBothOpen for itself."""
    thread = saying.hold(one)
    first, second = sorted((one.pk, other.pk))
    if first == second:
        raise NotBothOpen(one, other)
    made = Link.objects.get_or_create(
        first_id=first, second_id=second, defaults={"at": at, "by": by.staff_id}
    )[1]
    if made:
        saying.tell(thread, "link", by=by.staff_id, at=at, data={"to": other.pk})


@transaction.atomic
def unlink(*, one: Consultation, other: Consultation, by: User, at: datetime) -> None:
    thread = saying.hold(one)
    first, second = sorted((one.pk, other.pk))
    if Link.objects.filter(first_id=first, second_id=second).delete()[0]:
        saying.tell(thread, "unlink", by=by.staff_id, at=at, data={"to": other.pk})
