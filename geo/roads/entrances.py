"""Where points may come onto the roads: open pieces without what lies over water, in arms that hardly bend."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.amounts import Indices, Numbers
from geo.nearest import Mask
from geo.roads.splitting import metres_along, sections
from geo.roads.water import Water

BEND = np.pi / 12
"""How far an arm may turn before another one begins."""
AT_END_M = 1e-6
"""Closer to the end of a piece than this is at its end, where every road that meets there can be taken."""
BANK = -1
"""A joint that is none: the road goes on over water, where nobody comes onto it."""


@dataclass(frozen=True, eq=False)
class Entrances:
    """``arms`` are lines; arm i is the part of piece ``piece[i]`` from ``begin_m[i]`` metres from its tail on.

    ``ends`` (n, 2, 2) are its first and last place, ``outward`` (n, 2, 2) the direction away from it there, and
    ``joints`` (n, 2) what is there: a node, a bend, or ``BANK``; ``many`` says how many arms meet in each joint.
    ``tree`` finds arms.
    """

    arms: Any
    piece: Indices
    begin_m: Numbers
    length_m: Numbers
    joints: Indices
    many: Indices
    ends: Numbers
    outward: Numbers
    tree: Any


def entrances_of(
    lines: Any, ends: tuple[Indices, Indices], open_to_points: Mask, water: Water | None
) -> Entrances:
    """The entrances of pieces of road between two nodes each, ``ends``.

    The nearest place on a bent road leaps along it when a point moves a little, so each side of a bend is an entrance
    of its own.
    """
    piece = np.flatnonzero(open_to_points)
    arms, begin, whole = lines[piece], np.zeros(len(piece)), np.ones((len(piece), 2), dtype=bool)
    if water is not None:
        arms, piece, begin, whole = _dry(arms, piece, water)
    tail, head = (np.where(whole[:, side], ends[side][piece], BANK) for side in (0, 1))
    arms, owner, inside = _unbent(arms)
    same = owner[1:] == owner[:-1]
    bends = 1 + max(int(end.max(initial=0)) for end in ends) + np.cumsum(same)
    joints = np.column_stack(
        [
            np.where(np.r_[False, same], np.r_[0, bends], tail[owner]),
            np.where(np.r_[same, False], np.r_[bends, 0], head[owner]),
        ]
    )[: len(owner)]
    number = np.arange(len(arms))
    meeting = np.unique(np.column_stack([joints.ravel(), np.repeat(number, 2)]), axis=0)[:, 0]
    many = np.bincount(meeting[meeting != BANK], minlength=1)
    return Entrances(
        arms,
        piece[owner],
        begin[owner] + inside,
        shapely.length(arms),
        joints,
        many,
        *_ends(arms),
        shapely.STRtree(arms),
    )


def _ends(arms: Any) -> tuple[Numbers, Numbers]:
    """The first and last place of each arm, and unit vectors away from it along its first and last step."""
    corners = [shapely.get_coordinates(shapely.get_point(arms, position)) for position in (0, 1, -2, -1)]
    steps = np.stack([corners[0] - corners[1], corners[3] - corners[2]], axis=1)
    size = np.hypot(steps[..., 0], steps[..., 1])[..., None]
    outward = np.divide(steps, size, out=np.zeros_like(steps), where=size > 0)
    return np.stack([corners[0], corners[3]], axis=1), outward


def _dry(lines: Any, piece: Indices, water: Water) -> tuple[Any, Indices, Numbers, Mask]:
    """The parts of lines on land, where each begins, and which of its ends are ends of the line: over water a road is
    a bridge, and one gets onto a bridge at its ends only."""
    wet = np.unique(water.touched(lines)[0])
    land, owner = shapely.get_parts(shapely.difference(lines[wet], water.whole), return_index=True)
    solid = (shapely.get_type_id(land) == shapely.GeometryType.LINESTRING) & (shapely.length(land) > 0)
    land, owner = land[solid], wet[owner[solid]]
    ends = [
        shapely.line_locate_point(lines[owner], shapely.get_point(land, position)) for position in (0, -1)
    ]
    turned = ends[1] < ends[0]
    land = np.where(turned, shapely.reverse(land), land)
    first, last = np.minimum(*ends), np.maximum(*ends)
    reaching = np.column_stack([first <= AT_END_M, last >= shapely.length(lines[owner]) - AT_END_M])
    dry = np.delete(np.arange(len(lines)), wet)
    return (
        np.concatenate([lines[dry], land]),
        np.concatenate([piece[dry], piece[owner]]),
        np.concatenate([np.zeros(len(dry)), first]),
        np.concatenate([np.ones((len(dry), 2), dtype=bool), reaching]),
    )


def _unbent(lines: Any) -> tuple[Any, Indices, Numbers]:
    """Lines cut at the vertices where their direction has turned by another ``BEND``; the row each comes from, and
    where it begins in metres."""
    xy, line = shapely.get_coordinates(lines, return_index=True)
    along = metres_along(xy, line)
    first = np.r_[True, line[1:] != line[:-1]]
    steps = np.diff(xy, axis=0)
    heading = np.arctan2(steps[:, 1], steps[:, 0])
    turn = (np.diff(heading, prepend=heading[:1]) + np.pi) % (2 * np.pi) - np.pi
    turn[first[:-1]] = 0.0
    turned = np.cumsum(turn)
    start = np.maximum.accumulate(np.where(first[:-1], np.arange(len(turned)), 0))
    sector = np.rint((turned - turned[start]) / BEND)
    bends = (
        np.flatnonzero((sector[1:] != sector[:-1]) & (line[1:-1] == line[:-2]) & (line[1:-1] == line[2:])) + 1
    )
    if not len(bends):
        return lines, np.arange(len(lines)), np.zeros(len(lines))
    lengths = along[np.r_[np.flatnonzero(first)[1:] - 1, len(xy) - 1]]
    owner = np.concatenate([np.arange(len(lines)), line[bends]])
    begin = np.concatenate([np.zeros(len(lines)), along[bends]])
    order = np.lexsort((begin, owner))
    owner, begin = owner[order], begin[order]
    end = np.where(np.r_[owner[1:] == owner[:-1], False], np.r_[begin[1:], 0.0], lengths[owner])
    return sections(xy, line, along, owner, begin, end), owner, begin
