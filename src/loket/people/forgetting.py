"""Whom the guest book forgets, as its notice promises (UU 27/2022, 42-44); privacy.retaining does it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people.models import Visitor

# Longer than the codes people type, so that it recognises nobody.
UNTYPED_CODE = 12


def forgettable(*, office: Office, at: datetime) -> QuerySet[Visitor]:
    """Visitors whose last visit lies longer back than the office keeps its guest book.

    A month counts as 31 days: the promise is kept when the last day of it is over.
    """
    kept = timedelta(days=31 * limits_from(office.settings).guest_book_months)
    return Visitor.objects.filter(office=office, last_seen_at__lt=at - kept, forgotten_at=None)
