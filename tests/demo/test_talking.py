"""The demo's consultations lie in every state, and asking for them again adds nothing on the same day."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from loket.base import events
from loket.consultations.models import Consultation
from loket.demo import accounts, talking
from loket.offices import loading, officefile
from tests.cast import WIB

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 1, 20, 10, 30, tzinfo=WIB)


@pytest.fixture
def office():
    return loading.load(file=officefile.read(loading.example("3574")), by="loket", at=TUESDAY).office


def play(office, at=TUESDAY):
    return talking.talk(office=office, officers=accounts.make(office=office, at=at), at=at)


def test_there_is_a_conversation_in_every_state(office):
    assert play(office) == len(talking.TALKS)

    states = set(Consultation.objects.values_list("state", "close_reason"))
    assert {("office", ""), ("visitor", ""), ("closed", "solved"), ("closed", "withdrawn")} <= states
    assert Consultation.objects.filter(state="office", due_at__lt=TUESDAY).exists()
    assert Consultation.objects.filter(state="office", due_at__gt=TUESDAY).exists()
    assert not Consultation.objects.filter(last_at__gt=TUESDAY).exists()
    assert list(events.verify()) == []


def test_once_a_day_is_enough(office):
    play(office)

    assert play(office, TUESDAY + timedelta(hours=3)) == 0
    assert play(office, TUESDAY + timedelta(days=1)) == len(talking.TALKS)


def test_one_click_makes_a_visitor_of_the_demo(office, client, settings):
    settings.DEMO = True
    play(office)
    [budi] = [user for user in talking.visitors(at=TUESDAY) if user.name == "Budi Santoso"]

    assert "Budi Santoso" in client.get(reverse("demo")).text
    assert client.post(reverse("demo-sign-in"), {"visitor": budi.pk}).url == "/3574/konsultasi/"
    sari = accounts.make(office=office, at=TUESDAY)[0]
    assert client.post(reverse("demo-sign-in"), {"visitor": sari.pk}).status_code == 404
    assert client.post(reverse("demo-sign-in"), {"visitor": "x"}).status_code == 404
    assert client.post(reverse("demo-sign-in"), {"visitor": "1" * 5_000}).status_code == 404
    assert client.post(reverse("demo-sign-in"), {"account": "1" * 5_000}).status_code == 404
