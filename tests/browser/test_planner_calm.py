"""The pages of coverage and hot spots keep still while they load, and their controls are big enough for a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
MOST_SHIFT = 0.1
CONTROL_PX, ROW_PX = 32, 28
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
LEAST = """(selector) => Math.min(...[...document.querySelectorAll(selector)]
  .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height))"""


@pytest.fixture
def open_as(open_map: Opener, become: Callable[..., None], sample_site: str) -> Opener:
    """``open_as("mediator", "/map/disputes")`` opens a page of the sample county in a role."""

    def _open(role: str, path: str) -> Page:
        if role != "public":
            become(role, address=sample_site)
        return open_map(path)

    return _open


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("role", "theme", "settled"),
    [
        ("public", "coverage", ".township"),
        ("public", "disputes", "#hotspots-table .state"),
        ("mediator", "disputes", ".row-name"),
    ],
)
def test_a_page_of_answers_keeps_still_while_it_loads(
    page: Page, open_as: Opener, role: str, theme: str, settled: str, lang: str
) -> None:
    page.add_init_script(SHIFTS)
    open_as(role, f"/map/{theme}?lang={lang}")
    expect(page.locator(settled).first).to_be_visible()
    expect(page.locator("#planner, #hotspots").locator(".skeleton")).to_have_count(0)
    assert page.evaluate("() => window.shift") < MOST_SHIFT


def test_controls_are_big_enough_for_a_mouse(page: Page, open_map: Opener) -> None:
    open_map("/map/coverage?lang=zh")
    expect(page.locator(".township").first).to_be_visible()
    controls = "#planner :is(.chip, .button, .planner-segments > *, .field, .stepper-button), #planner-reset"
    assert page.evaluate(LEAST, controls) >= CONTROL_PX
    assert page.evaluate(LEAST, ".township, .planner-table .row-name") >= ROW_PX


def test_the_table_of_hot_spots_is_whole_in_english(page: Page, open_as: Opener) -> None:
    open_as("mediator", "/map/disputes?lang=en")
    table = page.locator(".hotspots-table")
    expect(table.locator("th").first).to_have_text("Villages")
    assert table.evaluate("(one) => one.offsetWidth <= one.parentElement.clientWidth")
