"""One visit from the door to the rating, with kiosk, board, desk and phone open at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Hall

pytestmark = pytest.mark.journey


def test_budi_comes_in_is_served_and_says_how_it_was(hall: Hall):
    board = hall.screen("board", "layar/")
    desk = hall.screen("desk", "petugas/", officer="Sari")
    desk.locator(".choosing__item button").first.click()
    expect(desk.locator("[data-desk]")).to_be_visible()

    number = budi_takes_a_number(hall.screen("kiosk", "kios/"))

    assert number == "A-001"
    expect(board.locator("main")).to_contain_text(number)
    phone = hall.screen("phone", f"antrean/{hall.served.stage('tickets')[0]['token']}/")
    expect(phone.locator(".slip__num")).to_have_text(number)

    expect(desk.locator(".hall__next")).to_contain_text("Jumlah usaha batik per kecamatan")
    expect(desk.locator(".hall__next")).not_to_contain_text("Budi")
    desk.keyboard.press("n")

    expect(desk.locator(".hall__next")).to_contain_text("Budi Santoso")
    expect(board.locator(".called__number")).to_have_text(number)
    expect(board.locator("body")).not_to_contain_text("Budi")
    expect(phone.locator("body")).to_have_attribute("data-state", "called", timeout=10_000)

    desk.keyboard.press("m")
    sari_notes_what_she_gave(desk)
    desk.keyboard.press("Escape")
    desk.locator("[data-key=s]").click()

    expect(desk.locator(".hall__toast")).to_contain_text(number)
    budi_rates(phone)
    # The announcement is spoken to its end before the panel rests.
    expect(board.locator(".called--running")).to_have_count(0, timeout=40_000)

    [ticket] = hall.served.stage("tickets")
    assert ticket["state"] == "served"
    assert hall.served.stage("ratings") == [{"label": number, "score": 5, "channel": "phone", "comment": ""}]
    taken, summary = hall.served.stage("mails")
    assert (taken["kind"], summary["kind"]) == ("ticket.taken", "ticket.summary")
    assert "Direktori usaha batik" in summary["text"]
    assert re.search(r"/3574/nilai/[\w:.-]+/", summary["text"])
    assert "3574:" in hall.served.command("audit", "verify").stdout


def budi_takes_a_number(kiosk: Page) -> str:
    kiosk.get_by_text("Ambil nomor antrean").click()
    kiosk.get_by_label("Nama Anda").fill("Budi Santoso")
    kiosk.get_by_label("Alamat surel yang masih aktif").fill("budi@surel.example")
    kiosk.get_by_label("Apa yang Anda cari?").fill("Jumlah usaha batik per kecamatan")
    kiosk.get_by_label("Data: angka dan tabel").check()
    kiosk.get_by_label("Penelitian", exact=True).check()
    kiosk.get_by_label("Pendidikan atau penelitian").check()
    kiosk.get_by_role("button", name="Ambil nomor").click()
    label = kiosk.locator(".slip__num")
    expect(label).to_be_visible()
    return label.inner_text()


def sari_notes_what_she_gave(desk: Page) -> None:
    note = desk.locator("form.record")
    expect(note.locator("[name=question]")).to_have_value("Jumlah usaha batik per kecamatan")
    note.locator("[name$=what]").first.fill("Jumlah usaha batik")
    note.locator("[name=answer]").fill("Direktori usaha batik 2025, tabel 3.")


def budi_rates(phone: Page) -> None:
    phone.locator("a[href*='/nilai/']").first.click()
    phone.locator("button[name=score][value='5']").click()
    expect(phone).to_have_url(re.compile("/nilai/"))
    expect(phone.locator("h1")).to_be_visible()
