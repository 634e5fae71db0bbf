"""Road numbers in shields on the road, again and again along it."""

from dataclasses import dataclass

import numpy as np

from exports.sheets.labels.lettering import Setting, cleaned, lines_of, setting, sizes
from exports.sheets.labels.name import Drawn, Name, Ways
from exports.sheets.labels.rivers import AGAIN
from exports.sheets.labels.traces import slots, traces
from exports.sheets.page import Box, Shape, Stroke

PAD_MM = (0.7, 0.3)
"""Between the number and the edge of its shield, across and down."""
EDGE_MM = 0.18
STEP_MM = 2.0


@dataclass(frozen=True)
class ShieldWish:
    """One shield. ``made`` says how each way is set."""

    name: Name
    priority: float
    ways: Ways
    made: tuple[Setting, ...]

    def drawn(self, way: int) -> Drawn:
        x, y, half_x, half_y, _ = (float(value) for value in self.ways.boxes[way])
        left, right, top, bottom = x - half_x, x + half_x, y - half_y, y + half_y
        ring = np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
        edge = Stroke(self.name.edge, EDGE_MM) if self.name.edge else None
        shield = Shape((ring,), fill=self.name.plate, stroke=edge, name="shield")
        return Drawn(lines_of(self.name, self.made[way], x, y), shields=(shield,))

    def wider(self) -> "ShieldWish":
        return self


def shield_wishes(name: Name, frame: Box) -> list[ShieldWish]:
    """One wish for each stretch of the road; the first has the full weight."""
    found: list[ShieldWish] = []
    for trace in traces(name.line, frame, smooth=0.0):
        for middle, half in slots(trace, name.every):
            shifts = np.arange(0, 0.7 * half, STEP_MM)
            along = middle + np.concatenate([shifts, -shifts[1:]])
            found.append(_wish(name, trace.at(along), np.abs(along - middle) / half, AGAIN if found else 1.0))
    return found


def _wish(name: Name, at: np.ndarray, away: np.ndarray, share: float) -> ShieldWish:
    settings = [setting(name, (cleaned(name.text),), size) for size in sizes(name)]
    cost = np.concatenate([away + 0.8 * step for step in range(len(settings))])
    boxes = np.concatenate(
        [
            np.column_stack(
                [at, np.tile((made.width / 2 + PAD_MM[0], made.height / 2 + PAD_MM[1], 0.0), (len(at), 1))]
            )
            for made in settings
        ]
    )
    order = np.argsort(cost, kind="stable")
    made = tuple(settings[row // len(at)] for row in order)
    return ShieldWish(
        name, name.priority * share, Ways(cost[order], boxes[order], np.arange(len(order))), made
    )
