"""Waiting for what a held route collects."""

from typing import Any

from playwright.sync_api import Page


def first_of(collected: list[Any], page: Page, seconds: int = 20) -> Any:
    for _ in range(seconds * 20):
        if collected:
            return collected[0]
        page.wait_for_timeout(50)
    raise AssertionError(f"Nothing came within {seconds} s.")
