"""What is checked of roads alone: ends that nearly meet another road, and so join nothing."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks import Problem
from geo.roads.ends import loose_ends
from layers.editions.schema import STORED_CRS

ROADS = "roads"


def check_ends(rows: "pd.DataFrame", shapes: Any, existing: Any, metric_crs: str) -> list[Problem]:
    """A warning for each end of a row that stops short of another road or passes it without joining.

    ``existing`` are the rows that stay beside these, None for none.
    """
    names = (rows["name"] if "name" in rows else rows["code"]).fillna(rows["code"]).astype(str).tolist()
    if existing is not None:
        kept = existing[~existing["code"].isin(rows["code"])]
        names += kept["name"].fillna(kept["code"]).astype(str).tolist()
        shapes = np.concatenate([shapes, kept.geometry.to_numpy()])
    metric = gpd.GeoSeries(shapes, crs=STORED_CRS).to_crs(metric_crs).to_numpy()
    lines, row = shapely.get_parts(np.where(shapely.is_missing(metric), None, metric), return_index=True)
    found = [end for end in loose_ends(lines) if row[end.line] < len(rows)]
    return [
        Problem(
            int(row[end.line]),
            "warning",
            *_said(end.beyond, f"{end.gap_m:.1f}", names[row[end.other]]),
            place=place,
        )
        for end, place in zip(found, _degrees([end.at for end in found], metric_crs), strict=True)
    ]


def _degrees(places: list[tuple[float, float]], metric_crs: str) -> list[tuple[float, float]]:
    spots = gpd.GeoSeries(shapely.points(np.array(places).reshape(-1, 2)), crs=metric_crs).to_crs(STORED_CRS)
    return [(spot.x, spot.y) for spot in spots]


def _said(beyond: bool, gap: str, road: str) -> tuple[str, str]:
    """Rule and message."""
    if beyond:
        return (
            "end-overshoot",
            f"端头越过“{road}” {gap} 米，没有和它相接，算路程时不相通。接上，或确认是立交。",
        )
    return "end-gap", f"端头差 {gap} 米没有接上“{road}”，算路程时不相通。接上，或确认是断头路。"
