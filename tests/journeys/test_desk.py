"""The officer's day in a real browser: by keyboard alone, through double clicks, two tabs and a cut line."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.journeys.waiting import first_of

pytestmark = pytest.mark.journey

# The parts of the hall, and what is in them, that hide some of their content.
CUT_OFF = """[...document.querySelectorAll(".hall *")]
    .filter((part) => !part.matches("textarea, svg, .hidden-text"))
    .filter((part) => getComputedStyle(part).overflowY !== "visible")
    .filter((part) => part.scrollHeight > part.clientHeight + 1)
    .map((part) => part.className)"""


@pytest.fixture
def sari(hall):
    """Sari's desk at counter 1, two visitors waiting."""
    hall.served.stage("take_numbers", count=2)
    return sign_in(hall)


def sign_in(hall, **options):
    page = hall.screen("desk", "petugas/", officer="Sari", **options)
    page.locator("form[action$='/loket/1/sesi/'] button").press("Enter")
    page.wait_for_url("**/loket/1/")
    return page


def states(hall):
    return [ticket["state"] for ticket in hall.served.stage("tickets")]


def press(page, key, appears):
    page.keyboard.press(key)
    expect(page.locator(appears).first).to_be_visible()


def start_service(page):
    press(page, "n", "[data-key=m]")
    press(page, "m", "[data-note]")


def test_a_visit_is_served_and_recorded_by_keyboard_alone(hall, sari):
    start_service(sari)
    expect(sari.locator("[name=what]").first).to_be_focused()
    sari.keyboard.type("Inflasi tahun kalender")
    sari.keyboard.press("Tab")
    sari.keyboard.type("Kota Probolinggo")
    sari.keyboard.press("Tab")
    sari.keyboard.type("2021-2025")
    sari.keyboard.press("Enter")
    sari.keyboard.type("Andil inflasi")
    sari.keyboard.press("Escape")
    sari.keyboard.press("k")
    sari.keyboard.type("BRS Januari 2026")
    sari.keyboard.press("Control+Enter")

    expect(sari.locator("[data-key=n]")).to_be_visible()
    assert states(hall) == ["served", "waiting"]
    [mail] = [mail for mail in hall.served.stage("mails") if mail["kind"] == "ticket.summary"]
    for words in ("Inflasi tahun kalender", "Andil inflasi", "BRS Januari 2026", "/nilai/"):
        assert words in mail["text"]


def test_letters_can_be_switched_off_and_keys_are_shown(hall, sari):
    press(sari, "?", "dialog[open]")
    sari.locator("[data-keys-on]").uncheck()
    sari.keyboard.press("Escape")
    sari.keyboard.press("n")
    sari.reload()
    sari.keyboard.press("n")

    expect(sari.locator("[data-key=n]")).to_be_visible()
    assert states(hall) == ["waiting", "waiting"]


def test_double_clicks_are_single_presses(hall, sari):
    sari.locator("[data-key=n]").dblclick()
    expect(sari.locator("[data-key=m]")).to_be_visible()
    sari.locator("[data-key=m]").dblclick()
    expect(sari.locator("[data-key=e]")).to_be_visible()
    sari.locator("[data-key=e]").dblclick()

    expect(sari.locator("[data-key=n]")).to_be_visible()
    expect(sari.locator(".notice--late")).to_have_count(0)
    assert states(hall) == ["served", "waiting"]


def test_what_was_asked_before_a_press_and_answered_after_it_is_not_shown(hall, sari):
    held, before = [], []

    def hold(route):
        if route.request.method != "GET" or held:
            route.fallback()
            return
        held.append(route)
        before.append(route.fetch())

    sari.route("**/loket/1/", hold)
    hall.served.stage("take_numbers", count=1)
    answered_before = first_of(before, sari)
    press(sari, "n", "[data-key=m]")

    with sari.expect_response(lambda answer: answer.request == held[0].request):
        held[0].fulfill(response=answered_before)
    sari.wait_for_timeout(300)  # to draw it, if it were drawn

    expect(sari.locator("[data-key=m]")).to_be_visible(timeout=100)


def test_a_wrong_press_is_taken_back_with_its_draft(hall, sari):
    start_service(sari)
    sari.keyboard.type("Inflasi")
    sari.keyboard.press("Escape")
    press(sari, "e", "[data-key=n]")

    press(sari, "z", "[data-key=e]")

    expect(sari.locator("[name=what]").first).to_have_value("Inflasi")
    assert states(hall) == ["serving", "waiting"]


