"""Cells by the thousand over the county: the same shapes for us and for the peers."""

import math
import tomllib
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

ROOT = Path(__file__).parents[1]
WORK = Path(__file__).parent / "work"
BOUNDS = (110.45, 35.25, 110.98, 35.50)
DECLARATION = """
id = "cells"
title = { zh = "测试单元", en = "Test cells" }
description = { zh = "测速用的单元。", en = "Cells for benchmarks." }
group = "industry"
geometry = "polygon"
level = "none"
area_field = "village_code"
[[fields]]
name = "code"
title = { zh = "编号", en = "Code" }
required = true
[[fields]]
name = "name"
title = { zh = "名称", en = "Name" }
required = true
[[fields]]
name = "village_code"
title = { zh = "村代码", en = "Village code" }
[[fields]]
name = "crop"
title = { zh = "作物", en = "Crop" }
[style]
kind = "categories"
field = "crop"
classes = [
  { title = { zh = "甲", en = "A" }, values = ["a"], paint = { fill = "#CFE3B4", line = "#6F8F4A" } },
  { title = { zh = "乙", en = "B" }, values = ["b"], paint = { fill = "#F3CDB0", line = "#A0703F" } },
  { title = { zh = "丙", en = "C" }, values = ["c"], paint = { fill = "#B9C7E6", line = "#5F74A8" } },
]
[access]
public = "exact"
grid_worker = "exact"
planner = "exact"
mediator = "exact"
operator = "exact"
[source]
owner = { zh = "测速", en = "Benchmark" }
"""


def cells(count: int) -> gpd.GeoDataFrame:
    """``count`` wobbly quadrilaterals that share corners, EPSG:4490, about equal in size."""
    west, south, east, north = BOUNDS
    columns = math.ceil(math.sqrt(count * (east - west) / (north - south)))
    rows = math.ceil(count / columns)
    xs, ys = np.meshgrid(np.linspace(west, east, columns + 1), np.linspace(south, north, rows + 1))
    shake = np.random.default_rng(7)
    xs = xs + shake.uniform(-0.3, 0.3, xs.shape) * (east - west) / columns
    ys = ys + shake.uniform(-0.3, 0.3, ys.shape) * (north - south) / rows
    corners = np.stack([xs, ys], axis=-1)
    ring = [corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1], corners[:-1, :-1]]
    polygons = shapely.polygons(np.stack(ring, axis=2).reshape(-1, 5, 2)[:count])
    number = np.arange(count)
    return gpd.GeoDataFrame(
        {
            "code": [f"C{i:07d}" for i in number],
            "name": [f"单元{i}" for i in number],
            "village_code": "",
            "crop": np.array(["a", "b", "c"])[number * 7919 % 3],
        },
        geometry=polygons,
        crs=4490,
    )


def geopackage(count: int) -> Path:
    """The cells as a GeoPackage under ``benchmarks/work``, made once."""
    WORK.mkdir(exist_ok=True)
    path = WORK / f"cells-{count}.gpkg"
    if not path.exists():
        cells(count).to_file(path, layer="cells", driver="GPKG")
    return path


def declare(home: Path) -> None:
    """Give the county at ``home`` the layer ``cells`` of its own."""
    assert tomllib.loads(DECLARATION)["id"] == "cells"
    (home / "declarations").mkdir(parents=True, exist_ok=True)
    (home / "declarations" / "cells.toml").write_text(DECLARATION, "utf-8")
