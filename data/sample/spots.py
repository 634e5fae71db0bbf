"""Where facilities stand: near a village's seat, inside the village, never two on one spot."""

from typing import Any

import numpy as np
import shapely
from county import County
from frame import noise_at, rng, townships, villages
from outsiders import Outsider
from tables import Row, declaration

CLEAR_M = 24.0
HOURS = ("08:00—12:00，14:30—18:00", "08:30—12:00，14:00—17:30", "全天")


class Spots:
    """Hands out places; remembers what is taken. The order of asking decides, so ask in a fixed order."""

    def __init__(self, county: County, outsiders: tuple[Outsider, ...], water: shapely.Geometry) -> None:
        self.county = county
        self.outsiders = outsiders
        self.water = water
        self._taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
        shapely.prepare(water)

    def near(
        self, village: int, random: np.random.Generator, *, reach_m: float = 240.0
    ) -> tuple[float, float]:
        """A free place in the village within about ``reach_m`` of its seat; metres of EPSG:4546."""
        seat = self.county.seats[village]
        for attempt in range(400):
            away = random.uniform(35, reach_m * (1 + attempt / 60))
            angle = random.uniform(0, 2 * np.pi)
            x, y = seat.x + away * np.cos(angle), seat.y + away * np.sin(angle)
            grid = self.county.grid_at(x, y)
            if grid is not None and grid.village == village and self._free(x, y):
                return self._take(x, y)
        raise ValueError(f"no room left in {villages()[village].name}")

    def outside(self, place: Outsider, random: np.random.Generator) -> tuple[float, float]:
        """A free place beside one of the places across the county line."""
        while True:
            x, y = place.x + random.uniform(-130, 130), place.y + random.uniform(-130, 130)
            if self._free(x, y):
                return self._take(x, y)

    def _free(self, x: float, y: float) -> bool:
        cell = (int(x // CLEAR_M), int(y // CLEAR_M))
        around = [
            point
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for point in self._taken.get((cell[0] + i, cell[1] + j), ())
        ]
        near = any((x - a) ** 2 + (y - b) ** 2 < CLEAR_M**2 for a, b in around)
        return not near and not shapely.intersects_xy(self.water, x, y)

    def _take(self, x: float, y: float) -> tuple[float, float]:
        self._taken.setdefault((int(x // CLEAR_M), int(y // CLEAR_M)), []).append((x, y))
        return x, y


def pick_villages(county: County, layer: str, count: int, *, always: tuple[str, ...] = ()) -> list[int]:
    """``count`` villages that have the facility: large ones rather than small, and the gaps lie together."""
    random = rng("pick" + layer)
    seats = [county.seats[i] for i in range(len(villages()))]
    patch = noise_at("gaps" + layer, 7000, np.array([(seat.x, seat.y) for seat in seats]))
    people = county.village_people.population
    score = [
        0.55 * np.log(people[i] / people.mean()) + 0.75 * patch[i] + random.normal(0, 0.55)
        for i in range(len(seats))
    ]
    for i, village in enumerate(villages()):
        if village.code in always:
            score[i] = 99.0
    return sorted(int(i) for i in np.argsort(-np.array(score), kind="stable")[:count])


def township_name(code: str) -> str:
    return next(place.name for place in townships() if place.code == code[:9])


def common(layer: str, prefix: str, title: str, village: int, random: np.random.Generator) -> Row:
    """The fields that every facility shares, as far as the layer declares them.

    The number after the county's area code starts with 000, which no exchange gives out.
    """
    place = villages()[village]
    row: dict[str, Any] = {
        "code": f"{prefix}{place.code}01",
        "name": f"{place.name}{title}",
        "village_code": place.code,
        "address": f"{township_name(place.code)}{place.name}（演示地址）",
        "phone": f"0359-000-{int(random.integers(0, 10000)):04d}",
        "opening_hours": HOURS[int(random.integers(0, 2))],
        "built_year": int(random.integers(2006, 2026)),
    }
    return declared(layer, row)


def across(layer: str, prefix: str, title: str, place: Outsider, random: np.random.Generator) -> Row:
    """The shared fields of a facility across the county line: no village code."""
    row: dict[str, Any] = {
        "code": f"{prefix}W{place.number:03d}",
        "name": f"县界外{place.number}号{title}",
        "village_code": None,
        "address": "县界外（演示地址）",
        "phone": f"0359-000-{int(random.integers(0, 10000)):04d}",
        "opening_hours": HOURS[0],
        "built_year": int(random.integers(2006, 2026)),
    }
    return declared(layer, row)


def declared(layer: str, row: Row) -> Row:
    """Only what the layer declares of the row."""
    names = {field["name"] for field in declaration(layer)["fields"]}
    return {name: value for name, value in row.items() if name in names}
