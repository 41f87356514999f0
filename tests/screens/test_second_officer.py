"""Through the door: Sari's answer waits at the desk until Rina has read it."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from loket.consultations.models import Message, Proposal
from loket.people.models import Role
from tests.cast import an_officer
from tests.consultations.conversation import ask, fresh, probolinggo, reply, sari
from tests.consultations.filing import a_file
from tests.rules.calendars import wib
from tests.screens.test_desk_thread import path, write

pytestmark = pytest.mark.django_db
WORDS = "Jawaban KENARI."


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(wib("2026-01-14T10:46"), tick=False):
        yield


@pytest.fixture
def thread():
    return ask(probolinggo(settings={"second_officer": True}), "2026-01-13T09:00")


def client_of(person) -> Client:
    signed_in = Client()
    signed_in.force_login(person)
    return signed_in


@pytest.fixture
def author(thread):
    return client_of(sari(thread.office))


@pytest.fixture
def second(thread):
    return client_of(sari(thread.office, "Rina"))


def press(client, thread, end, **more):
    shown = Proposal.objects.filter(consultation=thread).first()
    words = {"proposal": shown.pk if shown else ""} | more
    return client.post(path(thread, f"usulan/{end}/"), words, follow=True)


def test_the_composer_says_that_a_second_officer_reads_it(author, thread):
    page = author.get(path(thread)).content.decode()

    assert "Kirim ke petugas kedua" in page
    assert "tenggat tetap berjalan" in page


def test_who_waits_for_whom_stands_in_the_thread_and_in_the_inbox(author, second, thread):
    write(author, thread, text=WORDS)

    own, other = (each.get(path(thread)).content.decode() for each in (author, second))
    inbox = second.get(f"/{thread.office.code}/petugas/konsultasi/").content.decode()
    assert "Pesan Anda menunggu petugas kedua" in own
    assert "Tarik kembali" in own
    assert "Setujui dan kirim" not in own
    assert "Sari menunggu petugas kedua" in other
    assert "Setujui dan kirim" in other
    assert "jawaban Sari menunggu petugas kedua" in inbox


def test_while_it_waits_the_composer_begins_with_a_note(author, second, thread):
    assert second.get(path(thread)).context["written"]["kind"] == "answer"
    write(author, thread, text=WORDS)

    assert second.get(path(thread)).context["written"]["kind"] == "note"


def test_the_visitor_reads_nothing_of_it_before_the_release(author, second, thread):
    write(author, thread, text=WORDS)
    budis = client_of(thread.asker)
    at_home = f"/{thread.office.code}/konsultasi/{thread.token}/"

    assert "KENARI" not in budis.get(at_home).content.decode()
    press(second, thread, "pelepasan")
    assert "KENARI" in budis.get(at_home).content.decode()
    assert fresh(thread).state == "visitor"


def test_what_is_given_back_stands_in_the_authors_composer_with_the_note_above(author, second, thread):
    write(author, thread, text=WORDS)

    press(second, thread, "pengembalian", note="Sebut tahunnya.")

    page = author.get(path(thread))
    assert page.context["written"]["text"] == WORDS
    assert "Sebut tahunnya." in page.content.decode()
    assert page.context["proposed"] is None


def test_an_empty_note_gives_nothing_back(author, second, thread):
    write(author, thread, text=WORDS)

    page = press(second, thread, "pengembalian", note="").content.decode()

    assert "Tulis dalam catatan apa yang perlu diubah." in page
    assert Proposal.objects.exists()


def test_a_visitors_message_takes_the_release_away(author, second, thread):
    write(author, thread, text=WORDS)
    reply(thread, "2026-01-14T10:40", text="Yang triwulanan.")

    assert "Setujui dan kirim" not in second.get(path(thread)).content.decode()
    assert "Percakapan sudah berlanjut" in press(second, thread, "pelepasan").content.decode()
    assert not Message.objects.filter(kind="answer").exists()


def test_the_author_cannot_release_by_hand(author, thread):
    write(author, thread, text=WORDS)

    assert "Harus dibaca petugas lain" in press(author, thread, "pelepasan").content.decode()
    assert fresh(thread).state == "office"


def test_a_second_answer_waits_with_its_words_in_the_composer(author, second, thread):
    write(author, thread, text=WORDS)

    refused = write(second, thread, text="Jawaban lain.", key="dua")

    assert refused.status_code == 409
    assert "Jawaban lain." in refused.content.decode()


def test_the_second_officer_opens_the_file_and_the_visitor_does_not(
    author, second, thread, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    file = a_file(sari(thread.office), thread.office, at=wib("2026-01-14T10:40"))
    write(author, thread, text=WORDS, files=[file.token])

    assert f"berkas/{file.token}/" in second.get(path(thread)).content.decode()
    assert b"".join(second.get(path(thread, f"berkas/{file.token}/")).streaming_content)
    at_home = reverse("attachment", args=[thread.office.code, file.token])
    assert client_of(thread.asker).get(at_home).status_code == 404
    press(second, thread, "pelepasan")
    assert b"".join(client_of(thread.asker).get(at_home).streaming_content)


def test_an_administrator_turns_it_on_in_the_settings(thread):
    office = probolinggo(code="3575")
    adi = client_of(an_officer(office, "Adi", Role.ADMINISTRATOR))

    adi.post(
        f"/{office.code}/kelola/pengaturan/",
        {"part": "consultations", "consultations-second_officer": "on"},
    )

    office.refresh_from_db()
    assert office.settings["second_officer"] is True
