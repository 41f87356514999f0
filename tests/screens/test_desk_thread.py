"""Through the door: an officer reads a consultation and writes into it."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.consultations.models import Draft, Message, Presence
from loket.outbox.models import Mail
from loket.people.models import Role
from tests.cast import an_office, an_officer
from tests.consultations.conversation import answer, ask, budi, fresh, note, probolinggo, reply, sari
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
NOW = wib("2026-01-14T10:46")


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def thread():
    return ask(probolinggo(), "2026-01-13T09:00", text="Saya perlu <b>inflasi</b>.\n\nTerima kasih.")


@pytest.fixture
def client(thread):
    return as_officer(thread)


def as_officer(thread, name="Sari") -> Client:
    signed_in = Client()
    signed_in.force_login(sari(thread.office, name))
    return signed_in


def path(thread, end="") -> str:
    return f"/{thread.office.code}/petugas/konsultasi/{thread.token}/{end}"


def write(client, thread, *, seen=None, kind="answer", text="2,41 persen.", key="satu", **more):
    words = {"kind": kind, "text": text, "key": key, "seen": fresh(thread).version if seen is None else seen}
    return client.post(path(thread, "pesan/"), words | more)


def said(thread) -> list[tuple[str, str]]:
    return list(Message.objects.filter(consultation=thread).order_by("pk").values_list("kind", "text"))


def test_the_page_shows_the_question_the_deadline_and_how_it_was_counted(client, thread):
    page = client.get(path(thread)).content.decode()

    assert "Saya perlu &lt;b&gt;inflasi&lt;/b&gt;." in page
    assert "Sen 19 Jan, 15.30" in page
    assert "Hari kerja yang dihitung: 14, 15, 19 Januari." in page
    assert "Isra" in page


@pytest.mark.parametrize(
    ("kind", "state", "mailed"),
    [
        ("answer", "visitor", "consultation.answer"),
        ("clarification", "visitor", "consultation.clarification"),
        ("referral", "visitor", "consultation.referral"),
        ("holding", "office", "consultation.holding"),
        ("note", "office", None),
    ],
)
def test_each_kind_has_its_own_effect(client, thread, kind, state, mailed):
    sent = write(client, thread, kind=kind, institution="Bank Indonesia", address="bi.example")

    assert sent.status_code == 302
    assert fresh(thread).state == state
    assert said(thread)[-1] == (kind, "2,41 persen.")
    assert Mail.objects.filter(kind=mailed or "consultation.note").exists() == bool(mailed)


def test_an_answer_is_shown_as_markdown_and_cannot_carry_a_script(client, thread):
    write(client, thread, text="**Tabel** terlampir. <script>alert(1)</script> [x](javascript:alert(1))")

    page = client.get(path(thread)).content.decode()

    assert "<strong>Tabel</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_referral_names_an_institution(client, thread):
    refused = write(client, thread, kind="referral", text="Silakan ke sana.")

    assert refused.status_code == 422
    assert "Silakan ke sana." in refused.content.decode()
    assert len(said(thread)) == 1


def test_a_visitors_message_that_arrived_meanwhile_is_seen_before_the_answer_goes_out(client, thread):
    seen = fresh(thread).version
    reply(thread, "2026-01-14T10:00", text="Yang triwulanan saja.")

    refused = write(client, thread, seen=seen, text="Jawaban panjang saya.")

    page = refused.content.decode()
    assert refused.status_code == 409
    assert [entry.html for entry in refused.context["news"]] == ["<p>Yang triwulanan saja.</p>"]
    assert "Jawaban panjang saya." in page
    assert fresh(thread).state == "office"


def test_of_two_officers_who_answer_at_once_the_second_reads_the_first(client, thread):
    seen = fresh(thread).version
    write(as_officer(thread, "Agus"), thread, seen=seen, text="Dari Agus.")

    refused = write(client, thread, seen=seen, text="Dari Sari.")

    assert refused.status_code == 409
    assert "Dari Agus." in refused.content.decode()
    assert "Dari Sari." in refused.content.decode()
    again = write(client, thread, text="Dari Sari.", key=refused.context["key"])
    assert again.status_code == 302
    assert [text for _kind, text in said(thread)][1:] == ["Dari Agus.", "Dari Sari."]


def test_a_note_goes_in_whatever_came_meanwhile(client, thread):
    seen = fresh(thread).version
    answer(thread, "2026-01-14T09:00")

    assert write(client, thread, seen=seen, kind="note", text="Lihat tabel 3.").status_code == 302


def test_pressing_twice_is_sending_once(client, thread):
    seen = fresh(thread).version
    write(client, thread, seen=seen)
    write(client, thread, seen=seen)

    assert [kind for kind, _text in said(thread)] == ["visitor", "answer"]
    assert Mail.objects.filter(kind="consultation.answer").count() == 1


def test_one_page_cannot_send_two_texts_as_one(client, thread):
    write(client, thread, text="Yang pertama.")

    refused = write(client, thread, text="Yang kedua.")

    assert refused.status_code == 409
    assert "Yang kedua." in refused.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": " \n "}, {"text": "x" * 20_001}, {"kind": "visitor"}, {"kind": "system"},
     {"seen": "-1"}, {"seen": "x"}, {"seen": "9" * 30}, {"key": ""}, {"key": "x" * 65}, {"text": "\x00"}],
)  # fmt: skip
def test_what_is_no_message_is_refused_and_nothing_is_stored(client, thread, wrong):
    refused = client.post(
        path(thread, "pesan/"),
        {"kind": "answer", "text": "Ya.", "key": "satu", "seen": fresh(thread).version} | wrong,
    )

    assert refused.status_code in (409, 422)
    assert len(said(thread)) == 1


def test_a_draft_comes_back_and_goes_with_the_sending(client, thread):
    kept = client.post(path(thread, "draf/"), {"kind": "holding", "text": "Sedang saya", "version": "0"})

    page = client.get(path(thread))
    assert page.context["written"]["text"] == "Sedang saya"
    assert page.context["written"]["kind"] == "holding"
    assert kept.json()["version"] == 1
    assert as_officer(thread, "Agus").get(path(thread)).context["draft"] is None
    write(client, thread)
    assert not Draft.objects.exists()


def test_another_window_does_not_overwrite_the_draft(client, thread):
    client.post(path(thread, "draf/"), {"kind": "answer", "text": "Jendela satu", "version": "0"})

    refused = client.post(path(thread, "draf/"), {"kind": "answer", "text": "Jendela dua", "version": "0"})

    assert refused.status_code == 409
    assert Draft.objects.get().content["text"] == "Jendela satu"


def test_colleagues_see_who_writes(client, thread):
    as_officer(thread, "Agus").post(path(thread, "kehadiran/"), {"doing": "writing"})

    assert "Agus sedang menulis di sini" in client.get(path(thread)).content.decode()
    with time_machine.travel(wib("2026-01-14T10:48"), tick=False):
        assert "Agus" not in client.get(path(thread)).content.decode()


def test_who_closed_the_page_is_gone(client, thread):
    client.post(path(thread, "kehadiran/"), {"doing": "reading"})
    client.post(path(thread, "kehadiran/"), {"doing": "gone"})

    assert not Presence.objects.exists()


def test_j_and_k_walk_the_box(client, thread):
    later = ask(thread.office, "2026-01-14T09:00")

    assert client.get(path(thread, "berikutnya/")).url == path(later)
    assert client.get(path(later, "sebelumnya/")).url == path(thread)
    assert client.get(path(later, "berikutnya/")).url == "/3574/petugas/konsultasi/"


def test_a_preview_shows_what_the_visitor_will_see(client, thread):
    shown = client.post("/3574/petugas/konsultasi/pratinjau/", {"text": "**ya** <script>x</script>"})

    assert "<strong>ya</strong> &lt;script&gt;" in shown.content.decode()


def test_what_the_same_person_asked_before_is_there_and_of_other_offices_nothing(client, thread):
    before = ask(thread.office, "2026-01-05T09:00", text="Dulu")
    ask(probolinggo(code="3513"), "2026-01-05T09:00", text="KENARI")

    page = client.get(path(thread))

    assert page.context["earlier"] == [before]
    assert "KENARI" not in page.content.decode()


@pytest.mark.parametrize("messages", [1, 50])
def test_a_long_thread_asks_as_much_as_a_short_one(client, thread, messages):
    for _ in range(messages):
        note(thread, "2026-01-14T09:00")
    client.get(path(thread))

    with CaptureQueriesContext(connection) as asked:
        client.get(path(thread))

    assert len(asked) <= 12, [query["sql"][:90] for query in asked]


def test_what_strangers_do_is_not_found(thread):
    people = [budi(), an_officer(an_office("9471"), "Yosef"), an_officer(thread.office, "Wati", Role.READER)]
    for person in people:
        stranger = Client()
        stranger.force_login(person)
        assert stranger.get(path(thread)).status_code == 404
        for end in ("pesan/", "draf/", "kehadiran/"):
            assert stranger.post(path(thread, end), {"kind": "note", "text": "x"}).status_code == 404


def test_a_thread_of_one_office_is_not_found_at_another(thread):
    elsewhere = probolinggo(code="3513")
    client = Client()
    client.force_login(sari(elsewhere, "Tono"))

    assert client.get(path(thread).replace("/3574/", "/3513/")).status_code == 404
