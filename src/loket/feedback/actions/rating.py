"""Ratings: one tap, bound to one visit, once. Nothing ever waits for one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from loket.base import events
from loket.base.text import many_lines
from loket.feedback.actions import judging
from loket.feedback.models import Rating
from loket.feedback.reasons import reasons_for
from loket.live import announce
from loket.rules.queueing import State
from loket.visits.models import Ticket

RATABLE_FOR = timedelta(days=14)
# Words may follow the tap for an hour; afterwards the rating stands as it is.
WORDS_WITHIN = timedelta(hours=1)
LONGEST_COMMENT = 2000


class NotServed(Exception):
    """Only a visit that was served and has ended can be rated."""


class TooLate(Exception):
    """The visit ended more than 14 days ago."""


class AlreadyRated(Exception):
    """This visit has its rating; args: the rating."""


class WordsClosed(Exception):
    """The rating has its words already, or the hour for them is over."""


@transaction.atomic
def rate(
    *,
    ticket: Ticket,
    score: int,
    channel: str,
    at: datetime,
    reasons: Sequence[str] = (),
    comment: str = "",
    origin: str = "",
) -> Rating:
    """Keep the visitor's score from 1 (bad) to 5 (very good). `channel`: "phone", "mail" or "tablet".

    `origin` is a keyed digest of the network address (judging.origin_of).
    The same score again is the same tap and gives the same rating; another score refuses
    AlreadyRated. Refuses NotServed and, 14 days after the end, TooLate.
    """
    office = ticket.office
    events.hold(office.code)
    earlier = Rating.objects.filter(ticket=ticket).first()  # one by constraint
    if earlier and earlier.score == score:
        return earlier
    if earlier:
        raise AlreadyRated(earlier)
    check_open(ticket, at=at)
    rating = Rating.objects.create(
        office=office,
        ticket=ticket,
        score=score,
        reasons=_known(score, reasons),
        comment=many_lines(comment)[:LONGEST_COMMENT],
        channel=channel,
        at=at,
        origin=origin,
    )
    judging.flag_unusual(rating, at=at)
    events.record(
        office=office.code,
        kind="rating.give",
        subject=f"ticket:{ticket.pk}",
        by="visitor",
        at=at,
        score=score,
        channel=channel,
    )
    announce.changed(announce.hall(office.code))
    return rating


@transaction.atomic
def add_words(*, rating: Rating, reasons: Sequence[str], comment: str, at: datetime) -> Rating:
    """Reasons and comment after the tap, once; the same words again change nothing. Refuses WordsClosed."""
    office = rating.office
    events.hold(office.code)
    ticked, words = _known(rating.score, reasons), many_lines(comment)[:LONGEST_COMMENT]
    now = Rating.objects.get(pk=rating.pk)
    if (now.reasons, now.comment) == (ticked, words):
        return now
    if not takes_words(now, at=at):
        raise WordsClosed(rating)
    now.reasons, now.comment = ticked, words
    now.save(update_fields=["reasons", "comment"])
    events.record(
        office=office.code, kind="rating.words", subject=f"ticket:{rating.ticket_id}", by="visitor", at=at
    )
    return now


def takes_words(rating: Rating, *, at: datetime) -> bool:
    """No words yet, and the hour for them is not over."""
    return not rating.reasons and not rating.comment and at - rating.at <= WORDS_WITHIN


def check_open(ticket: Ticket, *, at: datetime) -> None:
    """May this visit be rated at `at`? Refuses NotServed and TooLate."""
    if ticket.state != State.SERVED or ticket.finished_at is None:
        raise NotServed(ticket)
    if at > ticket.finished_at + RATABLE_FOR:
        raise TooLate(ticket)


def _known(score: int, reasons: Sequence[str]) -> list[str]:
    """The ticked reasons in the order they are offered; what was not offered is left out."""
    return [code for code in reasons_for(score) if code in reasons]
