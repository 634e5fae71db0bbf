"""Numbers lead to the map that shows what they count."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
TOWNSHIP = "140822102"


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("() => map_county.app.state.get()")
    return found


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-map-state=ready]", state="attached")


def test_a_bar_shows_its_class_in_its_area_and_the_legend_says_the_same(page: Page, open_map: Opener) -> None:
    open_map(f"/map/industry?lang=zh&panels=right&layers=counties,townships&sel=townships:{TOWNSHIP}")
    row = page.locator(".bars-row", has_text="苹果").first
    said = row.locator(".bars-value").text_content() or ""
    row.locator(".lead").click()
    ready(page)
    now = state(page)
    assert "orchards" in now["layers"]
    assert now["area"] == TOWNSHIP
    legend = page.locator(".legend .class-row", has_text="果园 · 苹果").locator(".num")
    expect(legend).to_have_text(said)
    expect(page.locator(".legend .class-row", has_text="其他果树")).to_have_count(0)
    west, south, east, north = page.evaluate(
        "(code) => fetch(`/api/areas/${code}`).then((one) => one.json()).then(({ bounds }) => bounds)",
        TOWNSHIP,
    )
    inside = page.evaluate(
        "([w, s, e, n]) => map_county.getBounds().contains([[s, w], [n, e]])", [west, south, east, north]
    )
    assert inside


def test_a_figure_of_the_strip_leads_by_key(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh&layers=counties&hide=party-service-centres:0")
    strip = page.locator("#kpis")
    way = strip.get_by_role("button", name="党群服务中心")
    way.focus()
    page.keyboard.press("Enter")
    ready(page)
    now = state(page)
    assert now["layers"] == ["counties", "party-service-centres"]
    assert now["hidden"] == {}
    expect(strip.get_by_role("button", name="人口")).to_have_count(0)


def test_the_public_is_led_to_the_period_that_is_published(watched: Watched) -> None:
    page = watched.open("/map/overview?lang=zh&layers=counties&at=35.4,110.84,9")
    page.locator("#kpis").get_by_role("button", name="纠纷").click()
    watched.settle()
    now = watched.state()
    assert (now["layers"], now["period"]) == (["counties", "disputes"], "2025Q1")


def test_staff_are_led_to_the_open_cases(watched: Watched, become: Callable[..., None]) -> None:
    become("mediator")
    page = watched.open("/map/overview?lang=zh&layers=counties&all=disputes")
    figure = page.locator("#kpis .kpi", has_text="未办结纠纷")
    told = figure.locator(".kpi-value").text_content()
    figure.locator(".lead").click()
    watched.settle()
    assert watched.state()["filters"]["disputes"] == {"status": ["open"]}
    drawn = page.evaluate(
        "() => shapes_county.entries.find(({ id }) => id === 'disputes').shapes.reduce((sum, one) => sum + one.count, 0)"
    )
    assert told == f"{drawn}件"


def test_a_month_leads_to_its_cases(watched: Watched, become: Callable[..., None]) -> None:
    become("mediator")
    page = watched.open("/map/overview?lang=zh&panels=right&layers=counties")
    bar = page.locator(".month .lead").nth(3)
    words = bar.get_attribute("aria-label") or ""
    bar.click()
    watched.settle()
    since = watched.state()["time"]["since"]
    assert words.startswith(f"{since[:4]}年{int(since[5:7])}月")
