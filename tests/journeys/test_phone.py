"""A visitor's own phone: a number, the place in line, the call, and giving it back."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers

pytestmark = pytest.mark.journey

COUNT_BUZZES = """
window.buzzes = 0;
Object.defineProperty(navigator, "vibrate", { value: () => { window.buzzes += 1; return true; } });
"""


def my_number(hall) -> Page:
    [token] = hall.served.stage("take_numbers")
    return hall.screen("phone", f"antrean/{token}/")


def test_two_taps_to_a_number(hall):
    phone = hall.screen("phone")
    assert barriers(phone) == []
    phone.get_by_role("navigation", name="Yang dapat Anda lakukan").get_by_text("Ambil nomor antrean").click()
    assert barriers(phone) == []
    fill_in(phone)
    phone.get_by_role("button", name="Ambil nomor saya").click()

    expect(phone.locator(".slip__num")).to_have_text("A-001")
    assert barriers(phone) == []


def fill_in(phone: Page) -> None:
    phone.get_by_label("Nama Anda").fill("Budi Santoso")
    phone.get_by_label("Alamat surel yang masih aktif").fill("budi@surel.example")
    phone.get_by_label("Apa yang Anda cari?").fill("Jumlah usaha batik")
    phone.get_by_label("Belum tahu").check()
    phone.get_by_label("Untuk keperluan apa?").select_option("Penelitian")
    phone.get_by_label("Anda datang dari").select_option("Pendidikan atau penelitian")


def test_a_bad_line_and_a_failing_program_take_no_word_along(hall):
    phone = hall.screen("phone", "buku-tamu/")
    fill_in(phone)
    phone.get_by_label("Anda datang dari").select_option("")
    button = phone.get_by_role("button", name="Ambil nomor saya")
    phone.context.set_offline(True)
    button.click()
    expect(phone.get_by_role("alert").filter(has_text="Tidak tersambung")).to_be_visible()
    phone.context.set_offline(False)
    phone.route("**/buku-tamu/", lambda route: route.fulfill(status=500, body="<h1>500</h1>"))
    button.click()
    expect(phone.get_by_role("alert").filter(has_text="belum dapat disimpan")).to_be_visible()
    phone.unroute("**/buku-tamu/")
    button.click()
    expect(phone.get_by_role("alert").filter(has_text="perlu Anda lengkapi")).to_be_focused()
    expect(phone.get_by_label("Nama Anda")).to_have_value("Budi Santoso")
    assert barriers(phone) == []
    phone.get_by_label("Anda datang dari").select_option("Pendidikan atau penelitian")
    button.dblclick()

    expect(phone.locator(".slip__num")).to_have_text("A-001")
    assert [ticket["label"] for ticket in hall.served.stage("tickets")] == ["A-001"]
    hall.errors.clear()  # the browser notes what found no line and what failed


def test_the_call_arrives_by_itself_and_rings_after_one_tap(hall):
    phone = my_number(hall)
    phone.context.add_init_script(COUNT_BUZZES)
    phone.reload()
    expect(phone.get_by_text("Anda berikutnya")).to_be_visible()
    phone.get_by_role("button", name="Bunyikan saat giliran saya").click()
    expect(phone.get_by_text("Ponsel akan berbunyi")).to_be_visible()
    agreed = phone.evaluate("buzzes")

    hall.served.stage("quick_calls", counters=[1])

    expect(phone.get_by_role("heading", name="Giliran Anda")).to_be_visible(timeout=5_000)
    expect(phone.get_by_text("Loket 1")).to_be_visible()
    assert phone.evaluate("buzzes") == agreed + 1
    assert barriers(phone) == []


def test_a_phone_without_a_line_or_answer_says_so_and_recovers(hall):
    phone = my_number(hall)
    expect(phone.get_by_text("Keadaan pukul")).to_be_visible()

    # A program that fails leaves the old place as well.
    phone.route("**/antrean/*/", lambda route: route.fulfill(status=500, body="<h1>500</h1>"))
    hall.served.stage("take_numbers")
    expect(phone.get_by_text("Tidak tersambung")).to_be_visible()
    expect(phone.get_by_text("Keadaan pukul")).to_be_hidden()
    phone.unroute("**/antrean/*/")
    hall.served.stage("take_numbers")
    expect(phone.get_by_text("Tidak tersambung")).to_be_hidden()

    hall.served.kill()
    expect(phone.get_by_text("Tidak tersambung")).to_be_visible(timeout=12_000)
    hall.served.start()

    # The phone tries again after at most 12 seconds, and a busy machine takes its time to serve.
    expect(phone.get_by_text("Tidak tersambung")).to_be_hidden(timeout=30_000)
    hall.errors.clear()  # the browser notes each request that found no line


def test_a_number_is_given_back_after_a_second_thought(hall):
    phone = my_number(hall)

    phone.get_by_text("Saya batal, lepaskan nomor").click()
    phone.get_by_role("button", name="Ya, lepaskan").click()

    expect(phone.get_by_text("Anda sudah melepaskan nomor ini")).to_be_visible()
    assert hall.served.stage("tickets")[0]["state"] == "cancelled"


def test_pages_are_whole_on_the_smallest_phone_with_large_text(hall):
    hall.served.stage("publish_standard")
    phone = hall.screen("phone")
    phone.set_viewport_size({"width": 320, "height": 640})

    for path in ("", "jadwal/", "standar-pelayanan/", "privasi/", "buku-tamu/", "buku-tamu/kode/"):
        phone.goto(f"{hall.url}/{path}")
        assert barriers(phone) == [], path
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_front_page_is_light_enough_for_a_bad_line(hall):
    phone = hall.screen("phone", "privasi/")
    answers = []
    phone.on("response", lambda answer: answers.append(answer))
    phone.goto(hall.url)

    sizes = {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}
    assert sum(size for url, size in sizes.items() if not url.endswith(".woff2")) <= 60_000
