"""The kiosk as people stand before it: three screens, nothing left behind, nothing lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers

pytestmark = pytest.mark.journey

# Counts what would have gone to the printer.
COUNT_PRINTS = "window.prints = 0; window.print = () => { window.prints += 1; };"


@pytest.fixture
def kiosk(hall) -> Page:
    return hall.screen("kiosk", "kios/")


def open_book(kiosk: Page) -> None:
    kiosk.get_by_role("link", name="Ambil nomor antrean").click()
    expect(kiosk.get_by_role("heading", name="Buku tamu")).to_be_visible()


def fill_in(kiosk: Page, name: str = "Budi Santoso") -> None:
    kiosk.get_by_label("Nama Anda").fill(name)
    kiosk.get_by_label("Alamat surel yang masih aktif").fill("budi@surel.example")
    kiosk.get_by_label("Apa yang Anda cari?").fill("Jumlah usaha batik")
    for answer in ("Data: angka dan tabel", "Penelitian", "Pendidikan atau penelitian"):
        kiosk.get_by_label(answer, exact=True).check()


def send(kiosk: Page) -> None:
    kiosk.get_by_role("button", name="Ambil nomor saya").click()


# The clock of a page that is moved on runs faster than the line: the next sign of life takes the notice away.
NOTE_THAT_THE_LINE_IS_GONE = """() => {
    const {dataset} = document.documentElement;
    const look = () => document.querySelector("[data-offline]").hidden || (dataset.told = "");
    new MutationObserver(look).observe(document.body, {subtree: true, attributeFilter: ["hidden"]});
}"""


def expect_number(kiosk: Page, label: str) -> None:
    expect(kiosk.locator(".slip__num")).to_have_text(label)


def test_three_screens_to_a_number(hall, kiosk):
    assert barriers(kiosk) == []
    open_book(kiosk)
    assert barriers(kiosk) == []
    fill_in(kiosk)
    send(kiosk)

    expect_number(kiosk, "A-001")
    assert barriers(kiosk) == []
    kiosk.get_by_role("link", name="Selesai").click()
    expect(kiosk.get_by_role("heading", name="Selamat datang")).to_be_visible()


def test_back_and_reload_show_nothing_of_the_person_before(kiosk):
    open_book(kiosk)
    fill_in(kiosk)
    send(kiosk)
    expect_number(kiosk, "A-001")

    kiosk.reload()
    expect(kiosk.get_by_role("heading", name="Selamat datang")).to_be_visible()
    kiosk.go_back()
    kiosk.go_forward()
    assert "Budi" not in kiosk.content()
    assert "A-001" not in kiosk.content()

    open_book(kiosk)
    expect(kiosk.get_by_label("Nama Anda")).to_have_value("")


def test_a_double_press_is_one_number(hall, kiosk):
    open_book(kiosk)
    fill_in(kiosk)

    kiosk.get_by_role("button", name="Ambil nomor saya").dblclick()

    expect_number(kiosk, "A-001")
    assert [ticket["label"] for ticket in hall.served.stage("tickets")] == ["A-001"]


def test_a_cut_line_loses_nothing(hall, kiosk):
    open_book(kiosk)
    fill_in(kiosk)

    kiosk.context.set_offline(True)
    send(kiosk)
    expect(kiosk.get_by_role("alert").filter(has_text="Tidak tersambung")).to_be_visible()
    expect(kiosk.get_by_label("Nama Anda")).to_have_value("Budi Santoso")
    kiosk.context.set_offline(False)
    expect(kiosk.get_by_role("alert").filter(has_text="Tidak tersambung")).to_be_hidden(timeout=15_000)
    send(kiosk)

    expect_number(kiosk, "A-001")
    hall.errors.clear()  # the browser notes each request that found no line


def test_a_press_that_is_never_answered_can_be_pressed_again(hall):
    kiosk = hall.screen("kiosk", "kios/")
    kiosk.clock.install()
    kiosk.goto(f"{hall.url}/kios/")
    open_book(kiosk)
    fill_in(kiosk)
    unanswered = []
    kiosk.route("**/kios/buku-tamu/", lambda route: unanswered.append(route))
    kiosk.evaluate(NOTE_THAT_THE_LINE_IS_GONE)
    send(kiosk)
    while not unanswered:
        kiosk.wait_for_timeout(50)

    kiosk.clock.run_for(31_000)
    expect(kiosk.locator("html[data-told]")).to_be_attached()
    expect(kiosk.get_by_label("Nama Anda")).to_have_value("Budi Santoso")
    kiosk.unroute("**/kios/buku-tamu/")
    send(kiosk)

    expect_number(kiosk, "A-001")
    hall.errors.clear()  # the browser notes the request that was given up


def test_a_program_that_fails_takes_no_words_along(hall, kiosk):
    open_book(kiosk)
    fill_in(kiosk)
    kiosk.route("**/kios/buku-tamu/", lambda route: route.fulfill(status=500, body="<h1>500</h1>"))

    send(kiosk)
    expect(kiosk.get_by_role("alert").filter(has_text="Isian ini belum dapat disimpan")).to_be_visible()
    expect(kiosk.get_by_label("Nama Anda")).to_have_value("Budi Santoso")
    kiosk.unroute("**/kios/buku-tamu/")
    send(kiosk)

    expect_number(kiosk, "A-001")
    hall.errors.clear()  # the browser notes the failed request


def test_what_is_missing_is_said_beside_it_and_the_rest_stays(kiosk):
    open_book(kiosk)
    kiosk.get_by_label("Nama Anda").fill("Siti \u202eAminah 😀")
    send(kiosk)

    summary = kiosk.get_by_role("alert").filter(has_text="perlu Anda lengkapi")
    expect(summary).to_be_focused()
    expect(kiosk.get_by_label("Nama Anda")).to_have_value("Siti \u202eAminah 😀")
    assert barriers(kiosk) == []


def test_no_address_is_no_hindrance(kiosk):
    open_book(kiosk)
    fill_in(kiosk)
    kiosk.get_by_label("Alamat surel yang masih aktif").fill("")
    kiosk.get_by_label("Saya tidak punya alamat surel").check()
    send(kiosk)

    expect_number(kiosk, "A-001")


def test_english_and_large_letters_keep_the_words_and_end_with_the_visit(kiosk):
    open_book(kiosk)
    fill_in(kiosk)
    kiosk.get_by_role("button", name="English").click()
    expect(kiosk.get_by_role("heading", name="Guest book")).to_be_visible()
    kiosk.get_by_role("button", name="Large letters").click()
    expect(kiosk.locator("html.large")).to_have_count(1)
    expect(kiosk.get_by_label("Your name")).to_have_value("Budi Santoso")

    kiosk.get_by_role("button", name="Take my number").click()
    expect_number(kiosk, "A-001")
    assert barriers(kiosk) == []
    kiosk.get_by_role("link", name="Done", exact=True).click()

    expect(kiosk.get_by_role("heading", name="Selamat datang")).to_be_visible()
    expect(kiosk.locator("html.large")).to_have_count(0)


def test_paper_is_printed_once_and_again_when_asked(hall):
    hall.served.stage("set_up_device", kind="kiosk", roll="80")
    kiosk = hall.screen("kiosk")
    kiosk.context.add_init_script(COUNT_PRINTS)
    kiosk.goto(f"{hall.url}/kios/")
    open_book(kiosk)
    fill_in(kiosk)
    send(kiosk)
    expect_number(kiosk, "A-001")
    assert kiosk.evaluate("prints") == 1

    kiosk.get_by_role("button", name="Kertas tidak keluar").click()
    expect(kiosk.get_by_text("nomor Anda tetap A-001")).to_be_visible()
    kiosk.get_by_role("button", name="Cetak ulang").click()

    assert kiosk.evaluate("prints") == 2
    assert hall.served.stage("device_state", kind="kiosk")["printer"] == "paper_out"


def test_the_paper_shows_the_number_and_nothing_of_the_screen(hall):
    hall.served.stage("set_up_device", kind="kiosk", roll="58")
    kiosk = hall.screen("kiosk")
    kiosk.context.add_init_script(COUNT_PRINTS)
    kiosk.goto(f"{hall.url}/kios/")
    open_book(kiosk)
    fill_in(kiosk)
    send(kiosk)
    expect_number(kiosk, "A-001")

    kiosk.emulate_media(media="print")

    expect(kiosk.locator(".roll__num")).to_be_visible()
    expect(kiosk.locator(".kiosk__tools")).to_be_hidden()
    assert kiosk.locator(".roll").bounding_box()["width"] == pytest.approx(48 * 96 / 25.4, abs=1)


def test_the_first_screen_follows_the_hall(hall, kiosk):
    expect(kiosk.get_by_role("definition").first).to_have_text("0")

    hall.served.stage("take_numbers", count=2)

    expect(kiosk.get_by_role("definition").first).to_have_text("2")


def test_the_first_screen_keeps_language_and_letters_when_the_hall_changes(hall, kiosk):
    kiosk.get_by_role("link", name="English").click()
    kiosk.get_by_role("link", name="Large letters").click()
    expect(kiosk.locator("html.large")).to_have_count(1)
    hall.served.stage("take_numbers", count=2)
    expect(kiosk.get_by_role("definition").first).to_have_text("2")
    expect(kiosk.get_by_role("heading", name="Welcome")).to_be_visible()

    kiosk.get_by_role("link", name="Take a queue number").click()

    expect(kiosk.get_by_role("heading", name="Guest book")).to_be_visible()
    expect(kiosk.locator("html.large")).to_have_count(1)


def test_everything_is_within_a_fingers_reach(kiosk):
    open_book(kiosk)

    for each in kiosk.locator("a, button, summary, input[type=text], textarea, label.choice").all():
        if each.is_visible():
            assert each.bounding_box()["height"] >= 64


def test_without_javascript_three_screens_as_well(hall):
    kiosk = hall.screen("kiosk", "kios/", java_script_enabled=False)
    open_book(kiosk)
    fill_in(kiosk)
    send(kiosk)
    expect_number(kiosk, "A-001")

    kiosk.get_by_role("link", name="Selesai").click()

    expect(kiosk.get_by_role("heading", name="Selamat datang")).to_be_visible()
    kiosk.goto(f"{hall.url}/kios/nomor/")
    assert "A-001" not in kiosk.content()


def test_a_withdrawn_kiosk_ends_on_the_pairing_page(hall, kiosk):
    # Otherwise a heartbeat that finds its door closed may be quicker than the press.
    kiosk.route("**/detak/", lambda route: route.fulfill(status=204))
    hall.served.stage("withdraw_devices")

    kiosk.get_by_role("link", name="Ambil nomor antrean").click()

    kiosk.wait_for_url("**/perangkat/kiosk/")
