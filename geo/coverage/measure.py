"""How far is measured: straight, straight times a detour factor, or along roads; in metres or minutes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from geo.amounts import Indices
from geo.coverage.demand import Demand, Services
from geo.errors import ArgumentError
from geo.nearest import NONE, Nearest, Unit, any_of, checked_limit, each_of, straight
from geo.roads.network import METRES_PER_MINUTE, Network
from geo.roads.snapping import CAP_M, snap
from geo.roads.ways import Direction, travel

How = Literal["any", "each"]


@dataclass(frozen=True)
class Straight:
    """Straight lines times ``detour`` (1 for the straight line itself; roads in plains take about 1.3),
    in metres, or in minutes when a speed in km/h is given.
    """

    detour: float = 1.0
    speed_kmh: float | None = None

    @property
    def unit(self) -> Unit:
        return "m" if self.speed_kmh is None else "min"

    @property
    def per_metre(self) -> float:
        """Cost of a metre of straight line."""
        factor = checked_limit(self.detour)
        if self.speed_kmh is None:
            return factor
        return factor / (checked_limit(self.speed_kmh) * METRES_PER_MINUTE)


@dataclass(frozen=True)
class ByRoad:
    """Along a network, in its unit, with the way from the point to the road, which may be ``cap_m`` long."""

    roads: Network
    cap_m: float = CAP_M
    direction: Direction = "to"


Measure = Straight | ByRoad


def reach(
    demand: Demand,
    services: Services,
    measure: Measure,
    *,
    kinds: Sequence[str] = (),
    how: How = "any",
    second: bool = True,
) -> Nearest:
    """The nearest service of every point; every threshold is then a lookup (``tally``, ``curves``).

    Works on any part of the demand: ``geo.nearest.join`` puts the parts together.

    Args:
        kinds: the services asked for; none takes all as one kind.
        how: ``any`` one of the kinds is enough, or ``each`` of them is needed, so that the furthest decides.
        second: also the second nearest.
    Returns:
        row numbers of ``services``; points without a road within the cap are ``rejected`` and reach only what they
        can walk to straight, as do all points where a service has no road.
    Raises:
        NoServicesError: a kind has no services.
        LimitError, PositionsError; ArgumentError for another ``how``.
    """
    if how not in ("any", "each"):
        raise ArgumentError("“{how}”不行，可选 any（任一类）或 each（每一类）。", how=how)
    nearest = _measured(demand, services, measure, second)
    if not kinds:
        return nearest(np.arange(len(services.xy)))
    parts = [nearest(services.of(kind)) for kind in kinds]
    return any_of(parts) if how == "any" else each_of(parts)


def _measured(
    demand: Demand, services: Services, measure: Measure, second: bool
) -> Callable[[Indices], Nearest]:
    """The nearest of some rows of the services."""
    if isinstance(measure, Straight):
        factor = measure.per_metre

        def by_line(rows: Indices) -> Nearest:
            found = straight(demand.xy, services.xy[rows], second=second)
            return _named(found, rows).scaled(factor, measure.unit)

        return by_line
    roads = measure.roads
    places = snap(roads, services.xy, cap_m=measure.cap_m)
    points = snap(roads, demand.xy, cap_m=measure.cap_m)

    def by_road(rows: Indices) -> Nearest:
        found = travel(roads, places.part(rows), points, second=second, direction=measure.direction)
        return _named(found, rows)

    return by_road


def _named(found: Nearest, rows: Indices) -> Nearest:
    """Row numbers of some services as those of the whole table."""

    def whole(chosen: Indices) -> Indices:
        return np.where(chosen == NONE, NONE, rows[chosen]) if len(rows) else chosen

    second = None if found.second is None else whole(found.second)
    return replace(found, nearest=whole(found.nearest), second=second)
