"""The county as one value: divisions, people and settlements, which every other step reads and none changes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import people
import shapely
from divisions import Labels, Scale, draw, grid_labels, label_villages, seat_village
from frame import CELL_M, cell_of, rng, townships, villages
from settlements import Settlement, place_settlements

# Dedicated grids: village, name of the site, metres east and north of the village's seed, radius in metres.
DEDICATED = (
    ("140822100001", "医疗院区", 330, 330, 190), ("140822100005", "商贸广场", 520, -300, 210),
    ("140822100200", "职教园区", -700, 500, 260), ("140822100201", "工业园区", 500, -700, 420),
    ("140822103201", "果品市场", 500, 420, 230), ("140822202200", "药材产业园区", 650, 500, 380),
    ("140822105206", "文旅景区", 450, 300, 260), ("140822103231", "文旅景区", -420, 480, 260),
)  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """One governance grid: 15-digit code, label on the mesh, its village's number, counts and shape in metres."""

    code: str
    label: int
    village: int
    number: int
    dedicated: str
    population: int
    aged_60_plus: int
    households: int
    shape: shapely.Polygon


@dataclass(frozen=True)
class County:
    """Everything the layers are made from. Shapes are metres of EPSG:4546; villages go by their number 0–212."""

    labels: Labels
    grid_label: np.ndarray
    grids: tuple[Grid, ...]
    villages: tuple[shapely.Polygon, ...]
    townships: tuple[shapely.Polygon, ...]
    outline: shapely.Polygon
    village_people: people.People
    settlements: tuple[Settlement, ...]
    settlement_people: people.People
    scale: Scale

    @cached_property
    def seats(self) -> dict[int, Settlement]:
        """Village number → its seat."""
        return {place.village: place for place in self.settlements if place.main}

    @cached_property
    def grid_by_label(self) -> dict[int, Grid]:
        return {grid.label: grid for grid in self.grids}

    @cached_property
    def _grid_tree(self) -> shapely.STRtree:
        return shapely.STRtree([grid.shape for grid in self.grids])

    def grid_at(self, x: float, y: float) -> Grid | None:
        """The grid that holds a point in metres of EPSG:4546, or None outside the county."""
        found = self._grid_tree.query(shapely.Point(x, y), predicate="within")
        return self.grids[int(found[0])] if len(found) else None


def build_county() -> County:
    """Grow the whole county; the same each time."""
    labels = label_villages()
    seats = {seat_village(place) for place in townships()}
    area_km2 = np.bincount(labels.village[labels.village >= 0], minlength=len(villages())) * CELL_M**2 / 1e6
    counts = people.of_villages(area_km2, seats)
    sites = [
        (_number(code), *_site(labels, code, east, north), radius)
        for code, _, east, north, radius in DEDICATED
    ]
    grid_label = grid_labels(labels, people.grid_counts(counts.households), sites)
    shapes, scale = draw(grid_label)
    split = _split_people(counts, sorted(shapes))
    grids = _coded(shapes, split)
    village_shapes = [
        shapely.coverage_union_all([g.shape for g in grids if g.village == i]) for i in range(len(villages()))
    ]
    homes = place_settlements(grid_label, labels.seeds, {k: v[2] for k, v in split.items() if k % 100 < 90})
    return County(
        labels, grid_label, grids, tuple(village_shapes), _unite(village_shapes),
        shapely.coverage_union_all(village_shapes), counts, tuple(homes), _settle(homes, split),
        scale,
    )  # fmt: skip


def _number(code: str) -> int:
    return next(i for i, village in enumerate(villages()) if village.code == code)


def _site(labels: Labels, code: str, east: float, north: float) -> tuple[float, float]:
    """The wanted place of a site, drawn towards the village's seed until it lies inside."""
    number = _number(code)
    x, y = labels.seeds[number]
    for part in (1.0, 0.8, 0.6, 0.4, 0.2):
        if labels.village[cell_of(x + east * part, y + north * part)] == number:
            return x + east * part, y + north * part
    return float(x), float(y)


def _split_people(counts: people.People, labels: list[int]) -> dict[int, tuple[int, int, int]]:
    """Label → population, aged 60 and over, households; dedicated grids have none."""
    split = dict.fromkeys(labels, (0, 0, 0))
    for village in range(len(villages())):
        basic = [label for label in labels if label // 100 == village and label % 100 < 90]
        random = rng(f"grid-people{village}")
        households = people.split(int(counts.households[village]), len(basic), random, spread=0.05)
        whole = (
            int(counts.population[village]),
            int(counts.aged_60_plus[village]),
            int(counts.households[village]),
        )
        part = people.divide(whole, households.astype(float), random)
        for k, label in enumerate(basic):
            split[label] = (int(part.population[k]), int(part.aged_60_plus[k]), int(households[k]))
    return split


def _coded(shapes: dict[int, shapely.Polygon], split: dict[int, tuple[int, int, int]]) -> tuple[Grid, ...]:
    """Grids with 15-digit codes: in each village numbered from west to east, then north to south."""
    grids = []
    for village, place in enumerate(villages()):
        mine = [label for label in shapes if label // 100 == village]
        middle = {label: shapes[label].centroid for label in mine}
        mine.sort(key=lambda label: (middle[label].x, -middle[label].y))
        names = [item[1] for item in DEDICATED if item[0] == place.code]
        for number, label in enumerate(mine, 1):
            site = names[label % 100 - 90] if label % 100 >= 90 else ""
            code = f"{place.code}{number:03d}"
            grids.append(Grid(code, label, village, number, site, *split[label], shapes[label]))
    return tuple(grids)


def _unite(shapes: list[shapely.Polygon]) -> tuple[shapely.Polygon, ...]:
    return tuple(
        shapely.coverage_union_all(
            [shapes[i] for i, village in enumerate(villages()) if village.township_code == place.code]
        )
        for place in townships()
    )


def _settle(homes: list[Settlement], split: dict[int, tuple[int, int, int]]) -> people.People:
    """People of each settlement; they sum to the grids' exactly, the seat is the largest."""
    columns = np.zeros((3, len(homes)), int)
    for label, whole in split.items():
        places = [i for i, home in enumerate(homes) if home.grid == label]
        if not places:
            continue
        random = rng(f"homes{label}")
        weights = np.array([3.0 if homes[i].main else random.uniform(0.5, 1.2) for i in places])
        part = people.divide(whole, weights, random)
        columns[:, places] = part.population, part.aged_60_plus, part.households
    return people.People(*columns)
