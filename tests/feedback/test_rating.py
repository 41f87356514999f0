from datetime import timedelta

import pytest
from django.test import override_settings

from loket.base.models import Event
from loket.feedback import links
from loket.feedback.actions import rating as actions
from loket.feedback.models import Rating
from loket.feedback.queries import just_finished
from loket.visits.actions import calling
from tests.cast import MORNING, an_office, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
END = MORNING + 15 * MINUTE


def a_served_visit(office):
    session = sari_at_counter(office)
    take(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING + MINUTE)
    return calling.finish(session=session, at=END)


def rate(ticket, score=5, *, at=END, **words):
    return actions.rate(ticket=ticket, score=score, channel="phone", at=at, **words)


def test_one_tap_is_kept_with_its_visit():
    ticket = a_served_visit(an_office())

    rating = rate(ticket, 4)

    assert (rating.ticket, rating.score, rating.office) == (ticket, 4, ticket.office)
    assert Event.objects.latest("seq").kind == "rating.give"


def test_the_same_tap_twice_is_one_rating():
    ticket = a_served_visit(an_office())

    assert rate(ticket).pk == rate(ticket).pk
    assert Event.objects.filter(kind="rating.give").count() == 1


def test_a_second_opinion_is_refused_and_the_first_stays():
    ticket = a_served_visit(an_office())
    rate(ticket, 2)

    with pytest.raises(actions.AlreadyRated):
        rate(ticket, 5)

    assert Rating.objects.get().score == 2


def test_a_visit_that_has_not_ended_cannot_be_rated():
    office = an_office()

    with pytest.raises(actions.NotServed):
        rate(take(office))


def test_a_visit_can_be_rated_for_fourteen_days_and_no_longer():
    ticket = a_served_visit(an_office())
    last = END + timedelta(days=14)

    with pytest.raises(actions.TooLate):
        rate(ticket, at=last + timedelta(seconds=1))

    assert rate(ticket, at=last)


def test_reasons_are_those_offered_for_the_score():
    ticket = a_served_visit(an_office())

    rating = rate(ticket, 5, reasons=["quick", "unclear", "x", "clear"])

    assert rating.reasons == ["clear", "quick"]


def test_words_follow_the_tap_once():
    rating = rate(a_served_visit(an_office()), 3)
    said = {"reasons": ["waited"], "comment": "Lama\u202e <b>"}

    for _ in range(2):
        actions.add_words(rating=rating, at=END + MINUTE, **said)
    with pytest.raises(actions.WordsClosed):
        actions.add_words(rating=rating, reasons=[], comment="Lain", at=END + MINUTE)

    rating.refresh_from_db()
    assert (rating.reasons, rating.comment) == (["waited"], "Lama <b>")
    assert Event.objects.filter(kind="rating.words").count() == 1


def test_words_after_an_hour_are_too_late():
    rating = rate(a_served_visit(an_office()))

    with pytest.raises(actions.WordsClosed):
        actions.add_words(rating=rating, reasons=[], comment="Baik", at=END + 61 * MINUTE)


@override_settings(BASE_URL="https://loket.example")
def test_a_link_leads_to_its_visit_only():
    ticket = a_served_visit(an_office())
    an_office("9471")
    link = links.rating_link(ticket)
    token = link.removeprefix("https://loket.example/3574/nilai/").removesuffix("/?dari=surel")

    assert links.ticket_of(token, office_code="3574") == ticket
    for wrong, office in [(token, "9471"), (token[:-1] + "~", "3574"), (str(ticket.pk), "3574")]:
        with pytest.raises(links.LinkWrong):
            links.ticket_of(wrong, office_code=office)


def test_the_tablet_asks_for_three_minutes_after_the_end():
    office = an_office()
    ticket = a_served_visit(office)
    first, second = office.counters.order_by("number")

    assert just_finished(first, at=END + 2 * MINUTE) == ticket
    assert just_finished(second, at=END + 2 * MINUTE) is None
    assert just_finished(first, at=END + 3 * MINUTE) is None


def test_the_tablet_rests_after_the_tap():
    office = an_office()
    rate(a_served_visit(office))

    assert just_finished(office.counters.get(number=1), at=END) is None


def test_the_tablet_never_asks_the_next_visitor_about_the_one_before():
    office = an_office()
    ticket = a_served_visit(office)
    session = sari_at_counter(office)
    take(office, at=END)
    calling.call_next(session=session, at=END + MINUTE)

    assert just_finished(session.counter, at=END + MINUTE) == ticket
    calling.start(session=session, at=END + MINUTE)
    assert just_finished(session.counter, at=END + MINUTE) is None
