"""The officer's note of a visit: drafted while serving, sent to the visitor when it is ready."""

from datetime import datetime, timedelta

from django.db import transaction

from loket.base import events
from loket.consultations import actions as consultations
from loket.consultations.models import Consultation
from loket.offices.limits import limits_from
from loket.people.models import User
from loket.visits import messages
from loket.visits.models import Ticket


@transaction.atomic
def note(*, ticket: Ticket, record: consultations.Record, by: User, at: datetime) -> Consultation:
    """Keep what was asked and given; may be called as often as the officer saves."""
    events.hold(ticket.office.code)
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
def send_summary(*, ticket: Ticket, rating_link: str, at: datetime) -> bool:
    """Put the summary with the link to the rating into the outbox, once; False without an address.

    It leaves after the seconds in which a press can be undone.
    """
    visit = ticket.visit
    if visit.visitor is None or not visit.visitor.email:
        return False
    wait = timedelta(seconds=limits_from(ticket.office.settings).undo_seconds)
    messages.summary(ticket, visit.visitor, rating_link=rating_link, at=at, not_before=at + wait)
    if visit.consultation_id:
        Consultation.objects.filter(pk=visit.consultation_id, sent_at=None).update(sent_at=at)
    return True
