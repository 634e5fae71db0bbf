"""Names of symbols: beside the symbol, or further away with a leader line."""

from dataclasses import dataclass

import numpy as np

from exports.sheets.labels.lettering import Setting, cleaned, lines_of, setting, sizes, wraps
from exports.sheets.labels.name import Drawn, Name, Numbers, Ways
from exports.sheets.page import Shape, Stroke

CLEAR_MM = 0.45
"""Between a symbol and its name."""
AROUND = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Sides of the symbol, the best first: right, above right, below right, left, …; y grows downwards."""
COSTS = (0.0, 0.08, 0.1, 0.14, 0.2, 0.22, 0.18, 0.24)
LEADS_MM = (3.0, 5.0, 8.0)
LEADER_COST = 1.5
DIRECTIONS = 12
LEADER_MM = 0.12
SLANT = 0.35
START_MM, MEETING_MM = 0.25, 0.15
"""Between a symbol and its leader line, and between the line and the name."""
SMALLER = 0.35
WRAPPED = 1.0


@dataclass(frozen=True)
class PointWish:
    """The name of a symbol. ``made`` says how each way is set; ways with a leader line have a second, thin box."""

    name: Name
    ways: Ways
    made: tuple[Setting, ...]
    wide: bool = False

    @property
    def priority(self) -> float:
        return self.name.priority

    def drawn(self, way: int) -> Drawn:
        rows = self.ways.boxes[self.ways.of == way]
        x, y = (float(value) for value in rows[0, :2])
        leaders = tuple(self._leader(row) for row in rows[1:])
        return Drawn(lines_of(self.name, self.made[way], x, y), leaders)

    def _leader(self, row: Numbers) -> Shape:
        reach = row[2] * np.array([np.cos(row[4]), np.sin(row[4])])
        stroke = Stroke(self.name.colour, LEADER_MM)
        ends = np.array([row[:2] - reach, row[:2] + reach])
        return Shape((ends,), closed=False, stroke=stroke, name="leader")

    def wider(self) -> "PointWish":
        return self if self.wide else _wish(self.name, wide=True)


def point_wish(name: Name) -> PointWish:
    """The eight places about a symbol at full size."""
    return _wish(name, wide=False)


def _wish(name: Name, *, wide: bool) -> PointWish:
    made = [setting(name, (cleaned(name.text),), size) for size in (sizes(name) if wide else (name.size,))]
    rows = [
        (SMALLER * step + cost, one, box) for step, one in enumerate(made) for cost, box in _beside(name, one)
    ]
    if wide:
        broken = [setting(name, lines, name.least) for lines in wraps(cleaned(name.text))]
        rows += [(WRAPPED + cost, one, box) for one in broken for cost, box in _beside(name, one)]
        rows += [(cost, one, boxes) for one in (made[-1], *broken[:1]) for cost, boxes in _away(name, one)]
    rows.sort(key=lambda row: row[0])
    of = np.repeat(np.arange(len(rows)), [len(boxes) for _, _, boxes in rows])
    ways = Ways(np.array([row[0] for row in rows]), np.concatenate([row[2] for row in rows]), of)
    return PointWish(name, ways, tuple(row[1] for row in rows), wide)


def _beside(name: Name, made: Setting) -> list[tuple[float, Numbers]]:
    """Cost and box of the eight places."""
    assert name.at is not None
    found = []
    for (right, down), cost in zip(AROUND, COSTS, strict=True):
        # A corner place may come as near as the symbol's round outline lets it.
        near = name.half + CLEAR_MM
        x = name.at[0] + right * (near + made.width / 2)
        y = name.at[1] + down * (
            (near + made.height / 2) if right == 0 else made.height / 2 + 0.2 * name.half
        )
        found.append((cost, np.array([[x, y, made.width / 2, made.height / 2, 0.0]])))
    return found


def _away(name: Name, made: Setting) -> list[tuple[float, Numbers]]:
    """Cost and boxes of displaced places: the name, and its leader line as a thin box."""
    assert name.at is not None
    turns = np.tile(np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS, len(LEADS_MM))
    leads = np.repeat(LEADS_MM, DIRECTIONS)
    ways = np.column_stack([np.cos(turns), np.sin(turns)])
    near = (name.half + START_MM) / np.abs(ways).max(axis=1)
    far = name.half + leads
    # The line meets the name in the middle of a side, or at a corner.
    side = np.sign(ways) * (np.abs(ways) > SLANT)
    half = np.array([made.width / 2, made.height / 2])
    boxes = np.zeros((len(turns), 2, 5))
    boxes[:, 0, :2] = name.at + ways * far[:, None] + side * (half + MEETING_MM)
    boxes[:, 0, 2:4] = half
    boxes[:, 1, :2] = name.at + ways * ((near + far) / 2)[:, None]
    boxes[:, 1, 2], boxes[:, 1, 3], boxes[:, 1, 4] = (far - near) / 2, LEADER_MM / 2, turns
    costs = LEADER_COST + 0.05 * leads + 0.02 * np.abs(ways[:, 1])
    return list(zip(costs.tolist(), boxes, strict=True))
