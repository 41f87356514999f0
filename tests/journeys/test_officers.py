"""Officers answer consultations: by keyboard alone, two at once, and for the next stranger."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.waiting import first_of

pytestmark = pytest.mark.journey
INBOX = "petugas/konsultasi/"


def focus_is_on(page: Page, words: str) -> None:
    page.wait_for_function("words => document.activeElement.textContent.includes(words)", arg=words)


def keys_work(page: Page) -> None:
    """The script is there: what it alone can do is shown."""
    expect(page.get_by_role("button", name="semua tombol")).to_be_visible()


@contextmanager
def refreshed_before_the_answer(page: Page, press: str) -> Iterator[None]:
    """After a press was taken, and before the page that says so is asked for, another tab looks anew."""
    other, held = page.context.new_page(), []
    other.goto(page.url)
    page.route(press, lambda route: held.append((route, route.fetch(max_redirects=0))), times=1)
    yield
    route, answer = first_of(held, page)
    with other.expect_response(other.url):
        other.evaluate("dispatchEvent(new Event('focus'))")
    # Its cookies are the browser's already, and may have changed since.
    headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
    route.fulfill(response=answer, headers=headers)
    other.close()


def answers(hall) -> list[tuple[str, str]]:
    return [
        (subject, text) for subject, kind, _name, text in hall.served.stage("messages") if kind == "answer"
    ]


def test_by_keyboard_alone_an_officer_answers_three(hall):
    hall.served.stage("ask_questions", subjects=["Inflasi", "Batik", "Jalan"])
    sari = hall.screen("desk", INBOX, officer="Sari")
    keys_work(sari)
    sari.keyboard.press("?")
    expect(sari.get_by_role("dialog")).to_be_visible()
    sari.keyboard.press("Escape")
    assert barriers(sari) == []

    for subject in ("Inflasi", "Batik", "Jalan"):
        sari.keyboard.press("j")
        focus_is_on(sari, subject)
        sari.keyboard.press("Enter")
        expect(sari.get_by_role("heading", name=subject, exact=True)).to_be_visible()
        keys_work(sari)
        sari.keyboard.press("b")
        sari.keyboard.type(f"Tabel {subject} terlampir.")
        sari.keyboard.press("Control+Enter")
        expect(sari.get_by_role("status").filter(has_text="sedang dikirim")).to_be_visible()
        sari.keyboard.press("Escape")
        sari.keyboard.press("u")
        expect(sari.get_by_role("heading", name="Konsultasi", exact=True)).to_be_visible()
        keys_work(sari)

    expect(sari.get_by_text("Semua pertanyaan sudah dijawab")).to_be_visible()
    assert answers(hall) == [(each, f"Tabel {each} terlampir.") for each in ("Inflasi", "Batik", "Jalan")]


def test_by_keyboard_she_takes_one_and_chooses_what_she_writes(hall):
    hall.served.stage("ask_questions", subjects=["Inflasi"])
    sari = hall.screen("desk", INBOX, officer="Sari")
    keys_work(sari)
    sari.keyboard.press("j")
    sari.keyboard.press("a")
    expect(sari.get_by_role("status").filter(has_text="mendapat petugas baru")).to_be_visible()
    expect(sari.get_by_role("link", name="Milik saya 1")).to_be_visible()
    keys_work(sari)

    sari.keyboard.press("j")
    sari.keyboard.press("Enter")
    expect(sari.get_by_role("button", name="Kirim jawaban")).to_be_visible()
    keys_work(sari)
    sari.keyboard.press("4")
    expect(sari.get_by_text("Tenggat tetap:")).to_be_visible()
    expect(sari.get_by_role("button", name="Kirim jawaban")).to_be_hidden()
    sari.keyboard.press("b")
    sari.keyboard.type("**Sedang** dikerjakan.")
    sari.keyboard.press("Escape")
    sari.keyboard.press("p")
    expect(sari.locator("[data-preview] strong")).to_have_text("Sedang")
    assert barriers(sari) == []


def test_two_officers_answer_at_once_and_no_word_is_lost(hall):
    token = hall.served.stage("ask_questions", subjects=["Inflasi"])[0]
    sari = hall.screen("desk", f"{INBOX}{token}/", officer="Sari")
    tono = hall.screen("desk", f"{INBOX}{token}/", officer="Tono")
    sari.get_by_label("Pesan Anda").fill("Dari Sari.")
    expect(tono.get_by_text("Sari sedang menulis di sini")).to_be_visible()
    tono.get_by_label("Pesan Anda").fill("Dari Tono.")
    tono.get_by_role("button", name="Kirim jawaban").click()
    expect(tono.get_by_role("status").filter(has_text="sedang dikirim")).to_be_visible()
    # It reaches Sari's screen by itself, and her words stay.
    expect(sari.get_by_text("Dari Tono.").first).to_be_visible()

    sari.get_by_role("button", name="Kirim jawaban").click()
    expect(
        sari.get_by_role("alert").filter(has_text="Percakapan berlanjut selagi Anda menulis")
    ).to_be_visible()
    expect(sari.get_by_label("Pesan Anda")).to_have_value("Dari Sari.")
    assert barriers(sari) == []
    sari.get_by_role("button", name="Kirim jawaban").click()
    expect(sari.get_by_role("status").filter(has_text="sedang dikirim")).to_be_visible()

    assert answers(hall) == [("Inflasi", "Dari Tono."), ("Inflasi", "Dari Sari.")]
    # The browser itself complains of the refusal.
    assert hall.errors.pop().endswith("409 (Conflict)")


def test_a_half_written_answer_survives_a_reload(hall):
    token = hall.served.stage("ask_questions", subjects=["Inflasi"])[0]
    sari = hall.screen("desk", f"{INBOX}{token}/", officer="Sari")
    sari.get_by_label("Pesan Anda").fill("Setengah jawaban")
    expect(sari.locator("[data-saved]")).to_contain_text("Draf tersimpan")

    sari.reload()

    expect(sari.get_by_label("Pesan Anda")).to_have_value("Setengah jawaban")


def test_a_second_officer_gives_an_answer_back_and_then_releases_it(hall):
    hall.served.stage("let_a_second_officer_read")
    token = hall.served.stage("ask_questions", subjects=["Inflasi"])[0]
    sari = hall.screen("desk", f"{INBOX}{token}/", officer="Sari")
    sari.get_by_label("Pesan Anda").fill("2,41 persen.")
    sari.get_by_role("button", name="Kirim ke petugas kedua").click()
    expect(sari.get_by_role("heading", name="Pesan Anda menunggu petugas kedua")).to_be_visible()

    rina = hall.screen("desk", INBOX, officer="Rina")
    rina.get_by_role("link", name="Perlu dibaca 1").click()
    rina.get_by_role("link", name="Inflasi").click()
    assert barriers(rina) == []
    rina.get_by_label("Apa yang perlu diubah?").fill("Sebut tahunnya.")
    rina.get_by_role("button", name="Kembalikan").click()
    expect(rina.get_by_text("Sebut tahunnya.").first).to_be_visible()
    assert answers(hall) == []

    # It is back in Sari's composer by itself, under the note that says why.
    sari.reload()
    expect(sari.get_by_text("Sebut tahunnya.").first).to_be_visible()
    expect(sari.get_by_label("Pesan Anda")).to_have_value("2,41 persen.")
    sari.get_by_label("Pesan Anda").fill("2,41 persen (2025).")
    sari.get_by_role("button", name="Kirim ke petugas kedua").click()
    with refreshed_before_the_answer(rina, "**/pelepasan/"):
        rina.get_by_role("button", name="Setujui dan kirim").click(no_wait_after=True)
    expect(rina.get_by_role("status").filter(has_text="atas nama penulisnya")).to_be_visible()

    assert answers(hall) == [("Inflasi", "2,41 persen (2025).")]


def test_every_page_of_the_desk_is_accessible(hall):
    token = hall.served.stage("ask_questions", subjects=["Inflasi " * 20])[0]
    for end in (
        "",
        f"{token}/",
        f"{token}/tindakan/",
        f"{token}/balasan/",
        "pengawasan/",
        "balasan/",
        "artikel/",
    ):
        rina = hall.screen("desk", f"{INBOX}{end}", officer="Rina")
        assert barriers(rina) == []
        assert rina.evaluate("document.documentElement.scrollWidth <= innerWidth"), end
        rina.set_viewport_size({"width": 320, "height": 700})
        assert rina.evaluate("document.documentElement.scrollWidth <= innerWidth"), end
        rina.close()
