"""Townships, villages and grids as nested labels on the mesh, then as polygons that share every vertex."""

from dataclasses import dataclass

import arcs
import numpy as np
import shapely
from frame import AREA_KM2, Township, Village, cell_of, mesh, rng, townships, villages, warp
from growth import fit_areas, mend, nearest, spread
from names import settle_names
from outline import county_mask
from scipy import ndimage

# Villages are fewer in the hills of the south-east: area for each village beside the county's mean.
ROOM_PER_VILLAGE = {
    "140822200": 1.35,
    "140822205": 1.15,
    "140822102": 1.2,
    "140822202": 1.55,
    "140822100": 0.8,
}
WIGGLE_M = ((4200.0, 420.0), (1500.0, 190.0), (600.0, 80.0))
# The county town's communities, in metres east and north of the seat of 解店镇.
TOWN_OFFSETS_M = {
    "140822100001": (120, -60), "140822100004": (-650, -420), "140822100005": (720, -380),
    "140822100006": (420, 480), "140822100205": (-1750, 650), "140822100206": (300, -2100),
    "140822100207": (250, 1700), "140822100214": (1900, 500),
}  # fmt: skip


@dataclass(frozen=True)
class Labels:
    """The county on the mesh: −1 outside, else the number of the township or village; seeds in metres."""

    county: np.ndarray
    township: np.ndarray
    village: np.ndarray
    seeds: np.ndarray


def label_villages() -> Labels:
    """Townships by a warped power diagram about their seats, villages by growth inside them."""
    county = county_mask()
    x, y = warp("divisions", WIGGLE_M)
    places = np.column_stack([x[county], y[county]])
    township = _townships(county, places)
    village = np.full(county.shape, -1)
    seeds = np.zeros((len(villages()), 2))
    homes: dict[int, tuple[int, int]] = {}
    for number, place in enumerate(townships()):
        members = [i for i, item in enumerate(villages()) if item.township_code == place.code]
        mask = township == number
        points = _village_seeds(place, [villages()[i] for i in members], mask)
        here = np.column_stack([x[mask], y[mask]])
        claims = nearest(here, _warped(points, x, y), _lifts(place, len(points)))
        village[mask] = np.array(members)[claims]
        seeds[members] = points
        homes |= {i: cell_of(*points[k]) for k, i in enumerate(members)}
    for i, cell in homes.items():
        village[cell] = i
    return Labels(county, township, _mend_inside(village, township, homes), seeds)


