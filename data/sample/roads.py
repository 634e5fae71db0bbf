"""One connected road network: straight edges of a planar graph, bent together so that they still never cross."""

from itertools import pairwise

import numpy as np
import pandas as pd
import shapely
from county import County
from divisions import seat_village
from frame import noise_at, rng, townships, villages
from outsiders import Outsider
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay
from tables import table
from water import streams

SPEED_KMH = {"national": 70, "provincial": 60, "county": 50, "township": 40, "village": 25, "street": 30}
RANK = {"national": 0, "provincial": 1, "county": 2, "township": 3, "village": 4}
COST = {"national": 0.55, "provincial": 0.65, "county": 0.75, "township": 0.85, "village": 1.0}
TITLES = {
    "national": "国道",
    "provincial": "省道",
    "county": "县道",
    "township": "乡道",
    "village": "村道",
    "street": "街道",
}
# Trunk routes as chains of townships; "" is the nearest place across the county line.
TRUNKS = (
    ("national", ("140822103", "140822206", "140822105", "140822200", "140822100", "140822202")),
    ("provincial", ("140822101", "140822203", "140822100", "140822205", "140822102")),
    ("provincial", ("140822207", "140822103", "140822208", "140822104", "140822101")),
    ("county", ("140822201", "140822100")),
    ("county", ("140822201", "140822101")),
    ("county", ("140822208", "140822206", "140822207")),
    ("county", ("140822203", "140822105")),
    ("county", ("140822104", "140822203")),
    ("county", ("140822200", "140822205")),
    ("county", ("140822202", "140822205")),
    ("county", ("140822207", "140822105")),
)
LONGEST_M = 2600.0


def tables(
    county: County, outsiders: tuple[Outsider, ...]
) -> tuple[dict[str, pd.DataFrame], list[shapely.LineString]]:
    """The roads layer, one row per stretch between two places, ends shared exactly; and its lines in metres."""
    nodes = np.array([(s.x, s.y) for s in county.settlements] + [(o.x, o.y) for o in outsiders])
    flat = _unbend(nodes)
    edges = _edges(flat)
    classes = _classes(county, nodes, edges)
    keep = _kept(nodes, edges, classes)
    lines = _lines(nodes, flat, edges[keep])
    return {"roads": _table(county, edges[keep], [classes[i] for i in keep], lines)}, lines


def _bend(points: np.ndarray) -> np.ndarray:
    """Push points about by a smooth field; a bijection, so lines that do not cross stay apart."""
    push = [
        noise_at(f"roads-{axis}", 2600, points) * 170 + noise_at(f"roads-fine-{axis}", 1000, points) * 45
        for axis in "xy"
    ]
    return points + np.column_stack(push)


def _unbend(points: np.ndarray) -> np.ndarray:
    """Where to start so that bending leads to the points (fixed-point iteration, to the millimetre)."""
    start = points.copy()
    for _ in range(24):
        start = start + 0.9 * (points - _bend(start))
    return start


def _edges(flat: np.ndarray) -> np.ndarray:
    """Edges of the Gabriel graph, n × 2 node numbers: Delaunay edges with nothing in the circle over them."""
    triangles = Delaunay(flat).simplices
    pairs = np.unique(
        np.sort(np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]]), axis=1), axis=0
    )
    middle = (flat[pairs[:, 0]] + flat[pairs[:, 1]]) / 2
    radius = np.hypot(*(flat[pairs[:, 0]] - flat[pairs[:, 1]]).T) / 2
    from scipy.spatial import cKDTree

    nearest = cKDTree(flat).query(middle)[0]
    return pairs[nearest >= radius - 1e-6]


def _graph(nodes: np.ndarray, edges: np.ndarray, factor: np.ndarray) -> csr_matrix:
    length = np.hypot(*(nodes[edges[:, 0]] - nodes[edges[:, 1]]).T) * factor
    both = (np.concatenate([edges[:, 0], edges[:, 1]]), np.concatenate([edges[:, 1], edges[:, 0]]))
    return csr_matrix((np.concatenate([length, length]), both), shape=(len(nodes), len(nodes)))


def _classes(county: County, nodes: np.ndarray, edges: np.ndarray) -> list[str]:
    """Class of each edge: trunks along shortest paths, township roads from each village to its seat."""
    number = {(int(a), int(b)): i for i, (a, b) in enumerate(edges)}
    classes = ["village"] * len(edges)
    seats = _seat_nodes(county)
    for kind, chain in TRUNKS:
        for a, b in pairwise(chain):
            _mark(classes, number, _path(nodes, edges, classes, seats[a], [seats[b]])[0], kind)
    outside = list(range(len(county.settlements), len(nodes)))
    for node in outside:
        path = min(_path(nodes, edges, classes, node, list(seats.values())), key=len)
        _mark(classes, number, path, "county")
    for place in townships():
        targets = [
            i for i, s in enumerate(county.settlements)
            if s.main and villages()[s.village].township_code == place.code
        ]  # fmt: skip
        for path in _path(nodes, edges, classes, seats[place.code], targets):
            _mark(classes, number, path, "township")
    return classes


