"""What a file does to the rows that are there: replace them, or add and change by key."""

from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.errors import ArgumentError
from layers.spec import LayerSpec

Mode = Literal["replace", "upsert"]
SAME_DEG = 1e-9
WRITTEN_DECIMALS = 7
"""Decimals of degrees in the files that we give out: what comes back so has not moved."""


@dataclass(frozen=True)
class Merged:
    """The rows to publish and what became of the old ones; ``fresh`` tells which rows the file brought."""

    rows: "pd.DataFrame"
    added: int
    changed: int
    removed: int
    fresh: "NDArray[np.bool_]"


def area_of(spec: LayerSpec, rows: "pd.DataFrame", area: str) -> "NDArray[np.bool_]":
    """Which rows lie in an area by their code.

    Raises:
        ArgumentError: the layer has no area codes.
    """
    if spec.area_field is None:
        raise ArgumentError("图层 {layer} 没有区划代码，不能只换一个区域。", layer=spec.id)
    return np.asarray(rows[spec.area_field].fillna("").str.startswith(area), dtype=np.bool_)


def with_old_values(
    spec: LayerSpec, incoming: "pd.DataFrame", existing: "pd.DataFrame | None"
) -> "pd.DataFrame":
    """The rows of a file, their empty cells taken from the existing rows with the same key."""
    if existing is None or not len(existing):
        return incoming
    old = existing.set_index(spec.key).reindex(incoming[spec.key]).reset_index(drop=True)
    filled = incoming.reset_index(drop=True).copy()
    for name in filled.columns:
        if name != spec.key:
            filled[name] = filled[name].where(filled[name].notna(), old[name])
    return filled


def merge(
    spec: LayerSpec,
    incoming: "pd.DataFrame",
    existing: "pd.DataFrame | None",
    *,
    mode: Mode,
    area: str | None,
) -> Merged:
    """Put the rows of a file (all columns, unique keys) in the place of, or beside, the existing rows.

    ``replace`` removes what the file lacks, only inside ``area`` when one is given; ``upsert`` removes nothing.
    """
    if existing is None or not len(existing):
        return Merged(incoming, len(incoming), 0, 0, np.ones(len(incoming), dtype=np.bool_))
    incoming = _unmoved(spec, incoming, existing)
    keys, old_keys = incoming[spec.key], existing[spec.key]
    new, gone = ~keys.isin(old_keys), ~old_keys.isin(keys)
    added, changed = int(new.sum()), _changed(spec, incoming[~new], existing)
    if mode == "upsert":
        kept = existing[gone.to_numpy()]
        removed = 0
    else:
        outside = np.zeros(len(existing), dtype=np.bool_) if area is None else ~area_of(spec, existing, area)
        kept = existing[gone.to_numpy() & outside]
        removed = int((gone.to_numpy() & ~outside).sum())
    rows = pd.concat([incoming, kept], ignore_index=True) if len(kept) else incoming
    fresh = np.arange(len(rows)) < len(incoming)
    return Merged(rows, added, changed, removed, fresh)


def _unmoved(spec: LayerSpec, incoming: "pd.DataFrame", existing: "pd.DataFrame") -> "pd.DataFrame":
    """The rows of a file, with the existing shape wherever theirs is that one as our files write it."""
    if "geometry" not in incoming:
        return incoming
    new = np.asarray(incoming["geometry"].to_numpy())
    there = existing.set_index(spec.key)["geometry"].reindex(incoming[spec.key])
    old = np.asarray(there.to_numpy())
    doubtful = np.flatnonzero(~shapely.is_missing(old) & ~_same_shapes(new, old))
    if not doubtful.size:
        return incoming
    written = shapely.transform(old[doubtful], lambda degrees: np.round(degrees, WRITTEN_DECIMALS))
    back = doubtful[_same_shapes(new[doubtful], written)]
    kept = new.copy()
    kept[back] = old[back]
    return incoming.assign(geometry=gpd.GeoSeries(kept, index=incoming.index, crs=incoming.crs))


def _changed(spec: LayerSpec, incoming: "pd.DataFrame", existing: "pd.DataFrame") -> int:
    """How many rows of the file differ from the existing row with the same key."""
    new = incoming.set_index(spec.key)
    old = existing.set_index(spec.key).reindex(new.index)
    differs = np.zeros(len(new), dtype=np.bool_)
    for name in new.columns:
        if name == "geometry":
            differs |= ~_same_shapes(new[name].to_numpy(), old[name].to_numpy())
            continue
        a, b = new[name], old[name]
        same = np.asarray((a == b).fillna(False), dtype=np.bool_)
        differs |= ~(same | (a.isna() & b.isna()).to_numpy())
    return int(differs.sum())


def _same_shapes(new: "NDArray[Any]", old: "NDArray[Any]") -> "NDArray[np.bool_]":
    """Which shapes agree to a tenth of a millimetre, whatever their first vertex and however they are wrapped:
    formats and reprojection leave such traces.
    """
    same = np.asarray(shapely.equals_identical(new, old), dtype=np.bool_)
    doubtful = np.flatnonzero(~same)
    a, b = _unwrapped(new[doubtful]), _unwrapped(old[doubtful])
    same[doubtful] = shapely.equals_exact(a, b, tolerance=SAME_DEG, normalize=True)
    return same


def _unwrapped(shapes: "NDArray[Any]") -> "NDArray[Any]":
    """The only part of each shape that has one, in place of the collection around it."""
    single = shapely.get_num_geometries(shapes) == 1
    return np.where(single, shapely.get_geometry(shapes, 0), shapes)
