"""Gi* beside esda, kernel density beside the exact sum over near pairs."""

import numpy as np
from esda import G_Local
from libpysal.weights import lat2W
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from benchmarks.harness import Row, against, bounded, interleaved
from geo.hotspots import Density, getis_ord, kernel_density

LATTICE = (50, 100)
POINTS = 100_000
CELL_M, BANDWIDTH_M = 100.0, 1000.0
EXTENT = (0.0, 0.0, 29_000.0, 20_000.0)
"""58,000 cells."""


def rows() -> list[Row]:
    return [*_getis(), *_density()]


def _getis() -> list[Row]:
    neighbours = lat2W(*LATTICE, rook=False)
    matrix = csr_array(neighbours.sparse)
    values = np.random.default_rng(1).gamma(2.0, 3.0, matrix.shape[0])

    def theirs() -> np.ndarray:
        return G_Local(values, neighbours, transform="B", star=True, permutations=0).Zs

    difference = float(np.abs(getis_ord(values, matrix).z - theirs()).max())
    mine, peer = interleaved(lambda: getis_ord(values, matrix), theirs, runs=9)
    name = f"Gi* of {matrix.shape[0]:,} cells"
    return [
        against(name, mine, ("esda.G_Local, warm", peer), unit="s", at_most=0.1, runs=9),
        bounded("its largest difference of z", difference, unit="", at_most=1e-8, runs=1),
    ]


def _density() -> list[Row]:
    chance = np.random.default_rng(1)
    towns = chance.uniform((4000, 4000), (25_000, 16_000), (40, 2))
    gathered = towns[chance.integers(0, 40, POINTS // 2)] + chance.normal(0, 600, (POINTS // 2, 2))
    points = np.vstack([gathered, chance.uniform((0, 0), EXTENT[2:], (POINTS // 2, 2))])

    def ours() -> Density:
        return kernel_density(points, cell_m=CELL_M, bandwidth_m=BANDWIDTH_M, extent=EXTENT)

    found = ours()
    x, y = found.centres
    cells = np.column_stack([axis.ravel() for axis in np.meshgrid(x, y)])

    def exact() -> np.ndarray:
        near = cKDTree(cells).sparse_distance_matrix(cKDTree(points), BANDWIDTH_M, output_type="coo_matrix")
        share = (near.data / BANDWIDTH_M) ** 2
        sums = np.bincount(near.row, (1 - share) ** 2, len(cells))
        return 3 / (np.pi * BANDWIDTH_M**2) * sums

    truth = exact().reshape(found.values.shape)
    error = float(np.abs(found.values - truth).max() / truth.max())
    mine, peer = interleaved(ours, exact, runs=5)
    name = f"kernel density of {POINTS:,} points on {len(cells):,} cells"
    return [
        against(name, mine, ("exact quartic over sparse distances", peer), unit="s", at_most=0.2, runs=5),
        bounded("its largest error, of the largest density", 100 * error, unit="%", at_most=0.5, runs=1),
    ]
