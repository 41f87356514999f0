"""Services and counters, as administrators set them up."""

import pytest
import time_machine

from loket.people.models import Role
from tests.cast import MORNING, an_office, an_officer, take

pytestmark = pytest.mark.django_db
MANAGE = "/3574/kelola/"


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def adi(client, office):
    client.force_login(an_officer(office, "Adi", Role.ADMINISTRATOR))


def test_a_service_with_a_letter_of_its_own(client, adi, office):
    fields = {"letter": "b", "name_id": "Perpustakaan", "name_en": "Library", "minutes": "10"}

    client.post(f"{MANAGE}layanan/baru/", fields)
    again = client.post(f"{MANAGE}layanan/baru/", fields)

    added = office.services.get(letter="B")
    assert again.status_code == 422
    assert take(office, service=added).label == "B-001"
    assert added in office.counters.get(number=1).services.all()


def test_the_only_service_and_counter_stay_in_use(client, adi, office):
    office.counters.get(number=2).delete()
    service = office.services.get()
    fields = {"name_id": "Konsultasi", "name_en": "Consultation", "minutes": "18"}

    stopped = client.post(f"{MANAGE}layanan/{service.pk}/", fields)
    closed = client.post(f"{MANAGE}layanan/loket/1/", {"services": [service.pk]})

    assert (stopped.status_code, closed.status_code) == (422, 422)


def test_counters_are_added_and_taken_out_of_use(client, adi, office):
    client.post(f"{MANAGE}layanan/loket-baru/")
    client.post(f"{MANAGE}layanan/loket/1/", {"services": [office.services.get().pk]})

    assert office.counters.get(number=3).services.count() == 1
    assert not office.counters.get(number=1).active


def test_who_takes_the_last_counter_of_a_line_is_told_that_somebody_waits(client, adi, office):
    library = office.services.create(code="b", letter="B", name_id="Perpustakaan", name_en="Library")
    one, two = office.counters.order_by("number")
    one.services.add(library)
    two.services.add(library)
    take(office, service=library)
    left = {"services": [office.services.get(letter="A").pk], "active": "on"}

    first = client.post(f"{MANAGE}layanan/loket/1/", left, follow=True).content.decode()
    last = client.post(f"{MANAGE}layanan/loket/2/", left, follow=True).content.decode()

    warning = "Masih ada yang menunggu untuk Perpustakaan"
    assert (warning in first, warning in last) == (False, True)
