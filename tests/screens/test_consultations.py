"""Asking online and the thread, through the door: Budi asks, Siti and a stranger find nothing."""

import re
from html.parser import HTMLParser

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from loket.consultations.actions import answering, drafting
from loket.consultations.models import Consultation, Draft, Message
from loket.library import logging
from loket.library.models import SearchLog
from loket.live import announce
from loket.outbox.models import Mail
from loket.people.models import User
from tests.cast import an_office, take
from tests.consultations.conversation import answer, ask, budi, fresh, note, probolinggo
from tests.rules.calendars import wib
from tests.screens.test_account import CODE, SIGN_IN, code_from_mail

pytestmark = pytest.mark.django_db
TUESDAY = wib("2026-01-13T09:00")
ASK = "/3574/konsultasi/tanya/"
QUESTION = {
    "text": "Saya perlu jumlah usaha batik per kecamatan.",
    "kind": "data",
    "purpose": "thesis",
    "what": ["Usaha batik", ""],
    "area": ["Kota Probolinggo", ""],
    "years": ["2020-2024", ""],
    "key": "one-press",
}


class Harm(HTMLParser):
    """Collects what would run, load or send something."""

    def __init__(self):
        super().__init__()
        self.found = []

    @classmethod
    def of(cls, html: str) -> list[str]:
        reader = cls()
        reader.feed(html)
        return reader.found

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "img", "form", "button", "noscript", "iframe", "style", "object"):
            self.found.append(tag)
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name == "formaction" or address.startswith("javascript:"):
                self.found.append(f"{tag} {name}")


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(TUESDAY, tick=False) as clock:
        cache.clear()
        yield clock


@pytest.fixture
def office():
    return probolinggo()


@pytest.fixture
def his(client, office):
    client.force_login(budi())
    return client


def siti() -> Client:
    client = Client()
    client.force_login(budi("siti@surel.example", "Siti"))
    return client


def thread(client, consultation, part=""):
    return f"/{consultation.office.code}/konsultasi/{consultation.token}/{part}"


def test_a_question_is_asked_in_three_steps_and_gets_a_number_and_a_deadline(his, office):
    page = his.get(f"{ASK}?kata=usaha+batik").content.decode()
    answered = his.post(ASK, QUESTION | {"kata": "usaha batik"}, follow=True)

    asked = Consultation.objects.get()
    assert "Senin 19 Januari 2026 15.30 WIB" in page
    assert "Isra Mikraj" in page
    assert asked.label == "K-2026-00001"
    assert (asked.search_words, asked.asked_without_search) == ("usaha batik", False)
    item = asked.items.get()
    assert (item.what, item.area, item.year_from, item.year_to) == (
        "Usaha batik", "Kota Probolinggo", 2020, 2024,
    )  # fmt: skip
    assert "Giliran petugas" in answered.content.decode()
    assert "K-2026-00001" in answered.content.decode()


def test_asking_without_a_search_is_possible_and_counted(his, office):
    his.post(ASK, QUESTION)

    assert Consultation.objects.get().asked_without_search


def test_a_search_that_became_a_question_is_counted(his, office):
    seen = {"words": "batik", "total": 0, "confident": False, "place": "portal", "token": "t-1"}
    logging.log_search(office=office, at=TUESDAY, **seen)
    page = his.get(f"{ASK}?kata=batik&cari=t-1").content.decode()
    his.post(ASK, QUESTION | {"kata": "batik", "cari": "t-1"})

    assert '<input type="hidden" name="cari" value="t-1">' in page
    assert SearchLog.objects.get().asked


def test_pressing_twice_asks_once_and_other_words_with_the_same_key_are_not_lost(his, office):
    first = his.post(ASK, QUESTION)
    second = his.post(ASK, QUESTION)
    other = his.post(ASK, QUESTION | {"text": "Sesuatu yang lain."})

    assert first.headers["Location"] == second.headers["Location"]
    assert (Consultation.objects.count(), other.status_code) == (1, 409)
    assert "Sesuatu yang lain." in other.content.decode()
    assert 'value="one-press"' not in other.content.decode()


