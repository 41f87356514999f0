"""A person takes a copy of everything that is kept about them, and has it erased."""

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.conftest import Hall
from tests.privacy.budi import CANARY

pytestmark = pytest.mark.journey
# The worker sends the last letter within seconds; then its address goes as well.
PATIENCE_SECONDS = 40


def test_a_person_exports_and_erases_their_data(hall: Hall):
    email = hall.served.stage("a_person_with_an_account")
    phone = hall.screen("phone")
    sign_in(hall, phone, email)

    kept = copy_of(phone)
    ask_to_be_erased(phone)
    rina_erases(hall.screen("desk", "kelola/data-pribadi/", officer="Rina"))

    # The copy had words of every room; of them none is left, nor the account.
    told = {part["table"] for part in kept["parts"] if CANARY in json.dumps(part)}
    assert {"people.Visitor", "people.User", "consultations.Message", "feedback.ComplaintMessage"} <= told
    assert tables_telling(hall) == []
    phone.reload()
    expect(phone.get_by_label("Alamat surel Anda")).to_be_visible()


def sign_in(hall: Hall, page: Page, email: str) -> None:
    page.goto(f"{hall.served.url}/akun/masuk/")
    page.get_by_label("Alamat surel Anda").fill(email)
    page.get_by_role("button", name="Kirim kode").click()
    page.get_by_label("Kode dari surel").fill(hall.served.stage("newest_code", email=email))
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.goto(f"{hall.served.url}/akun/data/")
    assert barriers(page) == []


def copy_of(page: Page) -> dict:
    with page.expect_download() as download:
        page.get_by_role("link", name="Untuk program komputer (JSON)").click()
    return json.loads(Path(download.value.path()).read_text("utf-8"))


def ask_to_be_erased(page: Page) -> None:
    page.get_by_role("link", name="Minta data diperbaiki, dibatasi, atau dihapus").click()
    assert barriers(page) == []
    page.get_by_label("menghapus data").check()
    page.get_by_role("button", name="Kirim permintaan").click()
    expect(page.get_by_text("3 × 24 jam").or_(page.get_by_text("tiga kali 24 jam")).first).to_be_visible()
    assert barriers(page) == []


def rina_erases(desk: Page) -> None:
    assert barriers(desk) == []
    desk.get_by_role("link", name="Menghapus data").first.click()
    assert barriers(desk) == []
    desk.get_by_role("button", name="Hapus data orang ini sekarang").click()
    expect(desk.get_by_text("Sudah dijawab")).to_be_visible()
    expect(desk.get_by_text(CANARY)).to_have_count(0)
    assert barriers(desk) == []


def tables_telling(hall: Hall) -> list[str]:
    until = time.monotonic() + PATIENCE_SECONDS
    while (found := hall.served.stage("tables_telling", words=CANARY)) and time.monotonic() < until:
        time.sleep(1)
    return found
