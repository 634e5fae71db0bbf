"""Parcels against themselves and against what is reported of them: overlaps, and areas that cannot both be right."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.checks import Problem, earliest, overlaps
from geo.wording import number, part
from layers.editions.schema import STORED_CRS
from layers.spec import FieldSpec, LayerSpec

if TYPE_CHECKING:
    import pandas as pd

M2: Mapping[str, float] = MappingProxyType({"亩": 2000 / 3, "m²": 1.0, "km²": 1e6})
"""Square metres in a unit of area."""
LEAST_M2, LEAST_SHARE = 2000 / 30, 0.01
"""An overlap is told from 0.1 亩 on that are a hundredth of the smaller of both: less is how boundaries are drawn."""
TIMES = 3.0
"""So many times more, or less, than on the map is no difference of measuring."""


def area_field(spec: LayerSpec) -> FieldSpec | None:
    """The field that reports how large the polygons of a layer are; None for a layer that has none."""
    field = spec.field(spec.sum_field) if spec.sum_field and spec.geometry == "polygon" else None
    return field if field is not None and field.unit in M2 else None


def check_parcels(
    spec: LayerSpec, rows: "pd.DataFrame", shapes: NDArray[Any], metric_crs: str
) -> list[Problem]:
    """Findings on polygons that report their area: ``overlap`` and ``area-mismatch``.

    ``rows`` have the columns of the layer, ``shapes`` (n) are their valid polygons or None, EPSG:4490.
    """
    field = area_field(spec)
    if field is None or not len(rows):
        return []
    metres = np.array(gpd.GeoSeries(shapes, crs=STORED_CRS).to_crs(metric_crs).to_numpy(), dtype=object)
    called = [_called(spec, row) for row in rows.to_dict("records")]
    problems = _overlapping(metres, called, field.unit or "")
    if field.name in rows:
        problems += _mismatched(rows[field.name], shapely.area(metres), called, field)
    return problems


def _called(spec: LayerSpec, row: Mapping[Any, Any]) -> str:
    """“甲园”（G1）."""
    name, key = (row.get(one) for one in (spec.popup.title, spec.key))
    return f"“{name}”（{key}）" if isinstance(name, str) and name else f"{key}"


def _overlapping(metres: NDArray[Any], called: Sequence[str], unit: str) -> list[Problem]:
    """What is one parcel twice is told as that."""
    area, first_of = shapely.area(metres), earliest(metres)
    problems = []
    for first, second, shared in overlaps(metres, least_m2=LEAST_M2):
        if first_of[first] == first_of[second] or shared < LEAST_SHARE * min(area[first], area[second]):
            continue
        text = f"{called[second]}和{called[first]}重叠 {number(shared / M2[unit])} {unit}。"
        problems.append(Problem(second, "warning", "overlap", text))
    return problems


def _mismatched(
    column: "pd.Series[Any]", area: NDArray[np.float64], called: Sequence[str], field: FieldSpec
) -> list[Problem]:
    unit = field.unit or ""
    said, drawn = column.to_numpy(dtype=float, na_value=np.nan), area / M2[unit]
    known = np.flatnonzero((said > 0) & (drawn > 0))
    times = np.maximum(said[known] / drawn[known], drawn[known] / said[known])
    return [
        Problem(
            int(at), "warning", "area-mismatch",
            f"{called[at]}报 {part(said[at])} {unit}，图上是 {number(drawn[at], 1)} {unit}，相差约 {number(ratio, 0)} 倍。",
        )
        for at, ratio in zip(known[times >= TIMES], times[times >= TIMES], strict=True)
    ]  # fmt: skip
