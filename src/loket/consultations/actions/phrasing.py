"""Words the office uses again and again: saved replies, with places for what changes."""

from datetime import datetime

from django.db import IntegrityError, transaction

from loket.base import events
from loket.base.text import many_lines, one_line
from loket.consultations.models import Consultation, SavedReply
from loket.offices.explaining import until
from loket.offices.models import Office
from loket.people.models import User


class TitleTaken(Exception):
    """The office has a saved reply of this title already."""


@transaction.atomic
def save_reply(
    *, office: Office, title: str, text: str, by: str, at: datetime, reply: SavedReply | None = None
) -> SavedReply:
    """Keep a new reply, or other words for one that exists. Refuses TitleTaken."""
    events.hold(office.code)
    kept = reply or SavedReply(office=office)
    kept.title, kept.text = one_line(title)[:80], many_lines(text)
    kept.changed_at, kept.changed_by = at, by
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as taken:
        raise TitleTaken(title) from taken
    events.record(office=office.code, kind="saved_reply.save", subject=f"saved_reply:{kept.pk}", by=by, at=at)
    return kept


@transaction.atomic
def drop_reply(*, reply: SavedReply, by: str, at: datetime) -> None:
    """Again changes nothing."""
    events.hold(reply.office.code)
    key = reply.pk
    if SavedReply.objects.filter(pk=key).delete()[0]:
        events.record(
            office=reply.office.code, kind="saved_reply.drop", subject=f"saved_reply:{key}", by=by, at=at
        )


def filled_in(reply: SavedReply, *, consultation: Consultation, officer: User) -> str:
    """The words with [nama], [nomor], [petugas], [kantor] and [tenggat] replaced; other brackets stay."""
    office = consultation.office
    values = {
        "nama": consultation.asker.name if consultation.asker else "",
        "nomor": consultation.label,
        "petugas": officer.name,
        "kantor": office.name,
        "tenggat": until(office, consultation.due_at) if consultation.due_at else "",
    }
    text = reply.text
    for name, value in values.items():
        text = text.replace(f"[{name}]", value)
    return text
