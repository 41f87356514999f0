"""Files of a consultation through the door: whose they are, and how they come."""

import io
import zipfile

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.base import pace
from loket.consultations.actions import attaching
from loket.consultations.models import Attachment, Consultation, Message
from tests.cast import an_office, an_officer
from tests.consultations.conversation import ask, budi, fresh, probolinggo
from tests.consultations.test_attaching import PDF
from tests.rules.calendars import wib
from tests.screens.test_consultations import ASK, QUESTION

pytestmark = pytest.mark.django_db
TUESDAY = wib("2026-01-13T09:00")
UPLOAD = "/3574/konsultasi/berkas/"


@pytest.fixture(autouse=True)
def tuesday(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    with time_machine.travel(TUESDAY, tick=False) as clock:
        cache.clear()
        pace.counts.begin()
        yield clock


@pytest.fixture
def office():
    return probolinggo()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def his(office):
    return signed_in(budi())


@pytest.fixture
def hers(office):
    return signed_in(budi("siti@surel.example", "Siti"))


def a_file(name="surat.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def found(client, path) -> int:
    """How the door answers; read to its end, so that the file behind it is closed."""
    answer = client.get(path)
    b"".join(getattr(answer, "streaming_content", ()))
    return answer.status_code


def uploaded(client, **file) -> str:
    return client.post(UPLOAD, {"upload": a_file(**file)}).json()["token"]


def test_a_file_is_uploaded_while_the_question_is_written_and_goes_with_it(his, office):
    token = uploaded(his)
    his.post(f"{ASK}draf/", QUESTION | {"files": [token]})
    page = his.get(ASK).content.decode()
    his.post(ASK, QUESTION | {"files": [token]})

    file = Attachment.objects.get()
    assert "surat.pdf" in page
    assert (file.message.kind, file.consultation) == ("visitor", Consultation.objects.get())


def test_without_a_script_files_come_with_the_page_and_stay_in_the_draft(his, office):
    his.post(f"{ASK}draf/", QUESTION | {"upload": [a_file("satu.pdf"), a_file("dua.exe", b"MZ")]})
    page = his.get(ASK).content.decode()
    his.post(
        ASK,
        QUESTION | {"files": [Attachment.objects.get().token], "upload": [a_file("tiga.pdf", PDF + b"3")]},
    )

    assert "satu.pdf" in page
    assert "dua.exe tidak dilampirkan" in page
    sent = Attachment.objects.filter(message__isnull=False)
    assert sorted(sent.values_list("name", flat=True)) == ["satu.pdf", "tiga.pdf"]


def test_a_file_alone_is_a_reply_and_nothing_at_all_is_none(his, office):
    mine = ask(office, TUESDAY)
    path = f"/3574/konsultasi/{mine.token}/balasan/"

    with_file = his.post(path, {"text": "", "key": "k1", "files": [uploaded(his)]})
    with_nothing = his.post(path, {"text": " ", "key": "k2"})

    assert (with_file.status_code, with_nothing.status_code) == (302, 422)
    assert Message.objects.filter(consultation=mine).count() == 2


def test_it_is_a_download_and_nothing_in_it_runs(his, office):
    token = uploaded(his)

    answer = his.get(f"{UPLOAD}{token}/")

    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="surat.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_nobody_else_has_it_at_any_time(his, hers, office):
    """S6: not while it is unsent, not when it was sent, not after the closing."""
    elsewhere = signed_in(an_officer(an_office("9471"), "Yosef"))
    token = uploaded(his)
    answers = [found(client, f"{UPLOAD}{token}/") for client in (hers, elsewhere, Client())]
    mine = ask(office, TUESDAY)
    his.post(f"/3574/konsultasi/{mine.token}/balasan/", {"text": "Ini.", "key": "k", "files": [token]})
    his.post(f"/3574/konsultasi/{mine.token}/penarikan/")
    later = [found(client, f"{UPLOAD}{token}/") for client in (hers, elsewhere, Client())]
    guessed = [found(hers, f"{UPLOAD}{each}/") for each in (Attachment.objects.get().sha256, "1")]

    assert answers == later == [404, 404, 302]
    assert guessed == [404, 404]
    assert found(his, f"{UPLOAD}{token}/") == 200
    assert found(signed_in(an_officer(office)), f"{UPLOAD}{token}/") == 200
    assert found(his, f"/9471/konsultasi/berkas/{token}/") == 404


def test_an_unsent_file_of_somebody_else_is_neither_sent_nor_removed(his, hers, office):
    """S6: an upload that is bound to another person."""
    token = uploaded(his)

    hers.post(ASK, QUESTION | {"files": [token]})
    removed = hers.post(f"{UPLOAD}{token}/hapus/")

    assert removed.status_code == 404
    assert Attachment.objects.get().message is None
    assert Consultation.objects.get().attachments.count() == 0
    assert his.post(f"{UPLOAD}{token}/hapus/").status_code == 204
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.html", b"<script>alert(1)</script>"),
        ("x.svg", b"<svg onload=alert(1)>"),
        ("x.pdf", b""),
        ("x.pdf", b"MZ"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(his, name, content):
    answer = his.post(UPLOAD, {"upload": a_file(name, content)})

    assert answer.status_code == 422
    assert answer.json()["refused"]
    assert not Attachment.objects.exists()


def test_a_post_without_a_file_is_a_clear_answer(his):
    assert his.post(UPLOAD).status_code == 400
    assert his.post(UPLOAD, {"upload": "words"}).status_code == 400


def test_sixty_files_in_ten_minutes_are_enough(his, office, monkeypatch):
    monkeypatch.setattr(attaching, "unsent_of", lambda owner, office: Attachment.objects.none())

    codes = {his.post(UPLOAD, {"upload": a_file(content=PDF + bytes([n]))}).status_code for n in range(61)}

    assert codes == {200, 429}


def test_everything_in_one_zip_under_names_that_stay_in_their_folder(his, hers, office):
    token = uploaded(his, name="..\\..\\etc/pass wd.pdf")
    mine = ask(office, TUESDAY)
    his.post(f"/3574/konsultasi/{mine.token}/balasan/", {"text": "Ini.", "key": "k", "files": [token]})
    path = f"/3574/konsultasi/{mine.token}/zip/"

    answer = his.get(path)
    copy = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert copy.namelist() == ["K-2026-00001.pdf", "01-pass wd.pdf"]
    assert copy.read("01-pass wd.pdf") == PDF
    assert 'filename="K-2026-00001.zip"' in answer.headers["Content-Disposition"]
    assert hers.get(path).status_code == 404
    assert fresh(mine).state == "office"
