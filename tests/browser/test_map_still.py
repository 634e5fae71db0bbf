"""A page of a map is as large as its window: nothing, not a script either, moves the map from under its bar."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.contract import THEMES

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
BEYOND = """() => { const {scrollWidth, scrollHeight} = document.documentElement; return [scrollWidth - innerWidth, scrollHeight - innerHeight]; }"""
MOVED = """() => {
  for (const node of [document.documentElement, document.body]) node.scrollTo(300, 300);
  document.querySelector('#planner-villages caption, #main')?.scrollIntoView();
  return [document.documentElement, document.body].flatMap((node) => [node.scrollLeft, node.scrollTop]);
}"""


@pytest.mark.parametrize("size", ["desk", "phone", "low"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_map_fills_its_window_and_stays(open_map: Opener, theme: str, size: str) -> None:
    page = open_map(f"/map/{theme}?lang=zh", size)
    assert page.evaluate(BEYOND) == [0, 0]
    assert page.evaluate(MOVED) == [0, 0, 0, 0]
    assert page.locator(".top").evaluate("(bar) => bar.getBoundingClientRect().y") == 0
