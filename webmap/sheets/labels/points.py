"""Names of symbols: beside the symbol, or further away with a leader line."""

from dataclasses import dataclass

import numpy as np

from webmap.sheets.labels.lettering import Setting, cleaned, lines_of, setting, sizes, wraps
from webmap.sheets.labels.name import Drawn, Name, Numbers, Ways
from webmap.sheets.page import Shape, Stroke

CLEAR_MM = 0.45
"""Between a symbol and its name."""
AROUND = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Sides of the symbol, the best first: right, above right, below right, left, …; y grows downwards."""
COSTS = (0.0, 0.08, 0.1, 0.14, 0.2, 0.22, 0.18, 0.24)
LEADS_MM = (3.0, 5.0, 8.0)
LEADER_COST = 1.5
DIRECTIONS = 12
LEADER_MM = 0.12
START_MM = 0.25
"""Between a symbol and its leader line."""
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
    found = []
    for lead in LEADS_MM:
        for turn in np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS:
            way = np.array([np.cos(turn), np.sin(turn)])
            start = np.array(name.at) + way * (name.half + START_MM) / np.abs(way).max()
            end = np.array(name.at) + way * (name.half + lead)
            # The line meets the name in the middle of a side, or at a corner.
            side = np.sign(np.round(way, 6)) * np.where(np.abs(way) > 0.35, 1, 0)
            half = np.array([made.width / 2, made.height / 2])
            middle = end + side * (half + 0.15)
            centre, reach = (start + end) / 2, float(np.hypot(*(end - start))) / 2
            line = (*centre, reach, LEADER_MM / 2, float(np.arctan2(way[1], way[0])))
            boxes = np.array([(*middle, *half, 0.0), line])
            found.append((LEADER_COST + 0.05 * lead + 0.02 * abs(float(way[1])), boxes))
    return found
