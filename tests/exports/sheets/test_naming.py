"""Which names a sheet of the hand-drawn county carries, at each level, and how roads and waters are named."""

from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Polygon, box

from exports.sheets.draw import draw
from exports.sheets.fonts import printed, text_width
from exports.sheets.furniture import stamp_ground
from exports.sheets.labels import Name
from exports.sheets.naming import ROAD_NUMBER, clear_of
from exports.sheets.page import Box
from exports.sheets.papers import layout
from exports.sheets.plan import SheetPlan
from exports.sheets.sheet import Sheet
from layers.catalog import Catalog
from layers.county import County, open_county
from layers.disclosure import Viewer
from tests.county import HOSTILE, METRIC, ORIGIN, STORED, village_code
from tests.disputes import build, put
from tests.exports.sheets.drawn import sheet_of
from webmap.settings import load_settings

PLANNER = Viewer("planner", "140822")
LAYERS = ("counties", "townships", "villages", "grids", "roads", "rivers")
WEST, SOUTH = ORIGIN


def roads() -> gpd.GeoDataFrame:
    """A numbered road in two pieces, a road with a name only, a short one, and one without either."""
    lines = [
        ("DL1", "G209 呼北线", [(0, 800), (1500, 800)]),
        ("DL2", "G209 呼北线", [(1500, 800), (3000, 800)]),
        ("DL3", "运稷公路", [(0, 1800), (3000, 1800)]),
        ("DL4", "村东巷", [(2500, 2300), (2560, 2300)]),
        ("DL5", "", [(0, 300), (3000, 300)]),
    ]
    shapes = [LineString([(WEST + x, SOUTH + y) for x, y in ends]) for _, _, ends in lines]
    rows = pd.DataFrame(
        {"code": [line[0] for line in lines], "name": [line[1] for line in lines], "class": "county"}
    )
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=METRIC).to_crs(STORED)


def rivers() -> gpd.GeoDataFrame:
    """A river from west to east and a round pond."""
    bank = [(0, 1350), (1500, 1380), (3000, 1350)]
    river = Polygon([(WEST + x, SOUTH + y) for x, y in (*bank, *((x, y + 20) for x, y in reversed(bank)))])
    pond = box(WEST + 2200, SOUTH + 2500, WEST + 2700, SOUTH + 2900)
    rows = pd.DataFrame({"code": ["SX1", "SX2"], "name": ["汾河", "后土湖"], "kind": ["river", "pond"]})
    return gpd.GeoDataFrame(rows, geometry=[river, pond], crs=METRIC).to_crs(STORED)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> County:
    store = build(tmp_path_factory.mktemp("named") / "home", catalog, demo=False)
    put(store, "roads", roads())
    put(store, "rivers", rivers())
    return open_county(load_settings(home=Path(store.home)).of_county())


def sheet(county: County, code: str = "") -> Sheet:
    plan = SheetPlan(theme="overview", layers=LAYERS, code=code)
    return draw(county, PLANNER, plan, made_on=date(2026, 11, 23))


def said(made: Sheet, kind: str) -> list[str]:
    """Texts of a kind on a sheet, in drawing order."""
    return [words.text for words in made.page.words() if words.kind == kind]


@pytest.fixture(scope="module")
def whole(county: County) -> Sheet:
    return sheet(county)


def test_a_sheet_of_the_county_names_townships_and_villages(whole: Sheet) -> None:
    assert sorted(said(whole, "township")) == ["东乡", "中镇", "西镇"]
    villages = "".join(said(whole, "village"))
    assert all(f"{number}号村" in villages for number in range(1, 9))
    assert printed(HOSTILE).replace(" ", "") in villages.replace(" ", "")
    assert said(whole, "grid") == ["后土湖"]


def test_a_sliver_is_left_out_and_the_sheet_says_so(whole: Sheet) -> None:
    assert whole.dropped == ("140822102004",)
    assert set(whole.named) | set(whole.dropped) == {
        *("140822100", "140822101", "140822102"),
        *(village_code(number) for number in range(1, 10)),
        "140822102004",
    }
    assert any("细条村" in note for note in whole.notes)


def test_a_numbered_road_has_shields_and_others_their_names(whole: Sheet) -> None:
    texts = said(whole, "road")
    assert texts.count("G209") >= 1
    assert "".join(text for text in texts if text != "G209").startswith("运稷公路")
    assert "村" not in texts


def test_a_river_is_lettered_along_its_line(whole: Sheet) -> None:
    letters = [words for words in whole.page.words() if words.kind == "river"]
    assert "".join(words.text for words in letters[:2]) == "汾河"
    assert letters[0].x < letters[1].x
    assert max(abs(words.angle) for words in letters) < 5


def test_a_sheet_of_a_township_numbers_the_grids_of_villages_that_have_several(county: County) -> None:
    made = sheet(county, "140822100")
    assert sorted(said(made, "village")) == ["1号村", "4号村", "7号村"]
    assert sorted(text for text in said(made, "grid") if text.isdigit()) == ["01"] * 3 + ["02"] * 3
    assert said(made, "neighbour") == ["中镇", "东乡"]


def test_a_sheet_of_a_village_names_its_grids_and_its_neighbours(county: County) -> None:
    made = sheet(county, village_code(4))
    assert sorted(said(made, "grid")) == ["第1网格", "第2网格"]
    assert {"1号村", "5号村", "7号村"} <= set(said(made, "neighbour"))
    assert said(made, "village") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("G209", "G209"),
        ("g209呼北线", "g209"),
        ("运稷线（S236）", "S236"),
        ("G5京昆高速", "G5"),
        ("DL0001", ""),
        ("演示国道1段", ""),
        ("PG209", ""),
        ("G20912345", ""),
    ],
)
def test_official_numbers_are_known_by_their_form(text: str, number: str) -> None:
    found = ROAD_NUMBER.search(text)
    assert (found.group() if found else "") == number


def test_names_of_neighbours_and_roads_keep_off_the_stamp(drawn_county: County) -> None:
    """Of the township in the west, whose neighbours lie under the stamp."""
    sheet = sheet_of(
        drawn_county,
        code="140822100",
        layers="counties,townships,villages,roads",
        paper="A4",
        orientation="portrait",
    )
    (stamped,) = (word for word in sheet.page.words() if word.kind == "stamp")
    ground = stamp_ground(stamped.text, layout("A4", "portrait").map)
    named = [word for word in sheet.page.words() if word.kind in ("neighbour", "road")]
    assert named
    for word in named:
        wide = text_width(word.text, word.size, word.weight, word.spacing)
        across = (word.x, word.x - wide / 2)[word.align == "middle"]
        assert not ground.crosses(Box(across, word.y - word.size, across + wide, word.y)), word.text


def test_a_name_is_cut_off_the_ground_and_others_are_not() -> None:
    area = box(0, 0, 100, 100)
    names = [Name("a", "东镇", kind, 3, 2.0, 1.8, area=area) for kind in ("neighbour", "village")]
    far, same = clear_of(names, Box(50, 50, 90, 90))
    assert not far.area.intersects(box(49, 49, 91, 91))
    assert far.area.area > 0
    assert same is names[1]
