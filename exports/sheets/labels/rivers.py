"""Names along a line, letter by letter: rivers, and roads without a number.

A line that runs across is read from left to right, its letters stand along it; a steep one is read downwards, its
Chinese letters keep their heads up. Never is a letter upside down.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exports.sheets.fonts import ASCENT, DESCENT, text_width
from exports.sheets.labels.lettering import cleaned, sizes, upright, words
from exports.sheets.labels.name import Drawn, Name, Numbers, Ways
from exports.sheets.labels.traces import Trace, slots, traces
from exports.sheets.page import Box

SHORT, SHORT_ROOMS = 3, ((2.0, 0.0), (0.9, 0.12), (0.25, 0.4))
ROOMS = ((0.9, 0.0), (0.25, 0.3))
LATIN_ROOMS = ((0.12, 0.0),)
"""Room between two letters in parts of an em, and what it costs; up to ``SHORT`` Chinese letters may spread."""
STEP_MM = 1.5
LARGEST_TURN = np.radians(32)
STEEPEST = np.radians(62)
STEEPEST_LATIN = np.radians(92)
UPWARDS = 0.02
"""A line that runs less across than this part of its rise is upright: Latin letters climb it."""
SMALLER = 0.5
AGAIN = 0.3
"""Weight of each repeat, in parts of the name's own."""
MIDDLE = (ASCENT - DESCENT) / 2
MOST = 40


@dataclass(frozen=True)
class Lettered:
    """Ways of equal size: ``at`` (k, n, 2) and ``angles`` (k, n; radians, clockwise) of the n letters in reading
    order, ``cost`` (k)."""

    size: float
    at: Numbers
    angles: Numbers
    cost: Numbers


@dataclass(frozen=True)
class CurveWish:
    """A name along its line. ``made`` is the size of each way."""

    name: Name
    priority: float
    ways: Ways
    made: tuple[float, ...]

    def drawn(self, way: int) -> Drawn:
        size = self.made[way]
        rows = self.ways.boxes[self.ways.of == way].tolist()
        return Drawn(
            tuple(
                words(self.name, letter, size, _foot((x, y), angle, size), angle=float(np.degrees(angle)))
                for letter, (x, y, _, _, angle) in zip(cleaned(self.name.text), rows, strict=True)
                if letter != " "
            )
        )

    def wider(self) -> "CurveWish":
        return self


def _foot(at: tuple[float, float], angle: float, size: float) -> tuple[float, float]:
    """Middle of the base line of a letter whose body has its middle there."""
    down = MIDDLE * size
    return float(at[0] - down * np.sin(angle)), float(at[1] + down * np.cos(angle))


def curve_wishes(name: Name, frame: Box) -> list[CurveWish]:
    """One wish for each stretch of the line on which the name has room; the first has the full weight."""
    found: list[CurveWish] = []
    for trace in traces(name.line, frame, smooth=2 * name.size):
        for middle, half in slots(trace, name.every):
            made = list(_lettered(name, trace, middle, half))
            if sum(len(part.cost) for part in made):
                found.append(_wish(name, made, AGAIN if found else 1.0))
    return found


def _wish(name: Name, parts: list[Lettered], share: float) -> CurveWish:
    count = len(cleaned(name.text))
    cost = np.concatenate([part.cost for part in parts])
    order = np.argsort(cost, kind="stable")[:MOST]
    boxes = np.concatenate([_boxes(name, part) for part in parts])[order].reshape(-1, 5)
    sizes_of = np.repeat([part.size for part in parts], [len(part.cost) for part in parts])[order]
    ways = Ways(cost[order], boxes, np.repeat(np.arange(len(order)), count))
    return CurveWish(name, name.priority * share, ways, tuple(sizes_of.tolist()))


def _boxes(name: Name, part: Lettered) -> Numbers:
    """(k, n, 5): the rectangles of all letters."""
    widths = [text_width(letter, part.size, name.weight) / 2 for letter in cleaned(name.text)]
    boxes = np.empty((*part.angles.shape, 5))
    boxes[..., :2], boxes[..., 2], boxes[..., 3], boxes[..., 4] = part.at, widths, part.size / 2, part.angles
    return boxes


def _lettered(name: Name, trace: Trace, middle: float, half: float) -> Iterator[Lettered]:
    text = cleaned(name.text)
    chinese = all(upright(sign) for sign in text)
    rooms = (SHORT_ROOMS if len(text) <= SHORT else ROOMS) if chinese else LATIN_ROOMS
    for step, size in enumerate(sizes(name)):
        for room, cost in rooms:
            places = _offsets(name, size, room)
            reach = (places[-1] - places[0] + size) / 2
            if reach > half:
                continue
            last = (half - reach) // STEP_MM
            shifts = np.arange(-last, last + 1) * STEP_MM
            away = SMALLER * step + cost + 0.3 * np.abs(shifts) / half
            for side in (-1, 1) if name.offset else (0,):
                extra = away + (0.05 if side > 0 else 0.0)
                at, angles, bent = _along(
                    trace, (middle + shifts[:, None], places), size, side * name.offset, chinese=chinese
                )
                fine = _readable(angles, STEEPEST if chinese else STEEPEST_LATIN)
                yield Lettered(size, at[fine], angles[fine], (extra + bent)[fine])


def _offsets(name: Name, size: float, room: float) -> Numbers:
    """Middles of the letters along the line, about zero."""
    widths = np.array([text_width(sign, size, name.weight) for sign in cleaned(name.text)])
    middles = np.cumsum(widths + room * size) - widths / 2
    about_zero: Numbers = middles - (middles[0] + middles[-1]) / 2
    return about_zero


def _along(
    trace: Trace, places: tuple[Numbers, Numbers], size: float, off: float, *, chinese: bool
) -> tuple[Numbers, Numbers, Numbers]:
    """Middles and angles of the letters about each of these places of the line, ``off`` it, and how bent each is."""
    middles, offsets = places
    ends = trace.at(middles + np.array([offsets[0] - size / 2, offsets[-1] + size / 2]))
    across, down = (ends[:, 1] - ends[:, 0]).T
    # Upright Chinese is read downwards; Latin letters are turned and climb.
    steep = (np.abs(down) > np.abs(across)) & chinese
    level = np.where(np.abs(across) > UPWARDS * np.abs(down), across < 0, down > 0)
    # The direction in which a river was drawn says nothing about how its name is read.
    backwards = np.where(steep, down < 0, level)
    along = middles + np.where(backwards[:, None], -offsets, offsets)
    way = trace.way(along, size) + np.pi * backwards[:, None]
    angles = _wrapped(way - np.pi / 2 * steep[:, None])
    at = trace.at(along) + off * np.stack([-np.sin(way), np.cos(way)], axis=-1)
    bent = np.abs(_wrapped(np.diff(angles, axis=1))).sum(axis=1) / 2 + 0.1 * np.abs(angles).mean(axis=1)
    return at, angles, bent


def _readable(angles: Numbers, steepest: float) -> NDArray[np.bool_]:
    """Which of these ways bend little from letter to letter and stand with their heads up."""
    turns = np.abs(_wrapped(np.diff(angles, axis=1))).max(axis=1, initial=0.0)
    level: NDArray[np.bool_] = np.abs(angles).max(axis=1) <= steepest
    level &= turns <= LARGEST_TURN
    return level


def _wrapped(angles: Numbers) -> Numbers:
    """Between −π and π."""
    return (angles + np.pi) % (2 * np.pi) - np.pi
