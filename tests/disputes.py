"""Disputes of the hand-drawn county: 2024Q1 to 2025Q1, counted in ``COUNTS``, with texts that nobody may see.

Each lies 50 m north-east of the south-west corner of its grid half; odd ones in the west grid, even ones in the
east. Personal fields hold ``PERSONAL``, internal ones ``INTERNAL``, so that a leak can be found by its text.
"""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.catalog import Catalog
from layers.editions import Edition, Store
from tests import county
from tests.county import HOSTILE, METRIC, STORED, square, village_code

QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1")
PERIODS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4", "2024", "2025Q1")
COUNTS = {
    1: (5, 4, 3, 6, 4),
    2: (1, 3, 4, 5, 3),
    3: (0, 0, 0, 0, 0),
    4: (3, 3, 3, 3, 3),
    5: (2, 6, 7, 4, 5),
    6: (4, 0, 3, 8, 0),
    7: (9, 3, 3, 4, 1),
    8: (3, 3, 5, 3, 3),
    9: (3, 4, 4, 3, 6),
}
TOTAL = sum(map(sum, COUNTS.values()))
PERSONAL = "甲某某住某巷三号"
INTERNAL = "内部的话"
LEVELS = ("red", "yellow", "blue")


def disputes(crs: str = STORED) -> gpd.GeoDataFrame:
    """One row a dispute, in the order of villages and quarters."""
    records = []
    for number, counts in COUNTS.items():
        for quarter, count in zip(QUARTERS, counts, strict=True):
            records += [_record(number, quarter, index, len(records) + index) for index in range(count)]
    rows = pd.DataFrame(records)
    points = gpd.points_from_xy(rows.pop("x"), rows.pop("y"))
    return gpd.GeoDataFrame(rows, geometry=points, crs=METRIC).to_crs(crs)


def _record(number: int, quarter: str, index: int, serial: int) -> dict[str, object]:
    west, south, *_ = square(number).bounds
    half = serial % 2
    month = 3 * int(quarter[-1]) - 2 + index % 3
    return {
        "code": f"D{serial:04d}",
        "name": f"{INTERNAL}{serial}",
        "village_code": village_code(number),
        "grid_code": f"{village_code(number)}00{2 if half else 1}",
        "happened_on": pd.Timestamp(int(quarter[:4]), month, 10 + index),
        "category": "neighbour",
        "warning_level": LEVELS[serial % 3],
        "stage": "accept",
        "status": "open" if serial % 4 == 0 else "closed",
        "people_involved": 1 + serial % 5,
        "amount_yuan": 100.0 * serial,
        "scale": "small",
        "influence": "small",
        "involved_org": INTERNAL,
        "organisation": HOSTILE,
        "description": INTERNAL,
        "address": PERSONAL,
        "parties": PERSONAL,
        "mediator": PERSONAL,
        "mediator_phone": PERSONAL,
        "x": west + 50 + 500 * half,
        "y": south + 50,
    }


def build(home: Path, catalog: Catalog, *, demo: bool) -> Store:
    """A store with the divisions, centres and disputes of the hand-drawn county."""
    store = Store(home, catalog)
    store.create()
    for layer in ("counties", "townships", "villages", "grids"):
        put(store, layer, getattr(county, layer)(), demo=demo)
    put(store, "party-service-centres", county.centres(), demo=demo)
    put(store, "disputes", disputes(), demo=demo)
    return store


def put(store: Store, layer: str, table: pd.DataFrame, *, demo: bool = False) -> Edition:
    """Publish a table."""
    return store.publish(layer, table, source="手画", source_sha256="0" * 64, by="test", demo=demo)
