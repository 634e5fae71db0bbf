"""Rivers, streams, reservoirs and ponds as polygons, and the land-use partition."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from county import County
from frame import rng
from outline import course, fen_river, yellow_river
from scipy import ndimage
from tables import table

# Streams in km east and north of the seat of 荣河镇, from source to mouth; names are plain numbers.
STREAMS_KM = (
    ((27.5, 2.5), (24.5, 4.6), (21.5, 4.0), (18, 2.6), (13.5, 3.1), (9.5, 2.0), (6, -1.2), (2, -2.8), (-2, -3.2),
     (-6.5, -4.0), (-7.9, -5.1)),
    ((22.0, 6.5), (19.4, 9.0), (17.0, 11.5), (15.2, 14.0), (14.0, 16.4)),
    ((30.5, 9.5), (28.4, 12.6), (27.0, 16.0), (26.4, 20.2)),
    ((35.5, -6.5), (32.0, -4.0), (28.6, -4.6), (25.5, -7.0)),
    ((3.0, -6.5), (5.0, -9.5), (6.0, -12.5), (4.6, -16.0)),
)  # fmt: skip
BEYOND_M = 60_000
HALF_WIDTH_M = {"river": 430.0, "fen": 110.0, "stream": 14.0}


def streams() -> list[shapely.LineString]:
    """Middle lines of the streams, metres of EPSG:4546."""
    return [shapely.LineString(course(points, 120.0)) for points in STREAMS_KM]


@dataclass(frozen=True)
class Body:
    """A river, stream, reservoir or pond; metres of EPSG:4546."""

    code: str
    name: str
    kind: str
    system: str
    shape: shapely.Polygon


# Only the two rivers are real; what is invented gets no name that a map would print.
NAMELESS = ""


def tables(bodies: list[Body]) -> dict[str, pd.DataFrame]:
    """The rivers layer; it reaches beyond the county, as rivers do."""
    rows = [{"code": b.code, "name": b.name, "kind": b.kind, "river_system": b.system} for b in bodies]
    return {"rivers": table("rivers", rows, [b.shape for b in bodies])}


def bodies(county: County) -> list[Body]:
    """All waters; none overlaps another."""
    yellow = _ribbon(_onward(yellow_river(), (0, 1), (0, -1)), HALF_WIDTH_M["river"], "yellow")
    fen = _largest(
        shapely.difference(_ribbon(_onward(fen_river(), (1, 0)), HALF_WIDTH_M["fen"], "fen"), yellow)
    )
    found = [("黄河", "river", "黄河", yellow), ("汾河", "river", "汾河", fen)]
    taken = shapely.union_all([yellow, fen])
    for number, line in enumerate(streams()):
        shape = _largest(shapely.difference(shapely.buffer(line, HALF_WIDTH_M["stream"]).simplify(4), taken))
        system = "汾河" if number in (1, 2) else "黄河"
        found.append((NAMELESS, "stream", system, shape))
        taken = shapely.union_all([taken, shape])
    found += _standing(county, taken)
    return [Body(f"SX{number:03d}", *item) for number, item in enumerate(found, 1)]


def _onward(course: np.ndarray, *headings: tuple[int, int]) -> np.ndarray:
    """A middle line that goes on beyond its first and last point, so that no screen shows where it ends."""
    beyond = np.arange(150.0, BEYOND_M, 150.0)
    lines = [course]
    for place, (east, north) in zip((0, -1), headings, strict=False):
        bends = 2600 * np.sin(beyond / 8000)
        onward = course[place] + np.outer(beyond, (east, north)) + np.outer(bends, (abs(north), abs(east)))
        lines = [onward[::-1], *lines] if place == 0 else [*lines, onward]
    return np.vstack(lines)


def _ribbon(course: np.ndarray, half_m: float, name: str) -> shapely.Polygon:
    """A river's polygon about its middle line, wider and narrower along the way."""
    random = rng("ribbon" + name)
    ahead = np.gradient(course, axis=0)
    normal = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.hypot(*ahead.T)[:, None]
    sides = []
    for sign in (1, -1):
        width = ndimage.gaussian_filter1d(random.standard_normal(len(course)), 6)
        width = half_m * (1 + 0.16 * width / width.std())
        sides.append(course + sign * normal * width[:, None])
    ring = np.vstack([sides[0], sides[1][::-1]])
    return _largest(shapely.make_valid(shapely.Polygon(ring)).simplify(10))


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area)


def _standing(county: County, taken: shapely.Geometry) -> list[tuple[str, str, str, shapely.Geometry]]:
    """Reservoirs and ponds in the county, away from streams, settlements and each other; wetland on the Yellow River."""
    random = rng("ponds")
    homes = shapely.MultiPoint([(place.x, place.y) for place in county.settlements])
    found: list[tuple[str, str, str, shapely.Geometry]] = []
    inside = county.outline.buffer(-500)
    west, south, east, north = inside.bounds
    while len(found) < 9:
        spot = shapely.Point(random.uniform(west, east), random.uniform(south, north))
        radius_m = random.uniform(140, 260) if len(found) < 3 else random.uniform(45, 90)
        far = spot.distance(homes) > 520 and spot.distance(taken) > 400
        if not inside.contains(spot) or not far:
            continue
        kind = "reservoir" if len(found) < 3 else "pond"
        shape = blob(spot, radius_m, random)
        found.append((NAMELESS, kind, "黄河", shape))
        taken = shapely.union_all([taken, shape])
    return found


def blob(centre: shapely.Point, radius_m: float, random: np.random.Generator) -> shapely.Polygon:
    """A round-ish polygon of 28 vertices."""
    angles = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    waves = sum(random.uniform(0.04, 0.16) * np.sin(k * angles + random.uniform(0, 6.3)) for k in (1, 2, 3))
    radii = radius_m * (1 + waves)
    return shapely.Polygon(
        np.column_stack([centre.x + radii * np.cos(angles), centre.y + radii * np.sin(angles)])
    )
