"""What the office does with ratings: answer a comment, mark what looks wrong. Nothing is ever deleted."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from loket.base import events
from loket.base.text import many_lines, one_line
from loket.feedback.models import Rating

# So many from one address within so many minutes are flagged; a family at one table is not.
UNUSUAL, WITHIN = 5, timedelta(minutes=10)
# The day is in the key, so that digests of two days cannot be compared.
ORIGIN_KEPT = timedelta(days=7)
FLAGGED = "many from one address within minutes"


def origin_of(address: str | None, *, at: datetime) -> str:
    """A keyed digest of a network address for this day; it says nothing without the program's key."""
    if not address:
        return ""
    said = f"rating:{at:%Y-%m-%d}:{address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def flag_unusual(rating: Rating, *, at: datetime) -> None:
    """Within the transaction of the rating: mark it when it is one of many from the same address."""
    if not rating.origin:
        return
    same = Rating.objects.filter(office=rating.office, origin=rating.origin, at__gt=at - WITHIN)
    if same.count() >= UNUSUAL:
        same.filter(marked_at=None).update(marked_at=at, marked_by="loket", mark_reason=FLAGGED)


@transaction.atomic
def reply_to(*, rating: Rating, text: str, by: str, at: datetime) -> Rating:
    """Answer a comment; whoever rated reads it at the same address. Again replaces what was said."""
    events.hold(rating.office.code)
    said = many_lines(text)[:2000]
    Rating.objects.filter(pk=rating.pk).update(reply=said, replied_at=at, replied_by=by)
    _tell(rating, "reply", by, at)
    rating.refresh_from_db()
    return rating


@transaction.atomic
def mark(*, rating: Rating, reason: str, by: str, at: datetime) -> None:
    """Say why it looks wrong. It stays and counts; again changes nothing."""
    events.hold(rating.office.code)
    marked = Rating.objects.filter(pk=rating.pk, marked_at=None).update(
        marked_at=at, marked_by=by, mark_reason=one_line(reason)[:200]
    )
    if marked:
        _tell(rating, "mark", by, at)


def old_origins(*, at: datetime) -> QuerySet[Rating]:
    return Rating.objects.filter(at__lt=at - ORIGIN_KEPT).exclude(origin="")


def forget_origins(*, at: datetime) -> int:
    return old_origins(at=at).update(origin="")


def _tell(rating: Rating, kind: str, by: str, at: datetime) -> None:
    events.record(
        office=rating.office.code, kind=f"rating.{kind}", subject=f"rating:{rating.pk}", by=by, at=at
    )
