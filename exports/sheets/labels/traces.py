"""A line as points at equal steps, smoothed, so that letters and shields find places along it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from exports.sheets.labels.name import Numbers
from exports.sheets.page import Box

STEP_MM = 0.5
SHORTEST_MM = 3.0


@dataclass(frozen=True)
class Trace:
    """``points`` (n, 2) every ``STEP_MM`` along a line of ``length`` mm, which differs a little from what was given."""

    points: Numbers
    length: float

    def at(self, along: Numbers) -> Numbers:
        """(…, 2): the points at these distances from the start; before and behind the ends, the ends."""
        steps = np.linspace(0, self.length, len(self.points))
        return np.stack([np.interp(along, steps, self.points[:, axis]) for axis in (0, 1)], axis=-1)

    def way(self, along: Numbers, reach: float) -> Numbers:
        """(…): the direction, in radians clockwise from the right, between ``reach`` mm before and behind."""
        gap = self.at(along + reach) - self.at(along - reach)
        return np.arctan2(gap[..., 1], gap[..., 0])


def traces(line: Any, frame: Box, smooth: float) -> list[Trace]:
    """The parts of a line within the frame, the longest first, smoothed over ``smooth`` mm."""
    within = shapely.box(frame.left, frame.top, frame.right, frame.bottom)
    shown = shapely.intersection(line, within)
    parts = [part for part in shapely.get_parts(shapely.line_merge(shown)) if part.geom_type == "LineString"]
    long = [part for part in parts if part.length >= SHORTEST_MM]
    # By length, then place: two reaches of one length keep their order whatever order the file has.
    long.sort(key=lambda part: (-part.length, part.bounds))
    return [_trace(part, smooth) for part in long]


def _trace(part: Any, smooth: float) -> Trace:
    count = max(2, int(np.ceil(part.length / STEP_MM)) + 1)
    points = shapely.get_coordinates(shapely.line_interpolate_point(part, np.linspace(0, part.length, count)))
    reach = int(smooth / STEP_MM / 2)
    if reach:
        points = np.stack([_smoothed(points[:, axis], reach) for axis in (0, 1)], axis=1)
    length = float(np.hypot(*np.diff(points, axis=0).T).sum())
    return Trace(points, length)


def _smoothed(values: Numbers, reach: int) -> Numbers:
    """Mean of each value and its neighbours; the line goes on straight beyond its ends."""
    # Mirrored through the end point: a plain mean would pull the ends of the line inwards.
    before = 2 * values[0] - values[1 : reach + 1][::-1]
    behind = 2 * values[-1] - values[-reach - 1 : -1][::-1]
    padded = np.concatenate([before, values, behind])
    kernel: NDArray[np.float64] = np.full(2 * reach + 1, 1 / (2 * reach + 1))
    return np.convolve(padded, kernel, mode="same")[len(before) : len(before) + len(values)]


def slots(trace: Trace, every: float) -> list[tuple[float, float]]:
    """Middles of the stretches in which a name is said once, with half their length."""
    count = max(1, round(trace.length / every))
    half = trace.length / count / 2
    return [((2 * slot + 1) * half, half) for slot in range(count)]
