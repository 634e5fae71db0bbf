"""Rows of a layer counted and added up by area, once per edition and viewer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from layers.catalog import Catalog
from layers.disclosure import Disclosed
from layers.disclosure.filters import finest_codes
from layers.disclosure.look import look_classify

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACHED = ("township", "village")
"""Levels of which a tally says how many have at least one row."""


@dataclass(frozen=True)
class Tally:
    """Of one layer by code prefix: ``counts`` of rows; ``sums`` of a field; ``parts`` of the layer's classes as
    (rows, sum); ``reached`` by (prefix, digits): how many townships or villages have at least one row."""

    counts: dict[str, int]
    sums: dict[str, float]
    parts: dict[tuple[str, int], tuple[int, float]]
    reached: dict[tuple[str, int], int]


def tally(given: Disclosed, catalog: Catalog, county: str) -> Tally:
    """Count and add up the disclosed rows; ``county`` is the code of the whole."""
    finest = finest_codes(given.spec, given.rows).to_numpy(dtype=object)
    if given.outside is not None:  # without a code, but standing in the county
        finest = np.where((finest == "") & ~given.outside, county, finest)
    lengths = np.array([len(code) for code in finest], dtype=int)
    amounts = _amounts(given)
    found = look_classify(given, catalog)
    answer = Tally({}, {}, {}, {})
    every = tuple(catalog.divisions.lengths.values())
    for length in every:
        long = lengths >= length
        codes = np.array([code[:length] for code in finest[long]], dtype=object)
        _add(answer, codes, amounts[long], found[long])
    for length in (catalog.divisions.lengths[name] for name in REACHED):
        areas = {code[:length] for code in finest[lengths >= length]}
        for code in areas:
            for shorter in (size for size in every if size <= length):
                place = (code[:shorter], length)
                answer.reached[place] = answer.reached.get(place, 0) + 1
    return answer


def _add(
    answer: Tally, codes: "NDArray[np.object_]", amounts: "NDArray[np.float64]", found: "NDArray[np.int64]"
) -> None:
    if not len(codes):
        return
    names, place = np.unique(codes.astype(str), return_inverse=True)
    width = int(found.max()) + 1
    both = place * width + found
    rows = np.bincount(both, minlength=len(names) * width).reshape(len(names), width)
    sums = np.bincount(both, weights=amounts, minlength=len(names) * width).reshape(len(names), width)
    for index, name in enumerate(names.tolist()):
        answer.counts[name] = int(rows[index].sum())
        answer.sums[name] = float(sums[index].sum())
        for part in np.flatnonzero(rows[index]).tolist():
            answer.parts[(name, part)] = (int(rows[index, part]), float(sums[index, part]))


def _amounts(given: Disclosed) -> "NDArray[np.float64]":
    name = given.spec.sum_field
    if name is None or name not in given.rows.columns:
        return np.zeros(len(given.rows))
    return np.asarray(
        np.nan_to_num(given.rows[name].to_numpy(dtype=float, na_value=np.nan)), dtype=np.float64
    )
