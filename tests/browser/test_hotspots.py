"""The hotspot page on the sample county: title, significant villages, playing, density, months, table, permalink."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.test_phone import SMALL_TARGETS
from tests.browser.waiting import still

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opened = Callable[..., Page]
KINDS = """() => map_county.app.painter.entries.find((one) => one.id === 'villages' && one.words)
  ?.classes.map(({ title, paint }) => [title, paint.fill, paint.hatch])"""


@pytest.fixture
def hotspots(watch: Callable[..., Watched], become: Callable[..., None], sample_site: str) -> Opened:
    """``hotspots("show=density", role="mediator")`` opens the page in a role and waits for its answer."""

    def _open(query: str = "", role: str = "mediator") -> Page:
        if role != "public":
            become(role, address=sample_site)
        page = watch(sample_site).open(f"/map/disputes?lang=zh&{query}")
        return settled(page)

    return _open


def settled(page: Page) -> Page:
    expect(page.locator("#hotspots[data-shown]")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("data-map-state", "ready")
    return page


def words(page: Page) -> dict[str, list[str]]:
    address: str = page.evaluate("() => map_county.app.state.permalink()")
    return parse_qs(urlsplit(address).query)


def test_title_says_threshold_and_period_and_villages_are_marked(hotspots: Opened) -> None:
    page = hotspots("since=2026-06-01&until=2026-11-30")
    expect(page.locator("#map-title")).to_have_text("矛盾纠纷热点（2026年6月–2026年11月，q ≤ 0.05）")
    expect(page.locator("#map-subtitle")).to_contain_text(re.compile(r"热点 [1-9]\d* 个"))
    kinds: list[list[Any]] = page.evaluate(KINDS)
    assert len({(fill, hatch) for _, fill, hatch in kinds}) == len(kinds)
    assert page.locator("#hotspots-table tbody tr[data-side=none]").count() == 0
    assert page.locator("#hotspots-table tbody tr[data-side=hot]").count() > 0


def test_the_table_and_the_map_know_each_other(hotspots: Opened) -> None:
    page = hotspots()
    row = page.locator("#hotspots-table tbody tr").first
    code = row.get_attribute("data-code")
    row.locator(".row-name").click()
    expect(row).to_have_attribute("aria-selected", "true")
    settled(page)
    assert words(page)["sel"] == [f"villages:{code}"]
    assert page.evaluate("() => map_county.app.painter.marked.selected.key") == code


def test_playing_asks_month_by_month(hotspots: Opened) -> None:
    page = hotspots()
    before = page.locator("#map-title").inner_text()
    page.locator(".timebar-play").click()
    expect(page.locator("#map-title")).not_to_have_text(before)
    page.wait_for_function("() => map_county.app.state.get().time?.since > '2025-01'")
    page.locator(".timebar-play").click()
    settled(page)
    since = page.evaluate("() => map_county.app.state.get().time.since")
    assert page.evaluate("() => map_county.app.hotspots.spots.answer.since") == since


def test_density_and_months_are_other_ways(hotspots: Opened) -> None:
    page = hotspots("show=density")
    expect(page.locator("#map-title")).to_contain_text("矛盾纠纷密度")
    cells = "() => map_county.app.painter.entries.find((one) => one.id === 'density').shapes[0].size"
    assert page.evaluate(cells) > 100
    page.get_by_role("radio", name="逐月对比").click()
    expect(page.locator("#map-title")).to_contain_text("矛盾纠纷变化")
    page.locator("[data-name=compare-a]").select_option("2026-03")
    expect(page.locator("#map-title")).to_contain_text("2026年3月 → 2026年10月")
    settled(page)
    assert words(page)["show"] == ["compare"]
    assert words(page)["compare"] == ["2026-03,2026-10"]
    expect(page.locator(".hotspots-table tbody tr").first.locator("td.num")).to_have_count(3)
    page.get_by_role("radio", name="热点", exact=True).click()
    expect(page.locator("#map-title")).to_contain_text("矛盾纠纷热点")
    page.get_by_role("radio", name="不用").click()
    expect(page.locator("#map-title")).to_contain_text("矛盾纠纷（")
    assert page.evaluate(KINDS) is None


def test_the_address_opens_the_same_page(hotspots: Opened) -> None:
    page = hotspots("since=2026-06-01&until=2026-08-31&alpha=0.1")
    expect(page.locator("#map-title")).to_have_text("矛盾纠纷热点（2026年6月–2026年8月，q ≤ 0.1）")
    assert (words(page)["alpha"], words(page)["since"]) == (["0.1"], ["2026-06-01"])


def test_a_way_of_showing_that_is_none_is_the_usual_one(hotspots: Opened) -> None:
    page = hotspots("show=rate")
    expect(page.locator("#map-title")).to_contain_text("矛盾纠纷热点")


def test_the_public_gets_published_counts_and_why_no_hot_spots(hotspots: Opened) -> None:
    page = hotspots(role="public")
    notice = page.locator("#hotspots-table .state-empty")
    expect(notice).to_contain_text("算热点会把它们当成没有，所以不提供热点")
    expect(page.locator("#hotspots .state-error, #hotspots .state-denied")).to_have_count(0)
    expect(page.get_by_role("radio", name="密度")).to_be_disabled()
    assert page.evaluate(KINDS) is None
    counts = "() => map_county.app.painter.entries.find((one) => one.id === 'disputes').kind"
    assert page.evaluate(counts) == "polygon"
    expect(page.locator("#map-title")).not_to_contain_text("热点")
    page.locator("#timebar [data-period='2026Q1']").click()
    expect(notice).to_contain_text("2026-01-01 至 2026-03-31")


def test_the_public_compares_published_quarters(hotspots: Opened) -> None:
    page = hotspots("show=compare&compare=2026Q1,2026Q2", role="public")
    expect(page.locator("#map-title")).to_contain_text("矛盾纠纷变化")
    kinds: list[list[Any]] = page.evaluate(KINDS)
    assert "不公布" in [title for title, *_ in kinds]


def test_the_short_address_leads_here(hotspots: Opened, sample_site: str) -> None:
    page = hotspots()
    page.goto(f"{sample_site}/hotspots?alpha=0.1")
    assert urlsplit(page.url).path == "/map/disputes"
    settled(page)


def test_a_phone_has_it_in_its_sheet(hotspots: Opened) -> None:
    page = hotspots()
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("[data-tab=layers]").click()
    expect(page.locator("#sheet #hotspots")).to_be_visible()
    still(page)
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
