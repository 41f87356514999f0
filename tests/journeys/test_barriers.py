"""What a visit shows, screen after screen, light and dark: nothing that axe knows stands in anybody's way."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.test_desk import press, sign_in

pytestmark = pytest.mark.journey


def look(page: Page) -> None:
    assert [(found["id"], page.url) for found in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_and_the_rating_have_no_barrier(hall, scheme):
    token, _ = hall.served.stage("take_numbers", count=2)
    look(hall.screen("desk", "petugas/", officer="Tono", color_scheme=scheme))
    desk = sign_in(hall, color_scheme=scheme)
    look(desk)
    for key, appears in (("n", "[data-key=m]"), ("m", "[data-note]"), ("Escape", "[data-key=e]")):
        press(desk, key, appears)
        look(desk)
    press(desk, "e", "[data-key=n]")
    look(desk)
    press(desk, "b", "#break-reason:focus")
    look(desk)

    phone = hall.screen("phone", f"antrean/{token}/", color_scheme=scheme)
    look(phone)
    phone.locator("a[href*='/nilai/']").first.click()
    look(phone)
    phone.locator("button[name=score][value='2']").click()
    expect(phone).to_have_url(re.compile("/nilai/"))
    look(phone)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screens_that_give_no_number_have_no_barrier(hall, scheme):
    hall.served.stage("take_numbers", count=1)
    hall.served.stage("change_settings", daily_limit=1)

    for device, path in (("kiosk", "kios/"), ("kiosk", "kios/buku-tamu/"), ("phone", "buku-tamu/")):
        screen = hall.screen(device, path, color_scheme=scheme)
        expect(screen.get_by_text("daring").first).to_be_visible()
        look(screen)
