"""The head of office opens the month, reads what a figure counts, prints it and takes it along."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.barriers import barriers

pytestmark = pytest.mark.journey


def test_the_head_of_office_prints_the_month(hall):
    page = hall.screen("desk", "kelola/", officer="Rina")
    page.get_by_role("link", name="Laporan").first.click()
    expect(page.locator(".six .figure")).to_have_count(6)

    page.get_by_text("Apa yang dihitung?").first.click()
    expect(page.get_by_text("Nomor yang diambil di ruang layanan").first).to_be_visible()
    assert barriers(page) == []

    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(" ".join(each.extract_text() for each in printed.pages).split())
    assert "Mengetahui, Kepala BPS" in text
    # Neither the way around the program nor the buttons are on paper.
    assert "Cetak A4" not in text
    assert "Hari lain" not in text
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [595, 842]


def test_the_report_is_taken_along_as_a_tagged_pdf(hall):
    page = hall.screen("desk", "kelola/laporan/", officer="Rina")
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()

    reader = PdfReader(taken.value.path())
    assert reader.trailer["/Root"]["/Lang"] == "id"


def test_any_days_are_chosen_by_keyboard(hall):
    page = hall.screen("desk", "kelola/laporan/", officer="Rina")
    page.get_by_text("Hari lain").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Dari").fill("2026-01-05")
    page.get_by_label("Sampai").fill("2026-01-20")
    page.get_by_label("Sampai").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("5 Januari – 20 Januari 2026")


def test_the_report_has_no_barrier_on_a_phone(hall):
    page = hall.screen("phone", "kelola/laporan/", officer="Rina", reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(part => (part.open = true))")

    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_everybody_reads_how_promises_are_kept(hall):
    page = hall.screen("phone", "kinerja/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Seberapa baik kami menepati janji")
    assert barriers(page) == []
