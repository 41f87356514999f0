"""The officer's note of a visit: drafted while serving, recorded, and sent to the visitor.

Finishing never waits for the note. A visitor who left without one gets a summary all the same; the
note that is completed meanwhile changes its words, a later one follows as a message of its own.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from loket.base import events
from loket.consultations import actions as consultations
from loket.consultations.models import Consultation
from loket.offices.limits import limits_from
from loket.people.models import User
from loket.rules.queueing import State
from loket.visits import messages
from loket.visits.actions import calling
from loket.visits.models import CounterSession, NoteDraft, Ticket

# How long the summary of a visit without a note waits for one.
NOTE_GRACE = timedelta(minutes=15)
# Before the call there is nothing to note; after these states the visit is over for good.
NOTED_IN = (State.SERVING, State.PARKED, State.SERVED, State.UNTIMED)


class NoteChanged(Exception):
    """The note was saved in another window after this one read it; args: the stored draft."""

    def __init__(self, draft: NoteDraft):
        super().__init__(draft)
        self.draft = draft


@transaction.atomic
def save_draft(*, ticket: Ticket, content: dict[str, Any], seen: int, by: User, at: datetime) -> NoteDraft:
    """Keep what was typed, as it stands. `seen` is the version that the window started from (0: none).

    Refuses NoteChanged. A draft is nobody's fact yet, so no event tells of it.
    """
    if seen == 0:
        draft, new = NoteDraft.objects.get_or_create(
            ticket=ticket, defaults={"content": content, "version": 1, "saved_at": at, "by": by.staff_id}
        )
        if not new:
            raise NoteChanged(draft)
        return draft
    won = NoteDraft.objects.filter(ticket=ticket, version=seen).update(
        content=content, version=seen + 1, saved_at=at, by=by.staff_id
    )
    draft = NoteDraft.objects.get(ticket=ticket)
    if not won:
        raise NoteChanged(draft)
    return draft


@transaction.atomic
def note(
    *, ticket: Ticket, record: consultations.Record, by: User, at: datetime, seen: int | None = None
) -> Consultation:
    """Record what was asked and given; a second time replaces the first. The draft becomes empty.

    Refuses NoteChanged when the draft went on after version `seen`.
    """
    events.hold(ticket.office.code)
    if seen is not None:
        save_draft(ticket=ticket, content={}, seen=seen, by=by, at=at)
    visit = ticket.visit
    consultation = consultations.record(
        office=ticket.office,
        visitor=visit.visitor,
        door=Consultation.Door.HALL,
        note=record,
        consultation=visit.consultation,
        by=by.staff_id,
        at=at,
    )
    if visit.consultation_id is None:
        visit.consultation = consultation
        visit.save(update_fields=["consultation"])
    return consultation


@transaction.atomic
def finish(*, session: CounterSession, ticket: Ticket, rating_link: str, at: datetime) -> Ticket:
    """End the service without waiting for the note; the summary waits a little for it.

    Refuses what `calling.finish` refuses.
    """
    done = calling.finish(session=session, at=at, seen=ticket.pk)
    noted = done.visit.consultation_id is not None
    send_summary(ticket=done, rating_link=rating_link, at=at, wait=_undo_time(done) if noted else NOTE_GRACE)
    return done


@transaction.atomic
def complete(
    *,
    session: CounterSession,
    ticket: Ticket,
    record: consultations.Record,
    rating_link: str,
    seen: int,
    at: datetime,
) -> Ticket:
    """Record the note, finish the visit if it still goes on, and send the summary: one press.

    Refuses NoteChanged, and what `calling.finish` refuses.
    """
    note(ticket=ticket, record=record, by=session.officer, at=at, seen=seen)
    if ticket.state == State.SERVING:
        ticket = calling.finish(session=session, at=at, seen=ticket.pk)
    if ticket.state == State.SERVED:
        send_summary(ticket=ticket, rating_link=rating_link, at=at, wait=_undo_time(ticket), edition=seen + 1)
    return ticket


def send_summary(
    *, ticket: Ticket, rating_link: str, at: datetime, wait: timedelta, edition: int = 0
) -> bool:
    """Put the summary with the link to the rating into the outbox; False without an address.

    It leaves `wait` from now, at the earliest when the press can no longer be undone.
    """
    visit = ticket.visit
    if visit.visitor is None or not visit.visitor.email:
        return False
    messages.summary(
        ticket, visit.visitor, rating_link=rating_link, edition=edition, at=at, not_before=at + wait
    )
    if visit.consultation_id:
        Consultation.objects.filter(pk=visit.consultation_id).update(sent_at=at)
    return True


def _undo_time(ticket: Ticket) -> timedelta:
    return timedelta(seconds=limits_from(ticket.office.settings).undo_seconds)
