"""Contradictions and open doors stop the start."""

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.urls import clear_url_caches, include, path, set_urlconf

from loket.screens.access import everybody


def found() -> dict[str, str]:
    return {message.id: message.msg for message in run_checks() if (message.id or "").startswith("loket.")}


@everybody
def declared(request):
    return HttpResponse()


def undeclared(request):
    return HttpResponse()


def test_the_program_as_it_is_has_no_findings():
    assert run_checks() == []


class Doors:
    urlpatterns = [
        path("open/", declared),
        path("<slug:office_code>/", include([path("forgotten/", undeclared)])),
        path("akun/", include("allauth.urls")),
    ]


@pytest.fixture
def other_doors(settings):
    settings.ROOT_URLCONF = Doors
    clear_url_caches()
    yield
    set_urlconf(None)
    clear_url_caches()


def test_a_view_without_audience_is_found(other_doors):
    said = [message.msg for message in run_checks() if message.id == "loket.E001"]

    assert "The address /<slug:office_code>/forgotten/ does not say for whom it is." in said
    assert not any("/open/" in text for text in said)
    # A door of allauth that nobody decided on is closed too.
    assert any("/akun/password/reset/ " in text for text in said)
    assert not any("/akun/logout/ " in text for text in said)


def test_a_secret_that_can_be_guessed_stops_the_start(settings):
    settings.SECRET_KEY = "a" * 31
    assert "LOKET_SECRET_KEY" in found()["loket.E006"]

    settings.SECRET_KEY = "a" * 32
    assert "loket.E006" not in found()


def test_a_base_address_must_be_a_site(settings):
    settings.ALLOWED_HOSTS = ["*"]
    for wrong in (
        *("pst.kantor.example", "https://pst.kantor.example/loket", "ftp://pst.kantor.example"),
        *("https://pst.kantor.example:99999", "https://pst.kantor.example:443abc", "http://[::1"),
        *("https://user:pw@pst.kantor.example", "https://pst.kantor.example#x", "https://pst kantor"),
        *("https://", "https://pst.kantor.example:", "https://pst.kantor.example?"),
    ):
        settings.BASE_URL = wrong
        assert "loket.E002" in found(), wrong
    for right in ("http://127.0.0.1:8000", "http://[::1]:8000", "https://PST.kantor.example"):
        settings.BASE_URL = right
        assert "loket.E002" not in found(), right


def test_hosts_are_names_alone(settings):
    for wrong in ("https://pst.go.id", "a b", "pst.go.id:8000", "pst.go.id/", "::1", "[::1]:8000"):
        settings.ALLOWED_HOSTS = [wrong, "127.0.0.1"]
        assert wrong in found()["loket.E007"]

    settings.ALLOWED_HOSTS = ["pst.go.id", ".go.id", "*", "10.0.0.5", "[::1]", "127.0.0.1"]
    assert "loket.E007" not in found()


def test_the_base_address_must_be_let_in(settings):
    settings.BASE_URL, settings.ALLOWED_HOSTS = "http://pst.kantor.example", ["localhost"]
    assert "pst.kantor.example" in found()["loket.E003"]

    settings.ALLOWED_HOSTS = [".kantor.example"]
    assert found() == {}


def test_https_without_a_trusted_proxy_is_said(settings):
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://pst.kantor.example", ["pst.kantor.example"]
    assert "loket.W002" in found()

    settings.TRUSTED_PROXIES = 1
    assert found() == {}


def test_every_host_is_too_many(settings):
    settings.ALLOWED_HOSTS = ["*"]

    assert "loket.W001" in found()


def test_error_pages_with_data_stay_on_this_machine(settings):
    settings.DEBUG = True
    assert "loket.E004" not in found()

    settings.BASE_URL, settings.ALLOWED_HOSTS = "http://pst.kantor.example", ["pst.kantor.example"]
    assert "loket.E004" in found()


def test_two_kinds_of_tls_contradict(settings):
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = True

    assert "loket.E005" in found()


def test_a_sender_nobody_accepts_is_said(settings):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "loket@localhost"

    assert "loket.W003" in found()
