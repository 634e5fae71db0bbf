"""What is here: one list for mouse, finger, keys and card, on a county with five centres and a clinic in one building."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest
from playwright.sync_api import Page, expect
from shapely import Polygon, box

from layers.catalog import Catalog
from tests import county
from tests.browser.conftest import Watched
from tests.browser.test_map_painter import degrees
from tests.county import METRIC, STORED, village_code
from tests.disputes import build, put
from tests.every import plain_value

pytest_plugins = ("tests.browser.sample",)

BUILDING = (250.0, 1700.0)
"""Metres from the corner of the county, in square 4."""
FIELD = box(1100, 1100, 1900, 1900)
STRIP = Polygon([(1100, 1100), (1200, 1100), (1900, 1800), (1900, 1900), (1800, 1900), (1100, 1200)])
"""A herb field across the orchard, with a box as large as the orchard's."""
CENTRES = [f"同点{number}" for number in "一二三四五"]
ALL = "/?layers=counties,townships,villages,party-service-centres,village-clinics,orchards,herb-bases"
SHARES = """() => {
  const { left, top, right, bottom } = map_county.app.view.covered();
  const size = map_county.getSize();
  const found = [];
  for (let x = left + 4; x < size.x - right; x += 8)
    for (let y = top + 4; y < size.y - bottom; y += 8) found.push(shapes_county.all(L.point(x, y), { touch: true }));
  const lines = found.filter(([first]) => first?.kind === "line");
  return { sampled: found.length, lines: lines.filter((all) => all.some(({ kind }) => kind !== "line")).length };
}"""


def shifted(shape: Polygon) -> Polygon:
    return Polygon([(x + county.ORIGIN[0], y + county.ORIGIN[1]) for x, y in shape.exterior.coords])


def rows(catalog: Catalog, layer: str, shapes: list[Any], names: list[str]) -> gpd.GeoDataFrame:
    """Rows of a layer with these names."""
    spec = catalog.layer(layer)
    made = gpd.GeoDataFrame(
        {"code": [f"{layer}-{i}" for i in range(len(shapes))]}, geometry=shapes, crs=METRIC
    )
    for field in spec.fields:
        if field.name not in ("code", "name"):
            made[field.name] = [plain_value(catalog, field, 0)] * len(shapes)
    return made.assign(name=names, village_code=village_code(4)).to_crs(STORED)


