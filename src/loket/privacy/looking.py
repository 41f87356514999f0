"""Who of the staff saw or took a person's data: kept beside the event log, which names nobody."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from loket.base import sql
from loket.base.text import one_line
from loket.consultations.models import Consultation
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.people.models import User
from loket.privacy.models import Look

# Two looks of one officer at one person within this time are one look.
SAME_LOOK = timedelta(minutes=15)
# A column for a query of consultations, called "one" there: whether the reading of an officer (key) on a
# day (ISO) is noted already.
NOTED = (
    "EXISTS (SELECT 1 FROM privacy_look AS look"
    " WHERE look.by_id = %s AND look.consultation_id = one.id AND look.day = %s)"
)


class ReasonMissing(Exception):
    """Unmasking needs a reason, in a few words."""


def note(
    *, office: Office, by: User, doing: str, subjects: Iterable[str], at: datetime, reason: str = ""
) -> None:
    """Keep that `by` did something with the data of these subjects. Refuses ReasonMissing for unmasking."""
    words = one_line(reason)[:200]
    if doing == Look.Doing.UNMASK and not words:
        raise ReasonMissing
    since = at - SAME_LOOK
    for subject in subjects:
        same = Look.objects.filter(
            office=office, by=by, doing=doing, subject=subject, reason=words, at__gt=since
        )
        if not same.exists():
            Look.objects.create(office=office, by=by, doing=doing, subject=subject, reason=words, at=at)


@transaction.atomic
def note_reading(*, consultation: Consultation, by: User, at: datetime) -> None:
    """Keep that the officer read it, once a day of the office; of a person who is gone nothing is kept.

    One statement and no place in the office's line: nothing else hangs on it.
    """
    if consultation.asker_id is None:
        return
    sql.insert_once(
        Look(
            office=consultation.office,
            by=by,
            doing=Look.Doing.VIEW,
            subject=f"user:{consultation.asker_id}",
            at=at,
            consultation=consultation,
            day=local_day(consultation.office, at),
        )
    )


def at_person(subjects: Iterable[str]) -> QuerySet[Look]:
    looks = Look.objects.filter(subject__in=list(subjects)).select_related("by", "office", "consultation")
    return looks.order_by("-at", "-pk")


def at_office(office: Office) -> QuerySet[Look]:
    return Look.objects.filter(office=office).select_related("by", "consultation").order_by("-at", "-pk")
