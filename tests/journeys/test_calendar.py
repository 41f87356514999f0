"""The calendar from the office that changes it to the visitor who reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.barriers import barriers

pytestmark = pytest.mark.journey


def put_in(part, **fields):
    """Fill in one edit and put it into the draft."""
    part.locator("summary").click()
    for name, value in fields.items():
        part.locator(f"[name$={name}]").fill(value)
    part.get_by_role("button", name="Masukkan ke rancangan").click()


def edit(page, title):
    return page.locator("details.edit", has=page.get_by_text(title, exact=True))


def test_a_closed_day_goes_from_the_draft_to_the_visitor(hall):
    # Long enough ahead to lie in neither of the two weeks that the schedule lists day by day.
    day = timezone.now().date() + timedelta(days=30)
    page = hall.screen("desk", "kelola/kalender/", officer="Rina")
    page.goto(f"{hall.url}/kelola/kalender/{day.year}/")
    put_in(edit(page, "Tutup pada hari tertentu"), first=day.isoformat(), name="Perbaikan listrik")
    expect(page.locator(".cal__draft").first).to_contain_text("T")
    assert barriers(page) == []

    visitor = hall.screen("phone", "jadwal/")
    expect(visitor.get_by_text("Perbaikan listrik")).to_have_count(0)
    page.get_by_label("Mengapa kalender diubah?").fill("Pemadaman PLN")
    page.get_by_role("button", name="Terbitkan versi 2").click()

    expect(page.get_by_text("Versi 2 terbit dan berlaku mulai sekarang.")).to_be_visible()
    expect(page.locator(".draft")).to_have_count(0)
    visitor.reload()
    expect(visitor.get_by_text("Perbaikan listrik")).to_be_visible()
    assert barriers(visitor) == []


def test_the_year_is_edited_by_keyboard_alone(hall):
    page = hall.screen("desk", "kelola/kalender/2026/", officer="Rina")
    page.locator("details.edit summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("12072026")
    page.get_by_label("Alasan, seperti yang dibaca pengguna layanan").focus()
    page.keyboard.type("Pindah gedung")
    page.keyboard.press("Enter")

    expect(page.locator(".draft")).to_contain_text("Pindah gedung")


def test_the_calendar_with_everything_open_has_no_barrier(hall):
    page = hall.screen("desk", "kelola/kalender/2026/", officer="Rina", reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(part => (part.open = true))")
    assert barriers(page) == []


def test_nothing_is_wider_than_the_smallest_phone(hall):
    page = hall.screen("phone", "jadwal/", officer="Rina")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320

    page.goto(f"{hall.url}/kelola/kalender/2026/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
