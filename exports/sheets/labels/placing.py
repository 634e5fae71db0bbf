"""From names to marks: what can be printed where, what of it is printed, and why the rest is not."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from exports.sheets.labels.areas import AreaWish
from exports.sheets.labels.choosing import NOWHERE, choose
from exports.sheets.labels.crossing import Ground, ground
from exports.sheets.labels.name import Drawn, Dropped, Name, Placement, Plate, Reason, Wish
from exports.sheets.labels.wishes import allowed, unfit, wishes_of
from exports.sheets.page import Box

CLEAR_MM = 0.12
"""Between a name and an obstacle."""
ROUNDS = 2
"""How often names that found no room, and those around them, look further."""


def place(names: Sequence[Name], obstacles: Sequence[Box], within: Box) -> Placement:
    """Print as many of the names as fit, none over another, over an obstacle or beyond ``within``.

    The name of an area has its middle inside the area. Names that find no room are set smaller, wrapped, or led to
    their symbol by a line, before they are left out. The same names give the same placement.

    Args:
        names: what wants to be named, in millimetres on the page.
        obstacles: furniture and symbols; nothing is printed on them.
        within: the map's frame.
    """
    taken = [box.inset(-CLEAR_MM) for box in obstacles]
    reasons = {row: reason for row, name in enumerate(names) if (reason := unfit(name, within))}
    fit = {row: name for row, name in enumerate(names) if row not in reasons}
    wanted = wishes_of(fit, taken, within)
    wishes, ways = _settled([wish for _, wish in wanted], taken, within)
    rows = [row for row, _ in wanted]
    printed: dict[int, list[tuple[Wish, int]]] = {}
    for row, wish, way in zip(rows, wishes, ways, strict=True):
        if way != NOWHERE:
            printed.setdefault(row, []).append((wish, way))
    roomy = {row for row, wish in zip(rows, wishes, strict=True) if row not in printed and _has_room(wish)}
    for row in fit.keys() - printed.keys():
        reasons[row] = "crowded" if row in roomy else "small"
    return _placement(names, printed, reasons)


def _has_room(wish: Any) -> bool:
    """Whether a name would fit if nothing else stood there."""
    return bool(len(wish.ways)) or not isinstance(wish, AreaWish) or wish.fits()


def _settled(wishes: list[Any], taken: Sequence[Box], within: Box) -> tuple[list[Any], list[int]]:
    """The wishes, some of them widened, and the way of each."""
    table = ground([wish.ways for wish in wishes])
    ways = choose(table, [wish.priority for wish in wishes])
    for _ in range(ROUNDS):
        wider = _widened(wishes, _cramped(table, ways), taken, within)
        if not wider:
            break
        after = [wider.get(row, wish) for row, wish in enumerate(wishes)]
        ways = [_same(old, way, new) for old, way, new in zip(wishes, ways, after, strict=True)]
        wishes, table = after, ground([wish.ways for wish in after])
        ways = choose(table, [wish.priority for wish in wishes], ways)
    return wishes, ways


def _widened(wishes: list[Any], rows: list[int], taken: Sequence[Box], within: Box) -> dict[int, Any]:
    """Those of the wishes in ``rows`` that have more ways than were looked at."""
    wider = {row: wishes[row].wider() for row in rows}
    wider = {row: wish for row, wish in wider.items() if wish is not wishes[row]}
    return dict(zip(wider, allowed(list(wider.values()), taken, within), strict=True))


def _cramped(table: Ground, ways: Sequence[int]) -> list[int]:
    """Wishes that are not printed, and those whose ways exclude theirs."""
    missing = [wish for wish, way in enumerate(ways) if way == NOWHERE]
    found = set(missing)
    for wish in missing:
        around = table.excluded(int(table.starts[wish]), int(table.starts[wish + 1]))
        found.update(table.owner[around].tolist())
    return sorted(found)


def _same(old: Wish, way: int, new: Wish) -> int:
    """The place among the ways of ``new`` of one of ``old``."""
    if old is new or way == NOWHERE:
        return way
    box = old.ways.boxes[np.searchsorted(old.ways.of, way)]
    firsts = np.searchsorted(new.ways.of, np.arange(len(new.ways)))
    same = (new.ways.boxes[firsts] == box).all(axis=1) & (new.ways.cost == old.ways.cost[way])
    return int(same.argmax()) if same.any() else NOWHERE


def _placement(
    names: Sequence[Name], printed: dict[int, list[tuple[Wish, int]]], reasons: dict[int, Reason]
) -> Placement:
    rows = [(names[row], wish, way) for row in sorted(printed) for wish, way in printed[row]]
    drawn: list[Drawn] = [wish.drawn(way) for _, wish, way in rows]
    return Placement(
        words=tuple(mark for one in drawn for mark in one.words),
        leaders=tuple(mark for one in drawn for mark in one.leaders),
        shields=tuple(mark for one in drawn for mark in one.shields),
        boxes=tuple(plate for name, wish, way in rows for plate in _plates(name, wish, way)),
        placed=tuple(names[row].code for row in sorted(printed)),
        dropped=tuple(Dropped(names[row].code, names[row].kind, reasons[row]) for row in sorted(reasons)),
    )


def _plates(name: Name, wish: Wish, way: int) -> list[Plate]:
    rows = wish.ways.boxes[wish.ways.of == way]
    return [
        Plate(name.code, name.kind, x, y, 2 * half_x, 2 * half_y, float(np.degrees(angle)))
        for x, y, half_x, half_y, angle in rows.tolist()
    ]
