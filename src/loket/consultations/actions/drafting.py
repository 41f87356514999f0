"""A question that somebody has typed and not sent: kept on the server, one for each person and office."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from loket.consultations.models import Draft
from loket.offices.models import Office
from loket.people.models import User


@transaction.atomic
def keep(*, owner: User, office: Office, content: dict[str, Any], at: datetime) -> None:
    """Put this in place of what was kept; `content` is JSON of a size the form has bounded.

    Drafts are nobody else's business, so there is no event.
    """
    Draft.objects.update_or_create(
        owner=owner,
        office=office,
        consultation=None,
        defaults={"content": content, "saved_at": at, "version": F("version") + 1},
        create_defaults={"content": content, "saved_at": at},
    )


def kept(*, owner: User, office: Office) -> dict[str, Any]:
    """What was typed last, or nothing."""
    found = _of(owner, office).values_list("content", flat=True).first()  # one by constraint
    return found or {}


def saved_at(*, owner: User, office: Office) -> datetime | None:
    if not owner.is_authenticated:
        return None
    return _of(owner, office).values_list("saved_at", flat=True).first()  # one by constraint


@transaction.atomic
def drop(*, owner: User, office: Office) -> None:
    """It was sent, or its owner threw it away."""
    _of(owner, office).delete()


def _of(owner: User, office: Office):
    return Draft.objects.filter(owner=owner, office=office, consultation=None)
