"""Every theme on five screens in three sizes of text: nothing lies over anything else, and every control can be reached."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from layers.catalog import load_catalog
from tests.browser.waiting import still

pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
SCREENS = ((1440, 900), (1024, 768), (390, 844), (844, 390), (740, 360))
TEXTS = ("normal", "large", "larger")
GRID = "140822103201001"
PARTS = "a, button, input, select, [role=slider], .title-card, .line-card, .short-legend, .map-foot .legend, .kept-note, .progress-card"
"""What must not lie over each other; the map's own marks are not asked."""
OVERLAPS = """(parts) => {
  const clip = (node) => {
    let { left, top, right, bottom } = node.getBoundingClientRect();
    for (let up = node.parentElement; up; up = up.parentElement) {
      if (getComputedStyle(up).overflow === "visible") continue;
      const box = up.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return { left: Math.max(0, left), top: Math.max(0, top), right: Math.min(innerWidth, right), bottom: Math.min(innerHeight, bottom) };
  };
  // what scrolls away under a foot that stays can be scrolled back
  const stays = (node) => { for (let up = node; up; up = up.parentElement) if (getComputedStyle(up).position === "sticky") return true; return false; };
  const said = (node) => `${node.tagName.toLowerCase()}#${node.id}.${node.className.baseVal ?? node.className} ${node.textContent.trim().slice(0, 12)}`;
  const seen = [...document.querySelectorAll(parts)]
    .filter((node) => !node.closest(".leaflet-container, .sr-only, .skip, [aria-hidden=true]"))
    .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((node) => [node, clip(node)])
    .filter(([, box]) => box.right - box.left > 3 && box.bottom - box.top > 3);
  const wrong = [];
  for (const [i, [a, p]] of seen.entries()) {
    for (const [b, q] of seen.slice(i + 1)) {
      if (a.contains(b) || b.contains(a) || stays(a) !== stays(b)) continue;
      const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (wide > 2 && high > 2) wrong.push(`${said(a)} ⨯ ${said(b)}`);
    }
    const top = document.elementFromPoint((p.left + p.right) / 2, (p.top + p.bottom) / 2);
    const silent = getComputedStyle(a).pointerEvents === "none";
    if (!silent && top && stays(a) === stays(top) && !a.contains(top) && !top.contains(a)) wrong.push(`${said(a)} under ${said(top)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) wrong.push("wider than the screen");
  return wrong;
}"""
WORDS = """() => {
  const words = (node) => { const range = document.createRange(); range.selectNodeContents(node); return range.getBoundingClientRect(); };
  const seen = (name) => [...document.querySelectorAll(name)].filter((node) => node.checkVisibility({ visibilityProperty: true }));
  const wrong = [];
  for (const list of seen("[role=tablist]"))
    for (const [i, tab] of [...list.children].entries()) {
      const [box, next] = [words(tab), list.children[i + 1]];
      if (next && box.right > words(next).left + 1 && Math.abs(box.top - words(next).top) < box.height)
        wrong.push(`${tab.textContent} runs into ${next.textContent}`);
    }
  for (const node of seen(".kpi-value")) if (node.scrollWidth > node.clientWidth + 1) wrong.push(`${node.textContent} is cut`);
  const legend = document.getElementById("short-legend");
  if (legend.checkVisibility() && legend.scrollHeight > legend.clientHeight + 1) wrong.push("rows of the legend are cut");
  return wrong;
}"""
"""Words that run into the next ones, or lose their end, though their boxes keep apart."""


def check(page: Page) -> None:
    """Look at the page on every screen in every size."""
    found = {}
    for (width, height), text in product(SCREENS, TEXTS):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("(text) => { document.documentElement.dataset.text = text; }", text)
        expect(page.locator("html")).to_have_attribute("data-map-state", re.compile("ready|error"))
        page.locator("#sheet-body").evaluate("node => { node.scrollTop = 0; }")
        still(page)
        wrong = page.evaluate(OVERLAPS, PARTS) + page.evaluate(WORDS)
        if wrong:
            found[f"{width}x{height} {text}"] = wrong
    assert found == {}


