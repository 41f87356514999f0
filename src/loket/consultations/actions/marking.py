"""What officers say about a consultation: spam, a complaint, and what became of each data item."""

from datetime import datetime

from django.db import transaction

from loket.consultations.actions import closing, saying
from loket.consultations.models import Consultation, DataItem
from loket.people.models import User


class NoSuchItem(Exception):
    """The consultation has no data item at this place."""


@transaction.atomic
def mark_spam(*, consultation: Consultation, by: User, at: datetime) -> None:
    """Set it aside without a word to its sender; reopening.take_back_spam undoes it.

    Refuses AlreadyClosed and ThreadMoved.
    """
    closing.close(saying.hold(consultation), Consultation.Reason.SPAM, by=by.staff_id, at=at)


@transaction.atomic
def mark_complaint(*, consultation: Consultation, by: User, at: datetime) -> None:
    """It is a complaint as well; the register of complaints takes it from here. Again changes nothing."""
    _mark(consultation, at, "complaint", by=by, at=at)


@transaction.atomic
def unmark_complaint(*, consultation: Consultation, by: User, at: datetime) -> None:
    """It was none; the log keeps that it was said."""
    _mark(consultation, None, "no_complaint", by=by, at=at)


def _mark(consultation: Consultation, mark: datetime | None, kind: str, *, by: User, at: datetime) -> None:
    thread = saying.hold(consultation)
    if (thread.complaint_at is None) == (mark is None):
        return
    Consultation.objects.filter(pk=thread.pk).update(complaint_at=mark)
    saying.note_down(thread, kind, at=at, public=False, by=by.staff_id)
    saying.tell(thread, kind, by=by.staff_id, at=at)


@transaction.atomic
def judge_item(*, consultation: Consultation, position: int, found: str, by: User, at: datetime) -> DataItem:
    """Close a data item as found, unsuitable or not found; the last word counts. Refuses NoSuchItem."""
    thread = saying.hold(consultation)
    item = DataItem.objects.filter(consultation=thread, position=position).first()  # one by constraint
    if item is None:
        raise NoSuchItem(position)
    if item.found != found:
        item.found = DataItem.Found(found)
        item.save(update_fields=["found"])
        saying.tell(thread, "item", by=by.staff_id, at=at, data={"position": position, "found": found})
    return item
