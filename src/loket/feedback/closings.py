"""Ratings of online consultations: one for each closing, by the one who asked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.base.text import many_lines
from loket.consultations.models import Consultation
from loket.feedback.actions import LONGEST_COMMENT, RATABLE_FOR, AlreadyRated, NotServed, TooLate, judging
from loket.feedback.models import Rating
from loket.feedback.reasons import reasons_for
from loket.live import announce

# What the visitor took back, and what was no question, was not served.
SERVED = {
    Consultation.Reason.SOLVED,
    Consultation.Reason.NO_RESPONSE,
    Consultation.Reason.FINISHED,
}


@transaction.atomic
def rate_closing(
    *,
    consultation: Consultation,
    score: int,
    at: datetime,
    reasons: Sequence[str] = (),
    comment: str = "",
    origin: str = "",
) -> Rating:
    """Keep the asker's score from 1 (bad) to 5 (very good) for the latest closing.

    `origin` is a keyed digest of the network address (judging.origin_of).

    The same score again is the same tap; another one refuses AlreadyRated. Refuses NotServed while it
    is open or when nothing was served, and TooLate 14 days after the closing.
    """
    office = consultation.office
    events.hold(office.code)
    now = Consultation.objects.get(pk=consultation.pk)
    earlier = rating_of(now)
    if earlier and earlier.score == score:
        return earlier
    if earlier:
        raise AlreadyRated(earlier)
    check_open(now, at=at)
    rating = Rating.objects.create(
        office=office,
        consultation=now,
        closing=now.closings,
        score=score,
        reasons=[code for code in reasons_for(score) if code in reasons],
        comment=many_lines(comment)[:LONGEST_COMMENT],
        channel="portal",
        at=at,
        origin=origin,
    )
    judging.flag_unusual(rating, at=at)
    events.record(
        office=office.code,
        kind="rating.give",
        subject=f"consultation:{now.pk}",
        by="visitor",
        at=at,
        score=score,
        channel="portal",
    )
    announce.changed(announce.thread(now.token))
    return rating


def rating_of(consultation: Consultation) -> Rating | None:
    """What was given for the latest closing."""
    given = Rating.objects.filter(consultation=consultation, closing=consultation.closings)
    return given.first()  # one by constraint


def awaits_rating(consultation: Consultation, *, at: datetime) -> bool:
    """May the latest closing still be rated, and has nobody done so?"""
    try:
        check_open(consultation, at=at)
    except (NotServed, TooLate):
        return False
    return rating_of(consultation) is None


def check_open(consultation: Consultation, *, at: datetime) -> None:
    """May the latest closing be rated at `at`? Refuses NotServed and TooLate."""
    closed_at = consultation.closed_at
    if consultation.is_open or closed_at is None or consultation.close_reason not in SERVED:
        raise NotServed(consultation)
    if at > closed_at + RATABLE_FOR:
        raise TooLate(consultation)
