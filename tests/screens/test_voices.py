"""Ratings together: comments are answered, the unusual is marked, the public sees them from five on."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from loket.feedback.actions import judging
from loket.feedback.links import rating_path
from loket.feedback.models import Rating
from loket.jobs import forgetting
from loket.people.models import Role
from loket.visits.actions import calling
from tests.cast import MORNING, an_office, an_officer, sari_at_counter, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_morning():
    cache.clear()
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def office():
    return an_office()


def served_visits(office, count: int) -> list:
    session = sari_at_counter(office)
    done = []
    for _ in range(count):
        take(office)
        calling.call_next(session=session, at=MORNING)
        calling.start(session=session, at=MORNING)
        done.append(calling.finish(session=session, at=MORNING))
    return done


def rate(ticket, score=4, *, address="203.0.113.7") -> None:
    Client().post(rating_path(ticket), {"score": score}, REMOTE_ADDR=address)


def rina(office) -> Client:
    client = Client()
    client.force_login(an_officer(office, "Rina", Role.SUPERVISOR))
    return client


def test_five_from_one_address_within_minutes_are_marked_and_count(office):
    for ticket in served_visits(office, 5):
        rate(ticket)

    page = rina(office).get("/3574/kelola/penilaian/").content.decode()

    assert Rating.objects.filter(marked_by="loket").count() == 5
    assert "banyak dari satu alamat" in page
    assert "5 dari 5" in page


def test_from_different_addresses_nothing_is_marked(office):
    for number, ticket in enumerate(served_visits(office, 6)):
        rate(ticket, address=f"203.0.113.{number}")

    assert not Rating.objects.exclude(marked_at=None).exists()


def test_the_digest_of_the_address_is_forgotten_after_a_week(office, the_morning):
    rate(served_visits(office, 1)[0])
    given = Rating.objects.get()
    assert (len(given.origin), "203." in given.origin) == (64, False)
    later = MORNING + judging.ORIGIN_KEPT + judging.WITHIN

    for each in forgetting.origins_due(later):
        forgetting.forget_origins(each, later)

    given.refresh_from_db()
    assert (given.origin, given.score, forgetting.origins_due(later)) == ("", 4, [])


def test_rina_answers_a_comment_and_budi_reads_it_at_his_address(office):
    ticket = served_visits(office, 1)[0]
    rate(ticket)
    Rating.objects.update(comment="Ruang tunggu panas")
    given = Rating.objects.get()

    rina(office).post(f"/3574/kelola/penilaian/{given.pk}/balasan/", {"text": "Kipas sudah dipasang."})

    assert "Kipas sudah dipasang." in Client().get(rating_path(ticket)).content.decode()


@pytest.mark.parametrize(("what", "field"), [("balasan", "text"), ("tanda", "reason")])
def test_nothing_written_changes_nothing(office, what, field):
    rate(served_visits(office, 1)[0])
    given = Rating.objects.get()

    rina(office).post(f"/3574/kelola/penilaian/{given.pk}/{what}/", {field: "  "})

    given.refresh_from_db()
    assert (given.reply, given.marked_at) == ("", None)


def test_a_mark_has_its_reason_and_is_given_once(office):
    rate(served_visits(office, 1)[0])
    client, given = rina(office), Rating.objects.get()

    for reason in ("Dari petugas sendiri", "Lain"):
        client.post(f"/3574/kelola/penilaian/{given.pk}/tanda/", {"reason": reason})

    given.refresh_from_db()
    assert given.mark_reason == "Dari petugas sendiri"


def test_the_public_sees_ratings_from_five_on(office, client):
    tickets = served_visits(office, 5)
    for number, ticket in enumerate(tickets[:4]):
        rate(ticket, address=f"203.0.113.{number}")
    assert "kurang dari lima" in client.get("/3574/nilai/").content.decode()

    rate(tickets[4], 5)

    assert "4,2" in client.get("/3574/nilai/").content.decode()
