"""Columns that answer the question of a theme: disputes and their rate, who is covered and their share."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, get_args

import numpy as np

from exports.sheets.columns.column import Column, Missing, Value, cell, given, numbers, summed
from exports.sheets.columns.making import Making, or_none
from exports.sheets.overlays.asked import DEMANDS, limit_words
from exports.sheets.overlays.changes import counted_words
from exports.sheets.overlays.disputes import DISPUTES, shown
from geo.wording import NOTHING, based, number, part, parts, percent, ratio
from layers.language.lists import joined
from layers.language.tongue import Tongue
from layers.planning import hotspot_plan
from layers.planning.plans import By, SpotsBy
from layers.planning.usual import usual_plan

if TYPE_CHECKING:
    from layers.planning import Coverage
    from layers.planning.cases import Cases


class CaseColumns:
    """Disputes, where the viewer may know them at this level and the sheet is about them."""

    def __init__(self, of: Making) -> None:
        self.of = of

    def cases(self) -> list[Column]:
        if self._cases is None:
            return []
        return [numbers(self.of.tongue.gettext("纠纷 件"), self._counts, self.of.tongue)]

    def rates(self) -> list[Column]:
        """Disputes per 1,000 people; of too few people only both numbers."""
        if self._cases is None:
            return []
        people = dict(zip(self._cases.areas["code"], self._cases.areas["people"], strict=True))
        rated = [
            rate(count, people.get(code, 0.0), self.of.tongue)
            for code, count in zip(self.of.codes, self._counts, strict=True)
        ]
        whole = rate(
            summed(self._counts), sum(people.get(code, np.nan) for code in self.of.codes), self.of.tongue
        )
        cells = tuple(cell for _, cell in rated)
        return [
            Column(self.of.tongue.gettext("件/千人"), tuple(value for value, _ in rated), cells, whole[1])
        ]

    @cached_property
    def _cases(self) -> "Cases | None":
        """Counted cases, where the viewer may know them at this level and the sheet is about them."""
        if self.of.below.name not in get_args(SpotsBy) or (
            DISPUTES not in self.of.layers and self.of.plan.theme != DISPUTES
        ):
            return None
        since, until = or_none(lambda: self.of.plan.span) or (None, None)
        words = {"by": self.of.below.name, "since": str(since or ""), "until": str(until or "")}
        words |= self._conditions()
        found = or_none(lambda: self.of.county.planning.cases(self.of.viewer, hotspot_plan(words)))
        if found is None:
            return None
        for layer in (DISPUTES, self.of.below.layer):
            self.of.used(layer)
        self.of.notes.append(
            self.of.tongue.gettext("纠纷：{since} 至 {until}", since=found.since, until=found.until)
        )
        return found

    def _conditions(self) -> dict[str, str]:
        """Those of the answer above the table, else those of the symbols."""
        county, viewer, plan = self.of.county, self.of.viewer, self.of.plan
        spec = county.catalog.layer(DISPUTES)
        words = counted_words(county, viewer, plan)
        if words or county.door.access(spec, viewer) == "counts" or shown(county, viewer, plan) != "off":
            return words
        told = {field.name for field in county.door.fields(spec, viewer)}
        return {f"f.{DISPUTES}.{name}": joined(values) for name, values in plan.shown_of(spec, told)}

    @cached_property
    def _counts(self) -> list[Value]:
        if self._cases is None:
            return []
        published = (
            self.of.county.door.access(self.of.county.catalog.layer(DISPUTES), self.of.viewer) == "counts"
        )
        known = dict(zip(self._cases.areas["code"], self._cases.counts, strict=True))
        hidden = Missing.WITHHELD if published else Missing.UNKNOWN
        found: list[Value] = [_count(known, code, hidden) for code in self.of.codes]
        if Missing.WITHHELD in found:
            self.of.notes.append(self.of.tongue.gettext("不公开：1–2 件，或能由它推算出这样的数"))
        return found


class CoverColumns:
    """Who is reached by the usual question, or that of the plan."""

    def __init__(self, of: Making) -> None:
        self.of = of

    def covered(self) -> list[Column]:
        if self._coverage is None:
            return []
        rows = {row.code: row for row in self._coverage.rows}
        values: list[Value] = [
            rows[code].covered if code in rows else Missing.UNKNOWN for code in self.of.codes
        ]
        demand = self.of.tongue.of(DEMANDS[self._coverage.plan.demand])
        title = self.of.tongue.gettext("已覆盖的{demand}", demand=demand)
        cells = tuple(part(value) if given(value) else NOTHING for value in values)
        return [Column(title, tuple(values), cells, part(self._reached[0]))]

    def share(self) -> list[Column]:
        found = self._coverage
        if found is None:
            return []
        rows = {row.code: row for row in found.rows}
        values = [_defined(rows[code].share) if code in rows else Missing.UNKNOWN for code in self.of.codes]
        pairs = [(rows[code].covered, rows[code].demand) if code in rows else None for code in self.of.codes]
        cells = tuple(
            NOTHING if pair is None else percent(*pair, unit=found.unit, cell=True) for pair in pairs
        )
        total = percent(*self._reached, unit=found.unit, cell=True)
        return [Column(self.of.tongue.gettext("覆盖率"), tuple(values), cells, total)]

    @cached_property
    def _coverage(self) -> "Coverage | None":
        """Who is reached by the usual question, or that of the plan, in divisions of this level."""
        if self.of.below.name not in get_args(By):
            return None
        planning, viewer = self.of.county.planning, self.of.viewer
        words = self.of.plan.words_of() if self.of.plan.theme == "coverage" else {}
        asked = words | {"by": self.of.below.name, "code": ""}
        found: Coverage | None = or_none(
            lambda: planning.coverage(viewer, usual_plan(planning, viewer, asked))
        )
        if found is None:
            return None
        self.of.learned(found.editions, demo=found.demo)
        services = (
            self.of.tongue.of(self.of.county.catalog.layer(layer).title) for layer in found.plan.services
        )
        self.of.notes.append(
            self.of.tongue.gettext(
                "中心：{services}；覆盖率：{limit}",
                services=self.of.tongue.comma.join(services), limit=limit_words(found.plan, self.of.tongue),
            )
        )  # fmt: skip
        return found

    @property
    def _reached(self) -> tuple[float, float]:
        """Who is reached in the whole area, and who lives there."""
        rows = self._coverage.rows if self._coverage is not None else ()
        mine = [row for row in rows if row.code.startswith(self.of.area) and row.demand > 0]
        return sum(row.covered for row in mine), sum(row.demand for row in mine)


def _count(known: Mapping[str, float], code: str, hidden: Missing) -> Value:
    """Disputes of an area; missing where they are withheld, or the area is not known."""
    if code not in known:
        return Missing.UNKNOWN
    count = known[code]
    return hidden if count != count else int(count)


def rate(count: Value, people: float, tongue: Tongue) -> tuple[Value, str]:
    """Disputes per 1,000 people as a number and as it is written; missing where either is, or nobody lives."""
    if not given(count):
        return count, cell(count, tongue)
    if not people > 0:
        return Missing.UNKNOWN, NOTHING
    if not based(people):
        return Missing.UNKNOWN, parts(count, people)
    return ratio(count, people, 1000) or 0.0, number(ratio(count, people, 1000), 1)


def _defined(share: float) -> Value:
    return share if share == share else Missing.UNKNOWN
