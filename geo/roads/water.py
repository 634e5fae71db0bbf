"""Water that nobody walks through: ways beside the road, and the strip beside a reached one, stop at it."""

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
import shapely

from geo.amounts import Indices, Numbers
from geo.nearest import NONE, Mask

BANK_M = 0.05
"""Half the width that a river drawn as a line is given: nothing can be cut by a line without width."""
WET_M = 0.01
"""What lies in the water for less than this only touches the bank."""


@dataclass(frozen=True, eq=False)
class Water:
    """Rivers and lakes as polygons; those drawn as lines have the width of their banks."""

    walls: Any
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False)
    """Threads that use a prepared shape at once crash the process."""

    @cached_property
    def tree(self) -> Any:
        shapely.prepare(self.walls)
        return shapely.STRtree(self.walls)

    @cached_property
    def depths(self) -> Any:
        """What of each lies so far from its bank that a line that comes there is wet for more than ``WET_M``."""
        inner = shapely.buffer(self.walls, -2 * WET_M)
        shapely.prepare(inner)
        return inner

    @cached_property
    def whole(self) -> Any:
        """All of it as one shape."""
        return shapely.union_all(self.walls)

    def touched(self, shapes: Any) -> tuple[Any, Any]:
        """Which of the shapes meet which of the walls, as rows of both."""
        with self._one_at_a_time:
            shape, wall = self.tree.query(shapes)
            # The prepared wall stands first: a long river is searched once, not once a shape.
            met = shapely.intersects(self.walls[wall], shapes[shape])
        return shape[met], wall[met]

    def between(self, start: Numbers, end: Numbers) -> Mask:
        """Whether the straight line from each place (n, 2) to its other (n, 2) leads through water."""
        lines: Any = shapely.linestrings(np.stack([start, end], axis=1))
        line, wall = self.touched(lines)
        wet = np.zeros(len(lines), dtype=bool)
        with self._one_at_a_time:
            wet[line[shapely.intersects(self.depths[wall], lines[line])]] = True
        # Measured is only what may just touch the bank: that takes a hundred times as long.
        line, wall = line[~wet[line]], wall[~wet[line]]
        wet_m = shapely.length(shapely.intersection(lines[line], self.walls[wall]))
        either: Mask = wet | (np.bincount(line, wet_m, minlength=len(lines)) > WET_M)
        return either

    def land(self, points: Numbers) -> Indices:
        """Which piece of land each of the places (n, 2) stands on, among those into which water parts the hull around
        them all: nothing dry leads from one to another. −1 in the water."""
        found = np.full(len(points), NONE, dtype=np.int64)
        spots: Any = shapely.points(points)
        # A line between two places stays within their hull. Land that meets in a point is one piece.
        dry = shapely.difference(
            shapely.convex_hull(shapely.multipoints(spots)), shapely.buffer(self.whole, -WET_M)
        )
        piece, place = shapely.STRtree(spots).query(shapely.get_parts(dry), predicate="intersects")
        found[place] = piece
        return found


def water_of(barriers: Any) -> Water | None:
    """Polygons or lines that nobody crosses beside the road; None for none."""
    if barriers is None:
        return None
    walls = shapely.get_parts(barriers)
    walls = walls[~shapely.is_empty(walls)]
    walls = np.where(shapely.get_dimensions(walls) < 2, shapely.buffer(walls, BANK_M), walls)
    return Water(walls) if len(walls) else None
