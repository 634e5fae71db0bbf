"""How much supply there is for whoever needs it and can reach it: floating catchment areas of the centres of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.amounts import floats, limbs, totals
from geo.errors import ArgumentError
from geo.phrases import Chain, Phrase, say, sentences
from layers.breaks import quantile_breaks
from layers.disclosure import Viewer
from layers.planning.centres import required_capacities
from layers.planning.coverage import layers_of
from layers.planning.methods import (
    any_demo,
    coverage_parameters,
    data_words,
    services_words,
    used_editions,
)
from layers.planning.plans import CoveragePlan
from layers.planning.results import finite
from layers.planning.ways import limit_words

if TYPE_CHECKING:
    from geo.access import Access
    from geo.coverage import Demand
    from geo.decays import Decay
    from layers.planning.groundwork import Groundwork
    from layers.planning.reached import Reached

PER = 1000.0
NAN = float("nan")
CLASSES = 5
HOW: "Mapping[Decay | None, Phrase]" = MappingProxyType(
    {
        None: say("两步移动搜寻法（2SFCA，Luo、Wang，2003）：阈值以内一样算"),
        "step": say(
            "增强两步移动搜寻法（E2SFCA，Luo、Qi，2009）：到阈值的三分之一、三分之二和阈值，权重 1、0.68、0.22"
        ),
        "gaussian": say("增强两步移动搜寻法（E2SFCA，Dai，2010）：权重按高斯函数由 1 降到阈值处的 0"),
    }
)


class AccessRow(NamedTuple):
    """One area: its demand (NaN where no figure is known), how much of it has an access of 0, and the supply per 1,000 of
    the demand, a mean over it; NaN where nobody lives."""

    code: str
    name: str
    demand: float
    without: float
    access: float


@dataclass(frozen=True)
class Accessibility:
    """Supply per 1,000 of the demand (``rate_unit``) by area.

    ``supply`` is that of all centres, ``used`` of those that anyone reaches: the sum of demand × access over the whole
    county. ``mean``, ``total`` and ``without`` are of the area asked about; ``unused`` are centres that nobody reaches, by
    name. ``breaks`` are inner limits of classes with as many areas each, the lower limit inclusive, of all areas of the county
    that have any access: whoever has none is a class of its own, and maps of townships have the classes of the county.
    """

    plan: CoveragePlan
    decay: "Decay | None"
    supply: float
    used: float
    mean: float
    total: float
    without: float
    unit: str
    rate_unit: str
    method: Chain
    parameters: Mapping[str, Any]
    editions: Mapping[str, str]
    demo: bool
    notes: tuple[Phrase, ...]
    unused: tuple[str, ...]
    breaks: tuple[float, ...]
    rows: tuple[AccessRow, ...]

    @property
    def key(self) -> str:
        """Canonical query string of the question."""
        return f"{self.plan.key}&decay={self.decay}" if self.decay else self.plan.key

    def to_json(self) -> dict[str, Any]:
        """Plain data, unrounded; None where nobody lives."""
        return {
            "supply": self.supply,
            "used": self.used,
            "mean": finite(self.mean),
            "total": self.total,
            "without": self.without,
            "unit": self.unit,
            "rate_unit": self.rate_unit,
            "method": self.method,
            "parameters": dict(self.parameters),
            "editions": dict(self.editions),
            "demo": self.demo,
            "notes": list(self.notes),
            "unused": list(self.unused),
            "breaks": list(self.breaks),
            "rows": [
                row._asdict() | {"demand": finite(row.demand), "access": finite(row.access)}
                for row in self.rows
            ],
        }


def answer(ground: "Groundwork", viewer: Viewer, plan: CoveragePlan, decay: "Decay | None") -> Accessibility:
    """The accessibility of a plan; see ``Planning.access``."""
    if plan.match == "each" and len(plan.services) > 1:
        raise ArgumentError("可达性一次只算一类服务，或几类中任一类（match=any）。")
    reached = ground.reached(viewer, plan)
    supply, counted = _supply(reached, plan)
    demand = reached.basis.demand
    # Whoever lives beside the area asked about shares its centres.
    cost = reached.ways.costs(demand.xy, reached.centres.points.xy, plan.limit)
    from geo.access import two_step

    found = two_step(cost, supply, demand.weights, plan.limit, decay=decay)
    access = found.access[reached.rows] * PER
    editions = used_editions(ground.door, layers_of(plan, reached))
    some = [row.access for row in _rows(reached, plan, demand, found.access * PER) if row.access > 0]
    return Accessibility(
        plan=plan,
        decay=decay,
        supply=float(supply.sum()),
        used=_used(found, supply),
        mean=_mean(reached.demand.weights, access),
        total=reached.total,
        without=float(reached.demand.weights[access == 0].sum()),
        unit=reached.basis.unit,
        rate_unit=f"{'位' if counted else '处'}/千{reached.basis.unit}",
        method=sentences(
            [
                reached.basis.words,
                services_words(ground.door, plan, reached.centres),
                HOW[decay],
                say(
                    "阈值是{ways} {limit}（含）", ways=reached.ways.words, limit=limit_words(plan.limit, plan)
                ),
                say("供给是中心的容量") if counted else say("供给没有容量数据，每处按 1 计"),
                say("各区是其需求的加权平均，县外的需求没有计入"),
                *data_words(ground.door, editions),
            ]
        ),
        parameters=coverage_parameters(plan) | {"decay": decay, "supply": "capacity" if counted else "one"},
        editions={layer: edition.id for layer, edition in editions.items()},
        demo=any_demo(editions),
        notes=reached.notes,
        unused=tuple(reached.centres.names[at] for at in found.unused),
        breaks=quantile_breaks(some, CLASSES),
        rows=_rows(reached, plan, reached.demand, access),
    )


def _supply(reached: "Reached", plan: CoveragePlan) -> tuple[Any, bool]:
    """What each centre offers: its capacity where that is known of all, or has to be; else 1. And whether it is capacity."""
    capacities = reached.centres.points.capacities
    known = capacities is not None and bool(np.isfinite(capacities).all())
    if known or plan.capacity:
        return required_capacities(reached.centres), True
    return np.ones(len(reached.centres)), False


def _used(found: "Access", supply: Any) -> float:
    reached = np.ones(len(supply), dtype=bool)
    reached[list(found.unused)] = False
    return float(supply[reached].sum())


def _mean(weights: Any, access: Any) -> float:
    total = weights.sum()
    return float((weights * access).sum() / total) if total > 0 else NAN


def _rows(reached: "Reached", plan: CoveragePlan, demand: "Demand", access: Any) -> tuple[AccessRow, ...]:
    """Areas of the plan's level, in the order of their codes; ``access`` (n,) is that of each point of the demand."""
    digits = reached.digits(plan.by)
    reached.level(plan.by)  # refuses grids that the demand does not know
    unknown = reached.unknown(digits)
    codes, group = np.unique(demand.codes.astype(f"<U{digits}"), return_inverse=True)
    sums = [
        floats(totals(limbs(amounts), group[demand.area], len(codes)))
        for amounts in (demand.weights, np.where(access > 0, 0.0, demand.weights), demand.weights * access)
    ]
    return tuple(
        AccessRow(
            code, reached.name_of(code), NAN if code in unknown else amount, without,
            given / amount if amount > 0 else NAN,
        )
        for code, amount, without, given in zip(
            codes.tolist(), *(part.tolist() for part in sums), strict=True
        )
    )  # fmt: skip
