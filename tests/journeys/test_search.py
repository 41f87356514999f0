"""Budi finds the answer before he asks: with a typing error, by keyboard, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.test_desk import sign_in, start_service

pytestmark = pytest.mark.journey


@pytest.fixture
def shelf(hall):
    return hall.served.stage("fill_library")


def field(page: Page):
    return page.get_by_role("combobox", name="Kata yang dicari")


def words_of(hall):
    return [search["words"] for search in hall.served.stage("searches")]


def opened(page: Page, hall):
    """The search from which something was opened: the page tells of it while it leads there already."""
    for _ in range(50):
        if found := [search for search in hall.served.stage("searches") if search["rank"]]:
            return found[-1]
        page.wait_for_timeout(100)
    raise AssertionError("No search says what was opened.")


def test_a_typing_error_is_repaired_and_the_item_leads_to_its_source(hall, shelf):
    budi = hall.screen("desk")
    field(budi).fill("dalam angkq")
    budi.get_by_role("button", name="Cari", exact=True).click()

    budi.get_by_role("link", name="dalam angka", exact=True).click()
    budi.get_by_role("link", name="Kota Probolinggo Dalam Angka 2025").click()

    source = budi.get_by_role("link", name="Buka di sumbernya")
    expect(source).to_have_attribute("href", "https://kota.statistik.example/angka")
    last = opened(budi, hall)
    assert (last["words"], last["item__key"], last["rank"]) == ("dalam angka", "angka", 1)


def test_by_keyboard_alone(hall, shelf):
    budi = hall.screen("desk", "cari/")
    budi.keyboard.press("Tab")
    field(budi).focus()
    budi.keyboard.type("industri bat", delay=20)
    options = budi.get_by_role("option")
    expect(options.last).to_have_text("Tidak menemukan? Tanyakan kepada petugas")
    expect(field(budi)).to_have_attribute("aria-expanded", "true")
    assert barriers(budi) == []

    budi.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field(budi).get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    budi.keyboard.press("ArrowUp")
    budi.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    budi.keyboard.press("Escape")
    expect(budi.get_by_role("listbox")).to_be_hidden()
    assert field(budi).input_value() == "industri bat"

    budi.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    budi.keyboard.press("ArrowDown")
    budi.keyboard.press("Enter")
    budi.wait_for_url(re.compile(r"/3574/bahan/\d+/"))
    assert opened(budi, hall)["rank"] == 1


def test_enter_without_a_choice_searches(hall, shelf):
    budi = hall.screen("desk")
    field(budi).focus()
    budi.keyboard.type("batik", delay=20)
    expect(budi.get_by_role("option").first).to_be_visible()
    budi.keyboard.press("Enter")

    budi.wait_for_url("**/cari/?kata=batik")
    expect(budi.get_by_role("status").filter(has_text="hasil untuk")).to_be_visible()
    assert barriers(budi) == []
    budi.get_by_text("Persempit").click()
    budi.get_by_label("Wilayah").select_option("Kota Probolinggo")
    assert barriers(budi) == []
    budi.get_by_role("button", name="Terapkan").click()
    budi.get_by_role("link", name=re.compile("Tabel 1")).click()
    expect(budi).to_have_url(re.compile("jenis=table&wilayah=Kota\\+Probolinggo"))


def test_without_scripts_the_form_works(hall, shelf):
    budi = hall.screen("desk", java_script_enabled=False)
    budi.get_by_label("Kata yang dicari").fill("13134")
    budi.get_by_role("button", name="Cari", exact=True).click()
    expect(budi.get_by_text("KBLI 2025, berlaku")).to_be_visible()
    budi.get_by_role("link", name="Industri Batik").first.click()

    expect(budi.get_by_role("heading", name="Industri Batik", exact=True)).to_be_visible()
    assert words_of(hall) == []


def test_what_is_not_found_becomes_a_question_with_the_same_words(hall, shelf):
    budi = hall.screen("desk", "cari/")
    field(budi).focus()
    budi.keyboard.type("xyzzy qwrtp")
    field(budi).press("Enter")
    budi.wait_for_url("**/cari/?kata=xyzzy+qwrtp")
    expect(budi.get_by_text("Tidak ada yang ditemukan")).to_be_visible()
    budi.get_by_role("link", name="Tidak menemukan? Tanyakan kepada petugas").click()

    budi.wait_for_url("**/konsultasi/tanya/**")
    expect(budi.locator("#ask textarea").first).to_have_value("xyzzy qwrtp")
    budi.locator("#ask textarea").first.fill("Penduduk kota dalam angka")
    suggested = budi.get_by_role("complementary", name="Bahan yang tersedia")
    expect(suggested.get_by_role("link")).to_have_text(["Kota Probolinggo Dalam Angka 2025"])
    assert barriers(budi) == []


def test_on_a_phone_every_page_is_whole(hall, shelf):
    for path in ("", "cari/", "cari/?kata=batik", "cari/?kata=xyzzy", f"bahan/{shelf['13134']}/"):
        budi = hall.screen("phone", path)
        assert barriers(budi) == []
        wide = budi.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path


def test_an_officer_inserts_what_the_library_has(hall, shelf):
    hall.served.stage("take_numbers")
    sari = sign_in(hall)
    start_service(sari)
    sari.keyboard.press("Escape")
    sari.keyboard.press("l")
    sari.keyboard.type("dalam angka", delay=20)
    rows = sari.locator("[data-insert]")
    expect(rows.first).to_contain_text("Kota Probolinggo Dalam Angka 2025")
    assert barriers(sari) == []
    sari.keyboard.press("ArrowDown")
    sari.keyboard.press("Enter")

    given = sari.locator('[data-rows="given"]')
    expect(given.locator("[name=title]").first).to_have_value("Kota Probolinggo Dalam Angka 2025")
    expect(given.locator("[name=address]").first).to_have_value("https://kota.statistik.example/angka")
    expect(sari.locator("[data-saved]")).to_contain_text("Draf")
    assert hall.served.stage("searches")[-1]["place"] == "desk"


def test_an_officer_links_what_the_library_has_in_an_answer(hall, shelf):
    token = hall.served.stage("ask_questions", subjects=["Penduduk"])[0]
    sari = hall.screen("desk", f"petugas/konsultasi/{token}/", officer="Sari")
    sari.locator("#reply textarea").fill("Lihat ")
    sari.keyboard.press("Escape")
    sari.keyboard.press("l")
    sari.keyboard.type("dalam angka", delay=20)
    expect(sari.locator("[data-insert]").first).to_contain_text("Kota Probolinggo Dalam Angka 2025")
    sari.keyboard.press("ArrowDown")
    sari.keyboard.press("Enter")

    link = "[Kota Probolinggo Dalam Angka 2025](https://kota.statistik.example/angka)"
    expect(sari.locator("#reply textarea")).to_have_value(re.compile(re.escape(link)))
