"""Where the symbols of points lie: one by one, moved apart where they share a place, or gathered with their number."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from exports.sheets.mapping.inks import WHITE
from exports.sheets.page import Box
from exports.sheets.scale import View
from exports.sheets.strata import Stratum
from layers.spec import Paint

SAME = 0.15
HIDES = 0.45
"""Symbols lie on each other, or hide each other, where their middles are closer than this share of their mean width."""
FEW = 3
"""More that only hide each other stay: moving them would put them too far from where they are."""
ROUNDS, FAR_MM = 4, 4.5
"""How often symbols move apart, and how far from their place those may that were already moved."""
ROOMY = 2.4
"""Symbols shrink where they lie on average less than so many of their widths apart."""
SMALLEST = 0.62
GATHERED = 1.5
"""Points within so many widths of the first one become one symbol."""
LARGER = 1.35
EDGE_MM = 0.35
GREY = "#7F8E96"
DIGIT_MM = 1.25
DIGITS_SHARE = {"triangle": 0.62, "diamond": 0.72, "circle": 0.9}


@dataclass(frozen=True)
class Symbol:
    """One symbol on the page: class ``index`` of a stratum at ``x``, ``y`` mm, ``size`` mm across, standing for
    ``count`` points; ``row`` is the place of the point in the stratum, the first of several. ``words`` stand in its middle;
    a ``fixed`` one is never moved."""

    layer: str
    index: int
    row: int
    x: float
    y: float
    size: float
    count: int = 1
    words: str = ""
    fixed: bool = False

    @property
    def box(self) -> Box:
        half = self.size / 2
        return Box(self.x - half, self.y - half, self.x + half, self.y + half)


@dataclass(frozen=True)
class Moved:
    """How many symbols were moved apart, and how far at most in mm."""

    count: int
    most_mm: float


def place_symbols(strata: Sequence[Stratum], view: View) -> tuple[list[Symbol], Moved]:
    """Symbols of all point layers in drawing order, none on top of another that lies at the same place."""
    placed: list[Symbol] = []
    for stratum in strata:
        placed += _of(stratum, view)
    fixed = [symbol for symbol in placed if symbol.fixed]
    free, moved = _apart([symbol for symbol in placed if not symbol.fixed])
    order = {stratum.id: at for at, stratum in enumerate(strata)}
    return sorted([*fixed, *free], key=lambda symbol: order[symbol.layer]), moved


def _of(stratum: Stratum, view: View) -> list[Symbol]:
    if stratum.gathers:
        return _gathered(stratum, view)
    return _sized(stratum, view) if stratum.sizes is not None or stratum.badges else _single(stratum, view)


def paint_at(stratum: Stratum, index: int) -> Paint:
    """The paint of a class."""
    return stratum.legend[index].paint


def paint_of(stratum: Stratum, symbol: Symbol) -> Paint:
    """The paint of one symbol: hollow where it stands for a place across the county's line."""
    paint = paint_at(stratum, symbol.index)
    alone = symbol.count == 1 and stratum.outside is not None and bool(stratum.outside[symbol.row])
    return hollow(paint) if alone else paint


def hollow(paint: Paint) -> Paint:
    """What lies across the county's line looks the same everywhere, on the screen too: its own symbol, hollow, and grey
    where its own is hollow already."""
    filled = paint.fill is not None and paint.fill != WHITE
    edge = paint.fill if filled else GREY
    return paint.model_copy(update={"fill": WHITE, "line": edge, "line_mm": EDGE_MM})


def count_size(paint: Paint, count: int) -> float:
    """Width of a symbol that carries a number."""
    if count <= 1:
        return paint.size_mm
    share = DIGITS_SHARE.get(paint.symbol or "circle", 0.7)
    return max(paint.size_mm * LARGER, len(str(count)) * DIGIT_MM / share + 1.0)


def _inside(stratum: Stratum, view: View) -> tuple[np.ndarray, np.ndarray]:
    """Places on the page of the points within the map, and their rows; areas stand by a point within them."""
    shapes = stratum.shapes
    plain = np.where(shapely.get_type_id(shapes) == 0, shapes, shapely.point_on_surface(shapes))
    mm = view.to_mm(np.column_stack([shapely.get_x(plain), shapely.get_y(plain)]))
    box = view.box
    keep = (mm[:, 0] >= box.left) & (mm[:, 0] <= box.right) & (mm[:, 1] >= box.top) & (mm[:, 1] <= box.bottom)
    rows = np.flatnonzero(keep)
    return mm[rows], rows


def _single(stratum: Stratum, view: View) -> list[Symbol]:
    mm, rows = _inside(stratum, view)
    shrink = _shrink(mm, stratum)
    return [
        Symbol(stratum.id, index, row, x, y, paint_at(stratum, index).size_mm * shrink)
        for (x, y), row, index in zip(mm.tolist(), rows.tolist(), stratum.classes[rows].tolist(), strict=True)
    ]


