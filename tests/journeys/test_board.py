"""The board on a real television: heard, blocked, cut off and back."""

import pytest
from playwright.sync_api import expect

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
AUTOPLAY = "--autoplay-policy={}"


@pytest.fixture
def loud(hall, browser):
    """A television whose browser was started with sound allowed."""
    yield from television(hall, browser, "no-user-gesture-required")


@pytest.fixture
def blocked(hall, browser):
    """A television whose browser wants a press before it plays anything."""
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
    expect(loud.locator(".called__number")).to_have_text("A-002", timeout=30_000)
    expect(loud.locator("[data-queue]")).to_be_hidden()
    loud.wait_for_function("() => heard.length >= 16", timeout=30_000)

    assert loud.evaluate("heard") == ["chime.ogg", *FIRST, "chime.ogg", *SECOND]
