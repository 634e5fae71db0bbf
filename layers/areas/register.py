"""The register of divisions: what a code stands for, what is above and below it, where it lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from layers.disclosure import PUBLIC, Disclosed, Door
from layers.spec import Level

if TYPE_CHECKING:
    import geopandas as gpd

LAYERS: Mapping[str, tuple[Level, int]] = {
    "counties": ("county", 6),
    "townships": ("township", 9),
    "villages": ("village", 12),
    "grids": ("grid", 15),
}
"""Division layers with their level and length of code, the largest first."""
SQUARE_M_PER_KM2 = 1e6


@dataclass(frozen=True)
class Area:
    """One division. ``bounds`` are west, south, east, north in degrees; ``area_km2`` is measured in the county's
    metric CRS; ``row`` is its place in its layer."""

    code: str
    name: str
    level: Level
    layer: str
    row: int
    bounds: tuple[float, float, float, float] | None
    area_km2: float | None

    @property
    def parent_codes(self) -> tuple[str, ...]:
        """Codes of what it lies in, the largest first."""
        return tuple(self.code[:length] for _, length in LAYERS.values() if length < len(self.code))


class Register:
    """All divisions of the current editions, by code."""

    def __init__(self, door: Door, county: str, county_name: str, metric_crs: str) -> None:
        self.given: dict[str, Disclosed] = {
            layer_id: door.rows(layer_id, PUBLIC)
            for layer_id in LAYERS
            if layer_id in door.catalog.layers and door.store.current(layer_id) is not None
        }
        self.areas: dict[str, Area] = {}
        for layer_id, given in self.given.items():
            self._add(layer_id, given.rows, metric_crs)
        if county not in self.areas:
            self.areas[county] = Area(
                county, county_name, "county", "counties", -1, self._whole_bounds(), None
            )

    def _add(self, layer_id: str, rows: "gpd.GeoDataFrame", metric_crs: str) -> None:
        level, length = LAYERS[layer_id]
        sizes = (rows.geometry.to_crs(metric_crs).area / SQUARE_M_PER_KM2).tolist()
        boxes = rows.geometry.bounds.round(7).to_numpy().tolist()
        for row, (code, name) in enumerate(zip(rows["code"], rows["name"], strict=True)):
            if len(code) == length:
                west, south, east, north = boxes[row]
                box = None if west != west else (west, south, east, north)
                self.areas[code] = Area(code, str(name), level, layer_id, row, box, sizes[row])

    def _whole_bounds(self) -> tuple[float, float, float, float] | None:
        boxes = [area.bounds for area in self.areas.values() if area.bounds is not None]
        if not boxes:
            return None
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )

    @cached_property
    def codes(self) -> list[str]:
        """Every code in order: a division stands before what lies in it."""
        return sorted(self.areas)

    def within(self, code: str, length: int) -> list[str]:
        """Codes of one length in an area, in order."""
        return self._children.get((code, length), [])

    @cached_property
    def _children(self) -> dict[tuple[str, int], list[str]]:
        found: dict[tuple[str, int], list[str]] = {}
        for code in self.codes:
            for _, length in LAYERS.values():
                if length <= len(code):
                    found.setdefault((code[:length], len(code)), []).append(code)
        return found

    def path(self, area: Area) -> list[Area]:
        """What the area lies in, the largest first, as far as the register knows it."""
        return [self.areas[code] for code in area.parent_codes if code in self.areas]
