"""A kiosk whose printer hangs on the network and refuses: the number stands, the staff are told."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_desk import sign_in
from tests.journeys.test_kiosk import expect_number, fill_in, open_book, send
from tests.served import free_port
from tests.visits.paperprinter import PaperPrinter

pytestmark = pytest.mark.journey


def test_a_printer_refuses_and_prints_again(hall):
    desk = sign_in(hall)
    with PaperPrinter(sheets=0) as printer:
        hall.served.stage(
            "set_up_device", kind="kiosk", printer={"host": "127.0.0.1", "port": printer.port, "width": 80}
        )
        kiosk = hall.screen("kiosk", "kios/")
        open_book(kiosk)
        fill_in(kiosk)
        send(kiosk)

        expect_number(kiosk, "A-001")
        expect(kiosk.get_by_text("nomor Anda tetap A-001")).to_be_visible()
        # Above the line stands one fault; which of several, the list of devices says.
        expect(desk.locator(".line__alarm")).to_be_visible()
        expect(desk.locator("#devices")).to_contain_text("kertas habis")
        printer.sheets = 5
        kiosk.get_by_role("button", name="Cetak ulang").click()

        expect(kiosk.get_by_text("Nomor sedang dicetak.")).to_be_visible()
        expect(desk.locator("#devices")).not_to_contain_text("kertas habis")
        assert [b"A-001" in slip for slip in printer.slips] == [True]


def test_a_printer_that_is_not_there_keeps_nobody_from_a_number(hall):
    desk = sign_in(hall)
    nobody = {"host": "127.0.0.1", "port": free_port(), "width": 58}
    hall.served.stage("set_up_device", kind="kiosk", printer=nobody)
    kiosk = hall.screen("kiosk", "kios/")
    open_book(kiosk)
    fill_in(kiosk)
    send(kiosk)

    expect_number(kiosk, "A-001")
    expect(kiosk.get_by_text("nomor Anda tetap A-001")).to_be_visible()
    expect(desk.locator("#devices")).to_contain_text("pencetak tidak menjawab")
    desk.get_by_role("button", name="Sudah mencetak lagi").click()
    expect(desk.locator("#devices")).not_to_contain_text("pencetak tidak menjawab")
    assert [ticket["label"] for ticket in hall.served.stage("tickets")] == ["A-001"]
