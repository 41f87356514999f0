import pytest
from django.utils import timezone

from loket.base.models import Heartbeat
from loket.diagnosis import database, surroundings
from loket.outbox import actions as outbox
from tests.cast import BUDI, MORNING, an_office, sari_at_counter, take

pytestmark = pytest.mark.django_db


def test_alive_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"alive\n"


def test_ready_when_all_is_there(client):
    Heartbeat.objects.create(name="worker", at=timezone.now())

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "database": True,
        "disk": True,
        "migrations": True,
        "worker": True,
        "newer_database": False,
    }


def test_a_newer_database_is_said_and_served(client, monkeypatch):
    Heartbeat.objects.create(name="worker", at=timezone.now())
    monkeypatch.setattr(database, "unknown_migrations", lambda: ["base.0099_later"])

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["newer_database"] is True


def test_not_ready_without_worker(client):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["worker"] is False


def test_not_ready_with_a_full_disk(client, monkeypatch):
    Heartbeat.objects.create(name="worker", at=timezone.now())
    monkeypatch.setattr(surroundings, "free_bytes", lambda: 0)

    assert client.get("/readyz").json()["disk"] is False


def test_not_ready_before_the_database_is_of_this_version(client, monkeypatch):
    Heartbeat.objects.create(name="worker", at=timezone.now())
    monkeypatch.setattr(database, "missing_migrations", lambda: 2)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["migrations"] is False
    assert answer.json()["database"] is True


def test_not_ready_without_a_database(client, monkeypatch):
    monkeypatch.setattr(database, "is_reachable", lambda: False)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {
        "database": False,
        "disk": True,
        "migrations": False,
        "worker": False,
        "newer_database": False,
    }


def test_the_figures_count_and_name_nobody(client):
    office = an_office()
    sari_at_counter(office)
    take(office)
    take(office)
    outbox.put(to="rina@kantor.example", subject="x", text="", kind="x", at=MORNING)

    text = client.get("/metrics").content.decode()

    assert 'loket_tickets{office="3574",state="waiting"} 2' in text
    assert 'loket_counters_open{office="3574"} 1' in text
    assert 'loket_mails{state="waiting"}' in text
    assert "loket_disk_free_bytes " in text
    assert BUDI.name not in text
    assert "@" not in text
