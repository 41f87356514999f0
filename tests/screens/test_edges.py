"""Addresses and cookies as nobody's link writes them."""

from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from loket.feedback.links import rating_path
from loket.people.models import Role
from tests.cast import MORNING, an_office, an_officer, take

pytestmark = pytest.mark.django_db
NUL = "a%00b"
# Larger than any database counts.
HUGE = 10**30


@pytest.mark.parametrize(
    "path",
    [
        f"/3574/antrean/{NUL}/",
        f"/3574/antrean/{NUL}/buku-tamu/",
        f"/akun/undangan/{NUL}/",
        f"/3574/nilai/{NUL}/",
        f"/3574/antrean/{'a' * 201}/",
    ],
)
def test_what_is_no_token_is_no_address(client, path):
    an_office()

    assert client.get(path).status_code == 404
    with pytest.raises(Resolver404):
        resolve(unquote(path))


@time_machine.travel(MORNING, tick=False)
def test_the_tokens_we_make_are_addresses(client):
    ticket = take(an_office(), at=MORNING)

    assert client.get(reverse("ticket", args=["3574", ticket.token])).status_code == 200
    assert client.get(rating_path(ticket)).resolver_match.url_name == "rating"
    with pytest.raises(NoReverseMatch):
        reverse("ticket", args=["3574", "a\0b"])


def test_the_log_about_a_nul_is_the_whole_log(client):
    client.force_login(an_officer(an_office(), "Adi", Role.ADMINISTRATOR))

    assert client.get("/3574/kelola/catatan/?tentang=%00").context["about"] == ""


@pytest.mark.parametrize(
    "path",
    [
        f"kelola/petugas/{HUGE}/",
        f"kelola/perangkat/{HUGE}/",
        f"kelola/layanan/{HUGE}/",
        f"kelola/kalender/{HUGE}/",
        f"kelola/hari-ini/koreksi/{HUGE}/",
        f"petugas/nomor/{HUGE}/",
        f"petugas/loket/1/catatan/{HUGE}/",
    ],
)
def test_numbers_that_no_database_knows_are_not_found(client, path):
    client.force_login(an_officer(an_office(), "Adi", Role.ADMINISTRATOR))

    assert client.get(f"/3574/{path}").status_code in (302, 404, 405)


def test_the_language_is_remembered_for_this_site_only(settings):
    an_office()
    settings.LANGUAGE_COOKIE_SECURE = True

    cookie = Client().post("/bahasa/", {"language": "en", "next": "/3574/"}).cookies["loket_language"]

    assert cookie["samesite"] == "Lax"
    assert cookie["secure"]
