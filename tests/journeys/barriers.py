"""What axe finds in anybody's way on a page, in light and in dark."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What a colour scheme can change; the structure of a page is the same in both.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SEVEN_TO_ONE = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
# A colour on its way to another one is judged where it arrives.
LOOK = """async (options) => {
    for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
    const {violations} = await axe.run({...options, resultTypes: ["violations"]});
    return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`);
}"""


def barriers(page: Page, *, across_a_hall: bool = False) -> list[str]:
    """Each rule that is broken, with the elements that break it; leaves the page in light."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    far = [SEVEN_TO_ONE] if across_a_hall else []
    return [*_look(page, "dark", OF_COLOURS, *far), *_look(page, "light", {}, *far)]


def _look(page: Page, scheme: str, *options: dict) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    return [f"{scheme}: {found}" for each in options for found in page.evaluate(LOOK, each)]
