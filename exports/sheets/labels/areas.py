"""Names of areas: where inside its polygon a name can stand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely

from exports.sheets.labels.lettering import LEADING, LINE_MOST, Setting, lines_of, settings
from exports.sheets.labels.name import Drawn, Kind, Name, Numbers, Places, Ways
from exports.sheets.labels.rasters import Raster, rasters
from exports.sheets.page import Box

EDGE_MM = 0.25
"""Room that a name likes to have to the boundary of its area."""
FIRST, MORE = 14, 20
"""How many places are looked at in the first round, and of each smaller or wrapped setting after it."""
ENOUGH = 5
OVER, OFF = 1.6, 0.6


@dataclass(frozen=True)
class Habit:
    """``least_share`` of the name's ground must lie inside its area; up to ``across`` × ``down`` places are tried."""

    least_share: float
    across: float = 0.25
    down: float = 0.5


ALIKE: tuple[Kind, ...] = ("township", "neighbour")
HABITS: dict[Kind, Habit] = {
    "township": Habit(0.97, 0.16, 0.5),
    "village": Habit(0.5),
    "grid": Habit(0.85, 0.5, 0.5),
    "neighbour": Habit(0.999, 0.5, 1.0),
}


@dataclass(frozen=True)
class AreaWish:
    """The name of an area. ``taken`` (n, 4: left, top, right, bottom) are boxes that no name may
    touch; ``made`` says how each way is set."""

    name: Name
    raster: Raster
    middle: tuple[float, float]
    taken: Numbers
    frame: Box
    made: tuple[Setting, ...] = ()
    ways: Ways = field(default_factory=lambda: Ways(np.empty(0), np.empty((0, 5)), np.empty(0, int)))
    wide: bool = False

    @property
    def priority(self) -> float:
        return self.name.priority

    def drawn(self, way: int) -> Drawn:
        x, y = self.ways.boxes[way, :2]
        return Drawn(lines_of(self.name, self.made[way], float(x), float(y)))

    def first(self) -> "AreaWish":
        """With the ways at full size; with all where those are few."""
        whole = next(settings(self.name))
        tried = self._with([whole], FIRST)
        return tried if len(tried.ways) >= ENOUGH else tried.wider()

    def wider(self) -> "AreaWish":
        """With more places, smaller and wrapped settings."""
        return self if self.wide else self._with(settings(self.name), MORE)

    def fits(self) -> bool:
        """Whether the name would find a place if nothing were taken."""
        return len(replace(self, taken=np.empty((0, 4)), wide=False).wider().ways) > 0

    def _with(self, tried: Iterable[tuple[Setting, float]], most: int) -> "AreaWish":
        made: list[Setting] = []
        parts: list[Numbers] = []
        for setting, cost in tried:
            found = self._spots(setting, cost, most)
            parts.append(found)
            made += [setting] * len(found)
        rows = np.concatenate(parts)
        order = np.argsort(rows[:, 0], kind="stable")
        ways = Ways(rows[order, 0], rows[order, 1:], np.arange(len(order)))
        return replace(self, made=tuple(made[row] for row in order), ways=ways, wide=most == MORE)

    def _spots(self, setting: Setting, cost: float, most: int) -> Numbers:
        """(n, 6): cost and box of the best places for a setting, at most one in each of a lattice of cells."""
        if not self.raster.inside.any():
            return np.empty((0, 6))
        costs = self._costs(setting)
        habit = HABITS[self.name.kind]
        down = max(1, round(setting.height * habit.down / self.raster.pixel))
        across = max(1, round(setting.width * habit.across / self.raster.pixel))
        rows, columns = _best_of_cells(costs, down, across)
        values = costs[rows, columns]
        order = np.argsort(values, kind="stable")[:most]
        x, y = self.raster.x[columns[order]], self.raster.y[rows[order]]
        # The image is exact only at its pixels; the promise that the middle lies inside is checked on the polygon.
        order = order[np.isfinite(values[order]) & shapely.contains_xy(self.name.area, x, y)]
        made = np.zeros((len(order), 6))
        made[:, 0] = cost + values[order]
        made[:, 1] = self.raster.x[columns[order]]
        made[:, 2] = self.raster.y[rows[order]]
        made[:, 3:5] = setting.width / 2, setting.height / 2
        return made

    def _costs(self, setting: Setting) -> Numbers:
        """For each pixel what a name in its middle costs; infinite where it may not stand."""
        raster = self.raster
        # How much of the name lies inside, for every pixel at once: four lookups in a summed-area table (Crow 1984).
        share = raster.share(setting.width + 2 * EDGE_MM, setting.height + 2 * EDGE_MM)
        allowed = raster.inside & (share >= HABITS[self.name.kind].least_share)
        room = self.frame.inset(EDGE_MM)
        half_x, half_y = setting.width / 2, setting.height / 2
        allowed &= (raster.x >= room.left + half_x) & (raster.x <= room.right - half_x)
        allowed &= ((raster.y >= room.top + half_y) & (raster.y <= room.bottom - half_y))[:, None]
        lefts, rights = np.searchsorted(raster.x, self.taken[:, [0, 2]] + (-half_x, half_x)).T.tolist()
        tops, bottoms = np.searchsorted(raster.y, self.taken[:, [1, 3]] + (-half_y, half_y)).T.tolist()
        for left, top, right, bottom in zip(lefts, tops, rights, bottoms, strict=True):
            allowed[top:bottom, left:right] = False
        over = 1 - share
        reach = np.sqrt(max(1, raster.inside.sum())) * raster.pixel
        away_x, away_y = (raster.x - self.middle[0]) / reach, (raster.y - self.middle[1]) / reach
        away = np.hypot(away_x[None, :], away_y[:, None])
        return np.where(allowed, OFF * away + OVER * over + 0.2 * (over > 0), np.inf)


