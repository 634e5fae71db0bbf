"""How much rows amount to: what they report, of how many, with one and the same parcel counted once."""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.checks import earliest
from geo.wording import number
from layers.spec import FieldSpec

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.disclosure.door import Disclosed


@dataclass(frozen=True)
class Amount:
    """``value`` is the sum in ``unit`` of what ``reported`` out of ``rows`` say; ``twins`` of them have the very shape
    of another and are not added again."""

    value: float
    unit: str
    reported: int
    rows: int
    twins: int = 0

    @property
    def known(self) -> float | None:
        """The sum; None where nobody reports anything, which is not nothing."""
        return self.value if self.reported or not self.rows else None

    @property
    def whole(self) -> bool:
        """Whether every row reports."""
        return self.reported == self.rows

    def parts(self) -> str:
        """“7 / 9”: so many report, of so many."""
        return f"{number(self.reported)} / {number(self.rows)}"


@dataclass(frozen=True, eq=False)
class Quantities:
    """A field of rows: ``values`` (n) in ``unit``, NaN where a row reports none; ``again`` (n) marks rows whose shape
    another one has that is counted instead."""

    unit: str
    values: "NDArray[np.float64]"
    again: "NDArray[np.bool_]"

    def part(self, keep: "NDArray[Any]") -> "Quantities":
        """Of some of the rows, by a mask or by places."""
        return replace(self, values=self.values[keep], again=self.again[keep])

    def total(self) -> Amount:
        known = np.isfinite(self.values)
        value = math.fsum(self.values[known & ~self.again])
        return Amount(value, self.unit, int(known.sum()), len(known), int(self.again.sum()))


def quantities(given: "Disclosed", field: FieldSpec | None = None) -> Quantities | None:
    """The quantity of a layer, or another field of numbers, row by row; None where it has none, or where the viewer may
    not know it of all of the rows."""
    field = field or given.spec.quantity
    if field is None or given.visibility == "counts" or field.name not in given.rows.columns:
        return None
    if field.sensitivity != "public" and given.note:
        return None
    values = given.rows[field.name].to_numpy(dtype=float, na_value=np.nan)
    return Quantities(field.unit or "", values, _again(given, values))


def _again(given: "Disclosed", values: "NDArray[np.float64]") -> "NDArray[np.bool_]":
    """Of polygons with one shape, all but the first that reports; two points may well stand in one place."""
    if given.spec.geometry != "polygon" or given.visibility != "exact" or given.spec.group == "divisions":
        return np.zeros(len(values), dtype=bool)
    first = earliest(given.rows.geometry.to_numpy())
    again: NDArray[np.bool_] = np.asarray(first != np.arange(len(first)), dtype=bool)
    for place in np.unique(first[again]):
        same = np.flatnonzero(first == place)
        again[same] = True
        again[same[int(np.isfinite(values[same]).argmax())]] = False
    return again
