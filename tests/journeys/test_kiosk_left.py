"""The kiosk when nobody touches it any more: it asks, then it forgets, with and without a line."""

import pytest
from playwright.sync_api import expect

from tests.journeys.barriers import barriers
from tests.journeys.test_kiosk import expect_number, fill_in, open_book, send

pytestmark = pytest.mark.journey


def test_a_kiosk_left_alone_asks_then_forgets(hall):
    kiosk = hall.screen("kiosk", "kios/")
    kiosk.clock.install()
    kiosk.goto(f"{hall.url}/kios/")
    open_book(kiosk)
    fill_in(kiosk)
    # From here on only the test lets time go by, however slow the machine is.
    kiosk.clock.pause_at(kiosk.evaluate("Date.now() + 1000"))
    kiosk.get_by_label("Nama Anda").press("End")

    kiosk.clock.run_for(44_000)
    expect(kiosk.get_by_text("Masih di sini?")).to_be_hidden()
    kiosk.clock.run_for(2_000)
    expect(kiosk.get_by_role("alertdialog", name="Masih di sini?")).to_be_visible()
    expect(kiosk.get_by_label("Nama Anda")).to_be_hidden()
    kiosk.clock.run_for(15_000)

    expect(kiosk.get_by_role("heading", name="Selamat datang")).to_be_visible()
    assert "Budi" not in kiosk.content()


def test_without_a_line_nothing_of_a_person_stays_either(hall):
    kiosk = hall.screen("kiosk", "kios/")
    kiosk.clock.install()
    kiosk.goto(f"{hall.url}/kios/")
    not_connected = kiosk.get_by_text("Tidak tersambung").filter(visible=True)
    open_book(kiosk)
    fill_in(kiosk)
    kiosk.context.set_offline(True)
    kiosk.clock.run_for(46_000)
    expect(
        kiosk.get_by_role("alertdialog", name="Masih di sini?").get_by_text("Tidak tersambung")
    ).to_be_visible()
    kiosk.clock.run_for(15_000)
    expect(kiosk.get_by_label("Nama Anda")).to_have_count(0)
    expect(not_connected).to_be_visible()
    assert barriers(kiosk) == []
    kiosk.context.set_offline(False)
    expect(kiosk.get_by_role("heading", name="Selamat datang")).to_be_visible()
    expect(not_connected).to_have_count(0)

    open_book(kiosk)
    fill_in(kiosk)
    send(kiosk)
    expect_number(kiosk, "A-001")
    kiosk.context.set_offline(True)
    kiosk.clock.run_for(62_000)
    expect(not_connected).to_be_visible()
    assert "A-001" not in kiosk.content()
    kiosk.context.set_offline(False)
    expect(kiosk.get_by_role("heading", name="Selamat datang")).to_be_visible()
    hall.errors.clear()  # the browser notes each request that found no line


def test_going_on_keeps_what_was_written(hall):
    kiosk = hall.screen("kiosk", "kios/")
    kiosk.clock.install()
    kiosk.goto(f"{hall.url}/kios/")
    open_book(kiosk)
    fill_in(kiosk)

    kiosk.clock.run_for(46_000)
    kiosk.get_by_role("button", name="Ya, lanjutkan").click()
    kiosk.clock.run_for(20_000)

    expect(kiosk.get_by_label("Nama Anda")).to_have_value("Budi Santoso")
