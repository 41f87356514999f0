"""A served hall and a browser. Journeys are real: own process, own database, Debian's Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.migrated import open_hall
from tests.served import Served, chromium

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DEVICES = {
    "kiosk": {"width": 1080, "height": 1920},
    "board": {"width": 1920, "height": 1080},
    "desk": {"width": 1366, "height": 768},
    "phone": {"width": 360, "height": 740},
}


# Several runs share the cores; where a promise has a time of its own, its journey says so.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


class Hall:
    """One served office and the screens people have open in it."""

    def __init__(self, served: Served, browser: Browser, facts: dict):
        self.served = served
        self.browser = browser
        self.facts = facts
        self.url = f"{served.url}/{facts['office']}"
        self.errors: list[str] = []
        self._contexts: list[BrowserContext] = []

    def screen(self, device: str, path: str = "", *, officer: str | None = None, **options) -> Page:
        """Open a page as the kiosk, the board, an officer's desk or somebody's phone."""
        context = self.browser.new_context(viewport=DEVICES[device], locale="id-ID", **options)
        self._contexts.append(context)
        cookies = []
        if device in self.facts["devices"]:
            cookies.append((f"loket_{device}", self.facts["devices"][device]))
        if officer:
            cookies.append(("loket_session", self.facts["sessions"][officer]))
        context.add_cookies(
            [{"name": name, "value": value, "url": self.served.url} for name, value in cookies]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{device}: {error}"))
        page.on("console", lambda said: said.type == "error" and self.errors.append(f"{device}: {said.text}"))
        page.goto(f"{self.url}/{path}")
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def hall(tmp_path, browser) -> Iterator[Hall]:
    """A fresh hall with nobody in it; open day and night. Afterwards no console may have complained."""
    served = Served(tmp_path)
    facts = open_hall(served)
    served.start()
    opened = Hall(served, browser, facts)
    yield opened
    opened.close()
    served.stop()
    assert opened.errors == []
