"""Irregular fields about six hundred metres across, cut at village borders: the stock that parcels are chosen from."""

from dataclasses import dataclass

import arcs
import numpy as np
import shapely
from county import County
from frame import CELL_M, M2_PER_MU, NORTH_M, WEST_M, cell_of, mesh, noise, rng, villages, warp
from growth import jitter_seeds, nearest

SPACING_M = 635.0
MARGIN_M = 8.0
LEAST_MU = 110.0


@dataclass(frozen=True)
class Field:
    """A field in one village; metres of EPSG:4546; ``label`` is its number on the mesh."""

    label: int
    village: int
    township_code: str
    area_mu: float
    x: float
    y: float
    shape: shapely.Polygon


@dataclass(frozen=True)
class Fields:
    label: np.ndarray
    fields: tuple[Field, ...]
    homes: np.ndarray
    hilly: np.ndarray


def build_fields(county: County, water: shapely.Geometry) -> Fields:
    """All fields: away from houses and water, inside one village each, none touching another."""
    homes = built_up(county)
    open_land = (county.labels.village >= 0) & ~homes & ~covered(water.buffer(40))
    x, y = warp("fields", ((1300.0, 120.0), (420.0, 45.0)))
    seeds = jitter_seeds(open_land, SPACING_M, rng("fields"))
    at = np.column_stack([WEST_M + seeds[:, 1] * CELL_M, NORTH_M - seeds[:, 0] * CELL_M])
    claims = nearest(np.column_stack([x[open_land], y[open_land]]), at)
    label = np.full(open_land.shape, -1)
    label[open_land] = county.labels.village[open_land] * 10_000 + claims
    drawn = arcs.polygons(label, smooth=1.3, simplify_m=7.0, every=False)
    shapes = {number: county.scale(shape) for number, shape in drawn.items()}
    return Fields(label, tuple(_fields(county, shapes)), homes, hilliness())


def _fields(county: County, shapes: dict[int, shapely.Polygon]) -> list[Field]:
    labels = np.array(sorted(shapes))
    own = np.array([county.villages[k // 10_000] for k in labels.tolist()])
    small = shapely.buffer(np.array([shapes[k] for k in labels.tolist()]), -MARGIN_M, quad_segs=2)
    cut = shapely.intersection(small, shapely.buffer(own, -3.0, quad_segs=2))
    found = []
    for label, shape in zip(labels.tolist(), cut, strict=True):
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if not parts:
            continue
        part = shapely.simplify(max(parts, key=lambda p: p.area), 2.0)
        part = shapely.Polygon(part.exterior)
        area_mu = part.area / M2_PER_MU
        if area_mu >= LEAST_MU and part.is_valid:
            village = label // 10_000
            middle = part.centroid
            code = villages()[village].township_code
            found.append(Field(label, village, code, area_mu, middle.x, middle.y, part))
    return found


def built_up(county: County) -> np.ndarray:
    """True for the cells of settlements, larger where more people live."""
    eastings, northings = mesh()
    rough = noise("built", 500)
    found = np.zeros(eastings.shape, bool)
    for place, population in zip(
        county.settlements, county.settlement_people.population.tolist(), strict=True
    ):
        radius_m = 90 + 6.2 * population**0.5
        row, column = cell_of(place.x, place.y)
        reach = int(radius_m * 1.6 / CELL_M) + 2
        box = (slice(row - reach, row + reach + 1), slice(column - reach, column + reach + 1))
        away = np.hypot(eastings[box] - place.x, northings[box] - place.y)
        found[box] |= away < radius_m * (1 + 0.22 * rough[box])
    return found & (county.labels.village >= 0)


def covered(shape: shapely.Geometry) -> np.ndarray:
    """True for the cells whose centre lies in the shape."""
    eastings, northings = mesh()
    shapely.prepare(shape)
    found = np.zeros(eastings.shape, bool)
    for part in shapely.get_parts(shape):
        west, south, east, north = part.bounds
        top, left = cell_of(west, north)[0], cell_of(west, north)[1]
        bottom, right = cell_of(east, south)
        box = (slice(max(top, 0), max(bottom + 1, 0)), slice(max(left, 0), max(right + 1, 0)))
        found[box] |= shapely.contains_xy(part, eastings[box], northings[box])
    return found


def hilliness() -> np.ndarray:
    """0 on the plain to about 1 in the hills: the lone mountain south of the county town and the south-east edge."""
    eastings, northings = mesh()
    lone = np.exp(-(((eastings - 481_500) / 4200) ** 2 + ((northings - 3_912_600) / 3000) ** 2))
    edge = 1 / (1 + np.exp(-((eastings - 488_000) - (northings - 3_909_000) * 0.6 - 3500) / 1800))
    return np.maximum(lone, 0.85 * edge) + 0.12 * noise("hills", 2200)
