"""Somebody ends their account: what they began ends with it."""

from datetime import datetime

from django.db import transaction

from loket.consultations.actions import attaching, closing
from loket.consultations.models import Attachment, Consultation, Draft
from loket.people import accounts
from loket.people.models import User


@transaction.atomic
def end_account(*, user: User, at: datetime) -> None:
    """Withdraw what is open, forget what was not sent, and erase the account. Refuses accounts.StillStaff.

    Questions and answers stay with the office, which has to show how it kept its standard.
    """
    accounts.check_may_end(user)
    for consultation in _open_ones(user):
        closing.withdraw(consultation=consultation, at=at)
    Draft.objects.filter(owner=user).delete()
    for file in Attachment.objects.filter(owner=user, message=None).select_related("office").order_by("pk"):
        attaching.discard(attachment=file, owner=user)
    accounts.erase(user=user, at=at)


def _open_ones(user: User) -> list[Consultation]:
    mine = Consultation.objects.filter(asker=user).exclude(state=Consultation.State.CLOSED)
    # One order of offices for everybody who holds several, against deadlocks.
    return list(mine.select_related("office").order_by("office__code", "pk"))
