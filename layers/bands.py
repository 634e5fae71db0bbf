"""Zoom bands: in which way each layer is given out at each, worked out once, when an edition is published."""

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from layers.spec import LayerSpec

if TYPE_CHECKING:
    import pandas as pd

Mode = Literal["whole", "tiles", "bins"]
BANDS = (8, 10, 11, 12, 13, 14, 16)
MAX_SHAPES = 25_000
FEW_SHAPES = 2_000
"""So few shapes are drawn one by one, however small they are."""
MAX_BYTES = 400_000
BYTES_PER_VERTEX = 3.2
BYTES_PER_SHAPE = 11.0
"""Compressed, measured on villages, grids and orchards; on the safe side."""
SMALL_PX = 4.0


def bands_for(spec: LayerSpec, rows: "pd.DataFrame") -> dict[str, Any]:
    """How each zoom band of a layer is given out; kept in its edition. Rows are in EPSG:4490.

    Returns:
        by band as text: ``mode`` and ``median_px``, the side of the median shape's box.
    """
    if spec.geometry == "none" or not len(rows):
        return {}
    places = rows["geometry"].to_numpy()
    places = places[~shapely.is_missing(places)]
    boxes = shapely.bounds(places)
    stretch = 1 / np.cos(np.radians(np.nanmedian(boxes[:, 1])))
    sides = np.sqrt((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]) * stretch)
    side, vertices = float(np.nanmedian(sides)), shapely.get_num_coordinates(places)
    lengths = shapely.length(places) if spec.geometry != "point" else np.zeros(len(places))
    answer: dict[str, Any] = {}
    for band in BANDS:
        px_per_degree = 256 * 2.0**band / 360
        drawn = np.minimum(vertices, 4 + lengths * stretch * px_per_degree / 3)
        size = float(drawn.sum()) * BYTES_PER_VERTEX + len(places) * BYTES_PER_SHAPE
        median_px = side * px_per_degree
        mode = _mode(spec, len(places), median_px, size)
        answer[str(band)] = {"mode": mode, "median_px": round(median_px, 1)}
    return answer


def _mode(spec: LayerSpec, count: int, median_px: float, size: float) -> Mode:
    fits = count <= MAX_SHAPES and size <= MAX_BYTES
    if count <= FEW_SHAPES and fits:
        return "whole"
    if spec.geometry == "polygon" and median_px < SMALL_PX:
        return "bins"
    if fits:
        return "whole"
    if spec.geometry == "point" and count > MAX_SHAPES:
        return "bins"
    return "tiles"


def modes_of(given_geometry: str, screen: dict[str, Any], visibility: str) -> dict[str, Any]:
    """The bands as a viewer gets them: rows moved to their grid are few places, so they come whole."""
    if visibility == "grid" and given_geometry != "point":
        return {str(band): {"mode": "whole", "median_px": 0.0} for band in BANDS}
    return screen
