"""Places just across the county line, where some of the facilities that people use stand."""

from dataclasses import dataclass

import numpy as np
from county import County
from frame import CELL_M, mesh, rng
from growth import spread
from outline import fen_river, yellow_river
from scipy import ndimage


@dataclass(frozen=True)
class Outsider:
    """A place of a neighbouring county; nameless here, metres of EPSG:4546."""

    number: int
    x: float
    y: float


def place_outsiders(county: County, count: int = 12) -> tuple[Outsider, ...]:
    """``count`` places 0.7–1.9 km outside the county, on the county's side of the two rivers."""
    eastings, northings = mesh()
    away_m = ndimage.distance_transform_edt(county.grid_label < 0) * CELL_M
    yellow = yellow_river()
    order = np.argsort(yellow[:, 1])
    west = np.interp(northings, yellow[order, 1], yellow[order, 0]) + 900
    fen = fen_river()[::-1]
    north = np.interp(eastings, fen[:, 0], fen[:, 1], left=-1e9) - 500
    rows, columns = np.nonzero((away_m > 700) & (away_m < 1900) & (eastings > west) & (northings < north))
    cells = np.column_stack([eastings[rows, columns], northings[rows, columns]])
    places = spread(cells, count, rng("outsiders"), np.empty((0, 2)), rounds=0)
    return tuple(Outsider(i + 1, float(x), float(y)) for i, (x, y) in enumerate(places))
