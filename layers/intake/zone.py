"""Whether the zone that a county is measured in fits where its divisions lie."""

from typing import Any

import shapely

from geo.checks import Problem
from geo.crs import MOST_ERROR, better_zone, scale_error
from geo.wording import proportion

RULE = "crs-zone"


def check_zone(shapes: Any, metric_crs: str) -> list[Problem]:
    """A blocking problem where another zone measures these divisions (EPSG:4490) better and ours too wrongly.

    Raises NotMetricError: ``metric_crs`` is no projection in metres.
    """
    present = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    if not len(present):
        return []
    west, south, east, north = map(float, shapely.total_bounds(present))
    zone = better_zone(metric_crs, (west, south, east, north))
    if zone is None:
        return []
    error = scale_error(metric_crs, (west, south, east, north))
    text = (
        f"本县在东经 {(west + east) / 2:.1f}°，用 {metric_crs} 量长度最多差 {proportion(error, 2)}，"
        f"超过 {proportion(MOST_ERROR, 2)}，距离和面积都不准。合适的是 {zone.title}，"
        f'把设置 metric_crs 改成 "EPSG:{zone.epsg}"，再导入。'
    )
    return [Problem(None, "blocking", RULE, text, "zone")]
