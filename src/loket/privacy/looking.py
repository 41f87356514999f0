"""Who of the staff saw or took a person's data: kept beside the event log, which names nobody."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from loket.base.text import one_line
from loket.offices.models import Office
from loket.people.models import User
from loket.privacy.models import Look

# Two looks of one officer at one person within this time are one look.
SAME_LOOK = timedelta(minutes=15)


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


def at_person(subjects: Iterable[str]) -> QuerySet[Look]:
    looks = Look.objects.filter(subject__in=list(subjects)).select_related("by", "office")
    return looks.order_by("-at", "-pk")


def at_office(office: Office) -> QuerySet[Look]:
    return Look.objects.filter(office=office).select_related("by").order_by("-at", "-pk")
