"""For everyone: axe finds nothing serious, the keyboard reaches everything, zoom and calm motion lose nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.webmap.routes import THEMES

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PATHS = (*(f"/map/{theme}" for theme in THEMES), "/data", "/data/disputes", "/help", "/nowhere")


def findings(page: Page) -> list[tuple[str, str, list[Any]]]:
    """Serious and critical findings: impact, rule, where."""
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (item["impact"], item["id"], [node["target"] for node in item["nodes"]][:5])
        for item in result["violations"]
        if item["impact"] in ("serious", "critical")
    ]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")
@pytest.mark.parametrize(
    ("path", "size"),
    [*((path, size) for path in PATHS for size in ("desk", "phone")), ("/map/overview", "tablet")],
)
def test_axe_finds_nothing_serious(page: Page, open_map: Opener, path: str, size: str) -> None:
    is_map = path.startswith("/map/")
    open_map(f"{path}?lang=zh", size, until="ready" if is_map else None)
    if is_map:
        expect(page.locator("#drawer .skeleton:visible")).to_have_count(0)
    assert findings(page) == []


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")
def test_axe_finds_nothing_serious_in_what_opens(page: Page, open_map: Opener) -> None:
    open_map("/map/services?lang=en&table=village-clinics")
    expect(page.locator("#table-scroll tbody tr").first).to_be_visible()
    page.locator("#search-input").fill("ron")
    expect(page.get_by_role("option").first).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.locator("#viewer").click()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.locator("#table-panel button", has_text="Filter").click()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.locator("#table-scroll .row-name").first.click()
    expect(page.locator("#drawer .facts")).to_be_visible()
    assert findings(page) == []


def test_tab_order_and_skip_link(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    open_map("/map/overview?lang=zh")
    places = []
    for _ in range(40):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "document.activeElement.closest('#search, .top-nav, .top-end, .themes, #tree, #map-holder, #right')"
            "?.matches('#search') ? 'search' : document.activeElement.closest("
            "'#search, .top-nav, .top-end, .themes, #tree, #map-holder, #right')?.className || ''"
        )
        if place and (not places or places[-1] != place):
            places.append(place)
    wanted = ["search", "top-nav", "top-end", "themes", "tree", "map-holder"]
    assert [place for place in places if place in wanted][: len(wanted)] == wanted


def test_tree_is_worked_by_keys(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh")
    group = page.locator(".tree-group").first
    group.focus()
    page.keyboard.press("ArrowLeft")
    expect(group).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tree-group").first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    layer = page.locator("[data-layer=counties]")
    expect(layer).to_be_focused()
    expect(layer).to_have_attribute("aria-checked", "true")
    page.keyboard.press("Space")
    expect(page.locator("[data-layer=counties]")).to_have_attribute("aria-checked", "false")
    expect(page.locator("[data-layer=counties]")).to_be_focused()
    expect(page.locator("#live")).to_have_text("县界已关")


def test_tabs_of_the_drawer_are_worked_by_keys(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh&sel=townships:140822103")
    page.locator("#tab-overview").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-facilities")).to_be_focused()
    expect(page.locator("#tab-facilities")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.locator("#tab-children")).to_be_focused()
    expect(page.locator("#drawer-pane table")).to_be_visible()


def test_double_zoom_loses_nothing(page: Page, open_map: Opener) -> None:
    """200 % on a screen of 1440 × 900 leaves 720 × 450 CSS pixels."""
    open_map("/map/overview?lang=zh", "zoomed")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("#search-input", "#tabs", "#sheet", "#phone-layers"):
        expect(page.locator(name)).to_be_in_viewport()
    page.locator("[data-tab=layers]").click()
    expect(page.locator("#tree")).to_be_visible()
    for path in ("/data", "/help"):
        open_map(f"{path}?lang=zh", "zoomed", until=None)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_calm_motion_has_no_slides(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh", "tablet")
    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].flatMap(node => getComputedStyle(node).transitionDuration"
        ".split(',').map(parseFloat)))"
    )
    assert longest < 0.001
