"""The demo's page: one click to work as somebody or to become a device; nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from loket.demo import accounts
from loket.people.models import Membership, Role, User
from tests.cast import MORNING, an_office, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings):
    settings.DEMO = True
    office = an_office()
    accounts.make(office=office, at=MORNING)
    return office


def membership(role):
    return Membership.objects.get(role=role, user__email__endswith="@demo.example", user__name__gt="C")


def test_all_accounts_and_devices_are_offered(client, office):
    page = client.get(reverse("demo")).content.decode()

    for name, _, _ in accounts.STAFF:
        assert name in page
    assert page.count('value="kiosk"') == 1


def test_one_click_signs_in(client, office):
    sari = membership(Role.OFFICER)

    answer = client.post(reverse("demo-sign-in"), {"account": sari.pk})

    assert answer.headers["Location"] == "/3574/petugas/"
    assert client.session["_auth_user_id"] == str(sari.user_id)


def test_a_real_account_cannot_be_entered(client, office):
    real = an_officer(office, "Tono")

    answer = client.post(reverse("demo-sign-in"), {"account": real.memberships.get().pk})

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_browser_becomes_a_kiosk_and_stays_it(client, office):
    first = client.post(reverse("demo-pair"), {"office": "3574", "kind": "kiosk"})
    again = client.post(reverse("demo-pair"), {"office": "3574", "kind": "kiosk"})

    assert first.headers["Location"] == again.headers["Location"] == "/3574/kios/"
    assert office.devices.count() == 1


def test_a_kiosk_whose_browser_is_gone_is_used_again(client, office):
    client.post(reverse("demo-pair"), {"office": "3574", "kind": "kiosk"})
    office.devices.update(connected=False)

    Client().post(reverse("demo-pair"), {"office": "3574", "kind": "kiosk"})

    assert office.devices.count() == 1
    assert client.get("/3574/kios/").status_code == 302


@pytest.mark.parametrize("name", ["demo", "demo-sign-in", "demo-pair"])
def test_outside_the_demo_there_is_nothing(client, office, settings, name):
    settings.DEMO = False

    assert client.post(reverse(name), {"account": "1", "office": "3574", "kind": "kiosk"}).status_code == 404
    assert client.get(reverse(name)).status_code == 404
    assert User.objects.exists()
