"""Through the door: consultations are given, joined, parted, moved, marked, supervised, and carry files."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.consultations.actions.asking import Wanted
from loket.consultations.models import Absence, Attachment, Consultation, Link, Message, SavedReply
from loket.people.models import Role
from loket.rules.calendarparts import ClosedDay, Reason
from tests.cast import an_officer
from tests.consultations.conversation import (
    answer,
    ask,
    budi,
    fresh,
    probolinggo,
    reply,
    sari,
    turn,
    with_calendar,
)
from tests.consultations.filing import a_file_in
from tests.rules.calendars import calendar, wib

pytestmark = pytest.mark.django_db
NOW = wib("2026-01-14T10:46")
DESK = "/3574/petugas/konsultasi/"


@pytest.fixture(autouse=True)
def wednesday(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office():
    return probolinggo()


@pytest.fixture
def thread(office):
    return ask(office, "2026-01-13T09:00")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def client(office):
    return signed_in(sari(office))


@pytest.fixture
def rina(office):
    return signed_in(an_officer(office, "Rina", Role.SUPERVISOR))


def press(client, thread, noun, **words):
    return client.post(f"{DESK}{thread.token}/{noun}/", words, follow=True)


def said(page) -> str:
    return page.content.decode()


def test_an_officer_takes_gives_and_gives_back(office, thread, client):
    agus = an_officer(office, "Agus")
    press(client, thread, "petugas", to="me", seen="")
    assert fresh(thread).assignee == sari(office)

    press(client, thread, "petugas", to=agus.pk, seen=sari(office).pk)
    assert fresh(thread).assignee == agus

    press(client, thread, "petugas", to="", seen=agus.pk)
    assert fresh(thread).assignee is None


def test_of_two_who_take_it_the_second_is_told(office, thread, client):
    agus = an_officer(office, "Agus")
    press(signed_in(agus), thread, "petugas", to="me", seen="")

    told = press(client, thread, "petugas", to="me", seen="")

    assert "Petugasnya sudah berganti, sekarang: Agus." in said(told)
    assert fresh(thread).assignee == agus


def test_nobody_of_another_office_can_be_given_it(thread, client):
    tono = an_officer(probolinggo(code="3513"), "Tono")

    assert press(client, thread, "petugas", to=tono.pk, seen="").status_code == 404


def test_the_chosen_rows_are_taken_at_once(office, thread, client):
    other = ask(office, "2026-01-13T10:00")
    elsewhere = ask(probolinggo(code="3513"), "2026-01-13T10:00")

    client.post(f"{DESK}penugasan/", {"pick": [thread.token, other.token, elsewhere.token], "to": "me"})

    assert [fresh(each).assignee for each in (thread, other)] == [sari(office)] * 2
    assert fresh(elsewhere).assignee is None


def test_whoever_has_least_to_do_gets_it_and_who_is_away_does_not(office, thread, client, rina):
    agus = an_officer(office, "Agus")
    rina.post(f"{DESK}pengawasan/cuti/", {"officer": agus.pk, "first": "2026-01-14", "last": "2026-01-16"})

    client.post(f"{DESK}penugasan/", {"pick": [thread.token], "to": "other", "other": "auto"})

    assert fresh(thread).assignee == sari(office)
    absence = Absence.objects.get()
    rina.post(f"{DESK}pengawasan/cuti/{absence.pk}/selesai/")
    assert not Absence.objects.exists()


def test_two_of_one_person_are_merged_and_taken_apart(office, thread, client):
    other = ask(office, "2026-01-12T09:00")

    press(client, thread, "penggabungan", number=other.label)
    assert fresh(thread).merged_into == other

    press(client, thread, "penggabungan/batal")
    assert fresh(thread).state == "office"


def test_two_persons_threads_are_linked_and_never_merged(office, thread, client):
    other = ask(office, "2026-01-12T09:00", by=budi("siti@surel.example", "Siti"))

    told = press(client, thread, "penggabungan", number=other.label)
    assert "Konsultasi dua orang tidak pernah digabungkan" in said(told)

    press(client, thread, "tautan", number=str(other.number))
    assert Link.objects.count() == 1
    press(client, thread, "tautan/batal", number=other.label)
    assert not Link.objects.exists()


@pytest.mark.parametrize("number", ["", "K-2025-00099", "x", "9" * 30, "K-2026'--"])
def test_a_number_that_is_none_here_is_said(thread, client, number):
    told = press(client, thread, "tautan", number=number)

    assert "Tidak ada konsultasi kantor ini dengan nomor itu" in said(told)


def test_another_offices_number_leads_nowhere(thread, client):
    elsewhere = probolinggo(code="3513")
    ask(elsewhere, "2026-01-12T09:00")
    second = ask(elsewhere, "2026-01-12T10:00")

    told = press(client, thread, "penggabungan", number=second.label)

    assert "Tidak ada konsultasi kantor ini dengan nomor itu" in said(told)


def test_a_second_question_becomes_a_consultation_of_its_own(thread, client):
    second = reply(thread, "2026-01-13T11:00", text="Lalu berapa PDRB?")

    press(client, thread, "pemisahan", message=second.pk, subject="PDRB")

    anew = Consultation.objects.get(split_from=thread)
    assert anew.subject == "PDRB"


def test_a_message_that_cannot_be_there_is_not_split_off(thread, client):
    press(client, thread, "pemisahan", message="9" * 30, subject="PDRB")

    assert not Consultation.objects.filter(split_from=thread).exists()


def test_moved_on_it_is_no_longer_here(thread, client):
    elsewhere = probolinggo(code="3513")
    due = thread.due_at

    page = press(client, thread, "pengalihan", office="3513")

    moved = Consultation.objects.get(pk=thread.pk)
    assert (moved.office, moved.due_at) == (elsewhere, due)
    assert page.redirect_chain[-1][0] == DESK
    assert client.get(f"{DESK}{thread.token}/").status_code == 404


@pytest.mark.parametrize("code", ["", "9999", "3574", "3574__name"])
def test_it_is_moved_only_to_an_office_that_answers(thread, client, code):
    told = press(client, thread, "pengalihan", office=code)

    assert "Pilih kantor lain yang melayani konsultasi" in said(told)


def test_marks_are_made_and_taken_back(thread, client):
    press(client, thread, "pengaduan")
    assert fresh(thread).complaint_at
    press(client, thread, "pengaduan")
    assert fresh(thread).complaint_at is None

    press(client, thread, "spam")
    assert fresh(thread).close_reason == "spam"
    press(client, thread, "spam/batal")
    assert fresh(thread).state == "office"
    assert fresh(thread).due_at == thread.due_at


def test_data_items_are_closed(office, client):
    thread = ask(office, "2026-01-13T09:00", items=[Wanted("Inflasi"), Wanted("PDRB")])

    press(client, thread, "rincian", **{"found-1": "found", "found-2": "gossip", "found-9": "found"})

    assert list(thread.items.order_by("position").values_list("found", flat=True)) == ["found", ""]


def test_the_tools_page_shows_what_fits(thread, client):
    page = client.get(f"{DESK}{thread.token}/tindakan/")

    assert page.status_code == 200
    assert "Siapa yang menjawab?" in said(page)


def test_files_go_out_with_the_answer_and_are_saved_never_shown(thread, client):
    file = SimpleUploadedFile("inflasi.csv", b"tahun,persen\n2025,2.41\n")
    client.post(
        f"{DESK}{thread.token}/pesan/",
        {"kind": "answer", "text": "Terlampir.", "key": "a", "seen": fresh(thread).version, "file": file},
    )

    kept = Attachment.objects.get()
    assert kept.message == Message.objects.get(kind="answer")
    saved = client.get(f"{DESK}{thread.token}/berkas/{kept.token}/")
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"".join(saved.streaming_content) == b"tahun,persen\n2025,2.41\n"


def test_a_file_chosen_while_writing_survives_what_came_meanwhile(thread, client):
    seen = fresh(thread).version
    uploaded = client.post(
        f"{DESK}{thread.token}/berkas/", {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")}
    )
    token = Attachment.objects.get().token
    assert token in said(uploaded)
    reply(thread, "2026-01-14T10:00")

    refused = client.post(
        f"{DESK}{thread.token}/pesan/",
        {"kind": "answer", "text": "Terlampir.", "key": "a", "seen": seen, "files": token},
    )

    assert refused.status_code == 409
    assert [file.token for file in refused.context["files"]] == [token]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.pdf", b"<html>"),
        ("a.csv", b""),
        ("a.exe", b"MZ\x90\x00"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_and_the_words_stay(thread, client, name, content):
    refused = client.post(
        f"{DESK}{thread.token}/pesan/",
        {"kind": "answer", "text": "Kata saya.", "key": "a", "seen": fresh(thread).version,
         "file": SimpleUploadedFile(name, content)},
    )  # fmt: skip

    assert refused.status_code == 422
    assert "Kata saya." in said(refused)
    assert fresh(thread).state == "office"


def test_a_colleagues_unsent_file_cannot_be_sent_or_read(office, thread, client):
    agus = signed_in(an_officer(office, "Agus"))
    agus.post(f"{DESK}{thread.token}/berkas/", {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})
    token = Attachment.objects.get().token

    client.post(
        f"{DESK}{thread.token}/pesan/",
        {"kind": "answer", "text": "x", "key": "a", "seen": fresh(thread).version, "files": token},
    )

    assert Attachment.objects.get().message is None
    assert client.get(f"{DESK}{thread.token}/berkas/{token}/").status_code == 404


def test_a_file_is_found_only_through_its_own_conversation(office, thread, client):
    file = a_file_in(thread, by=sari(office))
    other = ask(office, "2026-01-13T10:00")
    elsewhere = probolinggo(code="3513")
    tono = signed_in(an_officer(elsewhere, "Tono"))

    assert client.get(f"{DESK}{other.token}/berkas/{file.token}/").status_code == 404
    assert tono.get(f"{DESK}{thread.token}/berkas/{file.token}/").status_code == 404
    assert tono.get(f"/3513/petugas/konsultasi/{thread.token}/berkas/{file.token}/").status_code == 404


def test_a_saved_reply_is_filled_in(thread, client):
    client.post(f"{DESK}balasan/", {"title": "Salam", "text": "Halo [nama], [nomor] dijawab [petugas]. [x]"})

    chosen = client.get(f"{DESK}{thread.token}/balasan/")

    assert "Halo Budi, K-2026-00001 dijawab Sari. [x]" in said(chosen)


def test_saved_replies_are_changed_and_dropped(office, client):
    client.post(f"{DESK}balasan/", {"title": "Salam", "text": "Halo"})
    again = client.post(f"{DESK}balasan/", {"title": "Salam", "text": "Lain"})
    assert again.status_code == 422
    kept = SavedReply.objects.get()

    client.post(f"{DESK}balasan/{kept.pk}/", {"title": "Salam", "text": "Halo juga"})
    kept.refresh_from_db()
    assert kept.text == "Halo juga"
    elsewhere = probolinggo(code="3513")
    tono = signed_in(an_officer(elsewhere, "Tono"))
    assert tono.post(f"/3513/petugas/konsultasi/balasan/{kept.pk}/penghapusan/").status_code == 404

    client.post(f"{DESK}balasan/{kept.pk}/penghapusan/")
    assert not SavedReply.objects.exists()


def test_the_supervisor_sees_what_is_at_risk_breached_and_why(office, rina):
    today = ask(office, "2026-01-09T09:00")
    late = ask(office, "2026-01-07T09:00")
    answered = ask(office, "2026-01-05T09:00")
    answer(answered, "2026-01-13T09:00")

    page = rina.get(f"{DESK}pengawasan/")

    assert [row for row, _chip in page.context["risks"]] == [today]
    assert [each.turn.consultation for each in page.context["breaches"]] == [late, answered]
    assert "Belum ada petugas yang mengambilnya." in said(page)
    assert "belum dijawab" in said(page)


def test_a_breach_is_excused_with_a_reason_and_stays_on_record(office, rina):
    late = ask(office, "2026-01-07T09:00")
    pk = turn(late).pk
    told = rina.post(f"{DESK}pengawasan/pemakluman/{pk}/", {"reason": "Banjir"}, follow=True)
    assert "tidak dapat dimaklumi" in said(told)
    assert "Mengapa dimaklumi?" not in said(told)

    close_the_8th(office)
    assert "Mengapa dimaklumi?" in said(rina.get(f"{DESK}pengawasan/"))
    rina.post(f"{DESK}pengawasan/pemakluman/{pk}/", {"reason": "Banjir, kantor ditutup"})

    page = rina.get(f"{DESK}pengawasan/")
    assert page.context["breaches"] == []
    assert [each.turn.excused_reason for each in page.context["excused"]] == ["Banjir, kantor ditutup"]


def close_the_8th(office):
    """A later calendar closes a day that was counted; told to nobody here."""
    known = calendar(zone=office.zone)
    flood = ClosedDay(date(2026, 1, 8), Reason.LOCAL, "Banjir", "kantor")
    with_calendar(office, replace(known, closed=(*known.closed, flood)))


def test_officers_do_not_supervise(office, client, thread):
    assert client.get(f"{DESK}pengawasan/").status_code == 404
    assert client.post(f"{DESK}pengawasan/pemakluman/{turn(thread).pk}/").status_code == 404
