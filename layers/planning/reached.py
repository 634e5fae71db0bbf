"""Everything about a coverage that does not depend on the threshold, worked out once; a threshold is then a lookup."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.amounts import floats
from geo.coverage import allocate, curves, demand_of
from geo.errors import ArgumentError, UnknownAreaError
from geo.measure import share
from geo.nearest import SLACK
from geo.phrases import Phrase
from layers.catalog import Catalog
from layers.divisions import Divisions
from layers.kept import Kept
from layers.planning.centres import Centres, degrees_of, required_capacities
from layers.planning.demand import Basis
from layers.planning.lost import lost_words, unknown_words
from layers.planning.plans import DEMAND_TITLES, By, CoveragePlan
from layers.planning.results import Curve, Lost, Need, Row
from layers.planning.seconds import with_seconds
from layers.planning.ways import Ways

if TYPE_CHECKING:
    from geo.coverage import Allocation, Curves, Demand
    from geo.nearest import Nearest

STEPS = 40
FACTORS = tuple(round(1 + step / 10, 1) for step in range(11))
MOST_LIMITS = 32
NAN = float("nan")
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


class Fixed(NamedTuple):
    """What the table of one level says whatever the threshold."""

    code: str
    name: str
    demand: float
    nearest: str
    nearest_key: str
    nearest_outside: bool
    distance: float
    second: str
    second_distance: float
    needed: float
    needed_all: float


@dataclass(frozen=True, eq=False)
class Level:
    """Areas of one level: what is fixed, and how much of each is covered within any limit. ``demand`` of ``fixed`` is
    NaN where nobody knows it, and so is what is covered."""

    fixed: tuple[Fixed, ...]
    curves: "Curves"
    _last: list[tuple[Any, tuple[Row, ...]]] = field(default_factory=list)

    def rows(self, limit: float) -> tuple[Row, ...]:
        """The table at a limit."""
        return self.filled(self.curves.covered(limit))

    def filled(self, covered: Any) -> tuple[Row, ...]:
        """The table with these amounts covered, one an area. Rows that are as in the last table are the same objects: a
        slider changes few of them."""
        amounts = np.array(covered, dtype=float)
        last = self._last[-1] if self._last else None
        if last is None:
            rows = tuple(map(_row, self.fixed, amounts.tolist()))
        else:
            before, kept = last
            table = list(kept)
            for at in np.flatnonzero(amounts != before).tolist():
                table[at] = _row(self.fixed[at], float(amounts[at]))
            rows = tuple(table)
        self._last[:] = [(amounts, rows)]
        return rows


def _row(fixed: Fixed, amount: float) -> Row:
    """One area with what is covered of it: unknown where its demand is."""
    demand = fixed.demand
    covered = amount if demand == demand else NAN
    return Row(fixed.code, fixed.name, demand, covered, covered / demand if demand > 0 else NAN, *fixed[3:])


@dataclass(frozen=True, eq=False)
class Reached:
    """The demand of the area asked about, the centres, and what each point has nearest.

    ``plan`` stands for every plan that differs from it only in its limits, level, capacity and linking distance;
    ``rows`` says which points of the basis the demand is.
    """

    plan: CoveragePlan
    basis: Basis
    demand: "Demand"
    rows: Any
    centres: Centres
    ways: Ways
    nearest: "Nearest"
    name_of: Callable[[str], str]
    catalog: Catalog
    crs: str
    _levels: dict[By, Level] = field(default_factory=dict)
    _places: Kept = field(default_factory=lambda: Kept(MOST_LIMITS))

    @property
    def divisions(self) -> Divisions:
        """Levels of the county."""
        return self.catalog.divisions

    def level(self, by: By) -> Level:
        """Areas of one level; raises ArgumentError when the demand does not know its grids."""
        if by == "grid" and self.basis.finest < self.digits(by):
            raise ArgumentError(
                "没有到网格的{kind}，按村或乡镇看（by=village）。", kind=DEMAND_TITLES[self.basis.kind]
            )
        if by not in self._levels:
            self._levels[by] = self._made(by)
        return self._levels[by]

    def digits(self, by: By) -> int:
        """Length of the codes of a level."""
        return self.divisions.named(by).digits

    def covered(self, limit: float) -> float:
        """Demand within the limit."""
        return float(self._county.covered(limit)[0])

    @cached_property
    def total(self) -> float:
        """All demand."""
        return float(self._county.total()[0])

    @cached_property
    def curve(self) -> Curve:
        """Shares at even thresholds up to where nearly everyone is reached."""
        at = _even(self._county.distances[np.isfinite(self._county.distances)], self.plan.unit)
        return Curve(at, _shares(self._county, np.asarray(at)))

    @cached_property
    def notes(self) -> tuple[Phrase, ...]:
        """What a reader must know: who is not counted, who is not on the roads, and whether they hang together."""
        unknown = unknown_words(self.basis, self.plan.code)
        return (*unknown, *lost_words(self.lost, self.plan, self.basis, self.catalog), *self.ways.notes())

    @cached_property
    def lost(self) -> tuple[Lost, ...]:
        """Places with people that reach nothing, the largest first, and centres without a road; none but by road."""
        return (*self._lost_places(), *self._lost_centres())

    def _lost_places(self) -> tuple[Lost, ...]:
        if self.plan.mode != "road":
            return ()
        rows = np.flatnonzero(np.isinf(self.nearest.distance) & (self.demand.weights > 0))
        xy, own = self.demand.xy[rows], self.rows[rows]
        reasons = self.ways.off_road(xy)
        columns = (
            self.basis.keys[own].tolist(),
            self.basis.names[own].tolist(),
            degrees_of(xy, self.crs).tolist(),
        )
        found = [
            Lost("demand", code, name, lon, lat, amount, reason or "apart")
            for code, name, (lon, lat), amount, reason in zip(
                *columns, self.demand.weights[rows].tolist(), reasons, strict=True
            )
        ]
        return tuple(sorted(found, key=lambda place: (-place.amount, place.code)))

    def _lost_centres(self) -> tuple[Lost, ...]:
        centres = self.centres
        columns = (
            centres.keys,
            centres.names,
            centres.degrees.tolist(),
            self.ways.off_road(centres.points.xy),
        )
        return tuple(
            dict.fromkeys(
                Lost("service", code, name, lon, lat, 0.0, reason)
                for code, name, (lon, lat), reason in zip(*columns, strict=True)
                if reason
            )
        )

    def needs(self, limit: float) -> tuple[Need, ...]:
        """The centres, the one that can best be spared first.

        Raises:
            ArgumentError: each of several services is asked for, so that no single centre decides.
        """
        from geo.siting import least_needed

        if self.plan.match == "each" and len(self.plan.services) > 1:
            raise ArgumentError("看哪处可以关，一次只算一类服务，或几类中任一类（match=any）。")
        cost = self.ways.table(self.demand.xy, self.centres.points.xy)
        alone = least_needed(cost, self.demand.weights, limit, range(len(self.centres))).losses
        outside = self.centres.points.outside
        beyond = [False] * len(self.centres) if outside is None else outside.tolist()
        columns = (self.centres.keys, self.centres.names, beyond, alone.tolist())
        return tuple(
            sorted(
                (Need(*row) for row in zip(*columns, strict=True)), key=lambda need: (need.alone, need.code)
            )
        )

    def allocated(self, limit: float) -> "Allocation":
        """Places given out within the limit, nearest first; raises WeightsError where capacities are not known."""

        def make() -> "Allocation":
            capacities = required_capacities(self.centres)
            costs = self.ways.costs(self.demand.xy, self.centres.points.xy, limit)
            return allocate(costs, self.demand.weights, capacities, limit)

        return self._places.get(limit, make)

    def left(self, limit: float, *, capacity: bool) -> Any:
        """What of each point (n,) is not reached within the limit, or got no place; raises as ``allocated``."""
        if capacity:
            return self.allocated(limit).left
        return np.where(self.nearest.within(limit), 0.0, self.demand.weights)

    def detours(self, limit: float) -> Curve:
        """Shares when every straight line is so many times as long by road; empty along roads."""
        if self.plan.mode == "road":
            return Curve((), ())
        own = self.plan.detour if self.plan.mode == "detour" else 1.0
        return Curve(FACTORS, _shares(self._county, limit * own / np.asarray(FACTORS)))

    @cached_property
    def _county(self) -> "Curves":
        return curves(self.demand, self.nearest, self.divisions.top.digits)

    def _made(self, by: By) -> Level:
        digits = self.digits(by)
        table = with_seconds(self.demand, self.nearest, digits)
        table.loc[table["code"].isin(self.unknown(digits)), "demand"] = np.nan
        names, keys = (*self.centres.names, ""), (*self.centres.keys, "")
        beyond = self.centres.points.outside
        outside = [*([False] * len(self.centres) if beyond is None else beyond.tolist()), False]
        columns = [
            table[name].tolist()
            for name in ("code", "demand", "nearest", "distance", "second", "second_distance", "least", "farthest")
        ]  # fmt: skip
        fixed = tuple(
            Fixed(
                code, self.name_of(code), demand, names[first], keys[first], outside[first], distance,
                names[second], further, least, farthest,
            )
            for code, demand, first, distance, second, further, least, farthest in zip(*columns, strict=True)
        )  # fmt: skip
        return Level(fixed, curves(self.demand, self.nearest, digits))

    def unknown(self, digits: int) -> set[str]:
        """Areas of one level of which nothing is known: those without any other village."""
        unknown = {code for code, _ in self.basis.unknown}
        villages = {code: self.divisions.cut(code, "village") for code in self.demand.codes.tolist()}
        known = {code[:digits] for code, village in villages.items() if village not in unknown}
        return {code[:digits] for code in villages} - known


def part_of(basis: Basis, code: str) -> tuple["Demand", Any]:
    """The demand of one area and which points it is; raises UnknownAreaError where there is none."""
    if not code:
        return basis.demand, np.arange(len(basis.demand.xy))
    inside = np.char.startswith(basis.demand.codes, code)[basis.demand.area]
    if not inside.any():
        raise UnknownAreaError("区划 {code} 里没有{kind}的数据，核对代码，或换上一级。", code=code, kind=DEMAND_TITLES[basis.kind])  # fmt: skip
    part = basis.demand.part(inside)
    return demand_of(part.xy, part.weights, part.codes[part.area]), np.flatnonzero(inside)


def _even(distances: Any, unit: str) -> tuple[float, ...]:
    """0 to a round number that nearly all distances are within, in even round steps."""
    far = float(np.quantile(distances, 0.995)) if len(distances) else 1.0
    wanted = max(far / STEPS, 50.0 if unit == "m" else 0.5)
    scale = 10.0 ** np.floor(np.log10(wanted))
    step = next(nice * scale for nice in NICE if nice * scale >= wanted * (1 - 1e-12))
    return tuple(float(step * count) for count in range(1, STEPS + 1))


def _shares(curve: "Curves", limits: Any) -> tuple[float, ...]:
    """Shares of one area at many limits, in one search."""
    ends = np.searchsorted(curve.distances, limits * (1 + SLACK), side="right")
    return tuple(share(floats(curve.cumulative[ends]), curve.total()[0]).tolist())
