"""Waiting for the sheet of the export dialog, and what is seen of it."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

DRAWN_MS = 60_000
IMAGE = "() => { const i = document.querySelector('.export-paper img'); return [i.naturalWidth, i.naturalHeight, i.src]; }"

Opened = Callable[..., Page]


def drawn(page: Page) -> Page:
    """Wait until the sheet is drawn."""
    expect(page.locator(".export-said")).to_have_attribute("data-state", "done", timeout=DRAWN_MS)
    expect(page.locator(".export-paper")).not_to_have_attribute("aria-busy", "true")
    return page


def picture(page: Page) -> list[Any]:
    """Width, height and address of the sheet that is shown."""
    found: list[Any] = page.evaluate(IMAGE)
    return found


def asked(page: Page, choose: Callable[[], None]) -> dict[str, str]:
    """Words of the preview that a choice asks for."""
    with page.expect_request(re.compile("/api/sheets/preview")) as waiting:
        choose()
    drawn(page)
    query = waiting.value.url.partition("?")[2]
    found: dict[str, str] = page.evaluate("(q) => Object.fromEntries(new URLSearchParams(q))", query)
    return found
