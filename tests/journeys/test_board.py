"""The board on a real television: heard, blocked, cut off and back."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys.barriers import barriers
from tests.journeys.conftest import ARGUMENTS
from tests.served import chromium

pytestmark = pytest.mark.journey

# Counts what is played to its end, as the loudspeaker would hear it.
LISTEN = """
window.heard = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const audible = this.volume > 0;
  this.addEventListener("ended", () => audible && window.heard.push(this.src.split("/sounds/")[1]));
  return play.call(this);
};
"""
FIRST = [f"id/{word}.ogg" for word in ("queue-number", "a", "0", "0", "1", "go-to-counter", "1")]
SECOND = [f"id/{word}.ogg" for word in ("queue-number", "a", "0", "0", "2", "go-to-counter", "2")]
# Read at five metres: contrast 7:1, WCAG's enhanced level.
AUTOPLAY = "--autoplay-policy={}"


@pytest.fixture
def loud(hall, browser):
    """A television whose browser was started with sound allowed."""
    yield from television(hall, browser, "no-user-gesture-required")


@pytest.fixture
def blocked(hall, browser):
    """A television that is switched on while somebody is called; its browser wants a press before it plays.

    The call comes first: the looks of a test count as a press for the browser.
    """
    call(hall, 1)
    yield from television(hall, browser, "document-user-activation-required")


def television(hall, browser, policy):
    own = browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, AUTOPLAY.format(policy)])
    hall.browser = own
    hall.served.stage("change_settings", announce_times=1)
    page = hall.screen("board")
    page.context.add_init_script(LISTEN)
    page.goto(f"{hall.url}/layar/")
    yield page
    own.close()


def call(hall, *counters):
    hall.served.stage("quick_calls", counters=list(counters))


def test_two_quick_calls_are_both_shown_and_heard_in_full(hall, loud):
    call(hall, 1, 2)

    expect(loud.locator(".called__number")).to_have_text("A-001")
    expect(loud.locator("[data-queued]")).to_contain_text("A-002")
    assert barriers(loud, across_a_hall=True) == []
    expect(loud.locator(".called__number")).to_have_text("A-002", timeout=30_000)
    expect(loud.locator("[data-queue]")).to_be_hidden()
    loud.wait_for_function("() => heard.length >= 16", timeout=30_000)

    assert loud.evaluate("heard") == ["chime.ogg", *FIRST, "chime.ogg", *SECOND]


def test_a_call_is_said_as_often_as_the_office_wants_even_with_a_missing_clip(hall, loud):
    hall.served.stage("change_settings", announce_times=2)
    loud.reload()
    loud.route("**/sounds/id/0.ogg", lambda route: route.abort())
    call(hall, 1)
    loud.wait_for_function("() => heard.length >= 11", timeout=30_000)
    loud.wait_for_timeout(1500)  # for a word too many, were there one

    once = [clip for clip in FIRST if clip != "id/0.ogg"]
    assert loud.evaluate("heard") == ["chime.ogg", *once, *once]
    hall.errors.clear()  # the browser notes the failed request


def test_blocked_sound_is_noticed_offered_and_repaired(hall, blocked):
    tile = blocked.get_by_role("button", name="Aktifkan suara")
    expect(tile).to_be_visible()
    expect_said(hall, "blocked")
    expect(blocked.locator(".called--running .called__number")).to_have_text("A-001")

    tile.click()

    expect(tile).to_be_hidden()
    expect(blocked.get_by_text("Suara aktif")).to_be_visible()
    expect_said(hall, "on")


def test_a_lost_line_is_said_within_ten_seconds_and_what_was_missed_is_announced(hall, loud):
    expect(loud.get_by_text("Tersambung", exact=True)).to_be_visible()

    loud.context.set_offline(True)
    expect(loud.get_by_text("Tidak tersambung")).to_be_visible(timeout=10_000)
    call(hall, 1)
    loud.context.set_offline(False)

    expect(loud.get_by_text("Tidak tersambung")).to_be_hidden(timeout=10_000)
    expect(loud.locator(".called__number")).to_have_text("A-001")
    loud.wait_for_function("() => heard.length >= 8", timeout=30_000)

    hall.served.kill()
    expect(loud.get_by_text("Tidak tersambung")).to_be_visible(timeout=10_000)
    hall.served.start()
    expect(loud.get_by_text("Tersambung", exact=True)).to_be_visible(timeout=15_000)

    hall.served.stage("withdraw_devices")
    loud.wait_for_url("**/perangkat/board/", timeout=15_000)
    hall.errors.clear()  # the browser notes each request that found no line


def expect_said(hall, sound):
    """The staff have heard of it, too: at the latest with the next heartbeat."""
    until = time.monotonic() + 10
    while (said := hall.served.stage("device_state", kind="board").get("sound")) != sound:
        assert time.monotonic() < until, f"the board said {said!r}"
