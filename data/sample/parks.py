"""Parks and plazas: small round-ish polygons near the village's seat."""

import numpy as np
import pandas as pd
import shapely
from frame import rng, villages
from services import COMMUNITIES, chance
from spots import HOURS, Spots, common, pick_villages
from tables import table
from water import blob


def tables(spots: Spots) -> dict[str, pd.DataFrame]:
    """The parks layer."""
    random = rng("parks")
    rows, shapes = [], []
    always = (*COMMUNITIES, "140822206200")
    for village in pick_villages(spots.county, "parks", 42, always=always):
        place = villages()[village]
        kind = "plaza" if chance(random, 0.6) and place.code != "140822206200" else "park"
        shape = clear_blob(spots, village, random, 26.0 if kind == "plaza" else 46.0)
        row = common("parks", "GY", "文化广场" if kind == "plaza" else "公园", village, random)
        upgraded = f"{int(random.integers(2021, 2026))}-{int(random.integers(3, 12)):02d}-15"
        row |= {
            "code": f"GC{place.code}01",
            "kind": kind,
            "area_m2": round(shape.area, 1),
            "opening_hours": HOURS[2],
        }
        rows.append(row | {"upgraded_on": upgraded if chance(random, 0.6) else None})
        shapes.append(shape)
    return {"parks": table("parks", rows, shapes)}


def clear_blob(spots: Spots, village: int, random: np.random.Generator, radius_m: float) -> shapely.Polygon:
    """A small round-ish polygon that lies wholly in its village."""
    own = spots.county.villages[village]
    for _ in range(200):
        shape = blob(
            shapely.Point(spots.near(village, random, reach_m=330)),
            radius_m * random.uniform(0.8, 1.3),
            random,
        )
        if own.contains(shape) and not shape.intersects(spots.water):
            return shape
    raise ValueError(f"no room for a shape in {villages()[village].name}")
