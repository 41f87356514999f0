"""A question online, from the stranger's search to the rating, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
BUDI = "budi@surel.example"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def clean(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def type_the_code(hall, page: Page) -> None:
    page.get_by_label("Alamat surel Anda").fill(BUDI)
    page.get_by_role("button", name="Kirim kode").click()
    page.get_by_label("Kode dari surel").fill(hall.served.stage("newest_code", email=BUDI))
    page.get_by_role("main").get_by_role("button", name="Masuk").click()


def test_from_a_search_that_found_nothing_to_the_rating(hall):
    page = hall.screen("phone", "cari/?kata=usaha+batik+tulis")
    page.get_by_role("link", name=re.compile("Tanyakan kepada petugas")).first.click()
    expect(page.get_by_text("Dari pencarian Anda “usaha batik tulis”")).to_be_visible()
    clean(page)
    page.get_by_label("Apa yang ingin Anda ketahui?").fill("Jumlah usaha batik tulis per kecamatan?")
    page.get_by_label("Untuk keperluan apa?").select_option("thesis")
    page.get_by_role("button", name="Masuk, lalu kirim").click()
    type_the_code(hall, page)

    # Back at the question, with every word.
    expect(page.get_by_label("Apa yang ingin Anda ketahui?")).to_have_value(
        "Jumlah usaha batik tulis per kecamatan?"
    )
    page.get_by_label("Nama Anda").fill("Budi Santoso")
    page.get_by_label("Lampiran").set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.get_by_role("button", name="Buang")).to_be_visible()
    expect(page.get_by_text("Draf tersimpan pukul")).to_be_visible()
    clean(page)
    page.get_by_role("button", name="Kirim pertanyaan").click()
    expect(page.get_by_text("Giliran petugas")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("surat.pdf"))).to_be_visible()
    clean(page)

    # The officer's words appear without a reload, and what is being typed stays.
    page.get_by_label("Pesan Anda").fill("Setengah kalimat")
    hall.served.stage("officer_writes", verb="clarify", text="Batik *tulis* saja?")
    expect(page.get_by_text("Giliran Anda", exact=True)).to_be_visible()
    expect(page.get_by_text("Permintaan penjelasan")).to_be_visible()
    expect(page.get_by_label("Pesan Anda")).to_have_value("Setengah kalimat")
    page.get_by_label("Pesan Anda").fill("Tulis dan cap.")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("Giliran petugas")).to_be_visible()

    hall.served.stage("officer_writes", verb="answer", text="Ada **143** usaha.")
    expect(page.get_by_text("143")).to_be_visible()
    clean(page)
    page.get_by_role("button", name="Pertanyaan saya terjawab").click()
    clean(page)
    page.get_by_role("button", name="Sangat baik").click()
    expect(page.get_by_text("Penilaian Anda untuk konsultasi ini: Sangat baik.")).to_be_visible()

    (asked,) = hall.served.stage("consultations")
    assert (asked["state"], asked["reason"], asked["scores"]) == ("closed", "solved", [5])
    assert (asked["searched"], asked["files"]) == ("usaha batik tulis", ["surat.pdf"])


def test_a_half_written_reply_waits_in_another_browser(hall):
    token = hall.served.stage("ask_questions", subjects=["Inflasi"])[0]
    hall.facts["sessions"]["Budi"] = hall.served.stage("visitor_session")
    at_home = hall.screen("phone", f"konsultasi/{token}/", officer="Budi")
    at_home.get_by_label("Pesan Anda").fill("Yang triwulanan")
    expect(at_home.get_by_text("Draf tersimpan pukul")).to_be_visible()

    elsewhere = hall.screen("desk", f"konsultasi/{token}/", officer="Budi")

    expect(elsewhere.get_by_label("Pesan Anda")).to_have_value("Yang triwulanan")
    clean(elsewhere)
    elsewhere.get_by_role("button", name="Kirim", exact=True).click()
    expect(elsewhere.get_by_text("Pesan Anda sudah kami terima.")).to_be_visible()
    expect(elsewhere.get_by_label("Pesan Anda")).to_have_value("")


def test_whoever_stays_silent_is_reminded_the_thread_closes_and_a_message_opens_it(hall):
    token = hall.served.stage("a_silent_consultation", email=BUDI)
    page = hall.screen("phone", f"konsultasi/{token}/")
    type_the_code(hall, page)

    expect(page.get_by_text("Tidak ada pesan dari Anda selama beberapa hari kerja")).to_be_visible()
    clean(page)
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
    clean(page)
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
