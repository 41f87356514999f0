"""The satisfaction survey on a phone and on the tablet, and its results in Manage."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.conftest import Hall

pytestmark = pytest.mark.journey


def test_a_respondent_answers_on_a_phone_with_large_text(hall: Hall):
    phone = hall.screen("phone", hall.served.stage("open_survey"))
    assert barriers(phone) == []
    phone.get_by_role("button", name="Kirim jawaban saya").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    hall.errors.clear()  # the browser notes each form that was not taken

    for number in range(1, 9):
        phone.locator(".ask").nth(number - 1).get_by_role("radio").nth(3 if number != 3 else 0).check()
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("button", name="Kirim jawaban saya").click()

    expect(phone.get_by_role("heading", name="Terima kasih atas jawaban Anda")).to_be_visible()
    assert barriers(phone) == []
    assert hall.served.stage("survey_answers") == [{"channel": "link", "time": 1, "complaints": None}]


def tablet_of(hall: Hall) -> Page:
    """The tablet that stands at counter 1."""
    context = hall.browser.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
    context.add_cookies(
        [{"name": "loket_rating", "value": hall.facts["devices"]["rating"], "url": hall.served.url}]
    )
    tablet = context.new_page()
    tablet.goto(f"{hall.url}/nilai/loket/1/")
    return tablet


def test_a_hall_visitor_rates_on_the_tablet(hall: Hall):
    tablet = tablet_of(hall)
    expect(tablet.get_by_text("Setelah dilayani")).to_be_visible()

    # It asks by itself as soon as the visit at its counter has ended.
    hall.served.stage("a_served_visit")
    expect(tablet.get_by_role("button", name="Baik", exact=True)).to_be_visible()
    assert barriers(tablet) == []
    tablet.get_by_role("button", name="Baik", exact=True).click()
    expect(tablet.get_by_role("heading", name="Terima kasih atas penilaian Anda")).to_be_visible()
    assert barriers(tablet) == []
    tablet.get_by_label("Ada yang ingin ditambahkan?").fill("Petugasnya sabar.")
    tablet.get_by_role("button", name="Kirim").click()

    # Nothing of it is left for the next person.
    expect(tablet.get_by_text("Setelah dilayani")).to_be_visible()
    tablet.go_back()
    expect(tablet.get_by_text("Petugasnya sabar.")).to_have_count(0)
    (given,) = hall.served.stage("ratings")
    assert (given["score"], given["channel"], given["comment"]) == (4, "tablet", "Petugasnya sabar.")
    tablet.context.close()


def test_a_tablet_without_a_line_says_so_and_goes_on_by_itself(hall: Hall):
    hall.served.stage("a_served_visit")
    hall.served.stage("open_survey")
    tablet = tablet_of(hall)
    tablet.clock.install()
    tablet.reload()
    not_connected = tablet.get_by_role("alert").filter(has_text="Tidak tersambung")

    # What was tapped is kept.
    tablet.context.set_offline(True)
    tablet.get_by_role("button", name="Baik", exact=True).click()
    expect(not_connected).to_be_visible()
    assert barriers(tablet) == []
    tablet.context.set_offline(False)
    expect(tablet.get_by_role("heading", name="Terima kasih atas penilaian Anda")).to_be_visible()
    assert [given["score"] for given in hall.served.stage("ratings")] == [4]

    # What was written leaves the screen in time.
    tablet.get_by_label("Ada yang ingin ditambahkan?").fill("Petugasnya sabar.")
    tablet.context.set_offline(True)
    tablet.clock.run_for(31_000)
    expect(not_connected).to_be_visible()
    expect(tablet.get_by_role("textbox")).to_have_count(0)
    tablet.context.set_offline(False)
    tablet.get_by_role("link", name="Isi survei kepuasan").click()

    tablet.locator(".ask").nth(0).get_by_role("radio").nth(3).check()
    tablet.context.set_offline(True)
    tablet.clock.run_for(91_000)
    expect(not_connected).to_be_visible()
    expect(tablet.get_by_role("radio")).to_have_count(0)
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("Setelah dilayani")).to_be_visible()
    tablet.context.close()


def test_the_tablet_in_the_hall_leads_to_the_survey_and_back(hall: Hall):
    hall.served.stage("open_survey")
    tablet = tablet_of(hall)

    tablet.get_by_role("link", name="Isi survei kepuasan").click()
    expect(tablet.locator(".ask").first).to_be_visible()
    assert barriers(tablet) == []
    tablet.locator(".ask").nth(0).get_by_role("radio").nth(3).check()
    tablet.get_by_role("button", name="Kirim jawaban saya").click()
    expect(tablet.get_by_role("heading", name="Terima kasih atas jawaban Anda")).to_be_visible()
    assert barriers(tablet) == []
    tablet.get_by_role("link", name="Keluar").click()

    expect(tablet.get_by_role("link", name="Isi survei kepuasan")).to_be_visible()
    assert [each["channel"] for each in hall.served.stage("survey_answers")] == ["tablet"]
    tablet.context.close()


def test_rina_reads_the_results_and_keeps_a_report(hall: Hall):
    hall.served.stage("open_survey", answers=14)
    desk = hall.screen("desk", "kelola/survei/", officer="Rina")
    assert barriers(desk) == []
    desk.get_by_role("link", name="Semester I", exact=True).click()
    expect(desk.get_by_text("sasaran 276 dari 983")).to_be_visible()

    desk.get_by_role("button", name="Simpan laporan hari ini").click()
    with desk.expect_download() as book:
        desk.get_by_role("link", name="XLSX").click()

    assert book.value.suggested_filename.endswith("-laporan-1.xlsx")
    assert barriers(desk) == []
