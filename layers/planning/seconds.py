"""Who would be nearest if the nearest centre of an area were not there."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.coverage import tally

if TYPE_CHECKING:
    import pandas as pd

    from geo.coverage import Demand
    from geo.nearest import Nearest


def with_seconds(demand: "Demand", nearest: "Nearest", digits: int) -> "pd.DataFrame":
    """The table of ``tally`` by areas of a level, with two centres of each that differ.

    ``nearest`` is the centre that most of the demand of an area has nearest, and ``distance`` the mean over the demand to
    whatever each place has nearest. ``second`` and ``second_distance`` are the same for the centres but that one: never
    the same centre, and never nearer. −1 and ``inf`` where there is no other.
    """
    table = tally(demand, nearest, [1.0]).table(1.0, digits)
    row = np.searchsorted(table["code"].to_numpy(dtype=np.str_), demand.codes.astype(f"<U{digits}"))
    left = _without(nearest, table["nearest"].to_numpy()[row[demand.area]])
    other = tally(demand, left, [1.0]).table(1.0, digits)
    return table.assign(second=other["nearest"], second_distance=other["distance"])


def _without(nearest: "Nearest", closed: Any) -> "Nearest":
    """What each point has nearest when the service ``closed`` (n,) is not there."""
    assert nearest.second is not None and nearest.second_distance is not None
    own = nearest.nearest == closed
    return replace(
        nearest,
        nearest=np.where(own, nearest.second, nearest.nearest),
        distance=np.where(own, nearest.second_distance, nearest.distance),
        second=None,
        second_distance=None,
    )
