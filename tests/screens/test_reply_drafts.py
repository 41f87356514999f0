"""A reply that is not sent yet waits on the server, for its writer alone."""

import pytest
import time_machine
from django.test import Client

from loket.consultations.models import Attachment, Draft, Message
from loket.people.models import Role
from tests.cast import an_officer
from tests.consultations.conversation import answer, ask, budi, probolinggo, sari
from tests.consultations.filing import a_file
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
NOW = wib("2026-01-14T10:46")


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def thread():
    return ask(probolinggo(), "2026-01-13T09:00")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def his(thread):
    return signed_in(thread.asker)


def path(thread, end=""):
    return f"/{thread.office.code}/konsultasi/{thread.token}/{end}"


def keep(client, thread, **words):
    return client.post(path(thread, "draf/"), words, headers={"X-Requested-With": "fetch"})


def typed(client, thread) -> str:
    return client.get(path(thread)).context["form"]["text"].value()


def test_what_was_typed_is_there_again_in_another_browser(his, thread):
    kept = keep(his, thread, text="Yang triwulanan saja")

    assert kept.json()["saved"] == "10.46 WIB"
    page = signed_in(thread.asker).get(path(thread))
    assert page.context["form"]["text"].value() == "Yang triwulanan saja"
    assert "Draf tersimpan" in page.content.decode()


def test_without_a_script_a_press_keeps_it_and_leads_back(his, thread):
    pressed = his.post(path(thread, "draf/"), {"text": "Yang bulanan"})

    assert pressed.headers["Location"] == path(thread)
    assert typed(his, thread) == "Yang bulanan"


def test_an_uploaded_file_waits_with_the_words(his, thread):
    file = a_file(thread.asker, thread.office)
    keep(his, thread, text="Ini suratnya", files=[file.token])

    assert [each.token for each in his.get(path(thread)).context["files"]] == [file.token]
    his.post(path(thread, "balasan/"), {"text": "Ini suratnya", "key": "k", "files": [file.token]})
    assert Attachment.objects.get().message.text == "Ini suratnya"


def test_what_was_sent_or_emptied_waits_no_more(his, thread):
    keep(his, thread, text="Satu")
    his.post(path(thread, "balasan/"), {"text": "Satu", "key": "k"})
    assert not Draft.objects.exists()

    keep(his, thread, text="Dua")
    keep(his, thread, text="")
    assert not Draft.objects.exists()


def test_a_reply_that_is_refused_keeps_its_draft(his, thread):
    keep(his, thread, text="Terlambat")
    his.post(path(thread, "balasan/"), {"text": "Satu", "key": "k"})
    keep(his, thread, text="Lain")

    refused = his.post(path(thread, "balasan/"), {"text": "Lain", "key": "k"})

    assert refused.status_code == 409
    assert typed(his, thread) == "Lain"


def test_nobody_else_reads_or_writes_it(his, thread):
    keep(his, thread, text="Rahasia KENARI")
    for person in (budi("siti@surel.example", "Siti"), an_officer(thread.office, "Rina", Role.SUPERVISOR)):
        client = signed_in(person)
        assert keep(client, thread, text="x").status_code == 404
        desk = client.get(f"/{thread.office.code}/petugas/konsultasi/{thread.token}/")
        assert "KENARI" not in desk.content.decode()

    assert Draft.objects.get().content["text"] == "Rahasia KENARI"


def test_the_officers_draft_and_the_visitors_do_not_meet(his, thread):
    hers = signed_in(sari(thread.office))
    hers.post(
        f"/{thread.office.code}/petugas/konsultasi/{thread.token}/draf/", {"text": "2,41", "version": 0}
    )
    keep(his, thread, text="Yang bulanan")

    answer(thread, NOW, by=sari(thread.office))

    assert typed(his, thread) == "Yang bulanan"
    assert Draft.objects.count() == 1


def test_pressed_twice_it_is_said_once_whatever_state_it_met(his, thread):
    words = {"text": "Yang bulanan", "key": "satu"}
    for _ in range(2):
        his.post(path(thread, "balasan/"), words)
    answer(thread, NOW, by=sari(thread.office))
    again = {"text": "Terima kasih", "key": "dua"}
    for _ in range(2):
        assert his.post(path(thread, "balasan/"), again).status_code == 302
    his.post(path(thread, "selesai/"))
    late = {"text": "Satu lagi", "key": "tiga"}
    for _ in range(2):
        assert his.post(path(thread, "balasan/"), late).status_code == 302

    said = Message.objects.filter(kind="visitor").order_by("pk").values_list("text", "turn")
    assert list(said)[1:] == [("Yang bulanan", 1), ("Terima kasih", 2), ("Satu lagi", 3)]
