"""People ask about their data, and the office answers, as both do it in a browser."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from loket.outbox.models import Mail
from loket.people.models import Role, User, Visitor
from loket.privacy.models import Breach, DataRequest, Look
from tests.cast import BUDI, MORNING, an_office, an_officer, take

pytestmark = pytest.mark.django_db
REGISTER = "/3574/kelola/data-pribadi/"


@pytest.fixture(autouse=True)
def the_morning(settings, tmp_path):
    settings.HOME = tmp_path
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def office():
    office = an_office()
    take(office)
    return office


@pytest.fixture
def rina(office):
    client = Client()
    client.force_login(an_officer(office, "Rina", Role.SUPERVISOR))
    return client


@pytest.fixture
def budi(office):
    user = User.objects.create_user(BUDI.email, name="Budi")
    EmailAddress.objects.create(user=user, email=BUDI.email, verified=True, primary=True)
    client = Client()
    client.force_login(user)
    return client


def at_the_counter(rina, kind) -> str:
    return rina.post(REGISTER, {"kind": kind, "email": BUDI.email, "wish": ""}).headers["Location"]


def test_lists_mask_the_address_until_a_reason_is_given(rina):
    page = at_the_counter(rina, "access")

    assert BUDI.email not in rina.get(REGISTER).text + rina.get(page).text
    assert rina.post(f"{page}alamat/", {"reason": " "}).status_code == 422
    assert BUDI.email in rina.post(f"{page}alamat/", {"reason": "Alamat keliru di surat"}).text
    look = Look.objects.get(doing="unmask")
    assert (look.reason, look.subject) == (
        "Alamat keliru di surat",
        f"visitor:{Visitor.objects.get().pk}",
    )


def test_what_is_kept_is_named_in_words_and_never_by_its_table(rina):
    page = rina.get(at_the_counter(rina, "access"))

    named = [str(what) for what, _ in page.context["counts"]]
    assert "Buku tamu: nama, surel, telepon, instansi, bantuan yang diperlukan" in named
    assert "people.Visitor" not in page.text


def test_the_answer_to_an_access_request_leads_to_the_data(rina, client):
    page = at_the_counter(rina, "access")
    rina.post(f"{page}jawaban/", {"done": "yes", "answer": ""})

    link = re.search(r"http\S+(/3574/privasi/data/\S+)", Mail.objects.latest("pk").text)[1]
    offered = client.get(link)
    data = json.loads(client.get(f"{link}&berkas=json").content)

    assert offered.status_code == 200
    assert BUDI.name in json.dumps(data)
    assert client.get(f"{link}&berkas=pdf").content.startswith(b"%PDF")
    with time_machine.travel(MORNING + timedelta(hours=73), tick=False):
        assert client.get(link).status_code == 404


@pytest.mark.parametrize("link", ["", "?kunci=", "?kunci=1", "?kunci=MQ:1abcde:abc"])
def test_a_made_up_link_leads_nowhere(office, client, link):
    assert client.get(f"/3574/privasi/data/{link}").status_code == 404


def test_a_link_before_the_answer_leads_nowhere(rina, client):
    at_the_counter(rina, "access")
    from loket.privacy import letters

    link = letters.export_link(DataRequest.objects.get())

    assert client.get(link.partition("8000")[2]).status_code == 404


def test_erasing_takes_one_press_and_tells_the_person_before_the_address_goes(rina):
    page = at_the_counter(rina, "erase")

    answered = rina.post(f"{page}penghapusan/", follow=True)

    assert "Sudah dijawab" in answered.text
    assert Visitor.objects.get().name == ""
    asked = DataRequest.objects.get()
    assert (asked.state, asked.email) == ("done", "")
    assert [mail.to for mail in Mail.objects.filter(kind="privacy.erased")] == [BUDI.email]
    assert rina.post(f"{page}penghapusan/", follow=True).status_code == 200
    assert Look.objects.filter(doing="erase").count() == 1


def test_only_a_request_for_erasure_erases(rina):
    page = at_the_counter(rina, "correct")
    rina.post(f"{page}penghapusan/")

    assert Visitor.objects.get().name == BUDI.name


def test_a_refusal_needs_its_reason(rina):
    page = at_the_counter(rina, "correct")

    assert rina.post(f"{page}jawaban/", {"done": "no", "answer": ""}).status_code == 422
    assert (
        rina.post(f"{page}jawaban/", {"done": "no", "answer": "Data itu milik kantor lain."}).status_code
        == 302
    )


def test_an_export_by_the_office_is_noted(rina):
    page = at_the_counter(rina, "access")

    taken = rina.post(f"{page}salinan/", {"json": "1"})

    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert taken.headers["Cache-Control"] == "no-store"
    assert Look.objects.get().doing == "export"
    assert "diekspor" in rina.get(f"{REGISTER}jejak/").text


def test_a_person_takes_a_copy_and_asks_for_a_correction(office, budi):
    data = json.loads(budi.get("/akun/data/salinan/json/").content)
    asked = budi.post(
        "/akun/data/permintaan/", {"office": office.pk, "kind": "correct", "wish": "Nama saya Budi S."}
    )

    assert BUDI.name in json.dumps(data)
    assert asked.status_code == 302
    assert "sampai" in budi.get("/akun/data/permintaan/").text
    assert DataRequest.objects.get().proof == "code"


def test_an_address_that_is_not_proved_gets_nothing(office, budi):
    EmailAddress.objects.all().delete()

    assert budi.get("/akun/data/salinan/json/").status_code == 404
    asked = budi.post("/akun/data/permintaan/", {"office": office.pk, "kind": "erase", "wish": ""})
    assert asked.status_code == 422
    assert not DataRequest.objects.exists()


def test_a_breach_shows_its_letters_and_its_clock(rina):
    facts = {"found_at": "2026-01-14T08:00", "data": "Buku tamu", "happened": "Laptop hilang",
             "measures": "Akun diakhiri", "people": "12", "key": "k"}  # fmt: skip
    page = rina.post(f"{REGISTER}pelanggaran/", facts).headers["Location"]

    shown = rina.get(page).text
    rina.post(f"{page}pemberitahuan/", {"agency": "1"})

    assert "Pasal 46" in shown
    assert Breach.objects.get().due_at == MORNING - timedelta(hours=1) + timedelta(hours=72)
    assert Breach.objects.get().told_agency_at == MORNING


@pytest.mark.parametrize("found_at", ["2026-01-15T08:00", "0001-01-01T00:00"])
def test_a_breach_is_not_found_tomorrow_nor_long_ago(rina, found_at):
    facts = {"found_at": found_at, "data": "x", "happened": "x", "measures": "x", "people": "1"}

    assert rina.post(f"{REGISTER}pelanggaran/", facts).status_code == 422


def test_the_privacy_page_tells_of_everything_that_is_declared(office, client):
    page = client.get("/3574/privasi/").text

    assert "Konsultasi: berkas yang Anda kirim atau terima" in page
    assert "Undangan petugas" not in page
