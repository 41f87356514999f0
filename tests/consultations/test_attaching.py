"""What people attach is known by its content, kept under names that say nothing, and looked at."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import Http404

from loket.consultations import queries, scanning, storing
from loket.consultations.actions import attaching, replying
from loket.consultations.actions.attaching import EmptyFile, TooManyFiles, upload
from loket.consultations.filetypes import TypeNotAllowed, safe_name
from loket.consultations.models import Attachment
from loket.consultations.storing import TooLarge
from loket.jobs import scanning as job
from loket.people.models import Role
from loket.screens.downloads import attachment_response
from tests.cast import MORNING, an_office, an_officer
from tests.consultations.conversation import ask, budi, fresh, probolinggo, sari
from tests.consultations.scanner import EICAR, clamd
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 40


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def office(db):
    return an_office()


def put(office, content=PDF, name="tabel.pdf", owner=None, at=MORNING):
    return upload(owner=owner or budi(), office=office, blocks=[content], name=name, at=at)


def stored():
    return [path for path in (settings.MEDIA_ROOT / "attachments").rglob("*") if path.is_file()]


def document(main, *more, name="[Content_Types].xml"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr(name, main)
        for part in more:
            parts.writestr(part, "x")
    return made.getvalue()


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX = document(f'<Types><Override ContentType="{SHEET}.main+xml"/></Types>', "xl/workbook.xml")
ODS = document("application/vnd.oasis.opendocument.spreadsheet", name="mimetype")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1" + b"\0" * 30, "image/jpeg"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 30, "image/webp"),
        ("a.xlsx", XLSX, SHEET),
        ("a.ods", ODS, "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.csv", b"tahun,inflasi\n2025,2,41\n", "text/csv"),
        ("catatan.txt", "Dari Probolinggo, \u00e9".encode(), "text/plain"),
    ],
)
def test_the_type_is_read_from_the_content(office, name, content, kind):
    assert put(office, content, name).type == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.pdf", b"<html><script>alert(1)</script>", id="a page that says it is a PDF"),
        pytest.param("a.html", b"<html>", id="a page"),
        pytest.param("a.txt", b"  <svg onload=alert(1)>", id="a picture with a script"),
        pytest.param("a.svg", b"<svg/>", id="a drawing"),
        pytest.param("a.pdf.exe", PDF, id="two endings"),
        pytest.param("a", PDF, id="no ending"),
        pytest.param("a.png", PDF, id="another ending"),
        pytest.param("a.pdf", b"MZ\x90\0" + PDF, id="a program with a PDF behind it"),
        pytest.param("a.xlsx", document("<Types/>"), id="a ZIP that says nothing"),
        pytest.param("a.xlsx", XLSX[:60], id="half a ZIP"),
        pytest.param(
            "a.xlsx", document(f"{SHEET}.main+xml", "xl/vbaProject.bin"), id="a workbook with macros"
        ),
        pytest.param("a.xlsx", document(f"{SHEET}.main+xml" + " " * 2_000_000), id="a bomb"),
        pytest.param("a.webp", b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 30, id="a sound"),
        pytest.param("a.zip", document("x", name="a.exe"), id="any ZIP"),
        pytest.param("a.php", b"<?php phpinfo();", id="a script"),
        pytest.param("a.txt", b"a\0b", id="not text"),
    ],
)
def test_what_is_not_on_the_list_is_not_kept(office, name, content):
    with pytest.raises(TypeNotAllowed):
        put(office, content, name)

    assert stored() == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\budi\\tabel.pdf", "tabel.pdf"),
        ("..hidden.pdf", "hidden.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("tabel\u202efdp.pdf", "tabelfdp.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name, kept):
    assert safe_name(name) == kept


def test_a_file_lies_under_a_name_that_says_nothing(office):
    kept = put(office)

    [path] = stored()
    assert path == storing.path_of(kept.stored_as)
    assert "tabel" not in str(path.relative_to(settings.MEDIA_ROOT))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == PDF


def test_more_than_the_office_takes_is_not_kept():
    office = an_office(settings={"attachment_megabytes": 1, "attachments": 2})
    with pytest.raises(TooLarge):
        put(office, PDF + b"x" * 1024 * 1024)
    with pytest.raises(EmptyFile):
        put(office, b"")
    for number in range(2):
        put(office, PDF + bytes([number]))
    with pytest.raises(TooManyFiles):
        put(office, PDF + b"z")

    assert len(stored()) == Attachment.objects.count() == 2


def test_an_upload_that_is_repeated_is_the_same_file(office):
    assert put(office).pk == put(office).pk
    assert len(stored()) == 1
    assert put(office, owner=budi("siti@surel.example", "Siti")).owner.name == "Siti"


def test_only_ones_own_unsent_files_go_with_a_message():
    office = probolinggo()
    siti = budi("siti@surel.example", "Siti")
    asked = ask(office, "2026-01-05T09:00")
    own, foreign = put(office), put(office, owner=siti)

    message = replying.visitor_replies(
        consultation=asked, by=budi(), text="Terlampir.", at=wib("2026-01-05T10:00"),
        attachments=[own.token, foreign.token, "x"],
    )  # fmt: skip

    assert list(message.attachments.all()) == [own]
    foreign.refresh_from_db()
    assert (foreign.message, foreign.consultation) == (None, None)


def test_who_may_have_a_file():
    office = probolinggo()
    asked = ask(office, "2026-01-05T09:00")
    file = put(office)

    def may(user):
        return queries.attachments_for(user).filter(pk=file.pk).exists()

    siti, tono = budi("siti@surel.example", "Siti"), an_officer(probolinggo(code="3573"), "Tono")
    assert [may(user) for user in (budi(), siti, sari(office), tono)] == [True, False, False, False]
    replying.visitor_replies(
        consultation=asked, by=budi(), text="", at=wib("2026-01-05T10:00"), attachments=[file.token]
    )
    assert [may(user) for user in (budi(), siti, sari(office), tono)] == [True, False, True, False]


def test_a_file_of_a_note_is_not_the_askers():
    from loket.consultations.actions import answering

    office = probolinggo()
    asked = ask(office, "2026-01-05T09:00")
    file = put(office, owner=sari(office))
    answering.note(
        consultation=fresh(asked), by=sari(office), text="Lihat.", at=wib("2026-01-05T10:00"),
        attachments=[file.token],
    )  # fmt: skip

    assert not queries.attachments_for(budi()).exists()
    assert queries.attachments_for(an_officer(office, "Ayu", Role.AUDITOR)).exists()


def test_it_is_handed_out_as_a_download_that_runs_nothing(office):
    answer = attachment_response(put(office, name='ta"bel\u00e9.pdf'))

    assert b"".join(answer.streaming_content) == PDF
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


# ----- the scanner


def look(at=MORNING):
    for file in job.pending(at):
        job.check(file, at)


def test_with_a_scanner_a_file_waits_until_it_was_looked_at(office, settings, tmp_path):
    with clamd(tmp_path / "clamd") as path:
        settings.CLAMD = str(path)
        clean, bad = put(office), put(office, b"Halo " + EICAR, "a.txt")
        with pytest.raises(Http404):
            attachment_response(clean)
        look()

    clean.refresh_from_db()
    bad.refresh_from_db()
    assert (clean.state, clean.scanned_at) == ("clean", MORNING)
    assert (bad.state, bad.refusal) == ("refused", "Eicar-Test-Signature")
    assert stored() == [storing.path_of(clean.stored_as)]
    with pytest.raises(Http404):
        attachment_response(bad)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_what_the_scanner_could_not_say_is_not_clean(office, settings, tmp_path, answer):
    with clamd(tmp_path / "clamd", answer) as path:
        settings.CLAMD = str(path)
        file = put(office)
        with pytest.raises(scanning.ScannerAway):
            job.check(file, MORNING)

    file.refresh_from_db()
    assert file.state == "pending"


def test_a_scanner_that_is_away_leaves_the_file_waiting(office, settings, tmp_path):
    settings.CLAMD = str(tmp_path / "nobody")
    file = put(office)

    with pytest.raises(scanning.ScannerAway):
        job.check(file, MORNING)
    settings.CLAMD = ""
    look()

    file.refresh_from_db()
    assert file.state == "clean"


# ----- what goes again


def test_the_owner_takes_a_file_out_and_nobody_else(office, django_capture_on_commit_callbacks):
    file = put(office)

    assert not attaching.discard(attachment=file, owner=sari(office))
    with django_capture_on_commit_callbacks(execute=True):
        assert attaching.discard(attachment=file, owner=budi())
    assert stored() == []


def test_what_nobody_sent_goes_after_a_week(office):
    put(office)
    week = MORNING + timedelta(days=7)

    assert job.forgotten(week) == []
    for file in job.forgotten(week + timedelta(seconds=1)):
        job.forget(file, week)
    assert (stored(), Attachment.objects.count()) == ([], 0)


def test_a_file_that_no_row_names_is_swept_away(office):
    import os

    kept = put(office)
    lost = storing.store([PDF], most=100_000)
    for name in (kept.stored_as, lost.stored_as):
        os.utime(storing.path_of(name), (MORNING.timestamp(), MORNING.timestamp()))

    assert job.sweep("files", MORNING + timedelta(days=8)) == 1
    assert stored() == [storing.path_of(kept.stored_as)]
