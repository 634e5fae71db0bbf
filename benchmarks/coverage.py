"""Coverage, roads and clusters beside the bare library calls and the packages a person would pick."""

import subprocess
import sys

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from benchmarks.harness import Row, against, bounded, interleaved, seconds
from geo.coverage import (
    Demand,
    Services,
    Straight,
    clusters,
    join_tallies,
    reach,
    tally,
)
from geo.nearest import straight
from geo.roads import Network, network, snap, travel, water_of

CRS = "EPSG:4546"
SIDE_M = 40_000.0
LIMIT_M, LINK_M = 3000.0, 1500.0
GRID = 448
"""Nodes along a side of the road grid: 200,704 in all."""
PATIENCE_S = 200.0
PARTS, PART = 20, 1_000_000
VILLAGES = 54
"""Villages along a side, 2,916 in all."""
RUNS = 5


def rows() -> list[Row]:
    return [*_nearest(), *_roads(), _clusters(), _in_parts()]


def _points(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, SIDE_M, (count, 2))


def _nearest() -> list[Row]:
    people, centres = _points(1, 1_000_000), _points(2, 5000)

    def ours() -> float:
        return float(straight(people, centres).within(LIMIT_M).mean())

    def bare() -> float:
        distance, _ = cKDTree(centres).query(people, workers=2)
        return float((distance <= LIMIT_M).mean())

    def joined() -> float:
        left, right = _series(people), _series(centres)
        return float((left.sjoin_nearest(right, distance_col="m")["m"] <= LIMIT_M).mean())

    name = "nearest centre and share within 3 km, 1,000,000 × 5,000"
    mine, peer = interleaved(ours, bare, runs=2 * RUNS + 1)
    slow_mine, slow = interleaved(ours, joined, runs=RUNS)
    return [
        against(name, mine, ("cKDTree(workers=2)", peer), unit="s", at_most=1.3, runs=2 * RUNS + 1),
        against(name, slow_mine, ("sjoin_nearest", slow), unit="s", at_most=1 / 8, runs=RUNS),
    ]


def _series(xy: np.ndarray) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=CRS)


def _roads() -> list[Row]:
    nodes, tail, head = _grid()
    lines = shapely.linestrings(np.stack([nodes[tail], nodes[head]], axis=1))
    table = gpd.GeoDataFrame({"class": ["village"] * len(lines)}, geometry=lines, crs=CRS)
    metres = shapely.length(lines)
    centres = _centres()
    both = np.concatenate([tail, head]), np.concatenate([head, tail])
    graph = csr_array((np.concatenate([metres, metres]), both), shape=(len(nodes), len(nodes)))
    made = network(table, unit="m")
    places = snap(made, nodes[centres])
    travel(made, places)
    mine, peer = interleaved(
        lambda: travel(made, places),
        lambda: dijkstra(graph, indices=centres, min_only=True),
        runs=2 * RUNS + 1,
    )
    name = f"nearest of 300 centres on a road grid of {len(nodes):,} nodes"
    fast = against(name, mine, ("dijkstra(min_only=True)", peer), unit="s", at_most=1.5, runs=2 * RUNS + 1)
    whole = seconds(lambda: _built(table, nodes[centres]))
    other = _patiently("pandana")
    said = "pandana" if other < PATIENCE_S else "pandana, stopped unfinished after"
    built = against(f"{name}, built and asked", whole, (said, other), unit="s", at_most=1 / 20, runs=1)
    return [fast, built]


def _patiently(work: str) -> float:
    """Seconds that a piece of work took in a process of its own; PATIENCE_S where it was not done by then."""
    command = [sys.executable, "-m", "benchmarks.coverage", work]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        return PATIENCE_S
    return float(done.stdout.split()[-1])


