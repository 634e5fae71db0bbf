"""The register of divisions: what a code stands for, what is above and below it, where it lies."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geo.phrases import PlaceName
from layers.disclosure import PUBLIC, Disclosed, Door
from layers.divisions import Level
from layers.spec import Level as LevelName

if TYPE_CHECKING:
    import geopandas as gpd

SQUARE_M_PER_KM2 = 1e6
FORMER = "former_code"
"""Field of a layer of divisions with the codes that a division had before, joined by ``;``."""


@dataclass(frozen=True)
class Area:
    """One division. ``bounds`` are west, south, east, north in degrees; ``area_km2`` is measured in the county's
    metric CRS; ``row`` is its place in its layer."""

    code: str
    name: str
    level: LevelName
    layer: str
    row: int
    bounds: tuple[float, float, float, float] | None
    area_km2: float | None


class Register:
    """All divisions of the current editions, by code."""

    def __init__(self, door: Door, county: str, county_name: str, metric_crs: str) -> None:
        self.divisions = door.divisions
        self.given: dict[str, Disclosed] = {
            layer_id: door.rows(layer_id, PUBLIC)
            for layer_id in self.divisions.layers
            if layer_id in door.catalog.layers and door.store.current(layer_id) is not None
        }
        self.areas: dict[str, Area] = {}
        for level in self.divisions:
            if level.layer in self.given:
                self._add(level, self.given[level.layer].rows, metric_crs)
        if county not in self.areas:
            top = self.divisions.top
            self.areas[county] = Area(
                county, PlaceName(county_name), top.name, top.layer, -1, self._whole_bounds(), None
            )

    def _add(self, level: Level, rows: "gpd.GeoDataFrame", metric_crs: str) -> None:
        sizes = (rows.geometry.to_crs(metric_crs).area / SQUARE_M_PER_KM2).tolist()
        boxes = rows.geometry.bounds.round(7).to_numpy().tolist()
        for row, (code, name) in enumerate(zip(rows["code"], rows["name"], strict=True)):
            if len(code) == level.digits:
                west, south, east, north = boxes[row]
                box = None if west != west else (west, south, east, north)
                self.areas[code] = Area(code, PlaceName(name), level.name, level.layer, row, box, sizes[row])

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

    def successor(self, code: str) -> Area | None:
        """The division that a code of former times stands for; None where nobody knows of one, or there are several."""
        return self.areas.get(self._successors.get(code, ""))

    @cached_property
    def _successors(self) -> dict[str, str]:
        """By former code; what a former code lay in goes where all that lay in it went."""
        found: dict[str, set[str]] = {}
        for given in self.given.values():
            if FORMER not in given.rows.columns:
                continue
            for code, text in zip(given.rows["code"], given.rows[FORMER].fillna(""), strict=True):
                for former in self._like(code, text.split(";")):
                    pairs = zip(self.divisions.prefixes(former), self.divisions.prefixes(code), strict=True)
                    for old, new in pairs:
                        found.setdefault(old, set()).add(new)
        return {old: next(iter(new)) for old, new in found.items() if len(new) == 1 and old not in self.areas}

    def _like(self, code: str, formers: list[str]) -> list[str]:
        """Former codes of the same level."""
        return [former for former in formers if len(former) == len(code) and former != code]

    def path_of(self, code: str) -> list[Area]:
        """What a code lies in, the largest first, as far as the register knows it, whether there is such a code or not."""
        return [self.areas[one] for one in self.divisions.prefixes(code)[:-1] if one in self.areas]

    def within(self, code: str, level: Level | None) -> list[str]:
        """Codes of one level in an area, in order; none for no level."""
        return self._children.get((code, level.digits), []) if level is not None else []

    @cached_property
    def _children(self) -> dict[tuple[str, int], list[str]]:
        found: dict[tuple[str, int], list[str]] = {}
        for code in self.codes:
            for prefix in self.divisions.prefixes(code):
                found.setdefault((prefix, len(code)), []).append(code)
        return found

    def path(self, area: Area) -> list[Area]:
        """What the area lies in, the largest first, as far as the register knows it."""
        return self.path_of(area.code)
