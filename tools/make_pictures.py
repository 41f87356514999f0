"""Takes the pictures of the README from a running demo. For maintainers; the program never runs it.

    python3 start.py                          in one window
    .venv/bin/python tools/make_pictures.py   in another; [ADDRESS] where the demo has another port

In the hours of the office: a demo at night has a hall that closes at midnight. Needs the requirements of the
tests and Debian's Chromium. Those in the README have been reduced to 128 colours, a third of the size.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
BROWSER = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OFFICE = "3574"
# Name, device or person, what is pressed there, width and height of the screen.
DEVICES = [("kiosk", "kiosk", 1280, 800), ("board", "board", 1600, 900)]


def main(base: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        for name, kind, width, height in DEVICES:
            page = demo_page(browser, base, width, height)
            page.locator(f'form:has(input[value="{OFFICE}"]) button[value="{kind}"]').click()
            keep(page, name)
        desk(browser, base)
        search(browser, base)
        consultation(browser, base)
        browser.close()


def demo_page(browser: Browser, base: str, width: int, height: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, locale="id-ID")
    page.goto(f"{base}/demo/")
    return page


def desk(browser: Browser, base: str) -> None:
    """Sari's desk, with the visitor she serves."""
    page = demo_page(browser, base, 1440, 900)
    page.get_by_role("button", name="Sari").click()
    counter = page.locator("a[href*='/loket/1/'], form[action*='/loket/1/'] button").first
    if counter.count():
        counter.click()
    keep(page, "desk")


def search(browser: Browser, base: str) -> None:
    """What appears while somebody types."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="id-ID")
    page.goto(f"{base}/{OFFICE}/cari/")
    page.get_by_role("combobox").press_sequentially("harga baw", delay=50)
    keep(page, "search")


def consultation(browser: Browser, base: str) -> None:
    """A question of Budi's that waits for its answer, and the days that count."""
    page = demo_page(browser, base, 1280, 800)
    page.get_by_role("button", name="Budi").click()
    page.goto(f"{base}/{OFFICE}/konsultasi/")
    page.get_by_role("link", name="Tingkat pengangguran terbuka").click()
    page.locator("details.deadline summary").click()
    keep(page, "consultation")


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle" if name == "desk" else "load")
    page.wait_for_timeout(1500)
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    sys.stdout.write(f"{name}: {page.url}\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