def _seat_nodes(county: County) -> dict[str, int]:
    at = {villages()[s.village].code: i for i, s in enumerate(county.settlements) if s.main}
    return {place.code: at[seat_village(place)] for place in townships()}


def _path(
    nodes: np.ndarray, edges: np.ndarray, classes: list[str], start: int, ends: list[int]
) -> list[list[int]]:
    graph = _graph(nodes, edges, np.array([COST[kind] for kind in classes]))
    before = dijkstra(graph, indices=start, return_predecessors=True)[1]
    paths = []
    for end in ends:
        path = [end]
        while path[-1] != start:
            path.append(int(before[path[-1]]))
        paths.append(path)
    return paths


def _mark(classes: list[str], number: dict[tuple[int, int], int], path: list[int], kind: str) -> None:
    for a, b in pairwise(path):
        i = number[(min(a, b), max(a, b))]
        if RANK[kind] < RANK[classes[i]]:
            classes[i] = kind


def _kept(nodes: np.ndarray, edges: np.ndarray, classes: list[str]) -> list[int]:
    """Every classed road, and of the rest what connects the places plus a third of the short links."""
    rank = np.array([RANK[kind] for kind in classes])
    tree = minimum_spanning_tree(_graph(nodes, edges, np.where(rank < 4, 0.01, 1.0)))
    pairs = {(min(int(a), int(b)), max(int(a), int(b))) for a, b in zip(*tree.nonzero(), strict=True)}
    length = np.hypot(*(nodes[edges[:, 0]] - nodes[edges[:, 1]]).T)
    spare = rng("roads-spare").random(len(edges)) < 0.42
    return [
        i for i, (a, b) in enumerate(edges.tolist())
        if rank[i] < 4 or (a, b) in pairs or (spare[i] and length[i] < LONGEST_M)
    ]  # fmt: skip


def _lines(nodes: np.ndarray, flat: np.ndarray, edges: np.ndarray) -> list[shapely.LineString]:
    lines, straight = [], []
    for a, b in edges.tolist():
        count = max(3, int(np.hypot(*(flat[a] - flat[b])) // 110) + 1)
        along = np.linspace(0, 1, count)[:, None]
        straight.append(flat[a] + along * (flat[b] - flat[a]))
    bent = np.split(_bend(np.vstack(straight)), np.cumsum([len(part) for part in straight])[:-1])
    for (a, b), points in zip(edges.tolist(), bent, strict=True):
        points[0], points[-1] = nodes[a], nodes[b]
        lines.append(shapely.simplify(shapely.LineString(points), 4))
    return lines


def _table(
    county: County, edges: np.ndarray, classes: list[str], lines: list[shapely.LineString]
) -> pd.DataFrame:
    brooks = shapely.union_all(streams())
    town = [
        i for i, s in enumerate(county.settlements) if villages()[s.village].kind == "residents_committee"
    ]
    oneway = _oneway(edges, set(town))
    rows = []
    for i, (line, kind) in enumerate(zip(lines, classes, strict=True)):
        inside = set(edges[i].tolist()) <= set(town)
        kind = "street" if inside and kind in ("village", "township") else kind
        rows.append(
            {
                "code": f"DL{i + 1:04d}",
                "name": f"演示{TITLES[kind]}{i + 1}段",
                "class": kind,
                "oneway": i in oneway,
                "speed_kmh": SPEED_KMH[kind] if not inside else min(SPEED_KMH[kind], 40),
                "bridge": bool(line.intersects(brooks)),
            }
        )
    return table("roads", rows, lines)


def _oneway(edges: np.ndarray, town: set[int]) -> set[int]:
    """Town streets that may be one-way: those without which, taken one after another, every place still reaches
    every other in both directions."""
    from scipy.sparse.csgraph import connected_components

    size = int(edges.max()) + 1
    chosen: set[int] = set()
    for i, (a, b) in enumerate(edges.tolist()):
        if len(chosen) == 6 or not {a, b} <= town:
            continue
        trial = chosen | {i}
        back = np.array([k not in trial for k in range(len(edges))])
        starts = np.concatenate([edges[:, 0], edges[back, 1]])
        ends = np.concatenate([edges[:, 1], edges[back, 0]])
        graph = csr_matrix((np.ones(len(starts)), (starts, ends)), shape=(size, size))
        if connected_components(graph, connection="strong")[0] == 1:
            chosen = trial
    return chosen
