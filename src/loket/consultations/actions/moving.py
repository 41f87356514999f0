"""Another office answers; the running deadline stays as it was (CLOCKS.md 8)."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.consultations import messages
from loket.consultations.actions import asking, assigning, checking, saying
from loket.consultations.actions.answering import IsClosed
from loket.consultations.models import Attachment, Consultation, Message
from loket.library.articles import following
from loket.live import announce
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.models import User
from loket.rules.consulting import Kind


class NoSuchDesk(Exception):
    """The other office answers no consultations, or it is this one."""


@transaction.atomic
def move(*, consultation: Consultation, to: Office, by: User, at: datetime) -> None:
    """Pass it on with a number of the other office, and tell the visitor; who was assigned is so no
    longer, and somebody there is where that office hands out what arrives. What waits for a second
    officer stays in the thread as a note; the draft of an article goes along.

    Refuses NoSuchDesk, IsClosed and ThreadMoved.
    """
    before = consultation.office
    if not to.serves or to.pk == before.pk:
        raise NoSuchDesk(to)
    for code in sorted((before.code, to.code)):
        events.hold(code)
    thread = saying.hold(consultation)
    if saying.is_over(thread, at=at):
        raise IsClosed(thread)
    checking.end_before_move(thread, by=by, at=at)
    label, year = thread.label, local_day(to, at).year
    saying.note_down(thread, "moved", at=at, before=before.name, after=to.name, label=label)
    was = _told_on(thread)
    saying.tell(thread, "move_out", by=by.staff_id, at=at, data={"to": to.code, "was": was})
    officer = assigning.next_officer(office=to, kind=thread.kind, calendar=calendar_of(to), at=at)
    following.follow(source=thread.token, to=to, by=by.staff_id, at=at)
    saying.change(thread, at=at, office=to, assignee=officer, year=year, number=asking.next_number(to, year))
    Attachment.objects.filter(consultation=thread).update(office=to)
    messages.moved_office(thread, before, label, at=at)
    if officer:
        assigning.say_given(thread, officer, by=saying.LOKET, at=at)
    saying.tell(thread, "move_in", by=by.staff_id, at=at, data={"from": before.code})
    announce.changed(announce.consultations(before.code))


def _told_on(thread: Consultation) -> list[str]:
    """The days on which the thread told of a closing or re-opening: those figures go along with it."""
    told = Message.objects.filter(
        consultation=thread, kind=Kind.SYSTEM.value, facts__code__in=("closed", "reopened", "voided")
    )
    days = {local_day(thread.office, at).isoformat() for at in told.values_list("at", flat=True)}
    return sorted(days)