@pytest.mark.parametrize("theme", load_catalog().themes)
def test_nothing_overlaps(
    page: Page, open_map: Opener, become: Callable[..., None], sample_site: str, theme: str
) -> None:
    become("mediator", address=sample_site)
    open_map(f"/map/{theme}?lang=zh")
    expect(page.locator("#map-title")).not_to_be_empty()
    check(page)


TIGHT = ".top-nav, .gap-heads > *, .hotspots .planner-row > *, .planner-legend .class-row, .timebar-months, #hotspots"
"""What a larger or longer word must not run out of."""
CUT = """(parts) => [...document.querySelectorAll(parts)]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.scrollWidth > node.clientWidth + 1 && node.clientWidth)
  .map((node) => `${node.className} ${node.textContent.slice(0, 20)} ${node.scrollWidth} > ${node.clientWidth}`)"""


@pytest.mark.parametrize("theme", ["overview", "coverage", "disputes"])
@pytest.mark.parametrize(("lang", "size"), [("zh", "tablet"), ("en", "desk")])
def test_a_desk_has_room_for_the_largest_words(
    page: Page,
    open_map: Opener,
    become: Callable[..., None],
    sample_site: str,
    theme: str,
    lang: str,
    size: str,
) -> None:
    become("planner", address=sample_site)
    for text in TEXTS:
        page.context.add_cookies([{"name": "text", "value": text, "url": sample_site}])
        open_map(f"/map/{theme}?lang={lang}", size)
        assert page.evaluate(CUT, TIGHT) == [], text


@pytest.mark.parametrize("address", ["my-grid?lang=zh", "coverage?lang=en", "disputes?lang=en"])
def test_the_county_stands_below_the_title(
    page: Page, open_map: Opener, become: Callable[..., None], sample_site: str, address: str
) -> None:
    become("planner", address=sample_site)
    open_map(f"/map/{address}")
    top = page.evaluate("() => map_county.latLngToContainerPoint(map_county.app.view.county[1]).y")
    assert top >= page.evaluate(
        "() => document.querySelector('#title-card').getBoundingClientRect().bottom - map_county.getContainer().getBoundingClientRect().top"
    )


def test_a_legend_that_would_cover_the_county_opens_by_hand(page: Page, open_map: Opener) -> None:
    open_map("/map/services?lang=zh", "tablet")
    expect(page.locator("#legend-body")).to_be_hidden()
    page.locator("#legend-fold").click()
    expect(page.locator("#legend-body")).to_be_visible()


def test_nothing_overlaps_at_home(
    page: Page, open_map: Opener, become: Callable[..., None], sample_site: str
) -> None:
    become("grid_worker", GRID, address=sample_site)
    open_map("/map/my-grid?lang=zh", "phone")
    expect(page.locator("#kept-note")).to_be_visible()
    check(page)
    page.context.set_offline(True)
    expect(page.locator("#line")).to_be_visible()
    check(page)


def test_nothing_overlaps_in_english(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=en&sel=townships:140822103")
    expect(page.locator(".drawer-tabs")).to_be_attached()
    check(page)


def test_the_size_of_text_is_remembered_and_right_at_the_first_paint(
    page: Page, open_map: Opener, sample_site: str
) -> None:
    open_map("/map/overview?lang=zh", "phone")
    page.locator("[data-tab=more]").click()
    page.get_by_role("radio", name="特大").click()
    expect(page.locator("html")).to_have_attribute("data-text", "larger")
    assert page.evaluate("getComputedStyle(document.querySelector('#more h2')).fontSize") == "26px"
    answer = page.request.get(f"{sample_site}/data")
    assert 'data-text="larger"' in answer.text()
    page.context.clear_cookies()
    open_map("/map/services?lang=zh", "phone")  # what the browser itself remembers is left
    expect(page.locator("html")).to_have_attribute("data-text", "larger")
    assert any(one["name"] == "text" and one["value"] == "larger" for one in page.context.cookies())


def test_a_desk_has_the_choice_in_its_bar(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh")
    page.get_by_role("button", name="文字大小").click()
    page.get_by_role("radio", name="大", exact=True).click()
    expect(page.get_by_role("radio", name="大", exact=True)).to_be_focused()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16.1px"
