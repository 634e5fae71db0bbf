"""Land use as a partition of every village, drawn with the same shared arcs as the divisions."""

import arcs
import numpy as np
import pandas as pd
import shapely
from county import County
from fields import Fields, covered
from frame import M2_PER_MU, mesh, noise, villages
from growth import mend
from outline import yellow_river
from scipy import ndimage
from tables import codes, table

SMALLEST_CELLS = 12
NAMES = {
    "cropland": "耕地", "orchard": "园地", "forest": "林地", "grass": "草地", "wetland": "湿地",
    "settlement": "村庄用地", "water": "水域", "other": "其他用地",
}  # fmt: skip


def tables(
    county: County, stock: Fields, orchard_labels: set[int], water: shapely.Geometry
) -> dict[str, pd.DataFrame]:
    """The land-use layer: one row per piece of one kind in one village."""
    kinds = _kinds(county, stock, orchard_labels, water)
    pieces, owner = _pieces(kinds, county.labels.village)
    shapes = {k: county.scale(v) for k, v in arcs.polygons(pieces, smooth=2.0, simplify_m=11.0).items()}
    names = codes("land_use_kind")
    rows, drawn = [], []
    numbers: dict[int, int] = {}
    for label in sorted(shapes, key=lambda k: owner[k]):
        village, kind = owner[label]
        numbers[village] = numbers.get(village, 0) + 1
        code, name = villages()[village].code, villages()[village].name
        rows.append(
            {
                "code": f"TD{code}{numbers[village]:03d}",
                "name": f"{name}{NAMES[names[kind]]}",
                "village_code": code,
                "kind": names[kind],
                "area_mu": round(shapes[label].area / M2_PER_MU, 1),
            }
        )
        drawn.append(shapes[label])
    return {"land-use": table("land-use", rows, drawn)}


def _kinds(county: County, stock: Fields, orchard_labels: set[int], water: shapely.Geometry) -> np.ndarray:
    """Number of the kind of each cell in the order of the code list; −1 outside."""
    number = {name: i for i, name in enumerate(codes("land_use_kind"))}
    eastings, northings = mesh()
    rough = noise("land", 1600)
    kinds = np.full(eastings.shape, number["cropland"])
    kinds[stock.hilly + 0.25 * rough > 0.62] = number["grass"]
    kinds[stock.hilly + 0.18 * noise("forest", 1900) > 0.80] = number["forest"]
    kinds[rough > 2.1] = number["other"]
    yellow = yellow_river()
    order = np.argsort(yellow[:, 1])
    bank = np.interp(northings, yellow[order, 1], yellow[order, 0])
    kinds[eastings - bank < 900 + 260 * rough] = number["wetland"]
    kinds[np.isin(stock.label, list(orchard_labels))] = number["orchard"]
    kinds[stock.homes] = number["settlement"]
    kinds[covered(water)] = number["water"]
    return np.where(county.labels.village >= 0, kinds, -1)


def _pieces(kinds: np.ndarray, village: np.ndarray) -> tuple[np.ndarray, dict[int, tuple[int, int]]]:
    """Connected pieces of one kind in one village; small ones join a neighbour of the same village."""
    mixed = np.where(village >= 0, village * 10 + kinds, -1)
    pieces = np.full(village.shape, -1)
    owner: dict[int, tuple[int, int]] = {}
    for number, box in enumerate(ndimage.find_objects(village + 1)):
        box = tuple(slice(max(side.start - 1, 0), side.stop + 1) for side in box)
        inside = village[box] == number
        local = np.full(inside.shape, -1)
        for value in np.unique(mixed[box][inside]):
            parts, count = ndimage.label((mixed[box] == value) & inside)
            sizes = np.bincount(parts.ravel())
            for part in range(1, count + 1):
                if sizes[part] >= SMALLEST_CELLS:
                    label = len(owner)
                    owner[label] = (number, int(value % 10))
                    local[parts == part] = label
        pieces[box] = np.where(inside, mend(local, inside), pieces[box])
    return pieces, owner
