"""Columns about the rows of a layer: how many, how many people for each, what they amount to."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from exports.sheets.columns.column import Column, Missing, Value, given, numbers, summed
from exports.sheets.columns.making import Making, or_none
from geo.wording import number, ratio
from layers.disclosure import Disclosed, RowFilter
from layers.disclosure.amounts import Quantities, quantities
from layers.disclosure.filters import finest_codes
from layers.disclosure.look import look_classes, look_classify
from layers.spec import FieldSpec, LayerSpec
from layers.symbology import LegendRow, present

MOST_CLASSES = 3
"""Columns of the classes of one layer; those after the largest stand together in the last."""
Mask = NDArray[np.bool_]


class RowColumns:
    """Columns of layers whose divisions are as fine as those of the table."""

    def __init__(self, of: Making) -> None:
        self.of = of
        self._finest: dict[str, pd.Series[str]] = {}

    def count(self, found: Disclosed, _field: FieldSpec | None) -> list[Column]:
        values = [self._cell(found.spec, code, lambda rows: int(rows.sum())) for code in self.of.codes]
        title = f"{self.of.tongue.of(found.spec.title)} {self.of.tongue.of(found.spec.count_unit)}"
        return [
            numbers(
                title,
                values,
                self.of.tongue,
                total=self._whole(found.spec, values, lambda rows: int(rows.sum())),
            )
        ]

    def per(self, found: Disclosed, field: FieldSpec | None) -> list[Column]:
        """People for each row; where there is none, not known of how many."""
        [counted] = self.count(found, field)
        values: list[Value] = []
        for people, count in zip(self.of.people, counted.values, strict=True):
            missing = next((value for value in (count, people) if isinstance(value, Missing)), None)
            values.append(missing if missing else _quotient(people, count))
        title = self.of.tongue.gettext("人／{layer}", layer=self.of.tongue.of(found.spec.title))
        total = _quotient(summed(self.of.people), summed(counted.values))
        return [numbers(title, values, self.of.tongue, total=total)]

    def sum(self, found: Disclosed, field: FieldSpec | None) -> list[Column]:
        """What the rows report; how many of them do is said where some do not."""
        amounts = quantities(found, field)
        if amounts is None or field is None:
            return []
        every = np.ones(len(amounts.values), dtype=bool)
        self._note_gaps(found, amounts)
        title = f"{self.of.tongue.of(found.spec.title)} {self.of.tongue.gettext(amounts.unit)}".strip()
        return [self._summed(found, amounts, every, title)]

    def classes(self, found: Disclosed, field: FieldSpec | None) -> list[Column]:
        """A column for each of the largest classes of the whole county, so that all pages of an atlas have the same."""
        amounts = quantities(found, field)
        if amounts is None:
            return []
        index = look_classify(found, self.of.county.catalog)
        counts = dict(enumerate(np.bincount(index).tolist()))
        every = look_classes(found.spec, found.edition, found.visibility, self.of.county.catalog)
        rows = [row for row in present(every, counts) if counts.get(row.index)]
        rows.sort(key=lambda row: -amounts.part(index == row.index).total().value)
        kept = rows if len(rows) <= MOST_CLASSES else rows[: MOST_CLASSES - 1]
        unit = self.of.tongue.gettext(amounts.unit)
        self._note_gaps(found, amounts)
        made = [
            self._summed(found, amounts, index == row.index, f"{self.of.tongue.of(row.title)} {unit}")
            for row in kept
        ]
        if len(kept) < len(rows):
            rest = ~np.isin(index, [row.index for row in kept])
            others = self._called(found.spec, rows[len(kept) :])
            made.append(self._summed(found, amounts, rest, f"{others} {unit}"))
        return made

    def _called(self, spec: LayerSpec, rows: Sequence[LegendRow]) -> str:
        """Some classes as the legend calls them; so many of them that their names would fill the table by their number."""
        tongue = self.of.tongue
        if len(rows) < MOST_CLASSES:
            return tongue.comma.join(tongue.of(row.title) for row in rows)
        return tongue.gettext("{layer}其余 {n} 类", layer=tongue.of(spec.title), n=len(rows))

    def _summed(self, found: Disclosed, amounts: Quantities, keep: Mask, title: str) -> Column:
        def value(rows: Mask) -> Value:
            known = amounts.part(rows & keep).total().known
            return Missing.UNKNOWN if known is None else known

        values = [self._cell(found.spec, code, value) for code in self.of.codes]
        return numbers(
            title, values, self.of.tongue, digits=None, total=self._whole(found.spec, values, value)
        )

    def _note_gaps(self, found: Disclosed, amounts: Quantities) -> None:
        """Of the rows of the area, how many say how much, and how many lie twice."""
        said = amounts.part(self._inside(found.spec, self.of.area)).total()
        title = self.of.tongue.of(found.spec.title)
        if not said.whole:
            self.of.notes.append(
                self.of.tongue.gettext("{layer}的{unit}：已报 {parts}", layer=title, unit=self.of.tongue.gettext(said.unit), parts=said.parts())
            )  # fmt: skip
        if said.twins:
            self.of.notes.append(
                self.of.tongue.gettext("{layer}：重合的 {n} {unit}只计一次", layer=title, n=number(said.twins), unit=self.of.tongue.of(found.spec.count_unit))
            )  # fmt: skip

    def _cell(self, spec: LayerSpec, code: str, of: Callable[[Mask], Value]) -> Value:
        """What the rows of a division come to, where the viewer gets all of them."""
        return of(self._inside(spec, code)) if self._may_know(spec, code) else Missing.WITHHELD

    def _whole(self, spec: LayerSpec, values: list[Value], of: Callable[[Mask], Value]) -> Value:
        """The same of the whole area, with rows that name no smaller division."""
        return Missing.WITHHELD if Missing.WITHHELD in values else of(self._inside(spec, self.of.area))

    def _may_know(self, spec: LayerSpec, code: str) -> bool:
        """Whether rows of a division are not kept back from someone who sees a part of the county."""
        scope = self.of.viewer.scope
        return (
            self.of.county.code.startswith(scope) or code.startswith(scope) or spec.access.public == "exact"
        )

    def _inside(self, spec: LayerSpec, code: str) -> Mask:
        """Rows of the county that lie in a division: by their code, in grids by their place too, as the profile counts."""
        found = self.of.county.door.rows(spec.id, self.of.viewer)
        if spec.id not in self._finest:
            self._finest[spec.id] = finest_codes(spec, found.rows)
        inside = self._finest[spec.id].str.startswith(code).to_numpy(dtype=bool)
        if self.of.county.divisions.level_of(code) == self.of.county.divisions.named("grid"):
            placed = self.of.county.door.rows(spec.id, self.of.viewer, RowFilter(code=code)).rows.index
            inside = found.rows.index.isin(placed)
        return np.asarray(inside if found.outside is None else inside & ~found.outside)

    def rows(self, layer: str) -> Disclosed | None:
        """Rows of a layer whose divisions are as fine as those of the table; None where the viewer gets none."""
        spec = self.of.county.catalog.layer(layer)
        coarse = spec.level not in self.of.county.divisions.lengths or (
            self.of.county.divisions.named(spec.level).digits
            < min(self.of.below.digits, self._village_digits)
        )
        if coarse or self.of.county.door.access(spec, self.of.viewer) not in ("exact", "grid"):
            return None
        found = or_none(lambda: self.of.county.door.rows(layer, self.of.viewer))
        if found is not None:
            self.of.used(layer)
        return found

    @property
    def _village_digits(self) -> int:
        return self.of.county.divisions.named("village").digits


def _quotient(people: Value, count: Value) -> Value:
    if not given(people) or not given(count):
        return people if not given(people) else count
    found = ratio(people, count)
    return Missing.UNKNOWN if found is None else found
