"""Rows against the county and its villages: outside, swapped, in another village than the code says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.checks import Problem
from geo.crs import STORED
from layers.divisions import Divisions
from layers.spec import LayerSpec

if TYPE_CHECKING:
    from layers.editions import Store

Shapes = NDArray[Any]

MARGIN_M = 2000.0
CHINA = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north in degrees."""
LOOKED_UP = ("village", "grid", "township")
"""Levels whose divisions rows are looked up in, in the order in which their codes are filled."""


@dataclass(frozen=True)
class Register:
    """The county's outline widened by 2 km (EPSG:4490, None when there is no county yet), and the divisions
    that rows of the layer ``spec`` can be looked up in: field with their code → rows with ``code`` and ``geometry``.
    """

    outline: Any
    divisions: "Mapping[str, gpd.GeoDataFrame]"
    levels: Divisions
    spec: LayerSpec

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields that hold codes which can be looked up, in the order in which they are filled."""
        return tuple(self.levels.named(name).field for name in LOOKED_UP)

    def check_county(self, shapes: Shapes) -> list[Problem]:
        """Rows outside the county and 2 km around it: swapped coordinates and everything outside are
        blocking, single rows a warning. Without an outline only coordinates that are swapped for China show.
        """
        present = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
        if not len(present):
            return []
        outside = present[~self._inside(shapes[present])]
        turned = shapely.transform(shapes[outside], lambda pairs: pairs[:, ::-1])
        swapped = outside[self._inside(turned)] if len(outside) else outside
        if len(swapped):
            text = "经度和纬度对调了：对调以后在本县。交换两列。"
            return [Problem(int(at), "blocking", "coordinates-swapped", text) for at in swapped]
        if self.outline is None:
            return [
                Problem(
                    None, "warning", "county-missing", "还没有县界（counties 图层），没有检查位置是否在县内。"
                )
            ]
        if len(outside) == len(present):
            text = f"全部 {len(outside)} 行都在本县及周边 2 公里以外。核对坐标系和县。"
            return [Problem(None, "blocking", "all-outside", text, "crs")]
        return [Problem(int(at), "warning", "outside", "位置在本县及周边 2 公里以外。") for at in outside]

    def _inside(self, shapes: Shapes) -> NDArray[np.bool_]:
        if self.outline is None:
            west, south, east, north = CHINA
            bounds = shapely.bounds(shapes)
            inside = (bounds[:, 0] >= west) & (bounds[:, 2] <= east) & (bounds[:, 1] >= south)
            return np.asarray(inside & (bounds[:, 3] <= north), dtype=np.bool_)
        return np.asarray(shapely.intersects(self.outline, shapes), dtype=np.bool_)

    def fill_codes(
        self, rows: "pd.DataFrame", shapes: Shapes, names: list[str]
    ) -> "tuple[pd.DataFrame, list[Problem]]":
        """Empty division codes (columns ``names``) of the rows from the place of each row; one warning per
        column with the count. A grid's code gives the village's, without asking the place.
        """
        filled, problems = rows.copy(), []
        village, grid = self.levels.named("village"), self.levels.named("grid")
        if village.field in names and grid.field in filled:
            from_grid = filled[grid.field].where(filled[grid.field].str.fullmatch(grid.pattern) == True)  # noqa: E712
            filled[village.field] = filled[village.field].fillna(from_grid.str[: village.digits])
        for name in names:
            empty = np.flatnonzero(filled[name].isna())
            divisions = self.divisions.get(name)
            if divisions is None or not len(empty):
                continue
            found = _lying_in(divisions, shapes[empty])
            column = filled[name].to_numpy(dtype=object, copy=True)
            column[empty] = found
            filled[name] = pd.Series(column, index=filled.index, dtype=filled[name].dtype)
            count = int((found != None).sum())  # noqa: E711
            if count:
                text = f"{count} 行没有{self._title(name)}，按位置补上了。"
                problems.append(Problem(None, "warning", "code-filled", text))
        return filled, problems

    def check_codes(self, rows: "pd.DataFrame", shapes: Shapes, name: str) -> list[Problem]:
        """Rows whose place is in another division than their code (column ``name``) says, and codes that the
        register does not have.
        """
        divisions = self.divisions.get(name)
        if divisions is None or name not in rows:
            return []
        title = self._title(name)
        given = rows[name].to_numpy(dtype=object)
        numbers = divisions.reset_index(drop=True).reset_index().set_index("code")["index"]
        at = numbers.reindex(given).to_numpy(dtype=np.float64)
        has_code = rows[name].notna().to_numpy()
        problems = [
            _unknown_code(int(i), title, str(given[i])) for i in np.flatnonzero(has_code & np.isnan(at))
        ]
        looked = np.flatnonzero(~np.isnan(at) & ~shapely.is_missing(shapes))
        claimed = divisions.geometry.to_numpy()[at[looked].astype(int)]
        astray = looked[~shapely.intersects(claimed, shapes[looked])]
        found = _lying_in(divisions, shapes[astray])
        for i, there in zip(astray, found, strict=True):
            place = (
                "不在任何一个的范围里" if there is None else f"位置却在 {there}（{_name(divisions, there)}）"
            )
            text = f"{title}是 {given[i]}（{_name(divisions, str(given[i]))}），{place}。"
            problems.append(Problem(int(i), "warning", "place-code", text))
        return problems

    def _title(self, name: str) -> str:
        return self.spec.field(name).title.zh


def open_register(store: "Store", layer: str, metric_crs: str) -> Register:
    """The county and the divisions as currently published, without the layer that is being checked itself.

    ``metric_crs`` is the projection in which the 2 km are measured.
    """
    current, levels = store.currents(), store.catalog.divisions
    outline, counties = None, levels.named("county").layer
    if counties in current and layer != counties:
        county = store.read(counties).geometry.to_crs(metric_crs).union_all()

        outline = gpd.GeoSeries([county.buffer(MARGIN_M)], crs=metric_crs).to_crs(STORED).iloc[0]
        shapely.prepare(outline)
    looked_up = [levels.named(name) for name in LOOKED_UP]
    wanted = [level for level in looked_up if level.layer in current and level.layer != layer]
    shapes = {level.field: store.read(level.layer) for level in wanted}
    return Register(outline, shapes, levels, store.catalog.layer(layer))


def _lying_in(divisions: "gpd.GeoDataFrame", shapes: Shapes) -> NDArray[Any]:
    """Code of the division in which a point of each shape lies; None where there is none, or where the shape
    leaves its division for outside of all divisions.
    """
    found = np.full(len(shapes), None, dtype=object)
    points = shapely.point_on_surface(shapes)
    tree = shapely.STRtree(divisions.geometry.to_numpy())
    which, division = tree.query(points, predicate="intersects")
    found[which[::-1]] = divisions["code"].to_numpy(dtype=object)[division[::-1]]
    return found


def _name(divisions: "gpd.GeoDataFrame", code: str) -> str:
    names = divisions.loc[divisions["code"] == code, "name"]
    return str(names.iloc[0]) if len(names) else "？"


def _unknown_code(position: int, title: str, code: str) -> Problem:
    return Problem(position, "warning", "code-unregistered", f"{title} {code[:40]} 不在现行区划里。")
