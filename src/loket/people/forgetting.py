"""The guest book forgets, as its notice promises (UU 27/2022, 42-44)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from loket.base import events, ids
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people.models import Visitor

# What says who somebody is; the rest (age band, occupation, ...) counts in figures without names.
NAMES_A_PERSON = ("name", "email", "phone", "institution", "assistance")
# Longer than the codes people type, so that it recognises nobody.
UNTYPED_CODE = 12


def forgettable(*, office: Office, at: datetime) -> QuerySet[Visitor]:
    """Visitors whose last visit lies longer back than the office keeps its guest book.

    A month counts as 31 days: the promise is kept when the last day of it is over.
    """
    kept = timedelta(days=31 * limits_from(office.settings).guest_book_months)
    return Visitor.objects.filter(office=office, last_seen_at__lt=at - kept, forgotten_at=None)


@transaction.atomic
def forget_guests(*, office: Office, at: datetime) -> int:
    """Take from the guest book what names a person; visits and figures stay. Returns how many.

    Running it again changes nothing.
    """
    events.hold(office.code)
    count = 0
    for visitor in forgettable(office=office, at=at).order_by("pk"):
        nameless = dict.fromkeys(NAMES_A_PERSON, "")
        Visitor.objects.filter(pk=visitor.pk).update(code=ids.code(UNTYPED_CODE), forgotten_at=at, **nameless)
        count += 1
    if count:
        events.record(
            office=office.code, kind="guest_book.forget", subject="guest_book", by="loket", at=at, count=count
        )
    return count