def test_what_a_stranger_typed_is_there_again_after_the_sign_in(client, office):
    led = client.post(ASK, QUESTION | {"kata": "batik"}).headers["Location"]
    asked = client.post(led, {"email": "budi@surel.example", "next": ASK}).headers["Location"]
    back = client.post(asked, {"code": code_from_mail(), "next": ASK})
    page = client.get(back.headers["Location"]).content.decode()

    assert led == f"{SIGN_IN}?next={ASK}"
    assert back.headers["Location"] == ASK
    assert QUESTION["text"] in page
    assert "Kota Probolinggo" in page
    assert not Consultation.objects.exists()
    client.post(ASK, QUESTION | {"name": "Budi"})
    assert Consultation.objects.get().asker.name == "Budi"


def test_an_address_that_was_never_confirmed_asks_nothing(client, office):
    client.force_login(budi(confirmed=False))

    led = client.post(ASK, QUESTION)

    assert led.headers["Location"].startswith(SIGN_IN)
    assert not Consultation.objects.exists()
    assert not Mail.objects.exists()


def test_what_is_wrong_is_said_and_everything_typed_stays(his, office):
    answered = his.post(ASK, QUESTION | {"text": "", "years": ["202", ""], "kind": "gossip"})

    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Tuliskan dengan singkat apa yang ingin Anda ketahui." in page
    assert 'value="202"' in page
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("text", ["x" * 20_001, "\u200b\u202e \x00"])
def test_what_no_question_can_be_is_refused_without_a_fault(his, office, text):
    assert his.post(ASK, QUESTION | {"text": text}).status_code == 422


def test_a_draft_is_kept_on_the_server_and_shown_again_elsewhere(his, office):
    kept = his.post(f"{ASK}draf/", QUESTION, headers={"X-Requested-With": "fetch"})
    phone = Client()
    phone.force_login(User.objects.get(email="budi@surel.example"))

    assert kept.json() == {"saved": "09.00 WIB"}
    assert QUESTION["text"] in phone.get(ASK).content.decode()
    assert QUESTION["text"] not in siti().get(ASK).content.decode()


def test_a_draft_is_gone_when_it_was_sent_or_thrown_away(his, office):
    his.post(f"{ASK}draf/", QUESTION)
    his.post(ASK, QUESTION)
    sent = Draft.objects.count()
    his.post(f"{ASK}draf/", QUESTION)
    his.post(f"{ASK}draf/", {"discard": "1"})

    assert (sent, Draft.objects.count()) == (0, 0)


def test_ten_questions_an_hour_are_enough(his, office):
    codes = [his.post(ASK, QUESTION | {"key": f"press-{n}"}).status_code for n in range(12)]

    assert codes == [302] * 10 + [429] * 2
    assert Consultation.objects.count() == 10


def test_the_thread_is_there_for_its_asker_alone(his, office):
    mine = ask(office, TUESDAY, by=budi())
    parts = ["", "balasan/", "selesai/", "penarikan/"]

    stranger = [Client().get(thread(his, mine)).headers["Location"]]
    others = [
        (siti().post if part else siti().get)(thread(his, mine, part), {"text": "x"}).status_code
        for part in parts
    ]
    absent = siti().get("/3574/konsultasi/no-such-token/")

    assert his.get(thread(his, mine)).status_code == 200
    assert stranger[0].startswith(SIGN_IN)
    assert others == [404] * 4
    assert absent.status_code == 404
    assert mine.token not in siti().get("/3574/konsultasi/").content.decode()


def test_absent_and_forbidden_look_the_same(his, office):
    """S11: nothing tells a guessed address from a foreign one."""
    mine = ask(office, TUESDAY, by=budi())
    other = siti()

    pages = [other.get(path) for path in (thread(his, mine), "/3574/konsultasi/no-such-token/")]

    words = [re.sub(r'value="[^"]*"', "", page.content.decode()) for page in pages]
    assert words[0] == words[1]