def test_two_tabs_stay_together_and_do_not_overwrite_each_other(hall, sari):
    second = sari.context.new_page()
    second.goto(sari.url)
    start_service(sari)
    expect(second.locator("[data-note]")).to_be_visible()

    sari.locator("[name=answer]").fill("jawaban jendela satu")
    expect(sari.locator("[data-saved]")).not_to_be_empty()
    # The second tab shows what the first one wrote, as nobody is writing there.
    second.reload()
    expect(second.locator("[name=answer]")).to_have_value("jawaban jendela satu")
    second.locator("[name=answer]").fill("jawaban jendela dua")
    expect(second.locator("[data-saved]")).not_to_be_empty()
    second.locator("[data-key=e]").click()

    # The first tab sees the end of the visit and the newer words.
    expect(sari.locator("[data-key=n]")).to_be_visible()
    expect(sari.locator("[name=answer]")).to_have_value("jawaban jendela dua")


def test_a_cut_line_loses_nothing(hall, sari):
    start_service(sari)
    sari.context.set_offline(True)
    sari.locator("[name=answer]").fill("ditulis tanpa sambungan")
    expect(sari.locator("[data-offline]")).to_be_visible(timeout=11_000)
    sari.locator("[data-key=e]").click()
    # The press has found no line; one still under way would find the line that comes back.
    expect(sari.locator("[data-key=e][aria-busy]")).to_have_count(0)
    expect(sari.locator("[name=answer]")).to_have_value("ditulis tanpa sambungan")
    hall.errors.clear()  # a cut line is told by the browser as well

    sari.context.set_offline(False)

    expect(sari.locator("[data-offline]")).to_be_hidden(timeout=15_000)
    expect(sari.locator("[data-key=e]")).to_be_visible()
    sari.reload()
    expect(sari.locator("[name=answer]")).to_have_value("ditulis tanpa sambungan")
    hall.errors.clear()


def test_a_session_that_ends_takes_no_words_along(hall, sari):
    start_service(sari)
    signed_in = [cookie for cookie in sari.context.cookies() if cookie["name"] == "loket_session"]
    sari.context.clear_cookies()
    sari.locator("[name=answer]").fill("ditulis sesudah keluar")
    expect(sari.locator("[data-saved]")).to_contain_text("Belum tersimpan")
    sari.locator("[data-key=s]").click()

    expect(sari.get_by_role("link", name="Masuk di jendela lain")).to_be_visible()
    expect(sari.locator("[name=answer]")).to_have_value("ditulis sesudah keluar")
    assert states(hall) == ["serving", "waiting"]

    sari.context.add_cookies(signed_in)
    sari.evaluate("dispatchEvent(new Event('focus'))")
    expect(sari.locator("[data-failed]")).to_be_hidden()
    sari.locator("[data-key=s]").click()
    expect(sari.locator("[data-key=n]")).to_be_visible()
    [mail] = [mail for mail in hall.served.stage("mails") if mail["kind"] == "ticket.summary"]
    assert "ditulis sesudah keluar" in mail["text"]
    hall.errors.clear()  # the browser notes the refused save and press


def test_a_press_that_fails_is_said_and_can_be_repeated(hall, sari):
    sari.route("**/panggilan/", lambda route: route.fulfill(status=500, body="<h1>500</h1>"))

    press(sari, "n", "[data-failed]:not([hidden])")
    expect(sari.locator("[data-key=n]:not([aria-busy])")).to_be_visible()
    with sari.expect_response(sari.url):
        sari.evaluate("dispatchEvent(new Event('focus'))")
    expect(sari.locator("[data-failed]")).to_be_visible()
    sari.unroute("**/panggilan/")
    press(sari, "n", "[data-key=m]")

    expect(sari.locator("[data-failed]")).to_be_hidden()
    assert states(hall) == ["called", "waiting"]
    hall.errors.clear()  # the browser notes the failed press


