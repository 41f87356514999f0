"""Recording what was asked and what was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.consultations.models import Consultation, DataItem, Material
from loket.offices.models import Office
from loket.people.models import Visitor


@dataclass(frozen=True)
class Item:
    """One data item as the officer wrote it; years as whole numbers or None."""

    what: str
    found: str
    area: str = ""
    year_from: int | None = None
    year_to: int | None = None
    level: str = ""
    period: str = ""


@dataclass(frozen=True)
class Given:
    """Material handed over: a title, and an address where it has one."""

    title: str
    address: str = ""


@dataclass(frozen=True)
class Record:
    """The officer's note of one consultation."""

    question: str
    kind: str
    answer: str = ""
    referral: str = ""
    items: Sequence[Item] = ()
    materials: Sequence[Given] = ()


@transaction.atomic
def record(
    *,
    office: Office,
    visitor: Visitor | None,
    door: str,
    note: Record,
    consultation: Consultation | None,
    by: str,
    at: datetime,
) -> Consultation:
    """Store the note; a second time replaces what the first said. `at` is aware."""
    events.hold(office.code)
    if consultation is None:
        consultation = Consultation(office=office, door=door, created_at=at)
    consultation.visitor = visitor
    consultation.kind = note.kind
    consultation.question = note.question
    consultation.answer = note.answer
    consultation.referral = note.referral
    consultation.answered_at = at
    consultation.save()
    consultation.items.all().delete()
    DataItem.objects.bulk_create(
        DataItem(consultation=consultation, position=position, **vars(item))
        for position, item in enumerate(note.items, start=1)
    )
    consultation.materials.all().delete()
    Material.objects.bulk_create(
        Material(consultation=consultation, **vars(given)) for given in note.materials
    )
    events.record(
        office=office.code,
        kind="consultation.record",
        subject=f"consultation:{consultation.pk}",
        by=by,
        at=at,
        items=len(note.items),
        found=sum(item.found == DataItem.Found.FOUND for item in note.items),
    )
    return consultation
