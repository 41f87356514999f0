"""A question online, from the stranger's search to the rating, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers

pytestmark = pytest.mark.journey
BUDI = "budi@surel.example"
WORDS = "usaha batik tulis"
QUESTION = "Jumlah usaha batik tulis per kecamatan?"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def type_the_code(hall, page: Page) -> None:
    page.get_by_label("Alamat surel Anda").fill(BUDI)
    page.get_by_role("button", name="Kirim kode").click()
    page.get_by_label("Kode dari surel").fill(hall.served.stage("newest_code", email=BUDI))
    page.get_by_role("main").get_by_role("button", name="Masuk").click()


def test_what_one_stranger_asked_the_next_one_finds(hall):
    """From a search that finds nothing to a search that answers, through every hand in between."""
    budi, token = asks_after_a_search(hall)
    sari = hall.screen("desk", f"petugas/konsultasi/{token}/", officer="Sari")
    talks_until_it_is_answered(budi, sari)
    rates(budi)
    (asked,) = hall.served.stage("consultations")
    assert (asked["state"], asked["reason"], asked["scores"]) == ("closed", "solved", [5])
    assert (asked["searched"], asked["files"]) == (WORDS, ["surat.pdf"])

    article = drafts_an_article(sari)
    budi.goto(f"{hall.url}/konsultasi/{token}/artikel/")
    assert barriers(budi) == []
    budi.get_by_role("button", name="Ya, boleh diterbitkan").click()
    expect(budi.get_by_text("Anda sudah menyetujui.")).to_be_visible()
    rina = hall.screen("desk", f"petugas/konsultasi/artikel/{article}/", officer="Rina")
    rina.get_by_role("button", name="Terbitkan").click()
    expect(rina.get_by_text("Mulai sekarang ditemukan dalam pencarian.")).to_be_visible()

    finds_it_without_asking(hall)
    assert len(hall.served.stage("consultations")) == 1
    first, *_, last = hall.served.stage("searches")
    assert (first["words"], first["results"], first["asked"]) == (WORDS, 0, True)
    assert (last["words"], last["rank"], last["asked"]) == (WORDS, 1, False)


def asks_after_a_search(hall) -> tuple[Page, str]:
    """A stranger's search becomes a question with a file; the account is made on the way."""
    page = hall.screen("phone", f"cari/?kata={WORDS.replace(' ', '+')}")
    page.get_by_role("link", name=re.compile("Tanyakan kepada petugas")).first.click()
    expect(page.get_by_text(f"Dari pencarian Anda “{WORDS}”")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Apa yang ingin Anda ketahui?").fill(QUESTION)
    page.get_by_label("Untuk keperluan apa?").select_option("thesis")
    page.get_by_role("button", name="Masuk, lalu kirim").click()
    type_the_code(hall, page)

    # Back at the question, with every word.
    expect(page.get_by_label("Apa yang ingin Anda ketahui?")).to_have_value(QUESTION)
    page.get_by_label("Nama Anda").fill("Budi Santoso")
    page.get_by_label("Lampiran").set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.get_by_role("button", name="Hapus")).to_be_visible()
    expect(page.get_by_text("Draf tersimpan pukul")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Kirim pertanyaan").click()
    expect(page.get_by_text("Giliran petugas")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("surat.pdf"))).to_be_visible()
    assert barriers(page) == []
    return page, page.url.rstrip("/").split("/")[-1]


def talks_until_it_is_answered(budi: Page, sari: Page) -> None:
    """The officer's words appear without a reload, and what is being typed stays."""
    budi.get_by_label("Pesan Anda").fill("Setengah kalimat")
    sari.get_by_label("Pesan Anda").fill("Batik *tulis* saja?")
    sari.get_by_role("radio", name="Permintaan penjelasan").check()
    sari.get_by_role("button", name="Kirim pertanyaan").click()
    expect(budi.get_by_text("Giliran Anda", exact=True)).to_be_visible()
    expect(budi.get_by_text("Permintaan penjelasan")).to_be_visible()
    expect(budi.get_by_label("Pesan Anda")).to_have_value("Setengah kalimat")
    budi.get_by_label("Pesan Anda").fill("Tulis dan cap.")
    budi.get_by_role("button", name="Kirim", exact=True).click()
    expect(budi.get_by_text("Giliran petugas")).to_be_visible()

    expect(sari.get_by_text("Tulis dan cap.")).to_be_visible()
    sari.get_by_label("Pesan Anda").fill("Halo Budi, ada **143** usaha.")
    sari.get_by_role("button", name="Kirim jawaban").click()
    expect(budi.get_by_text("143")).to_be_visible()
    assert barriers(budi) == []


def rates(budi: Page) -> None:
    budi.get_by_role("button", name="Pertanyaan saya terjawab").click()
    assert barriers(budi) == []
    budi.get_by_role("button", name="Sangat baik").click()
    expect(budi.get_by_text("Penilaian Anda untuk konsultasi ini: Sangat baik.")).to_be_visible()