def _sized(stratum: Stratum, view: View) -> list[Symbol]:
    """Symbols where they are, as large as their amount says, the largest first; with their words."""
    mm, rows = _inside(stratum, view)
    classes = stratum.classes[rows].tolist()
    sizes = (
        [paint_at(stratum, index).size_mm for index in classes]
        if stratum.sizes is None
        else stratum.sizes.mm[rows].tolist()
    )
    words = [stratum.badges[row] for row in rows] if stratum.badges else [""] * len(rows)
    found = [
        Symbol(stratum.id, index, row, x, y, size, words=text, fixed=True)
        for (x, y), row, index, size, text in zip(
            mm.tolist(), rows.tolist(), classes, sizes, words, strict=True
        )
    ]
    return sorted(found, key=lambda symbol: (-symbol.size, symbol.row))


def _shrink(mm: np.ndarray, stratum: Stratum) -> float:
    """1, or less where many symbols share little room."""
    if len(mm) < 20:
        return 1.0
    width, height = np.ptp(mm, axis=0)
    largest = max(row.paint.size_mm for row in stratum.legend)
    spacing = math.sqrt(float(width * height) / len(mm))
    return max(SMALLEST, min(1.0, spacing / (ROOMY * largest)))


def _gathered(stratum: Stratum, view: View) -> list[Symbol]:
    """Points near each other as one symbol of the worst class among them, which is the first of the legend."""
    mm, rows = _inside(stratum, view)
    if not len(mm):
        return []
    classes = stratum.classes[rows]
    reach = GATHERED * max(row.paint.size_mm for row in stratum.legend)
    near = cKDTree(mm).query_ball_point(mm, reach)
    order = sorted(range(len(mm)), key=lambda at: (-len(near[at]), classes[at], at))
    free = np.ones(len(mm), dtype=bool)
    found = []
    for at in order:
        if not free[at]:
            continue
        members = [other for other in near[at] if free[other]]
        free[members] = False
        worst = min(members, key=lambda other: (classes[other], other))
        x, y = mm[members].mean(axis=0).tolist()
        size = count_size(paint_at(stratum, int(classes[worst])), len(members))
        found.append(Symbol(stratum.id, int(classes[worst]), int(rows[worst]), x, y, size, len(members)))
    return sorted(found, key=lambda symbol: (-symbol.index, symbol.row))


def _apart(placed: list[Symbol]) -> tuple[list[Symbol], Moved]:
    """Symbols that share a place stand on a ring round it, touching; who comes to lie on another moves once more, not far."""
    now = list(placed)
    for turn in range(ROUNDS):
        for group in _sharing(now):
            ring = list(_ring([now[at] for at in group]))
            ways = [
                math.dist(place, (placed[at].x, placed[at].y)) for at, place in zip(group, ring, strict=True)
            ]
            if turn == 0 or max(ways) <= FAR_MM:
                for at, (x, y) in zip(group, ring, strict=True):
                    now[at] = replace(now[at], x=x, y=y)
    ways = [math.dist((one.x, one.y), (was.x, was.y)) for one, was in zip(now, placed, strict=True)]
    moved = [way for way in ways if way > 0]
    return now, Moved(len(moved), max(moved, default=0.0))


def _ring(group: list[Symbol]) -> Iterable[tuple[float, float]]:
    """A place for each on a ring round their middle."""
    x = sum(one.x for one in group) / len(group)
    y = sum(one.y for one in group) / len(group)
    radius = max(one.size for one in group) * 0.54 / math.sin(math.pi / len(group))
    for turn in range(len(group)):
        angle = 2 * math.pi * turn / len(group) + math.pi
        yield x + radius * math.cos(angle), y + radius * math.sin(angle)


def _sharing(placed: list[Symbol]) -> Iterable[list[int]]:
    """Groups of two or more that lie on each other, or of a few that hide each other."""
    places = np.array([(one.x, one.y) for one in placed]).reshape(-1, 2)
    sizes = np.array([one.size for one in placed])
    few = [group for group in _close(places, sizes, HIDES) if len(group) <= FEW]
    yield from few
    taken = {at for group in few for at in group}
    yield from (group for group in _close(places, sizes, SAME) if taken.isdisjoint(group))


def _close(places: np.ndarray, sizes: np.ndarray, share: float) -> list[list[int]]:
    """Groups joined by middles closer than ``share`` of the mean width of the two."""
    n = len(places)
    if n < 2:
        return []
    pairs = cKDTree(places).query_pairs(share * sizes.max(), output_type="ndarray")
    apart = np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1)
    pairs = pairs[apart < share * sizes[pairs].mean(axis=1)]
    graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    _, group = connected_components(graph, directed=False)
    return [np.flatnonzero(group == one).tolist() for one in np.unique(group[pairs.ravel()])]
