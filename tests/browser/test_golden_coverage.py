"""The page of coverage, in three ways × two units on a desk and on a phone, looks as when a person last found it good."""

import os
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.coverage_scenes import SCENES, compare, keep, pixels, words_of

pytest_plugins = ("tests.browser.sample",)
HALF = {"desk": (450, 720), "phone": (422, 195)}


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize(("mode", "limit"), SCENES)
def test_a_coverage_page_looks_as_it_did(
    open_map: Callable[..., Page], mode: str, limit: str, size: str
) -> None:
    page = open_map(f"/map/coverage?v=2&{urlencode(words_of(mode, limit))}", size)
    page.wait_for_selector(".gap-row", state="attached")
    page.wait_for_load_state("networkidle")
    page.wait_for_selector("html[data-map-state=ready]", state="attached")
    now, name = pixels(page.screenshot(), half=True), f"{size}-{mode}-{limit}"
    assert now.shape[:2] == HALF[size]
    if os.environ.get("REDRAW"):
        keep(name, now)
    compare(name, now)
