"""Where the services are: points through the door, those beyond the county line included and marked."""

import itertools
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.amounts import SHOWN, listed
from geo.coverage import Services, service_points
from geo.errors import ArgumentError, ForbiddenError, NoServicesError, WeightsError
from geo.phrases import listing
from layers.disclosure import Disclosed, Door, Viewer
from layers.planning.naming import settlement
from layers.planning.plans import CoveragePlan
from layers.planning.services import is_service, offered
from layers.planning.standards import Register

PLACED = "placed"
PLACED_NAME = "拟建 {number}"
STORED = "EPSG:4490"
ON_THE_LINE = 1e-7
"""Degrees: a centimetre, to which places are told."""


@dataclass(frozen=True)
class Centres:
    """Services by row, in the order of their codes: ``points.kinds`` is the layer of each, ``keys`` are ``layer:key``, ``degrees`` longitude and
    latitude. A proposed centre, ``placed:1``, stands once for each service where each is needed.
    """

    points: "Services"
    keys: tuple[str, ...]
    names: tuple[str, ...]
    degrees: Any

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def outside(self) -> int:
        """How many lie beyond the county line."""
        return 0 if self.points.outside is None else int(self.points.outside.sum())


def existing_centres(
    door: Door, viewer: Viewer, layers: tuple[str, ...], crs: str, register: Register
) -> Centres:
    """Every centre of these layers that the viewer may see at its place.

    Raises:
        UnknownLayerError, UnknownEditionError, ForbiddenError; ArgumentError for a layer that is no service;
        NoServicesError when there is none at all.
    """
    tables = [_table(_given(door, viewer, layer), register) for layer in layers]
    rows = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=STORED)
    if not len(rows):
        raise NoServicesError("所选的服务一个点也没有。先导入，或换一类服务。")
    rows = rows.iloc[sorted(range(len(rows)), key=lambda row: by_code(rows["key"].iloc[row]))]
    points = service_points(rows.to_crs(crs), kind="layer")
    degrees = degrees_of(points.xy, crs)
    points = replace(
        points,
        capacities=rows["capacity"].to_numpy(dtype=float),
        outside=beyond(door.outline(door.county), degrees),
    )
    return Centres(points, tuple(rows["key"]), tuple(rows["name"]), degrees)


def by_code(key: str) -> tuple[str, str]:
    """Orders centres ``layer:key``: of two that are as near, the one with the lower code is taken."""
    layer, _, code = key.partition(":")
    return code, layer


def beyond(county: Any, degrees: Any) -> Any:
    """Which places in degrees lie outside the county, to whom its line belongs on all sides; None where it is not known.

    In degrees, as the line was drawn: projected, a place on a long side lies beside it.
    """
    if county is None:
        return None
    return ~shapely.dwithin(county, shapely.points(degrees), ON_THE_LINE)


def with_proposals(centres: Centres, plan: CoveragePlan, crs: str, county: Any) -> Centres:
    """The centres without the closed ones of a plan and with its proposed ones at the end.

    A proposed centre offers every service of the plan, and has the median capacity of the existing ones.

    Raises:
        ArgumentError: a closed one is not among them. NoServicesError: none is left.
    """
    unknown = sorted(set(plan.closed) - set(centres.keys))
    if unknown:
        raise ArgumentError("要关闭的 {keys} 不在所选服务里，写成 图层:编号。", keys=listed(unknown[:SHOWN]))
    keep = np.array([key not in plan.closed for key in centres.keys], dtype=bool)
    if not keep.any() and not plan.placed:
        raise NoServicesError("所选的服务都关闭了，一个点也不剩。")
    old, new = centres.points, _proposals(centres, plan, crs, county)
    assert old.kinds is not None and old.capacities is not None
    both = Services(
        np.vstack([old.xy[keep], new.points.xy]),
        np.concatenate([old.kinds[keep], new.points.kinds]),
        np.concatenate([old.capacities[keep], new.points.capacities]),
        None if old.outside is None else np.concatenate([old.outside[keep], new.points.outside]),
    )
    return Centres(
        both,
        (*itertools.compress(centres.keys, keep), *new.keys),
        (*itertools.compress(centres.names, keep), *new.names),
        np.vstack([centres.degrees[keep], new.degrees]),
    )


