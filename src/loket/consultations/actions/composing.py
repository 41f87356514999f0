"""An officer's half-written message is kept, so that a reload, a crash or a break loses no word."""

from datetime import datetime
from typing import Any

from django.db import transaction

from loket.base import events, sql
from loket.consultations.models import Consultation, Draft
from loket.people.models import User


class DraftChanged(Exception):
    """Another window of the same person kept other words meanwhile; args: the draft as it is now."""


@transaction.atomic
def keep(
    *, officer: User, consultation: Consultation, content: dict[str, Any], seen: int, at: datetime
) -> Draft:
    """Store the words; `seen` is the version that the writing window knows, 0 for none. `at` is aware.

    Drafts are nobody else's business, so there is no event. Refuses DraftChanged.
    """
    events.hold(consultation.office.code)
    draft = draft_of(officer=officer, consultation=consultation)
    if draft is None:
        draft = Draft(owner=officer, office=consultation.office, consultation=consultation)
    elif draft.version != seen:
        raise DraftChanged(draft)
    draft.content, draft.version, draft.saved_at = content, draft.version + 1, at
    draft.save()
    return draft


def draft_of(*, officer: User, consultation: Consultation) -> Draft | None:
    """One by constraint; it stays with its thread when that moves to another office."""
    found = sql.select(Draft, "owner_id = %s AND consultation_id = %s", officer.pk, consultation.pk)
    return found[0] if found else None


def drop(*, officer: User, consultation: Consultation) -> None:
    """The words were sent, or thrown away by their owner."""
    Draft.objects.filter(owner=officer, consultation=consultation).delete()
