"""The phone layout at 390 × 844: one sheet, big targets, readable text."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.waiting import clear, still

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
READY_MS = 60_000

LEAST_PX = 44
SMALLEST_TEXT_PX = 12
GRID = "140822103201001"

SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, [role=treeitem] > .tree-row, [role=option]')]
  .filter(node => node.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !node.closest('.sr-only, .skip, [aria-hidden=true], label'))
  .filter(node => !node.closest('.search') || node.matches('button'))
  .map(node => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && box.top < innerHeight && box.bottom > 0 && (box.height < 43.5 || box.width < 43.5))
  .map(([node, box]) => `${node.tagName}.${node.className}#${node.id} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
SMALL_TEXT = """(least) => [...document.querySelectorAll('body *')]
  .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()))
  .filter(node => !node.closest('.sr-only, svg, noscript') && node.checkVisibility({visibilityProperty: true}))
  .filter(node => parseFloat(getComputedStyle(node).fontSize) < least).map(node => node.outerHTML.slice(0, 80))"""


def height(page: Page) -> float:
    still(page)
    return page.locator("#sheet").evaluate("node => node.offsetHeight / (innerHeight - 60)")


@pytest.mark.parametrize("theme", ["overview", "disputes", "my-grid"])
@pytest.mark.parametrize("tab", ["map", "layers", "more"])
def test_targets_and_text_are_big_enough(page: Page, open_map: Opener, theme: str, tab: str) -> None:
    open_map(f"/map/{theme}?lang=zh", "phone")
    expect(page.locator("#sheet .skeleton")).to_have_count(0)
    page.locator(f"[data-tab={tab}]").click()
    still(page)
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(SMALL_TEXT, SMALLEST_TEXT_PX) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_sheet_stops_by_keys_and_by_hand(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh", "phone")
    assert height(page) == pytest.approx(0.25, abs=0.01)
    grip = page.locator("#sheet-grip")
    grip.focus()
    page.keyboard.press("ArrowUp")
    assert height(page) == pytest.approx(0.5, abs=0.01)
    page.keyboard.press("End")
    assert height(page) == pytest.approx(0.9, abs=0.01)
    expect(grip).to_have_attribute("aria-valuetext", "90 %")
    box = grip.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 190, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 190, box["y"] + 250, steps=8)
    page.wait_for_timeout(900)  # slow, so that the nearest stop counts and not the throw
    page.mouse.up()
    assert height(page) == pytest.approx(0.5, abs=0.01)


def test_a_place_opens_half_the_sheet_and_stays_clear_of_it(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh", "phone")
    page.locator("#search-input").fill("荣河镇")
    page.get_by_role("option").first.click()
    expect(page.locator("#sheet h2", has_text="荣河镇")).to_be_visible()
    assert height(page) == pytest.approx(0.5, abs=0.01)
    expect(page.locator("#sheet .kpi-grid")).to_be_visible()
    for wide, high in ((390, 844), (844, 390), (740, 360), (390, 844)):
        page.set_viewport_size({"width": wide, "height": high})
        clear(page, "townships", "140822103")
    page.locator(".drawer-close").click()
    expect(page.locator("#sheet h2", has_text="万荣县")).to_be_visible()


def test_no_side_panels_and_the_demo_mark_on_top(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh", "phone")
    for name in ("#left", "#right", "#status", ".top-nav", "#legend"):
        expect(page.locator(name)).to_be_hidden()
    expect(page.locator(".search .mark-demo")).to_be_visible()
    page.locator("#phone-layers").click()
    expect(page.locator("#sheet #tree")).to_be_visible()
    page.locator("[data-tab=more]").click()
    expect(page.locator("#more a", has_text="数据")).to_be_visible()


def test_a_first_place_is_shown_above_the_sheet_that_rises_for_it(browser: Browser, sample_site: str) -> None:
    page = browser.new_page(
        viewport={"width": 390, "height": 844}, locale="zh-CN", reduced_motion="no-preference"
    )
    page.goto(f"{sample_site}/map/overview?lang=zh")
    page.wait_for_selector("html[data-map-state=ready]", state="attached")
    before = page.evaluate("() => map_county.getZoom()")
    page.locator("#search-input").fill("王显乡")
    page.get_by_role("option").first.click()
    page.wait_for_function("(zoom) => map_county.getZoom() > zoom", arg=before)
    clear(page, "townships", "140822207")
    page.close()


def test_the_whole_legend_scrolls_down(page: Page, open_map: Opener) -> None:
    open_map("/map/environment?lang=zh", "phone")
    page.locator("#short-legend").click()
    body = page.locator("#legend-body")
    assert body.evaluate(
        "node => [node.scrollWidth - node.clientWidth, node.scrollHeight > node.clientHeight]"
    ) == [0, True]
    assert page.evaluate(SMALL_TEXT, SMALLEST_TEXT_PX) == []
    expect(page.locator("#short-legend")).to_be_hidden()


def test_panels_go_home_when_the_screen_grows(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh", "phone")
    page.locator("[data-tab=layers]").click()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator("#left #tree")).to_be_visible()
    expect(page.locator("#sheet")).to_be_hidden()


def test_my_grid_explains_itself_to_the_public(page: Page, open_map: Opener) -> None:
    open_map("/map/my-grid?lang=zh", "phone")
    expect(page.locator("#sheet .state-denied")).to_contain_text("我的网格要用网格员身份看")
    expect(page.locator("#sheet .state-denied a")).to_have_attribute("href", "/")


def test_my_grid_lists_the_grid_workers_own(page: Page, open_map: Opener) -> None:
    open_map("/map/my-grid?lang=zh", "phone")
    page.locator("#sheet button", has_text="切换身份").click()
    page.locator("[role=menuitemradio]", has_text="网格员").click()
    for label, value in (("选乡镇", GRID[:9]), ("选村（社区）", GRID[:12]), ("选网格", GRID)):
        page.get_by_label(label, exact=True).select_option(value)
    with page.expect_navigation():
        page.locator("button", has_text="看这个网格").click()
    expect(page.locator("#sheet h2", has_text="周王村第一网格")).to_be_visible(timeout=READY_MS)
    expect(page.locator("#sheet [role=tab]").first).to_contain_text("未办结")
    page.locator("#sheet [role=tab]", has_text="附近服务").click()
    expect(page.locator("#grid-pane .place").first).to_be_visible()
    page.locator("#sheet [role=tab]", has_text="网格概况").click()
    expect(page.locator("#grid-pane .kpi-grid")).to_be_visible()


def test_months_under_the_map_can_be_read(
    page: Page, open_map: Opener, become: Callable[..., None], sample_site: str
) -> None:
    become("mediator", address=sample_site)
    open_map("/map/disputes?lang=zh", "phone")
    expect(page.locator(".timebar-month").first).to_be_attached()
    assert page.evaluate(SMALL_TEXT, SMALLEST_TEXT_PX) == []
    edges = page.evaluate(
        """() => [...document.querySelectorAll('.timebar-month > span')]
          .filter(node => node.textContent && node.checkVisibility({visibilityProperty: true}))
          .map(node => { const range = document.createRange(); range.selectNodeContents(node); return range.getBoundingClientRect(); })
          .map(box => [box.left, box.right])"""
    )
    assert len(edges) == 8
    assert [one for one, other in pairwise(edges) if one[1] + 4 > other[0]] == []