def _warped(points: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    cells = [cell_of(*point) for point in points]
    return np.array([(x[cell], y[cell]) for cell in cells])


def _lifts(place: Township, count: int) -> np.ndarray:
    return (
        rng("lifts" + place.code).uniform(0, 260_000, count) if place.code != "140822100" else np.zeros(count)
    )


def _townships(county: np.ndarray, places: np.ndarray) -> np.ndarray:
    x, y = warp("divisions", WIGGLE_M)
    codes = [place.code for place in townships()]
    seeds = [place.seat for place in townships()]
    owner = list(range(len(codes)))
    for village in villages():
        if village.known and village.township_code != "140822100":
            seeds.append(village.known)
            owner.append(codes.index(village.township_code))
    points, owners = _warped(np.array(seeds), x, y), np.array(owner)
    room = np.array(
        [
            sum(v.township_code == code for v in villages()) ** 0.8 * ROOM_PER_VILLAGE.get(code, 1.0)
            for code in codes
        ]
    )
    lifts = fit_areas(places[::11], points, owners, room / room.sum())
    labels = np.full(county.shape, -1)
    labels[county] = owners[nearest(places, points, lifts[owners])]
    return mend(labels, county, {i: cell_of(*place.seat) for i, place in enumerate(townships())})


def _mend_inside(village: np.ndarray, township: np.ndarray, homes: dict[int, tuple[int, int]]) -> np.ndarray:
    out = village.copy()
    for number in range(len(townships())):
        mask = township == number
        out = np.where(mask, mend(np.where(mask, village, -1), mask, homes), out)
    return out


def _village_seeds(place: Township, members: list[Village], mask: np.ndarray) -> np.ndarray:
    """Where each member village lies: known points and the seat first, the others spread, names settled."""
    eastings, northings = mesh()
    cells = np.column_stack([eastings[mask], northings[mask]])
    fixed = {i: village.known for i, village in enumerate(members) if village.known}
    fixed |= {
        i: (place.seat[0] + dx, place.seat[1] + dy)
        for i, village in enumerate(members)
        for dx, dy in [TOWN_OFFSETS_M.get(village.code, (None, None))]
        if dx is not None
    }
    if place.code != "140822100":
        fixed[next(i for i, village in enumerate(members) if _is_seat(village, place))] = place.seat
    first = list(fixed)
    points = spread(cells, len(members), rng("villages" + place.code), np.array(list(fixed.values())))
    slots = first + [i for i in range(len(members)) if i not in fixed]
    arranged = np.empty_like(points)
    arranged[slots] = points
    return arranged[settle_names(members, arranged, set(first))]


def _is_seat(village: Village, place: Township) -> bool:
    stem = place.name[:-1]
    return village.name.startswith(stem) and village.code.endswith(("200", "224"))


def seat_village(place: Township) -> str:
    """Code of the village or community in which the township's office stands."""
    if place.code == "140822100":
        return "140822100001"
    members = [village for village in villages() if village.township_code == place.code]
    return next(village.code for village in members if _is_seat(village, place))


def grid_labels(
    labels: Labels, counts: np.ndarray, dedicated: list[tuple[int, float, float, float]]
) -> np.ndarray:
    """Cells of each village split into its grids.

    Args:
        counts: number of basic grids of each village.
        dedicated: (village, easting, northing, radius_m) of each dedicated grid.

    Returns:
        rows × columns: −1 outside, else village × 100 + sequence; dedicated ones count from 90.
    """
    x, y = warp("grids", ((1800.0, 170.0), (600.0, 70.0)))
    out = np.where(labels.village >= 0, labels.village * 100, -1)
    sites: dict[int, list[tuple[float, float, float]]] = {}
    for village, east, north, radius_m in dedicated:
        sites.setdefault(village, []).append((east, north, radius_m))
    for village, count in enumerate(counts.tolist()):
        own = sites.get(village, [])
        if count > 1 or own:
            mask = labels.village == village
            out[mask] = village * 100 + _split(mask, x, y, count, own, f"grid{village}")
    return _mend_grids(out, labels.village)


def _split(
    mask: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    count: int,
    sites: list[tuple[float, float, float]],
    name: str,
) -> np.ndarray:
    places = np.column_stack([x[mask], y[mask]])
    at = np.zeros(len(places), int)
    if count > 1:
        at = nearest(places, spread(places, count, rng(name), np.empty((0, 2)), rounds=5))
    for k, (east, north, radius_m) in enumerate(sites):
        centre = _warped(np.array([[east, north]]), x, y)[0]
        at[np.hypot(*(places - centre).T) < radius_m] = 90 + k
    return at


def _mend_grids(out: np.ndarray, village: np.ndarray) -> np.ndarray:
    numbers, dense = np.unique(out, return_inverse=True)
    dense = dense.reshape(out.shape) - (1 if numbers[0] == -1 else 0)
    mended = np.full(out.shape, -1)
    for code, tight in enumerate(ndimage.find_objects(village + 1)):
        box = tuple(slice(side.start - 1, side.stop + 1) for side in tight)
        mask = village[box] == code
        mended[box] = np.where(mask, mend(np.where(mask, dense[box], -1), mask), mended[box])
    return np.where(mended >= 0, numbers[mended + (1 if numbers[0] == -1 else 0)], -1)


@dataclass(frozen=True)
class Scale:
    """The last stretch, of some ten thousandths, that gives the county its exact area."""

    centre: tuple[float, float]
    factor: float

    def __call__(self, shape: shapely.Polygon) -> shapely.Polygon:
        centre = np.array(self.centre)
        return shapely.transform(shape, lambda points: centre + (points - centre) * self.factor)


def draw(labels: np.ndarray) -> tuple[dict[int, shapely.Polygon], Scale]:
    """Polygons of the labels, metres of EPSG:4546, scaled about their middle to the county's area; and the scale."""
    found = arcs.polygons(labels, smooth=2.2)
    factor = (AREA_KM2 * 1e6 / sum(polygon.area for polygon in found.values())) ** 0.5
    eastings, northings = mesh()
    centre = (float(eastings[labels >= 0].mean()), float(northings[labels >= 0].mean()))
    scale = Scale(centre, factor)
    return {label: scale(polygon) for label, polygon in found.items()}, scale
