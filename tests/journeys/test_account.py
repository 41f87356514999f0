"""Signing in with a real browser: the mailed code, then a passkey of a virtual authenticator."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers

pytestmark = pytest.mark.journey


@pytest.fixture
def page(hall) -> Page:
    """A browser with a passkey store; passkeys need a name of a host, so it is called localhost."""
    hall.served.url = hall.served.url.replace("127.0.0.1", "localhost")
    hall.url = hall.url.replace("127.0.0.1", "localhost")
    page = hall.screen("desk", "")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def open_account(hall, page, path):
    page.goto(f"{hall.served.url}/akun/{path}")


def sign_in_by_mail(hall, page, email):
    open_account(hall, page, "masuk/")
    assert barriers(page) == []
    page.get_by_label("Alamat surel Anda").fill(email)
    page.get_by_role("button", name="Kirim kode").click()
    assert barriers(page) == []
    page.get_by_label("Kode dari surel").fill(hall.served.stage("newest_code", email=email))
    page.get_by_role("button", name="Masuk").click()


def test_a_supervisor_adds_a_passkey_and_signs_in_with_it_alone(hall, page):
    sign_in_by_mail(hall, page, "rina@kantor.example")
    expect(page).to_have_url(re.compile("/3574/petugas/|/akun/keamanan/"))

    open_account(hall, page, "keamanan/")
    assert barriers(page) == []
    page.get_by_role("link", name="Tambah kunci sandi").click()
    assert barriers(page) == []
    page.get_by_role("button", name="Tambah").click()
    # From now on whatever protects the account asks for the new key itself.
    expect(page.get_by_role("heading", name="Apakah ini Anda?")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(page.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    assert barriers(page) == []

    open_account(hall, page, "keluar/")
    page.get_by_role("button", name="Keluar").click()
    open_account(hall, page, "masuk/")
    page.get_by_role("button", name="Pakai kunci sandi").click()

    expect(page).to_have_url(re.compile("/3574/petugas/"))


def test_a_passkey_that_is_refused_says_what_else_to_do(hall, page):
    open_account(hall, page, "masuk/")

    page.get_by_role("button", name="Pakai kunci sandi").click()

    expect(page.get_by_text("Kunci sandi tidak terpakai")).to_be_visible(timeout=70_000)
    assert barriers(page) == []