def test_a_press_at_a_counter_that_was_closed_elsewhere_says_why_it_leads_away(hall, sari):
    # What this window would hear of it comes too late.
    sari.route("**/loket/1/", lambda route: route.request.method == "GET" or route.fallback())
    elsewhere = sari.context.new_page()
    elsewhere.goto(sari.url)
    elsewhere.locator("form[action$='/penutupan/'] button").first.press("Enter")
    elsewhere.wait_for_url("**/petugas/")

    sari.unroute("**/loket/1/")
    sari.keyboard.press("n")

    sari.wait_for_url("**/petugas/")
    expect(sari.get_by_text("Anda tidak bertugas di loket ini")).to_be_visible()


def test_everything_works_without_a_script(hall):
    hall.served.stage("take_numbers", count=2)
    page = sign_in(hall, java_script_enabled=False)
    for key in ("n", "m"):
        page.locator(f"[data-key={key}]").click()
    page.locator("[name=what]").first.fill("Inflasi")
    page.locator("[data-key=t]").click()
    page.locator("[name=what]").nth(1).fill("Andil")
    page.locator("[data-key=s]").click()

    expect(page.locator("[data-key=n]")).to_be_visible()
    assert states(hall) == ["served", "waiting"]


def test_a_new_number_appears_by_itself(hall, sari):
    hall.served.stage("take_numbers", count=1)

    expect(sari.locator("[data-part=waiting]")).to_have_text("3")
    expect(sari.locator(".line__item")).not_to_have_count(0)


def test_a_break_and_back_by_keyboard(hall, sari):
    press(sari, "b", "#break-reason:focus")
    sari.keyboard.type("salat")
    sari.keyboard.press("Enter")
    expect(sari.locator("form[action$='/kembali/']")).to_be_visible()
    expect(sari.get_by_text("salat")).to_be_visible()

    sari.keyboard.press("b")

    expect(sari.locator("[data-key=n]")).to_be_visible()


def test_the_supervisor_sees_the_day_change(hall, sari):
    rina = hall.screen("desk", "kelola/hari-ini/", officer="Rina")
    start_service(sari)

    expect(rina.locator(".badge--accent")).to_contain_text("A-001")

    # Signed out elsewhere, neither page stands still as if nothing happened any more.
    inbox = rina.context.new_page()
    with inbox.expect_response("**/langsung?*"):
        inbox.goto(f"{hall.url}/petugas/konsultasi/")
    rina.context.clear_cookies()
    hall.served.stage("ask_questions", subjects=["Inflasi"])
    sari.keyboard.press("Escape")
    press(sari, "e", "[data-key=n]")
    rina.wait_for_url("**/akun/masuk/**")
    inbox.wait_for_url("**/akun/masuk/**")


def test_words_of_two_tabs_are_both_kept_until_one_is_sent(hall, sari):
    start_service(sari)
    second = sari.context.new_page()
    second.goto(sari.url)
    second.locator("[name=answer]").fill("jawaban jendela dua")
    sari.locator("[name=answer]").fill("jawaban jendela satu")
    expect(sari.locator("[data-saved]")).not_to_be_empty()
    expect(second.locator("[data-saved]")).not_to_be_empty()

    loser = second if "jendela lain" in second.locator("[data-saved]").inner_text() else sari
    words = loser.locator("[name=answer]").input_value()
    loser.locator("[data-key=s]").click()
    expect(loser.locator(".notice--late")).to_be_visible()
    expect(loser.locator("[name=answer]")).to_have_value(words)
    loser.locator("[data-key=s]").click()

    expect(loser.locator("[data-key=n]")).to_be_visible()
    summaries = [mail["text"] for mail in hall.served.stage("mails") if mail["kind"] == "ticket.summary"]
    assert words in summaries[0]
    hall.errors.clear()  # the browser notes the refused save


def test_the_desk_is_whole_with_text_twice_as_large(hall, sari):
    for key, appears in (("", "[data-key=n]"), ("n", "[data-key=m]"), ("m", "[data-note]")):
        if key:
            press(sari, key, appears)
        sari.evaluate("document.documentElement.style.fontSize = '200%'")
        assert sari.evaluate("document.documentElement.scrollWidth") <= 1366, appears
        boxes = [sari.locator(f"[data-part={part}]").bounding_box() for part in ("next", "record", "queue")]
        # One below the other, each as wide as the screen allows, and none with more in it than it shows.
        assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes)), appears
        assert min(box["width"] for box in boxes) > 1200, appears
        assert sari.evaluate(CUT_OFF) == [], appears
        sari.evaluate("document.documentElement.style.fontSize = ''")
