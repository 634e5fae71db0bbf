"""Where in a gap a new centre would do most: the best of its own places."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from geo.amounts import floats, limbs, totals
from layers.planning.centres import required_capacities
from layers.planning.places import Places
from layers.planning.plans import CoveragePlan
from layers.planning.reached import Reached

MOST_CANDIDATES = 200
"""Places of a gap that are looked at: those with most people."""
MOST_CELLS = 10_000_000
"""Of the table of places × candidates at a time: 240 MB."""


class Best(NamedTuple):
    """A place by its row; ``gain`` is what a new centre there would newly reach within the limit, ``farthest`` the way
    to it from the farthest place of its gap."""

    row: int
    gain: float
    farthest: float


def best_sites(plan: CoveragePlan, reached: Reached, places: Places, members: Sequence[Any]) -> list[Best]:
    """The best place of each gap, whose places ``members`` lists by row, most people first; of equals the lowest code.

    What is left anywhere within the limit counts, in this gap or another; where capacities are counted, no more than
    the places of a new centre, the median of the others.
    """
    tried = [rows[:MOST_CANDIDATES] for rows in members]
    chosen, most = [], _places_of_one(plan, reached)
    for some in _batches(tried, len(places)):
        gains = _gains(plan, reached, places, np.concatenate(some))
        for rows, gain in zip(
            some, np.split(gains, np.cumsum([len(rows) for rows in some])[:-1]), strict=True
        ):
            first = np.lexsort((places.codes[rows], -gain))[0]
            chosen.append((int(rows[first]), min(float(gain[first]), most)))
    farthest = _farthest(reached, places, members, [row for row, _ in chosen])
    return [Best(row, gain, way) for (row, gain), way in zip(chosen, farthest, strict=True)]


def _places_of_one(plan: CoveragePlan, reached: Reached) -> float:
    return float(np.median(required_capacities(reached.centres))) if plan.capacity else float("inf")


def _batches(tried: list[Any], points: int) -> Iterator[list[Any]]:
    """Gaps that are looked at together, so that their table fits into memory."""
    some: list[Any] = []
    for rows in tried:
        if some and (sum(map(len, some)) + len(rows)) * points > MOST_CELLS:
            yield some
            some = []
        some.append(rows)
    if some:
        yield some


def _gains(plan: CoveragePlan, reached: Reached, places: Places, rows: Any) -> Any:
    """What is left within the limit of each of some places."""
    costs = reached.ways.costs(places.xy, places.xy[rows], plan.limit)
    return floats(totals(limbs(places.amounts[costs.row]), costs.col.astype(np.int64), len(rows)))


def _farthest(reached: Reached, places: Places, members: Sequence[Any], chosen: list[int]) -> list[float]:
    """The way from the farthest place of each gap to its chosen one."""
    if not chosen:
        return []
    table = reached.ways.table(places.xy[np.concatenate(members)], places.xy[chosen])
    ends = np.cumsum([len(rows) for rows in members]).tolist()
    starts = [0, *ends[:-1]]
    return [
        float(table[start:end, column].max())
        for column, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
