"""Files of a complaint's thread: sent along with words, seen by exactly those who read the words."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.consultations import scanning, storing
from loket.feedback.actions import complaint_files
from loket.feedback.models import ComplaintFile, ComplaintMessage
from loket.feedback.secrets import secret_for
from loket.people.models import Role
from tests.cast import MORNING, a_complaint, an_office, an_officer

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"
MINE = "/3574/pengaduan/saya/"


@pytest.fixture(autouse=True)
def the_morning(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    cache.clear()
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def complaint(office):
    return a_complaint(office, key="mine")


@pytest.fixture
def rina(office) -> Client:
    return signed_in(office, "Rina", Role.SUPERVISOR)


@pytest.fixture
def budi(complaint) -> Client:
    """Who complained, with the complaint open."""
    client = Client()
    client.post("/3574/pengaduan/lacak/", {"code": complaint.code, "secret": secret_for("mine")})
    return client


def signed_in(office, name, role) -> Client:
    client = Client()
    client.force_login(an_officer(office, name, role))
    return client


def a_file(name="surat.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def write(client, complaint, step, *files, text="Terlampir surat kami.", **more):
    complaint.refresh_from_db()
    words = {"step": step, "version": complaint.version, "text": text, "files": files} | more
    return client.post(f"/3574/kelola/pengaduan/{complaint.pk}/langkah/", words)


def newest() -> ComplaintFile:
    return ComplaintFile.objects.latest("pk")


def kept_on_disk() -> set[str]:
    """The names of the files that were sent."""
    folder = storing.folder(complaint_files.FOLDER)
    return {path.name for path in folder.rglob("*") if path.is_file()}


def address(client_of, file) -> str:
    return f"{client_of}berkas/{file.token}/"


def test_a_letter_goes_with_the_answer_and_the_complainant_takes_it_along(office, complaint, rina, budi):
    answer = write(rina, complaint, "answer", a_file("jawaban.pdf"))

    file = newest()
    assert (answer.status_code, file.name, file.message.kind) == (302, "jawaban.pdf", "answer")
    page = budi.get(MINE).content.decode()
    assert page.index("Terlampir surat kami") < page.index(address(MINE, file))
    assert budi.get(address(MINE, file)).content == PDF
    assert rina.get(address(f"/3574/kelola/pengaduan/{complaint.pk}/", file)).content == PDF


def test_a_step_that_sends_no_files_says_so_and_waits(complaint, rina):
    answer = write(rina, complaint, "start", a_file())

    assert answer.status_code == 422
    assert "tidak mengirim berkas" in answer.content.decode()
    complaint.refresh_from_db()
    assert complaint.state == "received"


def test_the_file_of_a_note_stays_with_the_staff(office, complaint, rina, budi):
    write(rina, complaint, "note", a_file("telaah.pdf"))

    file = newest()
    assert rina.get(address(f"/3574/kelola/pengaduan/{complaint.pk}/", file)).status_code == 200
    assert "telaah" not in budi.get(MINE).content.decode()
    assert budi.get(address(MINE, file)).status_code == 404


def test_nobody_else_gets_the_file_of_an_answer(office, complaint, rina):
    write(rina, complaint, "answer", a_file())
    file = newest()
    yosef = signed_in(an_office("9471"), "Yosef", Role.SUPERVISOR)
    sari = signed_in(office, "Sari", Role.OFFICER)
    other = Client()
    other.post(
        "/3574/pengaduan/lacak/", {"code": a_complaint(office, key="b").code, "secret": secret_for("b")}
    )

    inside = address(f"/3574/kelola/pengaduan/{complaint.pk}/", file)
    assert {client.get(inside).status_code for client in (yosef, sari)} == {404}
    assert other.get(address(MINE, file)).status_code == 404
    assert Client().get(address(MINE, file)).status_code == 302
    elsewhere = address(f"/9471/kelola/pengaduan/{complaint.pk}/", file)
    assert yosef.get(elsewhere).status_code == 404


def test_the_complainants_file_stands_with_the_reply(complaint, rina, budi):
    budi.post(f"{MINE}pesan/", {"text": "Ini fotonya.", "key": "a", "files": a_file("foto.pdf")})

    file = newest()
    assert (file.message.kind, file.message.by) == ("reply", "visitor")
    assert address(MINE, file) in budi.get(MINE).content.decode()
    page = rina.get(f"/3574/kelola/pengaduan/{complaint.pk}/").content.decode()
    assert page.index("Ini fotonya") < page.index("foto.pdf")


def test_a_double_press_brings_one_reply_and_one_file(complaint, budi):
    for _ in range(2):
        sent = {"text": "Ini fotonya.", "key": "a", "files": a_file("foto.pdf")}
        assert budi.post(f"{MINE}pesan/", sent).status_code == 302

    assert (complaint.messages.count(), complaint.files.count()) == (1, 2)
    assert kept_on_disk() == set(complaint.files.values_list("stored_as", flat=True))


def test_a_complaint_pressed_twice_leaves_one_file_on_the_disk(office):
    words = {"subject": "Ruang tunggu panas", "text": "Kipas rusak.", "key": "b"}
    for _ in range(2):
        sent = words | {"files": a_file("foto.pdf")}
        assert Client().post("/3574/pengaduan/tulis/", sent).status_code == 302

    assert kept_on_disk() == {newest().stored_as}


def test_other_words_under_a_used_key_are_asked_for_again(complaint, budi):
    budi.post(f"{MINE}pesan/", {"text": "Satu", "key": "a"})

    page = budi.post(f"{MINE}pesan/", {"text": "Dua", "key": "a"})

    assert (page.status_code, complaint.messages.count()) == (422, 1)
    shown = page.content.decode()
    assert "Dua" in shown
    assert 'value="a"' not in shown


@pytest.mark.parametrize(
    "files",
    [
        [("surat.exe", b"MZ")],
        [("kosong.pdf", b"")],
        [("surat.pdf", PDF), ("alat.exe", b"MZ")],
        [("surat.pdf", PDF)] * 4,
    ],
)
def test_a_file_that_is_not_taken_keeps_the_words_and_nothing_else(complaint, rina, files):
    before = set(storing.older_than(MORNING.replace(year=2100), below=complaint_files.FOLDER))

    page = write(rina, complaint, "answer", *[a_file(*each) for each in files], text="Surat panjang kami")

    assert (page.status_code, ComplaintMessage.objects.count()) == (422, 0)
    assert "Surat panjang kami" in page.content.decode()
    after = set(storing.older_than(MORNING.replace(year=2100), below=complaint_files.FOLDER))
    assert after == before


def test_an_answer_to_an_old_page_is_told_and_its_words_are_not_lost(complaint, rina):
    write(rina, complaint, "note", text="Baca dulu")

    page = write(rina, complaint, "answer", a_file(), text="Surat panjang kami", version=1)

    shown = page.content.decode()
    assert (page.status_code, complaint.messages.count(), complaint.files.count()) == (422, 1, 1)
    assert "Surat panjang kami" in shown
    assert f'name="version" value="{complaint.version}"' in shown


def test_a_file_waits_for_the_scanner_and_a_bad_one_is_refused(complaint, rina, budi, settings, monkeypatch):
    settings.CLAMD = "127.0.0.1:3310"
    write(rina, complaint, "answer", a_file())
    file = newest()
    assert file.state == "pending"
    assert budi.get(address(MINE, file)).status_code == 404
    assert "sedang diperiksa" in budi.get(MINE).content.decode()

    monkeypatch.setattr(scanning, "scan", lambda path: "Eicar")
    complaint_files.check(file=file, at=MORNING)

    file.refresh_from_db()
    assert file.state == "refused"
    assert budi.get(address(MINE, file)).status_code == 404
    assert not storing.path_of(file.stored_as, below=complaint_files.FOLDER).exists()


def test_many_files_cost_no_more_queries(complaint, rina, budi, django_assert_max_num_queries):
    for number in range(6):
        write(rina, complaint, "answer", a_file(), a_file(), text=f"Jawaban {number}")

    with django_assert_max_num_queries(12):
        budi.get(MINE)
    with django_assert_max_num_queries(24):
        rina.get(f"/3574/kelola/pengaduan/{complaint.pk}/")
