from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from loket.feedback.links import rating_path
from loket.feedback.models import Rating
from loket.people import devices
from loket.people.models import Role
from loket.visits.actions import calling, undoing
from tests.cast import MORNING, an_office, an_officer, sari_at_counter, take

pytestmark = pytest.mark.django_db
END = MORNING + timedelta(minutes=15)


@pytest.fixture(autouse=True)
def after_the_visit():
    with time_machine.travel(END, tick=False) as clock:
        cache.clear()
        yield clock


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def visit(office):
    session = sari_at_counter(office)
    take(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING)
    return calling.finish(session=session, at=END)


@pytest.fixture
def tablet(client, office):
    made = devices.add_device(
        office=office, kind="rating", name="Tablet", by="staff:1", at=END, settings={"counter": 1}
    )
    client.post("/3574/perangkat/rating/", {"code": made.pairing_code})
    return client


def test_one_tap_then_words(client, visit):
    page = rating_path(visit)

    asked = client.get(page)
    tapped = client.post(page, {"score": "4"})
    thanked = client.get(page)
    client.post(f"{page}alasan/", {"reasons": ["clear", "quick"], "comment": "Terima kasih"})

    assert "A-001" in asked.content.decode()
    assert tapped.headers["Location"] == page
    assert b'name="comment"' in thanked.content
    rating = Rating.objects.get()
    assert (rating.score, rating.channel, rating.reasons) == (4, "phone", ["clear", "quick"])
    assert b'name="comment"' not in client.get(page).content


def test_the_mailed_address_counts_as_mail(client, visit):
    client.post(f"{rating_path(visit)}?dari=surel", {"score": "5"})

    assert Rating.objects.get().channel == "mail"


def test_double_taps_and_the_back_button_keep_the_first(client, visit):
    for score in ("5", "5", "1"):
        answer = client.post(rating_path(visit), {"score": score}, follow=True)

    assert answer.status_code == 200
    assert Rating.objects.get().score == 5


@pytest.mark.parametrize("score", ["", "0", "6", "-1", "4.5", "٤ "])
def test_no_other_score_is_kept(client, visit, score):
    answer = client.post(rating_path(visit), {"score": score})

    assert answer.status_code == 422
    assert not Rating.objects.exists()


def test_a_comment_of_any_length_is_answered_and_nothing_typed_is_lost(client, visit):
    client.post(rating_path(visit), {"score": "2"})

    answer = client.post(f"{rating_path(visit)}alasan/", {"comment": "a" * 2001, "reasons": ["waited"]})

    assert answer.status_code == 422
    assert "a" * 2001 in answer.content.decode()
    assert b"checked" in answer.content


def test_staff_cannot_rate_their_own_office_even_after_signing_out(client, visit, office):
    client.force_login(visit.officer)
    inside = client.post(rating_path(visit), {"score": "5"})
    client.logout()
    client.cookies["loket_workplace"] = "1"
    outside = client.post(rating_path(visit), {"score": "5"})

    assert (inside.status_code, outside.status_code) == (403, 403)
    assert not Rating.objects.exists()


def test_an_officer_of_another_office_is_a_visitor_like_any_other(client, visit):
    client.force_login(an_officer(an_office("9471"), "Yosef", Role.OFFICER))

    client.post(rating_path(visit), {"score": "3"})

    assert Rating.objects.get().score == 3


def test_a_finish_taken_back_closes_the_rating_until_the_next(client, visit):
    undoing.undo(session=sari_at_counter(visit.office), at=END)

    answer = client.post(rating_path(visit), {"score": "5"})

    assert answer.status_code == 409
    assert not Rating.objects.exists()


def test_after_fourteen_days_the_address_says_so(client, visit, after_the_visit):
    after_the_visit.move_to(END + timedelta(days=14, seconds=1))

    assert client.get(rating_path(visit)).status_code == 410


def test_invented_addresses_are_not_found(client, visit):
    an_office("9471")

    for path in ("/3574/nilai/1/", "/3574/nilai/1.abc/", rating_path(visit).replace("3574", "9471")):
        assert client.get(path).status_code == 404


def test_the_tablet_asks_thanks_and_rests(tablet, visit):
    home = "/3574/nilai/loket/1/"
    token = rating_path(visit).split("/")[-2]

    asked = tablet.get(home)
    thanked = tablet.post(home, {"score": "5", "token": token})
    words = tablet.post(thanked.headers["Location"], {"reasons": ["friendly"]})

    assert f'data-asks="{visit.pk}"' in asked.content.decode()
    assert words.headers["Location"] == home
    assert 'data-asks=""' in tablet.get(home).content.decode()
    assert Rating.objects.get().channel == "tablet"
    assert Rating.objects.get().reasons == ["friendly"]


def test_the_tablet_keeps_no_tap_for_a_visit_it_no_longer_asks_about(tablet, visit, after_the_visit):
    token = rating_path(visit).split("/")[-2]
    after_the_visit.shift(timedelta(minutes=4))

    answer = tablet.post("/3574/nilai/loket/1/", {"score": "1", "token": token})

    assert answer.headers["Location"] == "/3574/nilai/loket/1/"
    assert not Rating.objects.exists()


def test_a_tablet_has_one_counter(tablet):
    assert tablet.get("/3574/nilai/loket/2/").status_code == 404


def test_a_browser_that_is_no_tablet_is_led_to_pairing(client, visit):
    answer = client.post("/3574/nilai/loket/1/", {"score": "5"})

    assert answer.headers["Location"] == "/3574/perangkat/rating/"
