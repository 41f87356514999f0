"""The line is cut for ten seconds at kiosk, board and desk at once, while the hall goes on."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys.test_desk import sign_in, start_service
from tests.journeys.test_kiosk import expect_number, fill_in, open_book, send

pytestmark = pytest.mark.journey
CUT_SECONDS = 10


def test_ten_seconds_without_a_line_lose_nothing_anywhere(hall):
    hall.served.stage("take_numbers", count=1)
    board, desk, kiosk = hall.screen("board", "layar/"), sign_in(hall), hall.screen("kiosk", "kios/")
    start_service(desk)
    open_book(kiosk)
    fill_in(kiosk)
    screens = (board, desk, kiosk)

    cut_at = time.monotonic()
    for screen in screens:
        screen.context.set_offline(True)
    desk.locator("[name=answer]").fill("ditulis tanpa sambungan")
    desk.locator("[data-key=e]").click()
    send(kiosk)
    for screen in screens:
        expect(screen.locator("[data-offline], [data-lost]").first).to_be_visible(timeout=11_000)
    [called] = hall.served.stage("quick_calls", counters=[2])
    while (left := cut_at + CUT_SECONDS - time.monotonic()) > 0:
        board.wait_for_timeout(left * 1000)
    expect(kiosk.get_by_label("Nama Anda")).to_have_value("Budi Santoso")
    for screen in screens:
        screen.context.set_offline(False)

    for screen in screens:
        expect(screen.locator("[data-offline], [data-lost]").first).to_be_hidden(timeout=15_000)
    expect(board.locator(".called__number")).to_have_text(called)
    expect(desk.locator("[data-key=e]:not([aria-busy])")).to_be_visible()
    desk.locator("[data-key=e]").click()
    expect(desk.locator(".hall__toast")).to_contain_text("A-001 selesai")
    expect(desk.locator("[name=answer]")).to_have_value("ditulis tanpa sambungan")
    send(kiosk)
    expect_number(kiosk, "A-003")
    states = [ticket["state"] for ticket in hall.served.stage("tickets")]
    assert states == ["served", "called", "waiting"]
    hall.errors.clear()  # the browser notes each request that found no line
