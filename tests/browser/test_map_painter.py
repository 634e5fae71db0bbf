"""What is drawn where, and what lies under the pointer, on the hand-drawn county."""

from typing import Any

import geopandas as gpd
import pytest
from playwright.sync_api import Page

from tests import county
from tests.browser.conftest import Watched
from tests.county import HOSTILE, METRIC, STORED, square, village_code

AT = """([lng, lat]) => {
  const found = shapes_county.at(map_county.latLngToContainerPoint([lat, lng]));
  return found && [found.entry.id, found.index < 0 ? null : found.shapes.keys[found.index]];
}"""
PIXEL = """([pane, lng, lat]) => {
  const { element } = shapes_county[pane];
  const place = map_county.latLngToLayerPoint([lat, lng]).subtract(shapes_county.view.min);
  const ratio = shapes_county.view.ratio;
  if (!element.width) return [0, 0, 0, 0];
  return [...element.getContext("2d").getImageData(Math.round(place.x * ratio), Math.round(place.y * ratio), 1, 1).data];
}"""
GROUND = "/?layers=counties,townships,villages"


def degrees(x: float, y: float) -> list[float]:
    """Lon, lat of metres from the county's south-west corner."""
    point = gpd.GeoSeries.from_xy([county.ORIGIN[0] + x], [county.ORIGIN[1] + y], crs=METRIC).to_crs(STORED)[
        0
    ]
    return [point.x, point.y]


def middle(number: int, dx: float = 300, dy: float = 300) -> list[float]:
    """A place in a square, off its middle."""
    west, south, *_ = square(number).bounds
    return degrees(west + dx - county.ORIGIN[0], south + dy - county.ORIGIN[1])


def at(page: Page, place: list[float]) -> Any:
    return page.evaluate(AT, place)


def pixel(page: Page, pane: str, place: list[float]) -> list[int]:
    found: list[int] = page.evaluate(PIXEL, [pane, *place])
    return found


def test_each_village_is_hit_where_it_lies(watched: Watched) -> None:
    page = watched.open(GROUND)
    found = [at(page, middle(number)) for number in range(1, 10)]
    assert found == [["villages", village_code(number)] for number in range(1, 10)]
    assert at(page, middle(5, 500, 500)) == ["counties", "140822"], "the hole is nobody's but the county's"
    assert at(page, degrees(-600, 1500)) is None


def test_the_smaller_area_wins(watched: Watched) -> None:
    page = watched.open("/?layers=counties,townships,villages,grids")
    assert at(page, middle(1, 250)) == ["grids", f"{village_code(1)}001"]
    assert at(page, middle(1, 750)) == ["grids", f"{village_code(1)}002"]


def test_points_before_areas_before_roads(watched: Watched) -> None:
    page = watched.open("/?layers=counties,villages,party-service-centres,roads")
    centre = page.evaluate(
        """() => {
          const point = shapes_county.placed.find((one) => one.entry.id === "party-service-centres");
          const at = map_county.layerPointToLatLng(shapes_county.view.min.add([point.px, point.py]));
          return [at.lng, at.lat];
        }"""
    )
    assert at(page, centre)[0] == "party-service-centres"
    road = middle(1, 175, 225)
    assert at(page, road)[0] == "villages"
    watched.set({"layers": ["roads"]})
    assert at(page, road)[0] == "roads"


def test_points_stay_above_areas_whatever_is_toggled(watched: Watched) -> None:
    page = watched.open("/?layers=governance-centres,villages")
    for layers in (
        ["orchards", "villages"],
        ["orchards", "herb-bases", "villages"],
        ["herb-bases", "orchards"],
    ):
        watched.set({"layers": layers})
        watched.set({"layers": ["governance-centres", *layers]})
        depth = page.evaluate(
            """() => ["ground", "marks", "above"].map((name) =>
              Number(getComputedStyle(map_county.getPane(`${name}-county`)).zIndex))"""
        )
        assert depth == [250, 350, 370]
        edge = page.evaluate(
            """() => { const one = shapes_county.placed[0];
              const at = map_county.layerPointToLatLng(shapes_county.view.min.add([one.px, one.py - one.size * 0.4]));
              return [at.lng, at.lat]; }"""
        )
        assert pixel(page, "above", edge)[3] == 255
        assert at(page, edge)[0] == "governance-centres"


def test_land_halo_and_nothing_beyond(watched: Watched) -> None:
    page = watched.open("/?layers=counties")
    assert pixel(page, "ground", middle(1)) == [0xFC, 0xFB, 0xF7, 255]
    assert pixel(page, "ground", middle(5, 500, 500)) == [0xFC, 0xFB, 0xF7, 255]
    assert pixel(page, "ground", degrees(-700, 1500))[3] == 0


def test_boundaries_that_neighbours_share_are_drawn_once(watched: Watched) -> None:
    page = watched.open("/?layers=counties,townships")
    found = page.evaluate(
        """async () => {
          const { boundaries } = await import("/static/js/map/edges.js");
          const entry = shapes_county.entries.find((one) => one.id === "townships");
          const { inner, outer } = boundaries(entry.shapes[0]);
          const length = (lines) => lines.reduce((sum, line) => {
            for (let i = 2; i < line.length; i += 2) sum += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]);
            return sum; }, 0);
          const { boxes } = entry.shapes[0];
          return [length(inner) / (boxes[3] - boxes[1]), inner.length];
        }"""
    )
    assert found[0] == pytest.approx(2, rel=0.02), (
        "two lines between three columns, each as long as the county is high"
    )
    assert found[1] == 2


