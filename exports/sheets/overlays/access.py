"""How much supply there is for whoever can reach it: villages by their accessibility, and the centres."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

import numpy as np

from exports.sheets.overlays import looks
from exports.sheets.overlays.asked import Asked
from exports.sheets.overlays.overlay import Overlay, method_words
from exports.sheets.plan import SheetPlan
from exports.sheets.strata import Graduation, Stratum
from geo.decays import Decay
from geo.phrases import say, sentences
from geo.wording import number, part
from layers.disclosure import Viewer
from layers.planning.plans import choice
from layers.spec import Text

if TYPE_CHECKING:
    from layers.county import County
    from layers.planning.access import Accessibility, AccessRow

METHODS: Mapping[Decay | None, Text] = MappingProxyType(
    {
        None: Text(zh="2SFCA", en="2SFCA"),
        "step": Text(zh="E2SFCA，分三段", en="E2SFCA, by zones"),
        "gaussian": Text(zh="E2SFCA，高斯", en="E2SFCA, Gaussian"),
    }
)
NAN = float("nan")


def access(county: "County", viewer: Viewer, plan: SheetPlan, code: str) -> Overlay:
    """What the coverage page would show of accessibility.

    Raises:
        ArgumentError: another decay. NoServicesError: there is no service with data. What ``Planning.access`` raises.
    """
    return _Access(county, viewer, plan, code).overlay()


def access_title(county: "County", viewer: Viewer, plan: SheetPlan) -> str:
    """What the sheet of a plan is called; raises as ``access``."""
    return _Access(county, viewer, plan).title()


class _Access(Asked):
    @property
    def decay(self) -> Decay | None:
        word = self.plan.words_of("decay").get("decay")
        return choice(word, get_args(Decay), "decay") if word else None

    def overlay(self) -> Overlay:
        found = self.county.planning.access(self.viewer, self.asked, self.decay)
        section = self.tongue.gettext("服务设施")
        strata = (
            self._villages(found),
            self.centres(section, self.county.planning.places(self.viewer, self.asked)),
        )
        method = sentences(
            [*found.method.parts, say("够得着的村按个数均分成几级，先取整再计数，下限含在本级")]
        )
        return Overlay(
            strata=tuple(stratum for stratum in strata if len(stratum)), title=self.title(), period=self.period(),
            method=method_words(self.tongue, method), summary=self._summary(found),
            notes=tuple(self.tongue.of(note) for note in found.notes), lists=self._lists(found),
            editions=dict(found.editions), demo=found.demo, replaces=frozenset(self.asked.services),
        )  # fmt: skip

    def title(self) -> str:
        """“党群服务中心可达性：人口，2,000 米，绕行系数 1.3（2SFCA）”."""
        return self.tongue.gettext(
            "{services}可达性：{demand}，{limit}（{method}）",
            services=self.services, demand=self.demand, limit=self.limit, method=self.tongue.of(METHODS[self.decay]),
        )  # fmt: skip

    def _villages(self, found: "Accessibility") -> Stratum:
        rows = {row.code: row for row in found.rows}
        legend = looks.access(found.breaks)
        drawn = self.villages(
            "access", self.tongue.gettext("村（可达性，{unit}）", unit=self._rate_unit(found)), legend,
            lambda code: access_class(rows.get(code), found.breaks), partial(_people, rows),
        )  # fmt: skip
        if not found.breaks:
            return drawn
        some = (rows[code].access if code in rows and rows[code].access > 0 else NAN for code in drawn.codes)
        # The first limit parts whoever has none, who are not in the graph.
        limits = (0.0, *found.breaks)
        return replace(drawn, graduation=Graduation(np.fromiter(some, dtype=float), limits, drawn.unit))

    def _summary(self, found: "Accessibility") -> str:
        unit = self.tongue.gettext(found.unit)
        supply = self.tongue.gettext("每处按 1 计") if _of_one(found) else ""
        said = self.tongue.gettext(
            "平均 {mean} {rate_unit}；一个中心也够不着的 {without} / {total} {unit}",
            mean=number(found.mean, 2), rate_unit=self._rate_unit(found),
            without=part(found.without), total=part(found.total), unit=unit,
        )  # fmt: skip
        return self.tongue.stop.join(filter(None, (said, supply)))

    def _rate_unit(self, found: "Accessibility") -> str:
        unit = self.tongue.gettext(found.unit)
        if _of_one(found):
            return self.tongue.gettext("处/千{unit}", unit=unit)
        return self.tongue.gettext("位/千{unit}", unit=unit)

    def _lists(self, found: "Accessibility") -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not found.unused:
            return ()
        head = self.tongue.gettext("没有人够得着的中心（{n} 处）", n=len(found.unused))
        return ((head, found.unused),)


def _of_one(found: "Accessibility") -> bool:
    """Whether each centre counts as one, for want of capacities."""
    return bool(found.parameters["supply"] == "one")


def _people(rows: Mapping[str, "AccessRow"], code: str) -> float:
    """Who lives in a village; NaN where that is not known, or nobody does, or it was not asked about."""
    return rows[code].demand if code in rows and rows[code].demand > 0 else NAN


def access_class(row: "AccessRow | None", breaks: tuple[float, ...]) -> int:
    """Place in the classes of ``looks.access``; None was not asked about."""
    states = len(breaks) + 2
    if row is None:
        return states + looks.ACCESS_APART
    if row.demand != row.demand:
        return states + looks.ACCESS_UNKNOWN
    if row.demand <= 0:
        return states + looks.ACCESS_EMPTY
    return 0 if row.access <= 0 else 1 + int(np.searchsorted(breaks, row.access, side="right"))
