"""Names as wishes: every way in which each could be printed, and those that the map forbids taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from exports.sheets.labels.areas import AreaWish, area_wishes
from exports.sheets.labels.crossing import outer, touching
from exports.sheets.labels.lettering import cleaned
from exports.sheets.labels.name import Name, Numbers, Reason
from exports.sheets.labels.points import PointWish, point_wish
from exports.sheets.labels.rivers import CurveWish, curve_wishes
from exports.sheets.labels.shields import ShieldWish, shield_wishes
from exports.sheets.page import Box

SMALLEST_SHARE = 0.6
"""An area of less than this part of its name's least ground is not tried."""
FRAME_MM = 0.3


def unfit(name: Name, frame: Box) -> Reason | None:
    """Why a name cannot be printed at all, before any place is looked for."""
    text = cleaned(name.text)
    if not text:
        return "empty"
    if name.at is not None:
        x, y = name.at
        return None if frame.left <= x <= frame.right and frame.top <= y <= frame.bottom else "outside"
    shape = name.area if name.area is not None else name.line
    if shape is None or shape.is_empty or not _shows(shape, frame):
        return "outside"
    small = name.area is not None and shape.area < SMALLEST_SHARE * name.least**2
    return "small" if small else None


def _shows(shape: Any, frame: Box) -> bool:
    left, top, right, bottom = shape.bounds
    if frame.left <= left and right <= frame.right and frame.top <= top and bottom <= frame.bottom:
        return True
    return bool(shape.intersects(shapely.box(frame.left, frame.top, frame.right, frame.bottom)))


def wishes_of(names: Mapping[int, Name], taken: Sequence[Box], frame: Box) -> list[tuple[int, Any]]:
    """The wishes of all names, each with the key of its name; some have no way at all, and some names no wish."""
    keys = [key for key, name in names.items() if name.area is not None]
    areas = area_wishes([names[key] for key in keys], taken, frame)
    found: list[tuple[int, Any]] = list(zip(keys, areas, strict=True))
    for key, name in names.items():
        if name.area is None:
            found += [(key, wish) for wish in _others(name, frame)]
    fine = allowed([wish for _, wish in found], taken, frame)
    return [(key, wish) for (key, _), wish in zip(found, fine, strict=True)]


def _others(name: Name, frame: Box) -> "Sequence[PointWish | CurveWish | ShieldWish]":
    if name.at is not None:
        return [point_wish(name)]
    return shield_wishes(name, frame) if name.plate else curve_wishes(name, frame)


def allowed(wishes: Sequence[Any], taken: Sequence[Box], frame: Box) -> list[Any]:
    """The wishes with those ways only that stay within the frame and clear of what is taken. Names of areas have
    seen to that when they looked for places."""
    others = [wish for wish in wishes if not isinstance(wish, AreaWish)]
    boxes = np.concatenate([np.empty((0, 5)), *(wish.ways.boxes for wish in others)])
    bad = np.zeros(len(boxes), bool)
    bad[touching(boxes, _rectangles(taken))] = True
    room = frame.inset(FRAME_MM)
    limits = outer(boxes)
    bad |= (limits[:, :2] < (room.left, room.top)).any(axis=1) | (
        limits[:, 2:] > (room.right, room.bottom)
    ).any(axis=1)
    parts = iter(np.split(bad, np.cumsum([len(wish.ways.boxes) for wish in others])[:-1]) if others else [])
    return [wish if isinstance(wish, AreaWish) else _kept(wish, next(parts)) for wish in wishes]


def _kept(wish: Any, bad: np.ndarray) -> Any:
    ways = np.setdiff1d(np.arange(len(wish.ways)), wish.ways.of[bad])
    if len(ways) == len(wish.ways):
        return wish
    return replace(wish, ways=wish.ways.kept(ways), made=tuple(wish.made[way] for way in ways))


def _rectangles(boxes: Sequence[Box]) -> Numbers:
    rows = [(*box.middle, box.width / 2, box.height / 2, 0.0) for box in boxes]
    return np.array(rows).reshape(-1, 5)
