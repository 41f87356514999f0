"""What somebody has typed and not sent is kept, so that a reload, a crash or a break loses no word.

A question: one draft for each person and office. A reply or an answer: one for each person and thread.
Drafts are nobody else's business, so there is no event.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from loket.consultations.models import Consultation, Draft
from loket.offices.models import Office
from loket.people.models import User


class DraftChanged(Exception):
    """Another window of the same person kept other words meanwhile; args: the draft as it is now."""


@transaction.atomic
def keep(
    *,
    owner: User,
    content: dict[str, Any],
    at: datetime,
    office: Office | None = None,
    consultation: Consultation | None = None,
    seen: int | None = None,
) -> Draft:
    """Put this in place of what was kept for the question at `office`, or for the `consultation`.

    `content` is JSON of a size the form has bounded, `at` aware. `seen` is the version that the writing
    window knows, 0 for none; without it the last window wins. Refuses DraftChanged.
    """
    where = _where(owner, office, consultation)
    begun = {"office": office or consultation.office, "content": content, "version": 1, "saved_at": at}
    draft, made = Draft.objects.select_for_update().get_or_create(**where, defaults=begun)
    if made:
        return draft
    if seen is not None and draft.version != seen:
        raise DraftChanged(draft)
    draft.content, draft.version, draft.saved_at = content, draft.version + 1, at
    draft.save(update_fields=["content", "version", "saved_at"])
    return draft


def draft_of(
    *, owner: User, office: Office | None = None, consultation: Consultation | None = None
) -> Draft | None:
    """One by constraint; that of a thread stays with it when it moves to another office."""
    if not owner.is_authenticated:
        return None
    return Draft.objects.filter(**_where(owner, office, consultation)).first()


@transaction.atomic
def drop(*, owner: User, office: Office | None = None, consultation: Consultation | None = None) -> None:
    """It was sent, or its owner threw it away."""
    Draft.objects.filter(**_where(owner, office, consultation)).delete()


def _where(owner: User, office: Office | None, consultation: Consultation | None) -> dict[str, Any]:
    if consultation is not None:
        return {"owner": owner, "consultation": consultation}
    return {"owner": owner, "office": office, "consultation": None}