def _grid() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nodes of a grid of about 90 m, pushed about a little, and both ends of the streets between them."""
    step = SIDE_M / GRID
    ticks = np.arange(GRID) * step
    nodes = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    nodes += np.random.default_rng(3).uniform(-0.2 * step, 0.2 * step, nodes.shape)
    number = np.arange(GRID**2).reshape(GRID, GRID)
    tail = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    head = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    return nodes, tail, head


def _centres() -> np.ndarray:
    return np.random.default_rng(4).choice(GRID**2, 300, replace=False)


def _built(table: gpd.GeoDataFrame, centres: np.ndarray) -> Network:
    made = network(table, unit="m")
    travel(made, snap(made, centres))
    return made


def _pandana() -> object:
    import pandana
    import pandas as pd

    nodes, tail, head = _grid()
    centres = nodes[_centres()]
    metres = pd.DataFrame({"m": np.hypot(*(nodes[tail] - nodes[head]).T)})
    x, y = pd.Series(nodes[:, 0]), pd.Series(nodes[:, 1])
    made = pandana.Network(x, y, pd.Series(tail), pd.Series(head), metres, twoway=True)
    made.set_pois("centre", 2 * SIDE_M, 1, pd.Series(centres[:, 0]), pd.Series(centres[:, 1]))
    return made.nearest_pois(2 * SIDE_M, "centre", num_pois=1)


def _clusters() -> Row:
    """Five rivers cross the whole square, so that hardly a line between the banks is dry."""
    places, random = _points(5, 20_000), np.random.default_rng(6)
    along = np.linspace(0, SIDE_M, 2000)
    rivers = [
        shapely.LineString(np.column_stack([along, SIDE_M * part + random.normal(0, 15, 2000).cumsum()]))
        for part in (0.1, 0.3, 0.5, 0.7, 0.9)
    ]

    def ours() -> object:
        return clusters(places, LINK_M, water=water_of(shapely.union_all(rivers)))

    def bare() -> object:
        pairs = cKDTree(places).query_pairs(LINK_M, output_type="ndarray")
        graph = csr_array((np.ones(len(pairs)), pairs.T), shape=(len(places), len(places)))
        return connected_components(graph, directed=False)

    mine, peer = interleaved(ours, bare, runs=RUNS)
    name = "20,000 places linked within 1,500 m, parted by five rivers"
    return against(
        name, mine, ("query_pairs + connected_components, no rivers", peer), unit="s", at_most=8, runs=RUNS
    )


def _in_parts() -> Row:
    """In a process of its own, so that the peak is its own."""
    command = [sys.executable, "-m", "benchmarks.coverage", "parts"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    peak, took = (float(word) for word in done.stdout.split())
    print(f"20,000,000 people × 20,000 centres: {took:.0f} s, peak {peak:.2f} GB")
    name = "20,000,000 people × 20,000 centres in 20 parts, peak memory"
    return bounded(name, peak, unit="GB", at_most=8, runs=1)


def _parts() -> None:
    """Every part on its own, as a worker of a larger system would; only the tallies are kept."""
    services = Services(_points(6, 20_000))
    codes = np.array([f"140822{100 + i // 20}{i % 20:03d}" for i in range(VILLAGES**2)])
    tallies = []
    for part in range(PARTS):
        people = _points(200 + part, PART)
        column, row = (people / SIDE_M * VILLAGES).astype(np.int64).T
        weights = np.random.default_rng(100 + part).integers(1, 4, PART).astype(np.float64)
        demand = Demand(people, weights, row * VILLAGES + column, codes)
        tallies.append(tally(demand, reach(demand, services, Straight()), [500, 1000, LIMIT_M]))
    whole = join_tallies(tallies)
    assert whole.points.sum() == PARTS * PART


def main(work: str) -> None:
    """One piece of work in this process: peak memory in GB and seconds."""
    import resource

    took = seconds({"parts": _parts, "pandana": _pandana}[work])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(peak, took)


if __name__ == "__main__":
    main(sys.argv[1])
