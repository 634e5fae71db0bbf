"""The hotspot page on the sample county: title, significant villages, playing, density, months, table, permalink."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

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


def settled_at(page: Page, query: str) -> Page:
    """The page at another query string."""
    page.goto(f"{page.url.partition('?')[0]}?lang=zh&{query}")
    return settled(page)


def words(page: Page) -> dict[str, list[str]]:
    address: str = page.evaluate("() => map_county.app.state.permalink()")
    return parse_qs(urlsplit(address).query)


def test_title_says_threshold_and_period_and_villages_are_marked(hotspots: Opened) -> None:
    page = hotspots("since=2026-06-01&until=2026-11-30")
    expect(page.locator("#map-title")).to_have_text("矛盾纠纷热点（2026年6月1日–2026年11月20日，q ≤ 0.05）")
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


def test_all_places_count_by_the_same_conditions(hotspots: Opened) -> None:
    """Of the 258 cases of October 22 are red; of all 2,587 280 are open, which is what maps show at first."""
    page = hotspots("f.disputes.warning_level=red&since=2026-10-01&until=2026-10-31&v=2")
    card, bar, drawer = (page.locator(f"#{name}") for name in ("map-subtitle", "timebar-count", "drawer"))
    expect(card).to_contain_text("预警等级 红色 · 全部状态 · ")
    expect(card).to_contain_text(" · 22 件 · ")
    expect(bar).to_have_text("22 件")
    expect(drawer).to_contain_text("22 / 258 件")
    page = settled_at(page, "v=2")
    expect(card).to_contain_text("全部状态 · 按村（社区） · 每千人件数，平滑后 · 2,587 件 · ")
    expect(bar).to_have_text("2,587 件")
    expect(drawer).to_contain_text("状态 已上报未化解 · 2024年12月1日–2026年11月20日 · 280 / 2,587 件")


def test_a_sheet_of_the_page_counts_what_the_page_does(hotspots: Opened) -> None:
    page = hotspots("f.disputes.warning_level=red&since=2026-10-01&until=2026-10-31&v=2")
    with page.expect_response(re.compile("/api/sheets/preview")) as heard:
        page.evaluate("() => map_county.app.controls.sheets()")
    title = unquote(heard.value.headers["sheet-title"])
    assert title == "万荣县矛盾纠纷热点图（预警等级 红色、全部状态，2026年10月）"


def test_the_legend_of_the_map_has_the_classes_with_their_numbers(hotspots: Opened) -> None:
    page = hotspots("v=2")
    rows = page.locator("#legend .legend-block").first.locator(".class-row").all_inner_texts()
    assert [row.split() for row in rows] == [
        ["热点，q", "≤", "0.01", "12"], ["热点", "2"], ["冷点", "0"], ["不显著", "199"],
    ]  # fmt: skip
    page.set_viewport_size({"width": 390, "height": 844})
    settled(page)
    expect(page.locator("#legend")).to_be_hidden()
    expect(page.locator("#title-card .map-key")).to_have_text("热点，q ≤ 0.01 12热点 2不显著 199")


def test_the_county_lies_clear_of_title_and_legend(hotspots: Opened) -> None:
    page = hotspots("v=2")
    south, north = page.evaluate(
        """() => map_county.app.view.county.map((place) =>
          map_county.latLngToContainerPoint(map_county.app.view.toMap(place)).y + map_county.getContainer().getBoundingClientRect().top)"""
    )
    card, legend = (page.locator(f"#{name}").bounding_box() for name in ("title-card", "legend"))
    assert card is not None
    assert legend is not None
    assert card["y"] + card["height"] < north < south < legend["y"]


def test_hot_areas_that_lie_together_have_a_number_on_map_and_table(hotspots: Opened) -> None:
    page = hotspots("v=2")
    assert page.locator(".spot-badge").all_inner_texts() == ["1", "2", "3"]
    page.get_by_role("button", name="看全部 14 个").click()
    numbers = page.locator("#hotspots-table .spot-number").all_inner_texts()
    assert len(numbers) == 14
    assert set(numbers) == {"1", "2", "3"}
    page.locator(".spot-badge").first.click()
    first = page.locator("#hotspots-table tr[aria-selected=true]")
    expect(first.locator(".spot-number")).to_have_text("1")


def test_the_rate_beside_z_is_the_one_that_z_is_of(hotspots: Opened) -> None:
    """In October the 17.2 per 1,000 of a village may be 4.9 once smoothed."""
    page = hotspots("since=2026-10-01&until=2026-10-31&v=2")
    expect(page.locator(".hotspots-table th").nth(3)).to_have_text("件/千人平滑后")
    row = page.locator("#hotspots-table tbody tr").filter(has_text="杨庄村")
    assert row.locator("td.num").all_inner_texts()[1:] == ["4.9", "9.38"]


def test_two_months_that_are_compared_stand_at_the_time_bar(hotspots: Opened) -> None:
    page = hotspots("show=compare&v=2")
    expect(page.locator("#timebar-when")).to_have_text("2026年9月 → 10月")
    expect(page.locator("#timebar-count")).to_have_text("232 → 258 件")
    expect(page.locator("#map-subtitle")).to_have_text(
        "全部状态 · 232 件 → 258 件，各村件数之差，没有作显著性检验"
    )
    expect(page.locator(".timebar-window")).to_be_hidden()
    assert page.locator(".timebar-month.in").all_inner_texts() == ["9", "10"]
    assert page.locator(".hotspots-table th").all_inner_texts() == ["村名", "2026年9月", "2026年10月", "变化"]


def test_words_that_the_page_does_not_know_are_named(hotspots: Opened) -> None:
    page = hotspots("heat=compare&show=rate&v=2")
    expect(page.locator("#notices")).to_contain_text("链接里的图层 compare 已不存在")
    expect(page.locator("#notices")).to_contain_text("链接里的条件 show=rate 没有用上")


def test_periods_that_a_viewer_has_not_are_named_and_leave_the_address(hotspots: Opened) -> None:
    page = hotspots("v=2&show=compare&compare=2026Q1,2026Q2&swipe=50")
    expect(page.locator("#notices")).to_contain_text(
        "这个身份没有 2026Q1、2026Q2 的件数，改为对比2026年9月和"
    )
    assert "compare" not in words(page)


def test_a_period_without_disputes_is_no_fault_and_has_a_way_out(
    watch: Callable[..., Watched], become: Callable[..., None], sample_site: str
) -> None:
    become("planner", address=sample_site)
    watched = watch(sample_site)
    watched.allowed.append("400")
    page = settled(watched.open("/map/disputes?lang=zh&since=2020-01-01&until=2020-02-01"))
    card = page.locator("#hotspots-table .state")
    expect(card).to_contain_text("这个时段没有矛盾纠纷记录")
    expect(card.get_by_role("button")).to_have_text(["看全部时段"])
    expect(page.locator("#hotspots .state-error, #drawer .state-error")).to_have_count(0)
    expect(page.locator("#drawer .state-empty")).to_contain_text("2020年1月1日")
    card.get_by_role("button").click()
    expect(page.locator("#hotspots-table tbody tr").first).to_be_visible()


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
