"""What the planner answers about new centres."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from geo.phrases import Chain, Phrase
from layers.planning.plans import Objective, SitingPlan
from layers.planning.results import Lost, finite


class Existing(NamedTuple):
    """A centre that stays; ``code`` is ``layer:key``."""

    code: str
    name: str
    lon: float
    lat: float
    outside: bool


class Chosen(NamedTuple):
    """A new centre. ``gain`` is what it adds to those before it in the list: covered demand, or how much the sum or
    the maximum falls; None where there was none before."""

    code: str
    name: str
    lon: float
    lat: float
    gain: float | None


@dataclass(frozen=True)
class Proposal:
    """Where the next centres go. ``value``, ``bound`` and ``before`` (with the existing centres only, None where
    somebody had no way) are covered demand, the sum of demand × way, the longest way, or the number of centres, in
    ``unit``. ``bound`` is proven: an upper bound for max-cover, a lower one otherwise. ``gap`` is how far the value
    may be from the best, as a share; 0 when ``optimal``. ``lost`` are the places that reach nothing with the new centres
    either, and the existing centres without a road, as of ``Coverage``.
    """

    plan: SitingPlan
    objective: Objective
    value: float
    bound: float
    optimal: bool
    gap: float
    before: float | None
    unit: str
    total: float
    fixed: tuple[Existing, ...]
    chosen: tuple[Chosen, ...]
    method: Chain
    parameters: Mapping[str, Any]
    editions: Mapping[str, str]
    demo: bool
    notes: tuple[Phrase, ...]
    seconds: float
    lost: tuple[Lost, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data, unrounded."""
        return {
            "objective": self.objective,
            "value": self.value,
            "bound": finite(self.bound),
            "optimal": self.optimal,
            "gap": finite(self.gap),
            "before": self.before,
            "unit": self.unit,
            "total": self.total,
            "fixed": [site._asdict() for site in self.fixed],
            "chosen": [site._asdict() for site in self.chosen],
            "method": self.method,
            "parameters": dict(self.parameters),
            "editions": dict(self.editions),
            "demo": self.demo,
            "notes": list(self.notes),
            "seconds": self.seconds,
            "lost": [place._asdict() for place in self.lost],
        }
