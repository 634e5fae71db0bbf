"""A road network as a graph: what it costs to go along each piece of road, both ways."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from geo.amounts import SHOWN, Indices, Numbers, listed
from geo.checks import flattened
from geo.crs import require_metric
from geo.errors import ArgumentError, NetworkError
from geo.nearest import Mask, Unit, checked_limit
from geo.roads.entrances import Entrances, entrances_of
from geo.roads.speeds import NO_ACCESS, SPEEDS, WALK_KMH, Mode, Speeds
from geo.roads.splitting import Pieces, split
from geo.roads.water import Water, water_of

if TYPE_CHECKING:
    import geopandas as gpd

TOLERANCE_M = 0.5
"""Ends closer than this are joined: field data agree to decimetres where they mean the same place."""
BRIDGE_M = 300.0
"""A road that is marked as a bridge and longer than this may only have one."""
METRES_PER_MINUTE = 1000.0 / 60.0
"""of one km/h"""


@dataclass(frozen=True)
class Part:
    """Roads that hang together, and with nothing else: how many nodes and kilometres, and a place on them."""

    nodes: int
    length_km: float
    at: tuple[float, float]


@dataclass(frozen=True)
class Network:
    """Pieces of road between nodes, for one way of going.

    ``nodes`` (k, 2) in metres. Piece i is ``lines[i]``, from node ``tail[i]`` to ``head[i]``, and comes from
    row ``source[i]`` of the roads. ``forward`` and ``backward`` are what it costs from tail to head and
    back, in ``unit``; ``inf`` against a one-way street. ``graph`` (k, k) is the cheapest direct way between
    two nodes. ``parts``, the longest first, are the roads that are not joined; ``part`` (k,) counts them.
    ``open_to_points`` (pieces) says where one can enter. ``per_metre`` is the cost of a metre beside the road,
    where nobody walks through ``water``.
    """

    mode: Mode
    unit: Unit
    crs: Any
    nodes: Numbers
    lines: Any
    source: Indices
    tail: Indices
    head: Indices
    length_m: Numbers
    forward: Numbers
    backward: Numbers
    open_to_points: Mask
    graph: csr_array
    part: Indices
    parts: tuple[Part, ...]
    per_metre: float
    water: Water | None

    @cached_property
    def reversed(self) -> csr_array:
        """The graph with every arc turned round: distances from a node in it are distances to that node."""
        return csr_array(self.graph.T)

    @cached_property
    def entrances(self) -> Entrances:
        """Where points may come onto the roads."""
        return entrances_of(self.lines, (self.tail, self.head), self.open_to_points, self.water)


def network(
    roads: "gpd.GeoDataFrame",
    mode: Mode = "walk",
    *,
    unit: Unit = "min",
    speeds: Speeds | None = None,
    tolerance_m: float = TOLERANCE_M,
    barriers: Any = None,
) -> Network:
    """Make a network of centre lines.

    Roads join where ends or vertices meet and where one ends on another; a crossing without a common vertex
    is a bridge and no junction. Of parallel roads the cheapest counts. One-way binds cars only.

    Args:
        roads: lines in a metric CRS with ``class``; ``oneway`` (true: in the direction it was drawn, −1:
            against it), ``speed_kmh`` (binds cars only) and ``bridge`` (true: nobody gets on or off there) where known.
        mode: ``walk``, ``ebike`` or ``car``.
        unit: cost in ``m`` or ``min``.
        speeds: km/h by class instead of the default; a class that is not named is closed.
        tolerance_m: how close ends must come to touch.
        barriers: polygon or lines (rivers) that nobody crosses but on a road.
    Raises:
        CrsMissingError, NotMetricError; ArgumentError for another mode; LimitError for a speed that is none;
        NetworkError when no road is left, a class is unknown, or geometries are not lines.
    """
    if mode not in SPEEDS:
        raise ArgumentError("没有出行方式“{mode}”，可选：{all}。", mode=mode, all=listed(SPEEDS))
    require_metric(roads.crs)
    table = SPEEDS[mode] if speeds is None else speeds
    speed = _speeds(roads, mode, table)
    usable = roads[speed > 0]
    if not len(usable):
        raise NetworkError("没有一条路能用“{mode}”走。先导入道路，或检查道路等级。", mode=mode)
    lines, row = _lines(usable)
    pieces = split(lines, tolerance_m)
    ways = _ways(usable, mode)[row][pieces.source]
    fast = speed[speed > 0][row][pieces.source]
    classes = usable["class"].to_numpy(dtype=object)[row][pieces.source]
    origin = np.flatnonzero(speed > 0)[row][pieces.source]
    water = water_of(barriers)
    closed = _bridges(usable, lines, row, water)[pieces.source]
    open_to_points = ~np.isin(classes, list(NO_ACCESS)) & ~closed
    if not open_to_points.any():
        raise NetworkError("只有高速公路或桥，没有能上下的路。导入其他道路。")
    kind = mode, unit, roads.crs
    return _network(pieces, origin, kind, (fast, ways), (open_to_points, water))


def _network(
    pieces: Pieces,
    origin: Indices,
    kind: tuple[Mode, Unit, Any],
    going: tuple[Numbers, Indices],
    entering: tuple[Mask, Water | None],
) -> Network:
    """``going`` is km/h and the one-way mark of each piece, ``entering`` which are open to points, and the water."""
    mode, unit, crs = kind
    speed, ways = going
    length = shapely.length(pieces.lines)
    cost = length if unit == "m" else length / (speed * METRES_PER_MINUTE)
    # A one-way street is two arcs of which one is infinite; an undirected search would forget it.
    forward, backward = np.where(ways < 0, np.inf, cost), np.where(ways > 0, np.inf, cost)
    graph = _graph(len(pieces.nodes), pieces.tail, pieces.head, (forward, backward))
    part, parts = _parts(pieces, length)
    # The way to the road is walked, also by those who then drive.
    per_metre = 1.0 if unit == "m" else 1 / (WALK_KMH * METRES_PER_MINUTE)
    return Network(
        mode, unit, crs, pieces.nodes, pieces.lines, origin, pieces.tail, pieces.head, length,
        forward, backward, entering[0], graph, part, parts, per_metre, entering[1],
    )  # fmt: skip


def _speeds(roads: "gpd.GeoDataFrame", mode: Mode, table: Speeds) -> Numbers:
    """km/h of each road; 0 where it is closed. Unknown classes are refused rather than guessed."""
    for value in table.values():
        checked_limit(value)
    known = {name for speeds in SPEEDS.values() for name in speeds} | set(table)
    classes = roads["class"]
    strange = classes[~classes.isin(known)].astype(str).unique()
    if len(strange):
        raise NetworkError(
            "不认识道路等级 {found}，可用：{all}。在道路图层里改正，或给出它的速度。",
            found=listed(strange[:SHOWN]),
            all=listed(sorted(known)),
        )
    speed = classes.map(dict(table)).to_numpy(dtype=np.float64, na_value=0.0)
    if mode == "car" and "speed_kmh" in roads:
        own = roads["speed_kmh"].to_numpy(dtype=np.float64, na_value=np.nan)
        speed = np.where((own > 0) & (speed > 0), own, speed)
    return np.asarray(speed)


def _ways(roads: "gpd.GeoDataFrame", mode: Mode) -> Indices:
    """1 along the line only, −1 against it only, 0 both ways."""
    if mode != "car" or "oneway" not in roads:
        return np.zeros(len(roads), dtype=np.int64)
    marks = roads["oneway"].to_numpy(dtype=np.float64, na_value=0.0)
    return np.asarray(np.sign(marks), dtype=np.int64)


def _bridges(roads: "gpd.GeoDataFrame", lines: Any, row: Indices, water: Water | None) -> Mask:
    """Lines that are a bridge as a whole. A long road that is marked only has one where it crosses known water, and
    there it is no entrance anyway."""
    if "bridge" not in roads:
        return np.zeros(len(lines), dtype=bool)
    marked: Mask = (roads["bridge"].to_numpy(dtype=np.float64, na_value=0.0) > 0)[row]
    long = np.flatnonzero(marked & (shapely.length(lines) > BRIDGE_M))
    if water is not None and len(long):
        marked[long[np.unique(water.touched(lines[long])[0])]] = False
    return marked


def _lines(roads: "gpd.GeoDataFrame") -> tuple[Any, Indices]:
    """Single lines and the row each one comes from."""
    shapes = flattened(roads.geometry.to_numpy())
    parts, row = shapes, np.arange(len(shapes))
    if (shapely.get_type_id(shapes) != shapely.GeometryType.LINESTRING).any():
        parts, row = shapely.get_parts(shapes, return_index=True)
    strange = shapely.get_type_id(parts) != shapely.GeometryType.LINESTRING
    if strange.any():
        raise NetworkError(
            "道路要线，{count} 个不是，如 {kind}。删去或改正。",
            count=int(strange.sum()),
            kind=parts[strange][0].geom_type,
        )
    solid = shapely.length(parts) > 0
    if not solid.any():
        raise NetworkError("道路的几何全是空的。先导入道路。")
    return parts[solid], row[solid]


def _graph(count: int, tail: Indices, head: Indices, costs: tuple[Numbers, Numbers]) -> csr_array:
    """The cheapest arc for each ordered pair of nodes; sparse constructors would add parallel ones up."""
    start, end = np.concatenate([tail, head]), np.concatenate([head, tail])
    cost = np.concatenate(costs)
    passable = np.isfinite(cost) & (start != end)
    start, end, cost = start[passable], end[passable], cost[passable]
    pair = start * count + end
    # `csr_array` adds up what stands twice in one place: two parallel streets would be one twice as long.
    order = np.lexsort((cost, pair))
    first = order[np.r_[True, pair[order][1:] != pair[order][:-1]]] if len(order) else order
    ends = end[first].astype(np.int32)
    starts = np.searchsorted(start[first], np.arange(count + 1)).astype(np.int32)
    return csr_array((cost[first], ends, starts), shape=(count, count))


def _parts(pieces: Pieces, length: Numbers) -> tuple[Indices, tuple[Part, ...]]:
    count = len(pieces.nodes)
    # Weakly connected: a one-way street joins, so that only what is really cut off counts as a part.
    links = coo_array((np.ones(len(length)), (pieces.tail, pieces.head)), shape=(count, count))
    number, label = connected_components(links, directed=False)
    metres = np.bincount(label[pieces.tail], length, minlength=number)
    sizes = np.bincount(label, minlength=number)
    order = np.argsort(-metres, kind="stable")
    place = np.empty(number, dtype=np.int64)
    place[order] = np.arange(number)
    _, first = np.unique(label, return_index=True)
    found = tuple(
        Part(int(sizes[i]), float(metres[i]) / 1000, (float(x), float(y)))
        for i, (x, y) in ((i, pieces.nodes[first[i]]) for i in order)
        if metres[i] > 0
    )
    return place[label], found
