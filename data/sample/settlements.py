"""Settlements: one seat in each village, others spread over its grids, at least 300 m apart."""

from dataclasses import dataclass

import numpy as np
from frame import CELL_M, mesh, rng, villages
from scipy import ndimage

NUMERALS = "一二三四五六七八九十"
APART_M = 320.0


@dataclass(frozen=True)
class Settlement:
    """A place where people live; ``grid`` is the label village × 100 + sequence; metres of EPSG:4546."""

    village: int
    grid: int
    number: int
    x: float
    y: float
    main: bool


def place_settlements(grid: np.ndarray, seeds: np.ndarray, households: dict[int, int]) -> list[Settlement]:
    """Settlements of all grids in the order of villages; every basic grid has at least one.

    Args:
        grid: label of each mesh cell; seeds: a point in each village; households: of each basic grid.
    """
    depth = depth_in(grid)
    cells = cells_of(grid)
    found: list[Settlement] = []
    for village in range(len(villages())):
        labels = sorted(key for key in households if key // 100 == village)
        mine = [_seat(cells, depth, seeds[village], labels)]
        random = rng(f"settlements{village}")
        for label in labels:
            places = _deep_cells(cells[label], depth, 3.0)
            wanted = _wanted(households[label], len(cells[label]), random) - (mine[0].grid == label)
            for k in range(max(wanted, 0 if mine[0].grid == label else 1)):
                spot = _next(places, [(s.x, s.y) for s in mine], random)
                if spot is None and (k or mine[0].grid == label):
                    break
                x, y = spot if spot is not None else places[0]
                mine.append(Settlement(village, label, len(mine), float(x), float(y), False))
        found += mine
    return found


def cells_of(grid: np.ndarray) -> dict[int, np.ndarray]:
    """Flat cell numbers of each label ≥ 0."""
    flat = grid.ravel()
    order = np.argsort(flat, kind="stable")
    numbers, starts = np.unique(flat[order], return_index=True)
    return {
        int(number): part
        for number, part in zip(numbers, np.split(order, starts[1:]), strict=True)
        if number >= 0
    }


def _deep_cells(flat: np.ndarray, depth: np.ndarray, cells_deep: float) -> np.ndarray:
    """Centres, n × 2 metres, of the cells that lie that deep inside, or of the deepest ones."""
    eastings, northings = mesh()
    depths = depth.ravel()[flat]
    deep = flat[depths >= min(cells_deep, depths.max())]
    return np.column_stack([eastings.ravel()[deep], northings.ravel()[deep]])


def _wanted(households: int, cells: int, random: np.random.Generator) -> int:
    return int(random.integers(1, 4)) if cells * CELL_M**2 > 1.5e6 and households > 150 else 1


def depth_in(grid: np.ndarray) -> np.ndarray:
    """Distance in cells to the nearest cell of another label."""
    edge = np.zeros(grid.shape, bool)
    edge[1:] |= grid[1:] != grid[:-1]
    edge[:-1] |= grid[1:] != grid[:-1]
    edge[:, 1:] |= grid[:, 1:] != grid[:, :-1]
    edge[:, :-1] |= grid[:, 1:] != grid[:, :-1]
    return ndimage.distance_transform_edt(~edge)


def _seat(cells: dict[int, np.ndarray], depth: np.ndarray, seed: np.ndarray, labels: list[int]) -> Settlement:
    """The place nearest to the seed, at least 150 m inside a basic grid where there is room."""
    best: tuple[float, int, np.ndarray] | None = None
    for label in labels:
        places = _deep_cells(cells[label], depth, 3.0)
        away = np.hypot(*(places - seed).T)
        if best is None or away.min() < best[0]:
            best = (float(away.min()), label, places[away.argmin()])
    assert best is not None
    return Settlement(best[1] // 100, best[1], 0, float(best[2][0]), float(best[2][1]), True)


def _next(
    cells: np.ndarray, taken: list[tuple[float, float]], random: np.random.Generator
) -> np.ndarray | None:
    for x, y in cells[random.integers(0, len(cells), 14)]:
        if all(np.hypot(x - a, y - b) > APART_M for a, b in taken):
            return np.array([x, y])
    return None


def name_of(settlement: Settlement) -> str:
    """The village's own name for its seat, else a numbered place of it; never a made-up real-sounding name."""
    village = villages()[settlement.village].name
    if settlement.main:
        return village
    return f"{village}第{numeral(settlement.number + 1)}居民点"


def numeral(number: int) -> str:
    """1–99 in Chinese."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return NUMERALS[ones - 1]
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + (NUMERALS[ones - 1] if ones else "")