def test_a_note_of_the_staff_is_never_shown_to_the_asker(his, office):
    mine = ask(office, TUESDAY, by=budi())
    note(mine, wib("2026-01-13T10:00"), text="Hati-hati, CANARY-NOTE.")

    assert "CANARY-NOTE" not in his.get(thread(his, mine)).content.decode()


def test_a_clarification_a_reply_and_an_answer_move_the_ball(his, office, tuesday):
    mine = ask(office, TUESDAY, by=budi())
    answer(mine, wib("2026-01-13T10:00"), verb=answering.clarify, text="Batik *tulis* saja?")
    asked_back = his.get(thread(his, mine)).content.decode()
    tuesday.move_to(wib("2026-01-14T09:00"))
    his.force_login(budi())
    his.post(thread(his, mine, "balasan/"), {"text": "Tulis dan cap.", "key": "k1"})
    replied = his.get(thread(his, mine)).content.decode()

    assert "Giliran Anda" in asked_back
    assert "Batik <em>tulis</em> saja?" in asked_back
    assert "Permintaan penjelasan" in asked_back
    assert "Giliran petugas" in replied
    assert "Selasa 20 Januari 2026 15.30 WIB" in replied


def test_pressing_send_twice_says_it_once(his, office):
    mine = ask(office, TUESDAY, by=budi())

    for _ in range(2):
        his.post(thread(his, mine, "balasan/"), {"text": "Yang bulanan.", "key": "k1"})

    assert Message.objects.filter(text="Yang bulanan.").count() == 1


def test_a_reply_survives_a_sign_in_that_had_ended(client, office):
    mine = ask(office, TUESDAY, by=budi())
    led = client.post(thread(client, mine, "balasan/"), {"text": "Tulisan panjang."}).headers["Location"]
    asked = client.post(led, {"email": "budi@surel.example", "next": thread(client, mine)})
    back = client.post(asked.headers["Location"], {"code": code_from_mail(), "next": thread(client, mine)})

    assert "Tulisan panjang." in client.get(back.headers["Location"]).content.decode()
    assert not Message.objects.filter(text="Tulisan panjang.").exists()


def test_i_say_that_my_question_is_answered_once(his, office):
    mine = ask(office, TUESDAY, by=budi())
    answer(mine, wib("2026-01-13T08:59"))

    his.post(thread(his, mine, "selesai/"))
    again = his.post(thread(his, mine, "selesai/"), follow=True)

    assert fresh(mine).close_reason == "solved"
    assert fresh(mine).closings == 1
    assert "sudah ditutup atau berubah" in again.content.decode()


def test_i_withdraw_and_open_it_again(his, office):
    mine = ask(office, TUESDAY, by=budi())

    his.post(thread(his, mine, "penarikan/"))
    withdrawn = fresh(mine).close_reason
    his.post(thread(his, mine, "balasan/"), {"text": "Ternyata masih perlu.", "key": "k2"})

    assert withdrawn == "withdrawn"
    assert fresh(mine).state == "office"
    assert "dibuka kembali" in his.get(thread(his, mine)).content.decode()


def test_a_message_after_fourteen_days_becomes_a_new_one_linked_to_the_old(his, office, tuesday):
    mine = ask(office, TUESDAY, by=budi())
    his.post(thread(his, mine, "penarikan/"))
    tuesday.move_to(wib("2026-01-28T09:00"))
    his.force_login(budi())

    led = his.post(thread(his, mine, "balasan/"), {"text": "Masih perlu.", "key": "k3"}, follow=True)

    assert Consultation.objects.count() == 2
    assert "menjadi konsultasi baru" in led.content.decode()
    assert mine.label in led.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        '<svg onload="alert(1)">',
        '<img src="http://127.0.0.1/x" onerror="alert(1)">',
        '<form action="https://evil.example"><button formaction="javascript:alert(1)">',
        "[x](java\nscript:alert(1))",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    ],
)
def test_nothing_written_becomes_a_script(his, office, text):
    """S5: by the visitor, who writes plain text, and by the officer, who writes Markdown."""
    mine = ask(office, TUESDAY, by=budi(), text=text)
    answer(mine, wib("2026-01-13T10:00"), text=text)

    page = his.get(thread(his, mine)).content.decode()
    body = page[page.index('<ol class="timeline"') : page.index("</ol>", page.index('<ol class="timeline"'))]
    assert Harm.of(body) == []


