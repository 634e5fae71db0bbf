"""What the first view does without comes later; where it does not come, that is said, and the next touch gets it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
LATER = re.compile(r"/later(-\w+)?\.js$")
TOLD = "没有取到，检查网络后再试。"


@pytest.fixture
def failing(page: Page) -> list[str]:
    """Tries to get the file that fails the first two times."""
    tried: list[str] = []

    def answer(route: Route) -> None:
        tried.append(route.request.url)
        route.abort() if len(tried) <= 2 else route.continue_()

    page.route(LATER, answer)
    return tried


@pytest.mark.parametrize("action", ["filter", "table"])
def test_what_did_not_come_comes_at_the_next_click(
    page: Page, open_map: Opener, failing: list[str], action: str
) -> None:
    open_map("/map/services", "desk")
    page.wait_for_function("() => document.querySelector('[data-action=table]')")
    button = page.locator(f"[data-layer=village-clinics] [data-action={action}]").first
    button.dispatch_event("click")
    expect(page.get_by_text(TOLD)).to_be_visible()
    button.dispatch_event("click")
    opened = page.get_by_role("dialog") if action == "filter" else page.locator("#table-panel tbody tr").first
    expect(opened).to_be_visible()
    assert len(failing) == 3


def test_the_phone_says_what_is_under_more_once_it_is_there(
    page: Page, open_map: Opener, failing: list[str]
) -> None:
    open_map("/map/services", "phone")
    more = page.locator("[data-tab=more]")
    more.click()
    expect(page.get_by_text(TOLD)).to_be_visible()
    page.locator("[data-tab=map]").click()
    more.click()
    expect(page.locator("#more-text [role=radio]").first).to_be_visible()
    assert len(failing) == 3


def test_a_table_that_does_not_come_leaves_the_map(page: Page, open_map: Opener) -> None:
    page.route(LATER, lambda route: route.abort())
    open_map("/map/services?table=village-clinics", "desk")
    expect(page.get_by_text(TOLD)).to_be_visible()
    expect(page.locator("#map-errors")).to_be_empty()


def test_sizes_of_text_open_with_the_first_click(page: Page, open_map: Opener) -> None:
    open_map("/map/services", "desk")
    page.locator("#text-size").click()
    expect(page.get_by_role("dialog").get_by_role("radio")).to_have_count(3)