def test_a_shape_cut_to_a_point_does_not_end_what_follows_it(watched: Watched) -> None:
    """Of a shape that a tile cuts at its corner one vertex may be left."""
    page = watched.open("/?layers=counties")
    inside = page.evaluate(
        """async () => {
          const { classPath } = await import("/static/js/map/paths.js");
          const shapes = { kind: "polygon", size: 2, cls: [0, 0], boxes: [2, 2, 2, 2, 10, 10, 20, 20], cache: new Map(),
            feature: [0, 1, 2], ring: [0, 1, 5], xy: [2, 2, 10, 10, 20, 10, 20, 20, 10, 20] };
          const path = classPath(shapes, 0, [0, 0, 30, 30]);
          const context = document.createElement("canvas").getContext("2d");
          return [[15, 15], [2.5, 2.5], [5, 5]].map(([x, y]) => context.isPointInPath(path, x, y));
        }"""
    )
    assert inside == [True, True, False]


def test_classes_that_are_off_are_neither_drawn_nor_hit(watched: Watched) -> None:
    page = watched.open("/?layers=orchards")
    inside = middle(1, 200, 200)
    assert at(page, inside)[0] == "orchards"
    cls = page.evaluate("() => shapes_county.entries[0].shapes[0].cls[0]")
    page = watched.open(f"/?layers=orchards&hide=orchards:{cls}")
    assert at(page, inside) is None
    assert pixel(page, "ground", inside)[3] == 0


def test_opacity_of_a_group(watched: Watched) -> None:
    page = watched.open("/?layers=orchards")
    full = pixel(page, "ground", middle(1, 200, 200))[3]
    group = page.evaluate(
        """() => document.documentElement.dataset.theme && fetch("/api/themes/overview").then((one) => one.json())
          .then((theme) => theme.groups.findIndex((group) => group.layers.some(({ id }) => id === "orchards")))"""
    )
    page = watched.open(f"/?layers=orchards&op.{group}=0.5")
    assert pixel(page, "ground", middle(1, 200, 200))[3] == pytest.approx(full / 2, abs=2)


def test_a_click_chooses_and_outlines(watched: Watched) -> None:
    page = watched.open(GROUND)
    place = page.evaluate("([lng, lat]) => map_county.latLngToContainerPoint([lat, lng])", middle(4))
    page.locator("#map_county").click(position={"x": place["x"], "y": place["y"]})
    watched.settle()
    assert f"sel=villages:{village_code(4)}" in watched.permalink()
    assert page.evaluate("() => shapes_county.marks.element.width") > 0


def test_the_name_under_the_pointer_is_text(watched: Watched) -> None:
    page = watched.open(GROUND)
    place = page.evaluate("([lng, lat]) => map_county.latLngToContainerPoint([lat, lng])", middle(9))
    page.locator("#map_county").hover(position={"x": place["x"], "y": place["y"]})
    tip = page.locator(".map-tip")
    tip.wait_for(state="visible")
    assert (tip.text_content() or "").startswith(HOSTILE)
    assert page.locator(".map-tip *").count() == 0


def test_a_place_whose_layer_is_off_is_still_outlined(watched: Watched) -> None:
    page = watched.open(f"/?layers=counties&sel=villages:{village_code(2)}")
    assert page.evaluate("() => shapes_county.marks.element.width") > 0
    assert at(page, middle(2)) == ["counties", "140822"]


def test_names_do_not_lie_over_one_another(watched: Watched) -> None:
    page = watched.open("/?layers=counties,townships,villages,grids&at=35.4112,110.85,15.5")
    boxes = page.evaluate(
        "() => shapes_county.labels.map(({ left, right, top, bottom }) => [left, right, top, bottom])"
    )
    assert len(boxes) >= 4
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            assert one[0] >= other[1] or one[1] <= other[0] or one[2] >= other[3] or one[3] <= other[2]


def test_a_name_steps_aside_between_the_symbols_around_it(watched: Watched) -> None:
    """One at its point and two to the left leave only the corners on the right free."""
    page = watched.open("/?layers=counties")
    box = page.evaluate(
        """async () => {
          const { drawLabels } = await import("/static/js/map/labels.js");
          const symbols = [[200, 200], [182, 217], [182, 183]].map(([px, py]) => ({ px, py, size: 12 }));
          const shapes = { mode: "whole", kind: "polygon", labels: [800, 800], size: 1, cls: [0], names: ["万泉乡"], keys: ["a"], band: 10 };
          const style = { labels: "name", labels_from_zoom: 8 };
          const entries = [{ id: "townships", group: "divisions", kind: "polygon", style, hidden: new Set(), shapes: [shapes] }];
          const view = { zoom: 10, x: 0, y: 0, width: 400, height: 400 };
          const context = document.createElement("canvas").getContext("2d");
          const [{ left, right, top, bottom }] = drawLabels(context, view, { entries, symbols, selected: null });
          return { left, right, top, bottom, covered: symbols.filter(({ px, py, size }) => px + size / 2 > left && px - size / 2 < right && py + size / 2 > top && py - size / 2 < bottom).length };
        }"""
    )
    assert box["covered"] == 0
    assert (box["left"] + box["right"]) / 2 > 210