@pytest.mark.parametrize("value", ["abc", "-1", "9" * 40, "asker__email", "1; DROP", "\x00", "٣"])
def test_what_stands_in_the_address_of_the_list_does_no_harm(his, office, value):
    """S7: no key or order of the database can be named from outside."""
    ask(office, TUESDAY, by=budi())

    answered = his.get("/3574/konsultasi/", {"sebelum": value, "order": value, value: "1"})

    assert answered.status_code == 200


def test_older_consultations_are_a_page_away(his, office):
    for n in range(26):
        ask(office, TUESDAY, by=budi(), text=f"Pertanyaan {n}?")

    page = his.get("/3574/konsultasi/").content.decode()
    older = his.get("/3574/konsultasi/" + re.search(r'href="(\?sebelum=\d+)"', page)[1]).content.decode()

    assert page.count("asked__row") == 25
    assert older.count("asked__row") == 1


def test_only_who_may_see_the_thread_hears_that_it_changed(his, office):
    mine = ask(office, TUESDAY, by=budi())
    listen = f"/3574/langsung?topics=thread-{mine.token}&version=1"
    elsewhere = an_office("9471")

    assert his.get(listen).status_code == 204
    assert siti().get(listen).status_code == 404
    assert Client().get(listen).status_code == 404
    assert his.get(f"/9471/langsung?topics=thread-{mine.token}").status_code == 404
    assert his.get("/3574/langsung?topics=thread-no-such-token").status_code == 404
    assert elsewhere.code == "9471"
    assert announce.version(announce.thread(mine.token)) == 1


def test_the_thread_costs_the_same_however_long_it_is(his, office, django_assert_max_num_queries):
    mine = ask(office, TUESDAY, by=budi())
    for n in range(20):
        his.post(thread(his, mine, "balasan/"), {"text": f"Pesan {n}", "key": f"k{n}"})

    with django_assert_max_num_queries(12):
        his.get(thread(his, mine))


def test_what_was_noted_in_the_hall_under_the_confirmed_address_appears(his, office):
    from loket.consultations.actions import Record, record

    ticket = take(office, at=TUESDAY)
    record(
        office=office, visitor=ticket.visit.visitor, door="hall", consultation=None, by="staff:1", at=TUESDAY,
        note=Record(question="Inflasi 2025", kind="data", answer="2,41 persen"),
    )  # fmt: skip
    page = his.get("/3574/konsultasi/").content.decode()
    token = Consultation.objects.get().token

    assert "Inflasi 2025" in page
    assert "2,41 persen" in his.get(f"/3574/konsultasi/{token}/").content.decode()
    assert siti().get(f"/3574/konsultasi/{token}/").status_code == 404
    unproved = Client()
    unproved.force_login(budi("lain@surel.example", "Lain", confirmed=False))
    assert unproved.get(f"/3574/konsultasi/{token}/").status_code == 404


def test_a_draft_says_nothing_of_somebody_elses(office):
    drafting.keep(owner=budi(), office=office, content={"text": "Rahasia"}, at=TUESDAY)

    assert drafting.draft_of(owner=budi("siti@surel.example", "Siti"), office=office) is None


def test_the_code_page_is_reached_with_the_question_still_waiting(client, office):
    led = client.post(ASK, QUESTION).headers["Location"]
    client.post(led, {"email": "budi@surel.example"})

    assert client.get(CODE).status_code == 200
    assert client.session["question"]["content"]["text"] == QUESTION["text"]
