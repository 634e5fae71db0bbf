"""Points of a demand as people know them: by name, village and township."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.planning.centres import degrees_of
from layers.planning.groundwork import Groundwork
from layers.planning.reached import Reached


@dataclass(frozen=True, eq=False)
class Places:
    """Some points of a demand (n): what they are, where, in metres and in degrees (n, 2), how much of each counts, and
    the row of their nearest centre with the way there."""

    codes: Any
    names: Any
    villages: Any
    townships: Any
    xy: Any
    degrees: Any
    amounts: Any
    nearest: Any
    ways: Any

    def __len__(self) -> int:
        return len(self.codes)

    def part(self, rows: Any) -> "Places":
        """Some of them."""
        return Places(*(column[rows] for column in vars(self).values()))


def places_of(ground: Groundwork, reached: Reached, amounts: Any) -> Places:
    """The points of a demand with an amount."""
    rows = np.flatnonzero(amounts > 0)
    demand, own, area = reached.demand, reached.rows[rows], reached.demand.area[rows]
    villages, townships = (
        np.array([ground.door.divisions.cut(code, level) for code in demand.codes.tolist()], dtype=np.str_)
        for level in ("village", "township")
    )
    return Places(
        reached.basis.keys[own], reached.basis.names[own], villages[area], townships[area], demand.xy[rows],
        degrees_of(demand.xy[rows], ground.crs), amounts[rows], reached.nearest.nearest[rows],
        reached.nearest.distance[rows],
    )  # fmt: skip
