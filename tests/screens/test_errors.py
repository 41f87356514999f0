"""What people read when something went wrong: what happened, and what to do next."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from loket.screens.errors import server_error
from tests.cast import an_office, take

pytestmark = pytest.mark.django_db


def test_an_unknown_page_leads_to_the_front_page():
    an_office()

    answer = Client().get("/3574/tidak-ada/")

    assert answer.status_code == 404
    assert 'class="button button--primary" href="/' in answer.content.decode()


def test_a_form_without_its_token_is_explained():
    an_office()

    answer = Client(enforce_csrf_checks=True).post("/3574/buku-tamu/", {"name": "Budi"})

    assert answer.status_code == 403
    assert 'href="/3574/buku-tamu/"' in answer.content.decode()


def test_the_address_of_a_press_is_explained_and_presses_nothing():
    ticket = take(an_office())
    press = f"/3574/antrean/{ticket.token}/batal/"

    answer = Client().get(press)

    ticket.refresh_from_db()
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Alamat ini milik sebuah tombol" in answer.content.decode()
    assert ticket.state == "waiting"


def test_a_failure_is_told_without_the_database(django_db_blocker):
    request = RequestFactory().get("/3574/")

    with django_db_blocker.block():
        answer = server_error(request)

    assert answer.status_code == 500
    assert 'href="/3574/"' in answer.content.decode()


def test_a_site_by_another_name_is_explained_and_not_logged(caplog):
    answer = Client().get("/3574/", HTTP_HOST="elsewhere.example")

    assert answer.status_code == 400
    assert 'class="button button--primary" href="/"' in answer.content.decode()
    assert not [record for record in caplog.records if record.name == "django.security.DisallowedHost"]


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "a" * 1_100_000},
        {f"field{number}": "a" for number in range(401)},
        {"files": [SimpleUploadedFile(f"{number}.pdf", b"x") for number in range(101)]},
    ],
    ids=["words", "fields", "files"],
)
@pytest.mark.parametrize("path", ["pengaduan/tulis/", "pengaduan/lacak/", "buku-tamu/"])
def test_more_than_a_form_takes_is_explained_and_not_logged(caplog, path, sent):
    an_office()

    answer = Client().post(f"/3574/{path}", sent)

    assert answer.status_code == 413
    assert "Persingkat tulisan Anda" in answer.content.decode()
    assert [record for record in caplog.records if record.exc_info] == []
