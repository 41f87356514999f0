"""Writes about visitors: who they are, as far as they say."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from loket.base import ids, sql
from loket.offices.models import Office
from loket.people.models import Consent, Visitor

# Changes whenever the words of the notice change; stored with each consent (UU 27/2022, 20-21).
NOTICE_VERSION = "2026-11"
CODE_LENGTH = 8
SAID = (
    "name", "email", "phone", "sex", "age_band", "education", "occupation", "institution",
    "institution_kind", "assistance",
)  # fmt: skip


@dataclass(frozen=True)
class GuestEntry:
    """What a visitor wrote into the guest book, shape already checked by the form."""

    name: str
    email: str = ""
    phone: str = ""
    sex: str = ""
    age_band: str = ""
    education: str = ""
    occupation: str = ""
    institution: str = ""
    institution_kind: str = ""
    assistance: str = ""
    language: str = "id"
    # The code from an earlier ticket or mail; empty for a first visit.
    code: str = ""
    # Purposes ticked, each by its own box.
    consents: tuple[str, ...] = field(default=())


class UnknownCode(Exception):
    """No visitor of this office carries this code."""


def visitor_by_code(*, office: Office, code: str) -> Visitor:
    """The returning visitor who carries `code` (spaces and case do not matter). Refuses UnknownCode."""
    spelled = "".join(code.split()).replace("-", "").upper()
    try:
        return Visitor.objects.get(office=office, code=spelled, forgotten_at=None)
    except Visitor.DoesNotExist:
        raise UnknownCode from None


@transaction.atomic(savepoint=False)
def greet(*, office: Office, entry: GuestEntry, channel: str, at: datetime) -> Visitor:
    """Store a visitor's entry; recognised by the code only, never by a typed address (R3).

    A returning visitor's blank fields keep what was said before. Refuses UnknownCode.
    """
    visitor = arrival(office=office, entry=entry, at=at)
    if visitor.pk is None:
        sql.insert(visitor)
    keep_consents(visitor, entry, channel=channel, at=at)
    return visitor


def arrival(*, office: Office, entry: GuestEntry, at: datetime) -> Visitor:
    """As `greet`, but whoever is new is not stored yet, so that it can be done with the visit."""
    return _back(office, entry, at) if entry.code else _newcomer(office, entry, at)


def _back(office: Office, entry: GuestEntry, at: datetime) -> Visitor:
    visitor = visitor_by_code(office=office, code=entry.code)
    for name, value in _said(entry).items():
        if value:
            setattr(visitor, name, value)
    visitor.language, visitor.last_seen_at = entry.language, at
    visitor.save()
    return visitor


def _newcomer(office: Office, entry: GuestEntry, at: datetime) -> Visitor:
    return sql.new(
        Visitor,
        office=office,
        code=ids.code(CODE_LENGTH),
        language=entry.language,
        first_seen_at=at,
        last_seen_at=at,
        **_said(entry),
    )


def keep_consents(visitor: Visitor, entry: GuestEntry, *, channel: str, at: datetime) -> None:
    """Each purpose ticked, with the notice that was read."""
    if entry.consents:
        Consent.objects.bulk_create(
            Consent(
                visitor=visitor,
                purpose=purpose,
                notice_version=NOTICE_VERSION,
                language=entry.language,
                channel=channel,
                at=at,
            )
            for purpose in entry.consents
        )


def _said(entry: GuestEntry) -> dict[str, str]:
    """Their data by column."""
    return {name: getattr(entry, name) for name in SAID}
