"""What a visit shows, screen after screen, light and dark: nothing that axe knows stands in anybody's way."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.barriers import barriers
from tests.journeys.test_desk import press, sign_in

pytestmark = pytest.mark.journey


def test_the_desk_and_the_rating_have_no_barrier(hall):
    token, _ = hall.served.stage("take_numbers", count=2)
    assert barriers(hall.screen("desk", "petugas/", officer="Tono")) == []
    desk = sign_in(hall)
    assert barriers(desk) == []
    for key, appears in (("n", "[data-key=m]"), ("m", "[data-note]"), ("Escape", "[data-key=e]")):
        press(desk, key, appears)
        assert barriers(desk) == []
    press(desk, "e", "[data-key=n]")
    assert barriers(desk) == []
    press(desk, "b", "#break-reason:focus")
    assert barriers(desk) == []

    phone = hall.screen("phone", f"antrean/{token}/")
    assert barriers(phone) == []
    phone.locator("a[href*='/nilai/']").first.click()
    assert barriers(phone) == []
    phone.locator("button[name=score][value='2']").click()
    expect(phone).to_have_url(re.compile("/nilai/"))
    assert barriers(phone) == []


def test_screens_that_give_no_number_have_no_barrier(hall):
    hall.served.stage("take_numbers", count=1)
    hall.served.stage("change_settings", daily_limit=1)

    for device, path in (("kiosk", "kios/"), ("kiosk", "kios/buku-tamu/"), ("phone", "buku-tamu/")):
        screen = hall.screen(device, path)
        expect(screen.get_by_text("daring").first).to_be_visible()
        assert barriers(screen) == []