def _proposals(centres: Centres, plan: CoveragePlan, crs: str, county: Any) -> Centres:
    kinds = plan.services if plan.match == "each" else plan.services[:1]
    rows = [(number, place, kind) for kind in kinds for number, place in enumerate(plan.placed, start=1)]
    degrees = np.array([place for _, place, _ in rows], dtype=float).reshape(-1, 2)
    spots = gpd.GeoSeries(gpd.points_from_xy(degrees[:, 0], degrees[:, 1]), crs=STORED).to_crs(crs)
    capacities = centres.points.capacities
    known = capacities[~np.isnan(capacities)] if capacities is not None else np.zeros(0)
    middle = float(np.median(known)) if len(known) else np.nan
    points = Services(
        np.column_stack([spots.x, spots.y]),
        np.array([kind for _, _, kind in rows], dtype=np.str_),
        np.full(len(rows), middle),
        beyond(county, degrees),
    )
    keys = tuple(f"{PLACED}:{number}" for number, _, _ in rows)
    names = tuple(PLACED_NAME.format(number=number) for number, _, _ in rows)
    return Centres(points, keys, names, degrees)


def required_capacities(centres: Centres) -> Any:
    """People that each centre can serve; raises WeightsError naming those of which it is not known."""
    capacities = centres.points.capacities
    assert capacities is not None
    lost = np.flatnonzero(np.isnan(capacities))
    if len(lost):
        raise WeightsError(
            "{count} 个中心没有容量，如{names}。补上容量字段，或在 standards.toml 的 capacities 里写明用哪个字段。",
            count=len(lost), names=listing(settlement(centres.names[row]) for row in lost[:SHOWN]),
        )  # fmt: skip
    return capacities


def _given(door: Door, viewer: Viewer, layer: str) -> Disclosed:
    spec = door.catalog.layer(layer)
    if not is_service(spec):
        raise ArgumentError(
            "“{layer}”不是服务设施，可选：{all}。",
            layer=spec.title.zh, all=listed(item.id for item in offered(door.catalog)),
        )  # fmt: skip
    given = door.rows(layer, viewer)
    if given.visibility != "exact":
        raise ForbiddenError("“{layer}”的位置不对这个身份公开，不能算覆盖。", layer=spec.title.zh)
    return given


def _table(given: Disclosed, register: Register) -> Any:
    """Layer, key, name, capacity and geometry, and nothing else of the rows; those without a place are left out."""
    layer, rows = given.spec.id, given.rows
    capacity = register.capacity_of(layer)
    amounts = np.full(len(rows), np.nan)
    if capacity is not None and capacity.field in rows.columns:
        amounts = rows[capacity.field].to_numpy(dtype=float, na_value=np.nan) * capacity.people
    keys = given.keys()
    names = [name or key for name, key in zip(given.names(), keys, strict=True)]
    table = gpd.GeoDataFrame(
        {"layer": layer, "key": [f"{layer}:{key}" for key in keys], "name": names, "capacity": amounts},
        geometry=rows.geometry.to_numpy(), crs=rows.crs,
    )  # fmt: skip
    return table[~(table.geometry.isna() | table.geometry.is_empty)]


def degrees_of(xy: Any, crs: str) -> Any:
    """Longitude and latitude (n, 2) of places in metres, to a centimetre."""
    spots = gpd.GeoSeries(gpd.points_from_xy(xy[:, 0], xy[:, 1]), crs=crs).to_crs(STORED)
    return np.round(np.column_stack([spots.x, spots.y]), 7)
