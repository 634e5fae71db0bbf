"""Back on a phone: tabs of the sheet, filters and downloads are places that it closes, and closing them undoes nothing else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Watched

VILLAGES = ".tree-item[data-layer=villages]"


@pytest.fixture
def phone(watched: Watched) -> Callable[..., Page]:
    """``phone("/map/services")`` opens a page on a phone."""

    def _open(path: str) -> Page:
        watched.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        watched.open(path)
        watched.page.wait_for_function("() => map_county.app?.controls.sheets")
        return watched.settle()

    return _open


def tab(page: Page) -> str | None:
    return page.locator("#tabs [aria-pressed=true]").get_attribute("data-tab")


def press(page: Page, name: str) -> None:
    page.locator(f"#tabs [data-tab={name}]").click()


def step(page: Page, way: str = "back") -> None:
    page.evaluate(f"() => history.{way}()")
    page.wait_for_timeout(300)


@pytest.mark.parametrize("name", ["layers", "more"])
def test_back_leads_from_a_tab_to_the_map_and_forward_into_it_again(
    phone: Callable[..., Page], name: str
) -> None:
    page = phone("/map/services?lang=zh")
    press(page, name)
    step(page)
    assert (tab(page), page.url.split("?")[0].endswith("/map/services")) == ("map", True)
    step(page, "forward")
    assert tab(page) == name


def test_the_map_s_tab_leaves_no_dead_entry(phone: Callable[..., Page]) -> None:
    page = phone("/map/services?lang=zh")
    before = page.evaluate("() => history.length")
    press(page, "layers")
    press(page, "more")
    assert page.evaluate("() => history.length") == before + 1, "one tab after the other is one entry"
    press(page, "map")
    page.wait_for_timeout(300)
    page.go_back()
    assert page.url == "about:blank"


def test_going_to_the_map_keeps_what_was_switched_in_the_tab(
    phone: Callable[..., Page], watched: Watched
) -> None:
    page = phone("/map/services?lang=zh")
    press(page, "layers")
    page.locator(f"{VILLAGES} input[type=checkbox]").first.click()
    page.wait_for_timeout(300)
    chosen = watched.state()["layers"]
    press(page, "map")
    page.wait_for_timeout(300)
    assert (tab(page), watched.state()["layers"]) == ("map", chosen)
    step(page)
    assert (tab(page), watched.state()["layers"]) == ("layers", chosen)
    step(page)
    assert tab(page) == "layers"
    assert watched.state()["layers"] != chosen, "the switch is undone, the tab is still open"
    step(page)
    assert tab(page) == "map"


def test_back_shuts_the_filter_and_using_it_keeps_it(phone: Callable[..., Page], watched: Watched) -> None:
    page = phone("/map/services?lang=zh")
    press(page, "layers")
    page.locator(f"{VILLAGES} [data-action=filter]").first.click(force=True)
    popover = page.locator(".popover")
    expect(popover).to_be_visible()
    step(page)
    expect(popover).to_have_count(0)
    assert tab(page) == "layers"
    step(page, "forward")
    expect(popover).to_be_visible()
    popover.get_by_label("文字包含").fill("5号村")
    popover.get_by_role("button", name="应用").click()
    page.wait_for_timeout(400)
    expect(popover).to_have_count(0)
    assert watched.state()["filters"]["villages"] == {"q": ["5号村"]}
    step(page)
    assert "villages" not in watched.state()["filters"]
    expect(popover).to_have_count(0)
    assert tab(page) == "layers"


def test_back_shuts_the_downloads_before_the_table(phone: Callable[..., Page], watched: Watched) -> None:
    page = phone("/map/services?lang=zh&table=villages&v=2")
    page.locator("#table-download").click()
    expect(page.locator(".popover")).to_be_visible()
    step(page)
    expect(page.locator(".popover")).to_have_count(0)
    assert watched.state()["table"] == "villages"
    step(page)
    assert watched.state()["table"] is None


def test_on_a_desk_they_are_no_places(watched: Watched) -> None:
    watched.page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page = watched.open("/map/services?lang=zh&table=villages&v=2")
    page.locator("#table-download").wait_for()
    before = page.evaluate("() => history.length")
    page.locator("#table-download").click()
    expect(page.locator(".popover")).to_be_visible()
    assert page.evaluate("() => history.length") == before