def drafts_an_article(sari: Page) -> str:
    """What names somebody is marked until it is gone; a colleague is asked to publish."""
    sari.reload()
    sari.get_by_role("button", name="Jadikan artikel").click()
    expect(sari.locator("mark")).to_have_text("Budi")
    sari.get_by_role("textbox", name="Jawaban").fill("Ada **143** usaha batik tulis dan cap.")
    sari.get_by_role("button", name="Simpan").click()
    expect(sari.get_by_text("Tidak ditemukan nama")).to_be_visible()
    assert barriers(sari) == []
    sari.get_by_role("button", name="Minta persetujuan penanya").click()
    sari.get_by_role("button", name="Serahkan kepada rekan").click()
    return sari.url.rstrip("/").split("/")[-1]


def finds_it_without_asking(hall) -> None:
    siti = hall.screen("phone", f"cari/?kata={WORDS.replace(' ', '+')}")
    hit = siti.get_by_role("link", name=re.compile("batik tulis per kecamatan"))
    # The index follows the database within moments.
    for _ in range(40):
        if hit.count():
            break
        siti.wait_for_timeout(250)
        siti.reload()
    hit.first.click()
    expect(siti.locator("strong").filter(has_text="143")).to_be_visible()
    assert barriers(siti) == []


def test_a_half_written_reply_waits_in_another_browser(hall):
    token = hall.served.stage("ask_questions", subjects=["Inflasi"])[0]
    hall.facts["sessions"]["Budi"] = hall.served.stage("visitor_session")
    at_home = hall.screen("phone", f"konsultasi/{token}/", officer="Budi")
    at_home.get_by_label("Pesan Anda").fill("Yang triwulanan")
    expect(at_home.get_by_text("Draf tersimpan pukul")).to_be_visible()

    elsewhere = hall.screen("desk", f"konsultasi/{token}/", officer="Budi")

    expect(elsewhere.get_by_label("Pesan Anda")).to_have_value("Yang triwulanan")
    assert barriers(elsewhere) == []
    elsewhere.get_by_role("button", name="Kirim", exact=True).click()
    expect(elsewhere.get_by_text("Pesan Anda sudah kami terima.")).to_be_visible()
    expect(elsewhere.get_by_label("Pesan Anda")).to_have_value("")


def test_whoever_stays_silent_is_reminded_the_thread_closes_and_a_message_opens_it(hall):
    token = hall.served.stage("a_silent_consultation", email=BUDI)
    page = hall.screen("phone", f"konsultasi/{token}/")
    type_the_code(hall, page)

    expect(page.get_by_text("Tidak ada pesan dari Anda selama beberapa hari kerja")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Pesan Anda").fill("Maaf terlambat, saya masih perlu.")
    page.get_by_role("button", name="Kirim", exact=True).click()

    expect(page.get_by_text("Konsultasi dibuka kembali.")).to_be_visible()
    expect(page.get_by_text("Giliran petugas")).to_be_visible()
    kinds = [mail["kind"] for mail in hall.served.stage("mails") if mail["to"] == BUDI]
    assert "consultation.warning" in kinds
    assert any(kind.startswith("consultation.closed") for kind in kinds)
    assert any(kind.startswith("consultation.reopened") for kind in kinds)


def test_a_holiday_decreed_while_a_turn_runs_is_seen_at_once(hall):
    token = hall.served.stage("a_consultation", email=BUDI)
    page = hall.screen("desk", f"konsultasi/{token}/")
    type_the_code(hall, page)
    before = page.locator(".deadline__date").inner_text()

    hall.served.stage("decree_a_holiday")

    expect(page.get_by_text("Kalender kantor berubah. Semula tenggatnya")).to_be_visible()
    assert page.locator(".deadline__date").inner_text() != before
    page.locator(".deadline__chip").click()
    expect(page.get_by_text("Libur").first).to_be_visible()
    assert barriers(page) == []
    kinds = [mail["kind"] for mail in hall.served.stage("mails") if mail["to"] == BUDI]
    assert "consultation.moved" in kinds


def test_without_javascript_everything_is_reached(hall):
    page = hall.screen("phone", "konsultasi/tanya/", java_script_enabled=False)
    page.get_by_label("Apa yang ingin Anda ketahui?").fill("Inflasi 2025?")
    page.get_by_label("Untuk keperluan apa?").select_option("study")
    page.get_by_role("button", name="Masuk, lalu kirim").click()
    type_the_code(hall, page)
    page.get_by_label("Nama Anda").fill("Budi")
    page.get_by_label("Lampiran").set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Simpan sebagai draf").click()
    expect(page.get_by_text("surat.pdf")).to_be_visible()
    page.get_by_role("button", name="Kirim pertanyaan").click()

    expect(page.get_by_text("Giliran petugas")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("surat.pdf"))).to_be_visible()