@pytest.fixture(scope="session")
def crowded(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> str:
    """Address of the hand-drawn county with a building in which everything is, and a strip across a field."""
    store = build(tmp_path_factory.mktemp("here") / "home", catalog, demo=True)
    spot = gpd.points_from_xy([county.ORIGIN[0] + BUILDING[0]], [county.ORIGIN[1] + BUILDING[1]])[0]
    put(
        store, "party-service-centres", rows(catalog, "party-service-centres", [spot] * 5, CENTRES), demo=True
    )
    put(store, "village-clinics", rows(catalog, "village-clinics", [spot], ["同点卫生室"]), demo=True)
    put(store, "orchards", rows(catalog, "orchards", [shifted(FIELD)], ["果园"]), demo=True)
    put(store, "herb-bases", rows(catalog, "herb-bases", [shifted(STRIP)], ["药材"]), demo=True)
    return serve(store.home)


@pytest.fixture
def here(watch: Callable[..., Watched], crowded: str) -> Watched:
    """A watched page of that county."""
    return watch(crowded)


def at(watched: Watched, x: float, y: float, zoom: float, more: str = "") -> Page:
    """The map with a place in its middle."""
    lng, lat = degrees(x, y)
    return watched.open(f"{ALL}&at={lat:.5f},{lng:.5f},{zoom}&panels=left,right{more}")


def pixel(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place is in the window."""
    place = page.evaluate("([lng, lat]) => map_county.latLngToContainerPoint([lat, lng])", degrees(x, y))
    frame = page.locator("#map_county").bounding_box()
    assert frame
    return frame["x"] + place["x"], frame["y"] + place["y"]


def card(page: Page, name: str) -> None:
    expect(page.locator("#drawer h2")).to_have_text(name)


def others(page: Page) -> list[str]:
    """What the card says is here besides."""
    return page.locator(".here .place-name").all_text_contents()


def test_clicks_on_one_spot_go_through_all_that_is_there(here: Watched) -> None:
    page = at(here, *BUILDING, 15)
    x, y = pixel(page, *BUILDING)
    names = [*reversed(CENTRES), "同点卫生室", "4号村", CENTRES[-1]]
    for name in names:
        page.mouse.click(x, y)
        card(page, name)
    expect(page.locator(".here h3")).to_have_text("这里还有 6 处")
    assert others(page) == [*reversed(CENTRES[:-1]), "同点卫生室", "4号村"]


def test_a_click_elsewhere_begins_anew(here: Watched) -> None:
    page = at(here, *BUILDING, 15)
    x, y = pixel(page, *BUILDING)
    for _ in range(2):
        page.mouse.click(x, y)
    card(page, CENTRES[3])
    page.mouse.click(x + 120, y)
    card(page, "4号村")
    page.mouse.click(x, y)
    card(page, CENTRES[4])


def test_the_second_half_of_a_double_click_chooses_nothing(here: Watched) -> None:
    page = at(here, *BUILDING, 15)
    page.mouse.dblclick(*pixel(page, *BUILDING))
    here.settle()
    card(page, CENTRES[4])


def test_where_a_panel_moved_the_map_the_same_place_of_the_screen_is_the_same_spot(here: Watched) -> None:
    page = at(here, *BUILDING, 15)
    page.locator("#right-handle").click()
    here.settle()
    x, y = pixel(page, *BUILDING)
    for name in (CENTRES[4], CENTRES[3]):
        page.mouse.click(x, y)
        card(page, name)
        here.settle()
    assert abs(pixel(page, *BUILDING)[0] - x) > 100


def test_the_card_lists_and_chooses(here: Watched) -> None:
    page = at(here, *BUILDING, 15)
    page.mouse.click(*pixel(page, *BUILDING))
    card(page, CENTRES[4])
    clinic = page.locator(".here .place", has_text="同点卫生室")
    assert clinic.locator("svg.swatch path").count() == 1
    expect(clinic.locator(".note")).to_have_text("村卫生室")
    clinic.focus()
    page.keyboard.press("Enter")
    card(page, "同点卫生室")
    assert others(page) == [*reversed(CENTRES), "4号村"]
    expect(page.locator(".here .place").first).to_be_focused()


def test_a_card_that_was_not_opened_on_the_map_lists_them_too(here: Watched) -> None:
    page = at(here, *BUILDING, 15, "&sel=village-clinics:village-clinics-0")
    card(page, "同点卫生室")
    expect(page.locator(".here .place")).to_have_count(6)


def test_enter_goes_through_the_same_list(here: Watched) -> None:
    page = at(here, *BUILDING, 15)
    middle = page.evaluate("() => map_county.app.view.middle()")
    shift = page.evaluate(
        "([x, y]) => map_county.getSize().divideBy(2).subtract([x, y])", [middle["x"], middle["y"]]
    )
    page.evaluate("([x, y]) => map_county.panBy([x, y], { animate: false })", [shift["x"], shift["y"]])
    here.settle()
    page.locator("#map_county").focus()
    cross = page.evaluate("() => getComputedStyle(document.querySelector('#map_county'), '::after').left")
    assert cross == f"{middle['x']:g}px", "the cross stands where Enter chooses"
    for name in [*reversed(CENTRES), "同点卫生室", "4号村"]:
        page.keyboard.press("Enter")
        card(page, name)


def test_at_the_last_zooms_they_lie_apart_on_leaders(here: Watched) -> None:
    page = at(here, *BUILDING, 17)
    placed = page.evaluate(
        """() => shapes_county.placed.filter(({ from }) => from).map(({ entry, px, py, from }) =>
          ({ layer: entry.id, away: Math.hypot(px - from.x, py - from.y), ...map_county.layerPointToContainerPoint(
            shapes_county.view.min.add([px, py])) }))"""
    )
    assert [one["layer"] for one in placed] == ["village-clinics"] + ["party-service-centres"] * 5
    assert all(15 <= one["away"] <= 25 for one in placed)
    frame = page.locator("#map_county").bounding_box()
    assert frame
    names = []
    for one in placed:
        page.mouse.click(frame["x"] + one["x"], frame["y"] + one["y"])
        expect(page.locator(".here .place")).to_have_count(6)
        names.append(page.locator("#drawer h2").text_content())
    assert names == ["同点卫生室", *CENTRES]


def test_before_that_the_symbol_carries_a_number(here: Watched) -> None:
    page = at(here, *BUILDING, 15)
    spots = "() => shapes_county.placed.filter(({ spot }) => spot).map(({ entry, spot }) => [entry.id, spot])"
    assert page.evaluate(spots) == [["party-service-centres", 6]]
    here.set({"hidden": {"village-clinics": [0]}})
    assert page.evaluate(spots) == [["party-service-centres", 5]]
    here.set({"filters": {"party-service-centres": {"q": ["同点一"]}}, "hidden": {}})
    assert page.evaluate(spots) == [["party-service-centres", 2]]


def test_a_strip_painted_over_a_square_can_be_chosen(here: Watched) -> None:
    page = at(here, 1300, 1300, 15)
    page.mouse.click(*pixel(page, 1300, 1300))
    card(page, "药材")
    assert others(page) == ["果园", "5号村"]
    page.mouse.click(*pixel(page, 1250, 1750))
    card(page, "果园")


@pytest.mark.parametrize("zoom", [12, 13, 14])
def test_around_the_seat_a_finger_meets_roads_only_where_nothing_else_is(
    page: Page, open_map: Callable[..., Page], zoom: int
) -> None:
    """47 of 100 sampled points answered with a road, whatever lay beside it."""
    open_map(f"/map/overview?at=35.4152,110.8379,{zoom}", "phone")
    found = page.evaluate(SHARES)
    assert found["sampled"] > 1500
    assert found["lines"] == 0