def _best_of_cells(costs: Numbers, down: int, across: int) -> tuple[Places, Places]:
    """Row and column of the cheapest pixel of each cell of ``down`` × ``across`` pixels."""
    rows, columns = costs.shape
    high, wide = -(-rows // down), -(-columns // across)
    padded = np.full((high * down, wide * across), np.inf)
    padded[:rows, :columns] = costs
    cells = padded.reshape(high, down, wide, across).swapaxes(1, 2).reshape(high, wide, -1)
    best = cells.argmin(axis=2)
    row = best // across + np.arange(high)[:, None] * down
    column = best % across + np.arange(wide) * across
    keep = (row < rows) & (column < columns)
    return row[keep], column[keep]


def area_wishes(names: Sequence[Name], taken: Sequence[Box], frame: Box) -> list[AreaWish]:
    """The first ways of each; ``names`` have polygons that show on the map."""
    if not names:
        return []
    areas = _shown([name.area for name in names], frame)
    middles = _middles(areas)
    images = rasters(areas, middles, (frame.left, frame.top, frame.right, frame.bottom))
    boxes = np.array([(box.left, box.top, box.right, box.bottom) for box in taken]).reshape(-1, 4)
    near = _near(names, boxes)
    wishes = [
        AreaWish(name, image, (float(x), float(y)), boxes[rows], frame).first()
        for name, image, (x, y), rows in zip(names, images, middles, near, strict=True)
    ]
    return _alike(wishes)


def _alike(wishes: Sequence[AreaWish]) -> list[AreaWish]:
    """Names of the kinds of ``ALIKE`` in one size each: the largest in which as many as can be have a place."""
    made = list(wishes)
    for kind in ALIKE:
        rows = [row for row, wish in enumerate(wishes) if wish.name.kind == kind and len(wish.ways)]
        able = {row: {one.size for one in wishes[row].wider().made} for row in rows}
        counts = Counter(size for found in able.values() for size in found)
        # Townships in several sizes would look like several ranks.
        size = max(counts, key=lambda one: (counts[one], one), default=0.0)
        for row in rows:
            if size in able[row]:
                name = replace(wishes[row].name, size=size, least=size)
                made[row] = replace(wishes[row], name=name, wide=False).first()
    return made


def _shown(areas: Sequence[Any], frame: Box) -> Any:
    """What of each polygon lies within the frame."""
    shapes = np.asarray(areas, dtype=object)
    limits = (frame.left, frame.top, frame.right, frame.bottom)
    bounds = shapely.bounds(shapes)
    beyond = (bounds[:, :2] < limits[:2]).any(axis=1) | (bounds[:, 2:] > limits[2:]).any(axis=1)
    shown = shapes.copy()
    shown[beyond] = shapely.intersection(shapes[beyond], shapely.box(*limits))
    return shown


def _middles(areas: Any) -> Numbers:
    """The centroid of each, or a point inside it where the centroid is not."""
    found = shapely.get_coordinates(shapely.centroid(areas))
    # A crescent's centroid lies outside it; the centre of its largest circle does not.
    outside = ~shapely.contains_xy(areas, *found.T)
    circles = shapely.maximum_inscribed_circle(areas[outside])
    found[outside] = shapely.get_coordinates(circles)[::2]
    return found


def _near(names: Sequence[Name], boxes: Numbers) -> list[list[int]]:
    """For each area the boxes that a name with its middle in it can touch."""
    near: list[list[int]] = [[] for _ in names]
    bounds = shapely.bounds(np.asarray([name.area for name in names], dtype=object))
    whole = [next(settings(name))[0] for name in names]
    reach = np.array([(made.width, max(made.height, LINE_MOST * LEADING * made.size)) for made in whole]) / 2
    windows: Any = shapely.box(*np.hstack([bounds[:, :2] - reach, bounds[:, 2:] + reach]).T)
    shapes: Any = shapely.box(*boxes.T)
    found = shapely.STRtree(shapes).query(windows)
    for area, box in found[:, np.lexsort(found[::-1])].T.tolist():
        near[area].append(box)
    return near
