"""Rina records a word in the browser, and the board's sample plays it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.barriers import barriers
from tests.journeys.conftest import ARGUMENTS
from tests.served import chromium

pytestmark = pytest.mark.journey

# Chromium's own microphone of the test: it beeps once a second.
MICROPHONE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]


@pytest.fixture
def rina(hall, browser):
    own = browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, *MICROPHONE])
    hall.browser = own
    yield hall.screen("desk", "kelola/suara/", officer="Rina")
    own.close()


def test_a_word_is_recorded_heard_and_given_back(hall, rina):
    word = rina.locator('[data-word="id/1"]')
    shipped = word.locator("[data-play]").get_attribute("data-play")
    assert barriers(rina) == []

    word.locator("[data-record]").click()
    expect(word).to_have_class("word word--listening")

    expect(word).to_have_class("word word--own", timeout=15_000)  # it stops by itself after five seconds
    recorded = word.locator("[data-play]").get_attribute("data-play")
    assert "/suara/" in recorded
    assert recorded in rina.locator("[data-sample]").get_attribute("data-sample")
    expect(rina.locator('[data-word="id/2"] [data-record]')).to_be_focused()

    word.locator("form button").click()
    expect(word.locator("[data-play]")).to_have_attribute("data-play", shipped)
