"""Rows of a layer counted and added up by area, once per edition and viewer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from layers.catalog import Catalog
from layers.disclosure import Disclosed
from layers.disclosure.amounts import Amount, Quantities, quantities
from layers.disclosure.filters import finest_codes
from layers.disclosure.look import look_classify

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACHED = ("county", "township", "village")
"""Levels of which a tally says how many divisions have at least one row."""


@dataclass(frozen=True)
class Tally:
    """Of one layer by code prefix: ``counts`` of rows; ``parts`` by (prefix, class), what the rows of a class of the layer
    amount to; ``reached`` by (prefix, digits): how many divisions of these digits have at least one row,
    of their own level where the layer tells them apart."""

    counts: dict[str, int]
    parts: dict[tuple[str, int], Amount]
    reached: dict[tuple[str, int], int]


def tally(given: Disclosed, catalog: Catalog, county: str) -> Tally:
    """Count and add up the disclosed rows; ``county`` is the code of the whole."""
    finest = finest_codes(given.spec, given.rows).to_numpy(dtype=object)
    if given.outside is not None:  # without a code, but standing in the county
        finest = np.where((finest == "") & ~given.outside, county, finest)
    lengths = np.array([len(code) for code in finest], dtype=int)
    amounts = _amounts(given)
    found = look_classify(given, catalog)
    answer = Tally({}, {}, {})
    every = tuple(catalog.divisions.lengths.values())
    for length in every:
        long = lengths >= length
        codes = np.array([code[:length] for code in finest[long]], dtype=object)
        _add(answer, codes, amounts.part(long), found[long])
    for name in REACHED:
        length = catalog.divisions.lengths[name]
        areas = {code[:length] for code in finest[(lengths >= length) & _of_level(given, name)]}
        for code in areas:
            for shorter in (size for size in every if size <= length):
                place = (code[:shorter], length)
                answer.reached[place] = answer.reached.get(place, 0) + 1
    return answer


def _add(
    answer: Tally, codes: "NDArray[np.object_]", amounts: Quantities, found: "NDArray[np.int64]"
) -> None:
    if not len(codes):
        return
    names, place = np.unique(codes.astype(str), return_inverse=True)
    width = int(found.max()) + 1
    both = place * width + found

    def summed(weights: "NDArray[Any]") -> "NDArray[np.float64]":
        flat = np.bincount(both, weights=weights, minlength=len(names) * width)
        return np.asarray(flat.reshape(len(names), width), dtype=np.float64)

    known = np.isfinite(amounts.values)
    rows, reported, twins = (summed(one) for one in (np.ones(len(known)), known, amounts.again))
    sums = summed(np.where(known & ~amounts.again, amounts.values, 0.0))
    for index, name in enumerate(names.tolist()):
        answer.counts[name] = int(rows[index].sum())
        for part in np.flatnonzero(rows[index]).tolist():
            at = (index, part)
            answer.parts[(name, part)] = Amount(
                float(sums[at]), amounts.unit, int(reported[at]), int(rows[at]), int(twins[at])
            )


def _of_level(given: Disclosed, level: str) -> "NDArray[np.bool_]":
    """Rows that are a level's; all of them where the layer does not tell."""
    name = given.spec.level_field
    if name is None or name not in given.rows.columns:
        return np.ones(len(given.rows), dtype=bool)
    return np.asarray((given.rows[name] == level).fillna(False), dtype=bool)


def _amounts(given: Disclosed) -> Quantities:
    """Of the field that areas add up; nothing reported where the layer has none."""
    name = given.spec.sum_field
    found = quantities(given, given.spec.field(name)) if name is not None else None
    nothing = np.full(len(given.rows), np.nan)
    return found or Quantities("", nothing, np.zeros(len(nothing), dtype=bool))
