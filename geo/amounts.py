"""Amounts (people, households, land) and sums of them that do not depend on the order or on how rows are split.

Floating-point addition is not associative. Amounts are therefore added as whole numbers: each one is cut into
its integer part and two 32-bit parts of the fraction (a small superaccumulator, after Kulisch, "Computer
Arithmetic and Validity", 2013). Integer addition is exact, so the parts of any split add up to the whole, bit
for bit.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.errors import WeightsError

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]
Limbs = NDArray[np.int64]
"""Last axis of 3: units, 2⁻³², 2⁻⁶⁴. May be added and subtracted freely."""

LIMBS = 3
BITS = 32
LARGEST = 2.0**53
SHOWN = 5


def checked_amounts(values: ArrayLike, count: int | None = None) -> Numbers:
    """Amounts as floats, one a row.

    Raises:
        WeightsError: missing (NaN), infinite, negative or beyond 2⁵³ values, or not ``count`` of them.
    """
    amounts = np.asarray(values, dtype=np.float64)
    if amounts.ndim != 1 or (count is not None and len(amounts) != count):
        raise WeightsError(
            "权重的形状是 {shape}，需要每行一个、共 {count} 个。", shape=amounts.shape, count=count
        )
    bad = ~((amounts >= 0) & (amounts <= LARGEST))
    if bad.any():
        raise WeightsError(
            "有 {count} 行的数量缺失、为负或不是数，如{rows}。请补全后再算；确实没有就填 0。",
            count=int(bad.sum()),
            rows=listed(f"第 {row + 1} 行（{amounts[row]:g}）" for row in np.flatnonzero(bad)[:SHOWN]),
        )
    return amounts


def listed(names: Iterable[object]) -> str:
    """Names in a row as a message gives them."""
    return "、".join(str(name) for name in names)


def limbs(amounts: Numbers) -> Limbs:
    """Amounts (n,) as whole numbers (n, 3); exact to 2⁻⁶⁵ each."""
    whole = np.floor(amounts)
    parts = np.zeros((len(amounts), LIMBS), dtype=np.int64)
    parts[:, 0] = whole
    fraction = amounts - whole
    if fraction.any():
        fraction *= 2.0**BITS
        upper = np.floor(fraction)
        parts[:, 1] = upper
        parts[:, 2] = np.rint((fraction - upper) * 2.0**BITS)
    return parts


def totals(parts: Limbs, group: Indices, count: int) -> Limbs:
    """Sums (count, 3) of the rows (n, 3) by their group number 0 … count − 1."""
    sums = np.zeros((count, LIMBS), dtype=np.int64)
    for limb in range(LIMBS):
        if limb == 0 or parts[:, limb].any():
            np.add.at(sums[:, limb], group, parts[:, limb])
    return sums


def floats(parts: Limbs) -> Numbers:
    """Whole numbers (…, 3) back as amounts (…)."""
    small = 2.0**-BITS
    amounts: Numbers = parts[..., 0] + (parts[..., 1] + parts[..., 2] * small) * small
    return amounts
