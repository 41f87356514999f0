"""Jayapura while Jakarta is up: at 23.30 WIB it is 01.30 of the next day there, and the hall is shut."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.drills.clock import step
from tests.journeys.conftest import Hall
from tests.migrated import empty_home
from tests.served import Served

pytestmark = pytest.mark.journey

# 14.30 WIT.
AFTERNOON = "2026-01-14T12:30:00+07:00"
AGAIN = "Silakan datang lagi Kamis 15 Januari mulai pukul 08.00 WIT."


@pytest.fixture
def hall(tmp_path, browser) -> Iterator[Hall]:
    """The shipped office of Jayapura on a Wednesday, an hour before closing there."""
    served = Served(tmp_path)
    shutil.copytree(empty_home(), served.home, dirs_exist_ok=True)
    facts = served.stage("example_office", code="9471", at=AFTERNOON)
    served.start("tests.drills.clock", AFTERNOON, str(served.port))
    opened = Hall(served, browser, facts)
    yield opened
    opened.close()
    served.stop()
    assert opened.errors == []


def night_falls(hall: Hall) -> None:
    """It becomes 23.30 WIB."""
    step(hall.served, 11 * 3600)


def look(hall: Hall, device: str, path: str = "") -> Page:
    """A screen whose own clock stands in Jakarta: the office's clock counts, not the visitor's."""
    return hall.screen(device, path, timezone_id="Asia/Jakarta")


def test_the_front_page_tells_the_next_opening_on_the_offices_clock(hall):
    night_falls(hall)
    page = look(hall, "phone")

    expect(page.get_by_text("Sedang tutup")).to_be_visible()
    expect(page.get_by_text("buka hari ini pukul 08.00 WIT", exact=True)).to_be_visible()
    page.goto(f"{hall.url}/buku-tamu/")
    expect(page.locator("form#guest-book")).to_have_count(0)


def test_the_kiosk_gives_no_number_and_says_when_to_come_again(hall):
    night_falls(hall)
    kiosk = look(hall, "kiosk", "kios/")

    for path in ("kios/", "kios/nomor/", "kios/buku-tamu/"):
        kiosk.goto(f"{hall.url}/{path}")
        expect(kiosk.get_by_role("heading", name="Sedang tutup")).to_be_visible()
        expect(kiosk.get_by_text(AGAIN)).to_be_visible()
        expect(kiosk.get_by_role("link", name="Ambil nomor antrean")).to_have_count(0)
    assert hall.served.stage("tickets") == []


def test_a_press_on_a_page_left_open_gives_no_number_at_night(hall):
    kiosk = look(hall, "kiosk", "kios/buku-tamu/")
    kiosk.get_by_label("Konsultasi statistik").check()

    night_falls(hall)
    kiosk.get_by_role("button", name="Ambil nomor saya").click()

    expect(kiosk.get_by_text(AGAIN)).to_be_visible()
    assert hall.served.stage("tickets") == []
