"""A county drawn by hand: nine squares of 1 km², a hole, a sliver and a hostile name.

Drawn in EPSG:4546 metres from ``ORIGIN`` (south-west corner), given in EPSG:4490. Squares are numbered from
the north-west, row by row; each column of three is a township (west, middle, east)::

    1 2 3
    4 5 6 |  square 5 has a hole of 200 m × 200 m in its middle (a reservoir, nobody's)
    7 8 9 |  a sliver, 2 m × 1,000 m, lies along the east side of square 9 and is a village of its own
             square 9 bears the hostile name

Square *i* has 100·i people, 10·i of them 60 or over, and 30·i households; the sliver has none.
"""

import geopandas as gpd
import pandas as pd
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

COUNTY = "140822"
METRIC = "EPSG:4546"
STORED = "EPSG:4490"
ORIGIN = (485_000.0, 3_920_000.0)
SIDE_M = 1000.0
HOLE_M = 200.0
SLIVER_M = 2.0
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}{% raw %}${7*7}\"'&\u202e村"
TOWNSHIPS = {"140822100": "西镇", "140822101": "中镇", "140822102": "东乡"}
SLIVER = "140822102004"


def village_code(number: int) -> str:
    """Code of square 1–9: township by column, village by row (001 in the north)."""
    row, column = divmod(number - 1, 3)
    return f"14082210{column}{row + 1:03d}"


def square(number: int) -> BaseGeometry:
    """Square 1–9 in EPSG:4546 metres, without the hole."""
    row, column = divmod(number - 1, 3)
    west, south = ORIGIN[0] + column * SIDE_M, ORIGIN[1] + (2 - row) * SIDE_M
    return box(west, south, west + SIDE_M, south + SIDE_M)


def _shapes() -> list[BaseGeometry]:
    squares = [square(number) for number in range(1, 10)]
    centre, half = squares[4].centroid, HOLE_M / 2
    hole = box(centre.x - half, centre.y - half, centre.x + half, centre.y + half)
    squares[4] = Polygon(squares[4].exterior.coords, [hole.exterior.coords])
    east, south = ORIGIN[0] + 3 * SIDE_M, ORIGIN[1]
    return [*squares, box(east, south, east + SLIVER_M, south + SIDE_M)]


def villages(crs: str = STORED) -> gpd.GeoDataFrame:
    """Ten rows: the nine squares and the sliver."""
    codes = [*(village_code(number) for number in range(1, 10)), SLIVER]
    counts = [*range(1, 10), 0]
    rows = pd.DataFrame(
        {
            "code": codes,
            "name": [*(f"{number}号村" for number in range(1, 9)), HOSTILE, "细条村"],
            "township_code": [code[:9] for code in codes],
            "kind": "villagers_committee",
            "population": [100 * count for count in counts],
            "population_60_plus": [10 * count for count in counts],
            "households": [30 * count for count in counts],
            "period": "2025",
            "source": "手画",
        }
    )
    return gpd.GeoDataFrame(rows, geometry=_shapes(), crs=METRIC).to_crs(crs)


def townships(crs: str = STORED) -> gpd.GeoDataFrame:
    """Three rows: the columns; the middle one keeps the hole, the east one has the sliver."""
    dissolved = villages(METRIC).dissolve("township_code", as_index=False)[["township_code", "geometry"]]
    rows = dissolved.rename(columns={"township_code": "code"}).assign(
        name=list(TOWNSHIPS.values()), county_code=COUNTY, kind=["town", "town", "rural_township"]
    )
    return rows.to_crs(crs)


def counties(crs: str = STORED) -> gpd.GeoDataFrame:
    """One row: 3 km × 3 km and the sliver, without the hole (the reservoir is in the county)."""
    outline = Polygon(villages(METRIC).union_all().exterior)
    rows = {"code": [COUNTY], "name": ["手画县"], "source": ["手画"]}
    return gpd.GeoDataFrame(rows, geometry=[outline], crs=METRIC).to_crs(crs)


def grids(crs: str = STORED) -> gpd.GeoDataFrame:
    """Nineteen rows: each square cut in a west (001) and an east half (002), the sliver in one piece."""
    records = []
    for village in villages(METRIC).itertuples():
        west, south, east, north = village.geometry.bounds
        middle = (west + east) / 2
        halves = [box(west, south, middle, north), box(middle, south, east, north)]
        whole = village.code == SLIVER
        for number, half in enumerate([village.geometry] if whole else halves, start=1):
            records.append(
                {
                    "code": f"{village.code}{number:03d}",
                    "name": f"第{number}网格",
                    "village_code": village.code,
                    "kind": "basic",
                    "population": village.population // 2,
                    "population_60_plus": village.population_60_plus // 2,
                    "households": village.households // 2,
                    "geometry": village.geometry.intersection(half),
                }
            )
    return gpd.GeoDataFrame(records, crs=METRIC).to_crs(crs)


def centres(crs: str = STORED) -> gpd.GeoDataFrame:
    """Four party service centres, 100 m east and north of the south-west corner of squares 1, 5, 8 and 9."""
    numbers = [1, 5, 8, 9]
    corners = [square(number).bounds for number in numbers]
    rows = pd.DataFrame(
        {
            "code": [f"PSC{number:03d}" for number in numbers],
            "name": [*(f"{number}号村党群服务中心" for number in numbers[:-1]), HOSTILE],
            "village_code": [village_code(number) for number in numbers],
            "phone": "0359-4520000",
        }
    )
    points = gpd.points_from_xy([c[0] + 100 for c in corners], [c[1] + 100 for c in corners])
    return gpd.GeoDataFrame(rows, geometry=points, crs=METRIC).to_crs(crs)
