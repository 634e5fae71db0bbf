"""Figures and lists of the extent of the map: one switch, the same rows in legend, table and address."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.browser.test_map_painter import degrees
from tests.browser.waiting import query

GROUND = "/?lang=zh&layers=counties,villages,grids&panels=left&table=villages"


def over_square_one(zoom: float) -> str:
    """Words of a position in its middle."""
    lng, lat = degrees(500, 2500)
    return f"&at={lat:.5f},{lng:.5f},{zoom}"


def test_table_and_legend_follow_the_map_and_the_link_carries_it(watched: Watched) -> None:
    page = watched.open(GROUND + over_square_one(18))
    rows = page.locator("#table-scroll tbody tr")
    expect(rows).to_have_count(10)
    page.locator("#table-panel .frame-switch").click()
    expect(page.locator("#table-words")).to_have_text("地图范围内")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("1号村")
    assert query(page)["frame"] == ["1"]
    lng, lat = degrees(1000, 2000)
    page.evaluate("([lat, lng]) => map_county.setView([lat, lng], 18, { animate: false })", [lat, lng])
    expect(rows).to_have_count(4)


def test_the_legend_counts_what_is_on_the_map(watched: Watched) -> None:
    page = watched.open("/?lang=zh&layers=counties,villages&panels=none&frame=1" + over_square_one(18))
    villages = page.locator(".legend .class-row", has_text="村（社区）界").locator(".num")
    expect(villages).to_have_text("1")
    switch = page.locator(".legend .frame-switch input")
    expect(switch).to_be_checked()
    switch.focus()
    page.keyboard.press("Space")
    expect(villages).to_have_text("10")


def test_published_counts_say_that_they_are_of_whole_villages(watched: Watched) -> None:
    page = watched.open("/map/disputes?lang=zh&show=off&panels=none" + over_square_one(16))
    page.locator("#legend-fold").click()
    page.locator(".legend .frame-switch").click()
    expect(page.locator(".legend")).to_contain_text("公布的件数按整村给出")


def test_download_and_page_are_of_the_same_rows(watched: Watched, become: Callable[..., None]) -> None:
    become("planner")
    page = watched.open(GROUND + "&frame=1" + over_square_one(18))
    expect(page.locator("#table-scroll tbody tr")).to_have_count(1)
    page.get_by_role("button", name="下载").click()
    links = page.locator("a[href*='/export?']")
    assert "bbox=" in (links.first.get_attribute("href") or "")


def test_strip_drawer_and_title_follow_the_map(watched: Watched) -> None:
    page = watched.open("/?lang=zh&layers=counties,villages,grids&panels=right&frame=1" + over_square_one(18))
    villages = page.locator("#kpis .kpi", has_text="村（社区）").first
    expect(villages.locator(".kpi-value")).to_have_text("1个")
    expect(villages.locator(".kpi-note")).to_contain_text("地图范围内")
    inside = page.locator("#drawer .kpi", has_text="村（社区）").first.locator(".kpi-value")
    expect(inside).to_have_text("1个")
    expect(page.locator("#drawer .frame-note")).to_contain_text("人口是范围内居民点的")
    expect(page.locator("#title-card")).to_contain_text("地图范围内")
    lng, lat = degrees(1000, 2000)
    page.evaluate("([lat, lng]) => map_county.setView([lat, lng], 18, { animate: false })", [lat, lng])
    expect(villages.locator(".kpi-value")).to_have_text("4个")
    expect(inside).to_have_text("4个")
    watched.set({"frame": False})
    expect(villages.locator(".kpi-value")).to_have_text("10个")
    expect(page.locator("#drawer .frame-note")).to_have_count(0)
    expect(page.locator("#title-card")).not_to_contain_text("地图范围内")


def test_a_link_with_the_switch_opens_with_figures_of_the_extent(watched: Watched) -> None:
    """The strip is made before the map has a place."""
    page = watched.open("/map/overview?lang=zh&v=2&panels=left,right&frame=1" + over_square_one(18))
    villages = page.locator("#kpis .kpi", has_text="村（社区）").first
    expect(villages.locator(".kpi-value")).to_have_text("1个")
