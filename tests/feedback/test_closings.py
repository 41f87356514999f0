"""A consultation is rated once for each closing."""

from datetime import timedelta

import pytest

from loket.base.models import Event
from loket.consultations.actions import closing
from loket.feedback import closings
from loket.feedback.actions import AlreadyRated, NotServed, TooLate
from loket.feedback.models import Rating
from tests.consultations.conversation import answer, ask, fresh, probolinggo, reply
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
ASKED, ANSWERED, CLOSED = wib("2026-01-13T09:00"), wib("2026-01-13T10:00"), wib("2026-01-13T11:00")


@pytest.fixture
def closed():
    asked = ask(probolinggo(), ASKED)
    answer(asked, ANSWERED)
    return closing.close_solved(consultation=fresh(asked), at=CLOSED)


def test_one_tap_counts_once(closed):
    first = closings.rate_closing(consultation=closed, score=5, at=CLOSED)
    again = closings.rate_closing(consultation=closed, score=5, at=CLOSED)

    assert first == again
    assert (first.closing, first.channel) == (1, "portal")
    assert "Budi" not in str(Event.objects.filter(kind="rating.give").values())
    with pytest.raises(AlreadyRated):
        closings.rate_closing(consultation=closed, score=1, at=CLOSED)


def test_opened_and_closed_again_it_is_rated_again(closed):
    closings.rate_closing(consultation=closed, score=2, at=CLOSED)
    reply(closed, CLOSED + timedelta(hours=1))
    answer(closed, CLOSED + timedelta(hours=2))
    closing.close_solved(consultation=fresh(closed), at=CLOSED + timedelta(hours=3))

    closings.rate_closing(consultation=fresh(closed), score=5, at=CLOSED + timedelta(hours=3))

    assert list(Rating.objects.order_by("closing").values_list("closing", "score")) == [(1, 2), (2, 5)]


def test_what_is_open_or_was_taken_back_is_not_rated(closed):
    open_one = ask(closed.office, ASKED, key="two")
    withdrawn = closing.withdraw(consultation=ask(closed.office, ASKED, key="three"), at=CLOSED)

    for consultation in (open_one, withdrawn):
        with pytest.raises(NotServed):
            closings.rate_closing(consultation=consultation, score=5, at=CLOSED)


def test_fourteen_days_are_enough(closed):
    last = CLOSED + timedelta(days=14)

    assert closings.awaits_rating(closed, at=last)
    assert not closings.awaits_rating(closed, at=last + timedelta(seconds=1))
    with pytest.raises(TooLate):
        closings.rate_closing(consultation=closed, score=5, at=last + timedelta(seconds=1))


def test_many_from_one_address_within_minutes_are_flagged(closed):
    for number in range(5):
        each = ask(closed.office, ASKED, key=f"many-{number}")
        answer(each, ANSWERED)
        each = closing.close_solved(consultation=fresh(each), at=CLOSED)
        closings.rate_closing(consultation=each, score=5, at=CLOSED, origin="a" * 64)
    closings.rate_closing(consultation=closed, score=5, at=CLOSED, origin="b" * 64)

    assert Rating.objects.filter(marked_by="loket").count() == 5
    assert Rating.objects.get(consultation=closed).marked_at is None
