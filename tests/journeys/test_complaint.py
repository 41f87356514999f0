"""Somebody complains without a name, follows it with code and secret, and objects."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.conftest import Hall

pytestmark = pytest.mark.journey


def test_an_anonymous_complainant_follows_up_and_objects(hall: Hall):
    phone = hall.screen("phone")
    phone.get_by_role("navigation", name="Yang dapat Anda lakukan").get_by_text("pengaduan").first.click()
    assert barriers(phone) == []
    phone.get_by_role("link", name=re.compile("Tulis pengaduan")).click()
    assert barriers(phone) == []
    phone.get_by_label("Tentang apa?").fill("Antre terlalu lama")
    phone.get_by_label("Apa yang terjadi?").fill("Saya menunggu dua jam tanpa kabar.")
    phone.get_by_role("button", name="Kirim pengaduan").click()
    expect(phone.get_by_role("heading", name="Pengaduan Anda sudah diterima")).to_be_visible()
    assert barriers(phone) == []
    code, secret = phone.locator(".receipt__words dd").all_inner_texts()
    phone.get_by_role("button", name="Keduanya sudah saya catat").click()

    rina_decides(hall.screen("desk", "kelola/pengaduan/", officer="Rina"))

    phone.get_by_role("link", name=re.compile("Lacak pengaduan")).click()
    assert barriers(phone) == []
    phone.get_by_label("Kode").fill(code.lower())
    phone.get_by_label("Kata rahasia").fill(secret.replace("-", " "))
    phone.get_by_role("button", name="Buka").click()
    expect(phone.get_by_text("Mulai Senin dua loket dibuka.")).to_be_visible()
    with phone.expect_download() as letter:
        phone.get_by_role("link", name="surat-keputusan.pdf").click()
    assert letter.value.suggested_filename == "surat-keputusan.pdf"
    assert barriers(phone) == []
    phone.get_by_label("Mengapa Anda tidak setuju?").fill("Hari ini masih satu loket.")
    phone.get_by_role("button", name="Ajukan keberatan").click()

    expect(phone.get_by_text("keberatan sedang diperiksa")).to_be_visible()
    assert hall.served.stage("complaint_states") == ["objection"]
    phone.get_by_role("button", name="Keluar").click()
    expect(phone).to_have_url(f"{hall.url}/pengaduan/")
    phone.go_back()
    expect(phone.get_by_label("Kata rahasia")).to_be_visible()


def rina_decides(desk: Page) -> None:
    assert barriers(desk) == []
    desk.get_by_role("link", name=re.compile("^P-")).click()
    assert barriers(desk) == []
    desk.get_by_label("Siapa yang menangani?").select_option("Rina")
    desk.get_by_role("button", name="Ini wewenang kami").click()
    desk.get_by_role("button", name="Mulai ditangani").click()
    desk.get_by_label("Kata-kata Anda").fill("Mulai Senin dua loket dibuka.")
    desk.get_by_label("Foto, surat, pindaian").set_input_files(
        {"name": "surat-keputusan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    desk.get_by_role("button", name="Putuskan dengan kata-kata ini").click()
    expect(desk.get_by_text("diputuskan")).to_be_visible()
    assert barriers(desk) == []


def test_pages_are_whole_on_the_smallest_phone_with_large_text(hall: Hall):
    phone = hall.screen("phone")
    phone.set_viewport_size({"width": 320, "height": 640})

    for path in ("pengaduan/", "pengaduan/tulis/", "pengaduan/lacak/"):
        phone.goto(f"{hall.url}/{path}")
        assert barriers(phone) == [], path
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, path
