"""A county with something of everything that a sheet shows, and looks at what was drawn.

The hand-drawn county with centres and disputes, and beside them: three orchards (two of which overlap), a road, a river
west of the county, and a layer of the county's own whose classes go by number.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, box

from exports.sheets.draw import draw
from exports.sheets.page import AnyMark, Box, Group, Mark, Shape, Words, flat
from exports.sheets.plan import sheet_plan
from exports.sheets.sheet import Sheet
from exports.sheets.text import text_width
from layers.catalog import Catalog, load_catalog
from layers.county import County, open_county
from layers.disclosure import PUBLIC, Viewer
from layers.editions import Store
from tests.county import COUNTY, METRIC, ORIGIN, STORED, square, village_code, villages
from tests.disputes import build, put
from webmap.settings import load_settings

TODAY = date(2026, 11, 23)
OPERATOR = Viewer("operator", COUNTY)
PLANNER = Viewer("planner", COUNTY)
GRID_WORKER = Viewer("grid_worker", f"{village_code(1)}001")
VALUES = (1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 30.0, 31.0, None, 2.5)
"""Of the own layer, one a village in the order of the register."""
OWN = """
id = "own-values"
title = { zh = "自有指标", en = "Own values" }
description = { zh = "本县自己的指标。", en = "A county's own values." }
group = "indicators"
geometry = "polygon"
level = "village"
count_unit = { zh = "个", en = "areas" }

[[fields]]
name = "code"
title = { zh = "编号", en = "Code" }
required = true

[[fields]]
name = "name"
title = { zh = "名称", en = "Name" }

[[fields]]
name = "village_code"
title = { zh = "村代码", en = "Village code" }

[[fields]]
name = "level"
title = { zh = "数值", en = "Value" }
type = "number"
unit = "分"

[style]
kind = "graduated"
field = "level"
ramp = "rate"
breaks = 3
order = 9

[access]
public = "none"
grid_worker = "none"
planner = "exact"
mediator = "exact"
operator = "exact"

[source]
owner = { zh = "县统计局", en = "County statistics bureau" }
"""


def build_home(home: Path, catalog: Catalog) -> Path:
    """Everything published as demo data."""
    (home / "declarations").mkdir(parents=True)
    (home / "declarations" / "own-values.toml").write_text(OWN, "utf-8")
    build(home, catalog, demo=True)
    store = Store(home, load_catalog(home / "declarations"))
    put(store, "orchards", _orchards(), demo=True)
    put(store, "roads", _road(), demo=True)
    put(store, "rivers", _river(), demo=True)
    put(store, "own-values", _own(), demo=True)
    return home


def open_home(home: Path) -> County:
    return open_county(load_settings(home=home).of_county())


def _orchards() -> gpd.GeoDataFrame:
    west, south, *_ = square(1).bounds
    shapes = [box(west + x, south + 300, west + x + 300, south + 700) for x in (100, 300, 650)]
    rows = {
        "code": ["G1", "G2", "G3"],
        "name": ["甲园", "乙园", "丙园"],
        "village_code": village_code(1),
        "crop": ["apple", "apple", "peach"],
    }
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=METRIC).to_crs(STORED)


def _road() -> gpd.GeoDataFrame:
    x, y = ORIGIN
    line = LineString([(x - 500, y + 1500), (x + 3500, y + 1600)])
    rows = {"code": ["L1"], "name": ["G209"], "class": ["national"]}
    return gpd.GeoDataFrame(rows, geometry=[line], crs=METRIC).to_crs(STORED)


def _river() -> gpd.GeoDataFrame:
    x, y = ORIGIN
    rows = {"code": ["S1"], "name": ["黄河"], "kind": ["river"]}
    shape = box(x - 450, y - 9000, x - 150, y + 9000)
    return gpd.GeoDataFrame(rows, geometry=[shape], crs=METRIC).to_crs(STORED)


def _own() -> gpd.GeoDataFrame:
    areas = villages()
    rows = pd.DataFrame(
        {
            "code": [f"V{row}" for row in range(len(areas))],
            "name": "",
            "village_code": areas["code"],
            "level": pd.array([np.nan if value is None else value for value in VALUES], dtype="float64"),
        }
    )
    return gpd.GeoDataFrame(rows, geometry=areas.geometry, crs=STORED)


def sheet_of(
    county: County, viewer: Viewer = OPERATOR, *, number: tuple[int, int] | None = None, **words: str
) -> Sheet:
    """The sheet of some words, of the theme overview unless they name another."""
    return draw(
        county, viewer, sheet_plan({"theme": "overview"} | words, county), made_on=TODAY, number=number
    )


def texts(sheet: Sheet, *kinds: str) -> list[str]:
    """Lines of text on a sheet, of some kinds."""
    return [word.text for word in sheet.page.words() if not kinds or word.kind in kinds]


def shapes(sheet: Sheet, name: str) -> list[Shape]:
    return [mark for mark in flat(sheet.page.marks) if isinstance(mark, Shape) and mark.name == name]


def symbols(sheet: Sheet, layer: str) -> list[Mark]:
    """Symbols of a layer on the map."""
    return [mark for mark in on_map(sheet) if isinstance(mark, Mark) and mark.name.startswith(f"{layer}.")]


def on_map(sheet: Sheet) -> tuple[Shape | Mark | Words, ...]:
    """Marks of the map itself."""
    return flat(
        tuple(group for group in sheet.page.marks if isinstance(group, Group) and group.name == "map")
    )


def classes_on(marks: Iterable[AnyMark]) -> set[str]:
    """“layer.class” of everything drawn that is a class of a layer."""
    return {name for name in names_on(marks) if name.rpartition(".")[2].isdigit()}


def names_on(marks: Iterable[AnyMark]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, Shape | Mark) and mark.name:
            yield mark.name


@lru_cache(maxsize=1)
def everyone() -> tuple[Viewer, ...]:
    return PUBLIC, PLANNER, OPERATOR, GRID_WORKER


def words_box(word: Words) -> Box:
    """The ground of a line that is not turned."""
    width = text_width(word.text, word.size, word.weight, word.spacing)
    left = {"start": word.x, "middle": word.x - width / 2, "end": word.x - width}[word.align]
    return Box(left, word.y - 0.88 * word.size, left + width, word.y + 0.12 * word.size)
