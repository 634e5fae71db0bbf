"""What the maps of a coverage question have in common, whatever they show: its words, the villages and the centres."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.sheets.ground import Ground
from exports.sheets.overlays import looks
from exports.sheets.plan import SheetPlan
from exports.sheets.strata import Kind, Sizes, Stratum
from geo.wording import number as whole
from layers.disclosure import Viewer
from layers.disclosure.amounts import Quantities
from layers.language.tongue import Tongue
from layers.planning.plans import CoveragePlan, DemandKind, Mode, Travel, number
from layers.planning.usual import usual_plan
from layers.spec import Text
from layers.symbology import LegendRow

if TYPE_CHECKING:
    from layers.county import County
    from layers.planning.results import Place

DEMANDS: Mapping[DemandKind, Text] = MappingProxyType(
    {
        "population": Text(zh="人口", en="population"),
        "population_60_plus": Text(zh="60 岁以上人口", en="people aged 60 and over"),
        "households": Text(zh="户数", en="households"),
        "area": Text(zh="土地", en="land"),
    }
)
TRAVELS: Mapping[Travel, Text] = MappingProxyType(
    {
        "walk": Text(zh="步行", en="on foot"),
        "ebike": Text(zh="电动车", en="by e-bike"),
        "car": Text(zh="开车", en="by car"),
    }
)
PLACED = "placed"


class Asked:
    """A coverage question on paper; ``code`` is the area of the sheet, empty for the county."""

    def __init__(self, county: "County", viewer: Viewer, plan: SheetPlan, code: str = "") -> None:
        self.county, self.viewer, self.plan = county, viewer, plan
        self.tongue = Tongue(plan.lang)
        area = "" if code == county.code else code
        self.asked = usual_plan(county.planning, viewer, plan.words_of() | {"by": "village", "code": area})

    @cached_property
    def services(self) -> str:
        """Their titles."""
        titles = (self.tongue.of(self.county.catalog.layer(layer).title) for layer in self.asked.services)
        return self.tongue.comma.join(titles)

    @cached_property
    def demand(self) -> str:
        return self.tongue.of(DEMANDS[self.asked.demand])

    @cached_property
    def limit(self) -> str:
        """“2,000 米，绕行系数 1.3”."""
        return limit_words(self.asked, self.tongue)

    def period(self) -> str:
        """Of the services."""
        current = self.county.store.currents()
        periods = sorted(current[layer].period or "" for layer in self.asked.services if layer in current)
        return self.tongue.period(periods[-1][:7]) if periods and periods[-1] else ""

    def villages(
        self,
        name: str,
        section: str,
        legend: tuple[LegendRow, ...],
        class_of: Callable[[str], int],
        people: "Callable[[str], float] | None" = None,
    ) -> Stratum:
        """Every village that the viewer may see in the class of its code; ``people`` are counted beside them."""
        given = self.county.door.rows("villages", self.viewer)
        shapes = self.county.beside(Ground).shapes(given, self.viewer)
        keys = given.keys()
        counted = None if people is None else np.array([people(code) for code in keys], dtype=float)
        unit = self.county.planning.basis(self.viewer, self.asked.demand).unit
        return self.stratum(
            name, section, "area", legend, list(shapes), [class_of(code) for code in keys],
            codes=keys, names=[self.tongue.place(name) for name in given.names()], unit=self.tongue.gettext("村"), place=1,
            amounts=None if counted is None else Quantities(unit, counted, np.zeros(len(counted), dtype=bool)),
        )  # fmt: skip

    def centres(self, section: str, centres: "tuple[Place, ...]") -> Stratum:
        """Existing, closed and proposed ones."""
        shapes = self.county.beside(Ground).projected(
            shapely.points([(one.lon, one.lat) for one in centres]) if centres else []
        )
        classes = [
            3 if one.layer == PLACED else 2 if not one.open else 1 if one.outside else 0 for one in centres
        ]
        return self.stratum(
            "centres", section, "point", looks.CENTRES, shapes, classes,
            codes=[f"{one.layer}:{one.key}" for one in centres], unit=self.tongue.gettext("处"), order=90.0,
        )  # fmt: skip

    def stratum(
        self,
        name: str,
        section: str,
        kind: Kind,
        legend: tuple[LegendRow, ...],
        shapes: Any,
        classes: Sequence[int],
        *,
        codes: list[str] | None = None,
        names: list[str] | None = None,
        unit: str = "",
        order: float = 11.0,
        place: int = 2,
        sizes: Sizes | None = None,
        amounts: Quantities | None = None,
        badges: tuple[str, ...] = (),
    ) -> Stratum:
        """What has a shape, in its classes."""
        table = np.empty(len(shapes), dtype=object)
        table[:] = list(shapes)
        keys = tuple(codes or [str(row) for row in range(len(table))])
        found = Stratum(
            name, section, section, kind, order, "services", table, np.array(classes, dtype=np.int64), legend, keys,
            tuple(names or [""] * len(keys)), unit=unit, place=place, sizes=sizes, amounts=amounts, badges=badges,
        )  # fmt: skip
        usable = ~(shapely.is_missing(table) | shapely.is_empty(table))
        return found.part(usable)


def limit_words(plan: CoveragePlan, tongue: Tongue) -> str:
    """The first limit and how distances are taken: “2,000 米，绕行系数 1.3”."""
    value = round_limit(plan.limit)
    limit = tongue.gettext("{n} 米", n=value) if plan.unit == "m" else tongue.gettext("{n} 分钟", n=value)
    ways: Mapping[Mode, str] = {
        "straight": tongue.gettext("直线距离"),
        "detour": tongue.gettext("绕行系数 {n}", n=number(plan.detour)),
        "road": tongue.gettext("沿路网，{travel}", travel=tongue.of(TRAVELS[plan.travel])),
    }
    return f"{limit}{'，' if tongue.lang == 'zh' else ', '}{ways[plan.mode]}"


def round_limit(limit: float) -> str:
    """A limit as people write it."""
    return number(limit) if limit != int(limit) else whole(limit)
