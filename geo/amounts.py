"""Amounts (people, households, land) and sums of them that do not depend on the order or on how rows are split.

Floating-point addition is not associative. Amounts are therefore added as whole numbers: each one is cut into
its integer part and three 32-bit parts of the fraction (a small superaccumulator, after Kulisch, "Computer
Arithmetic and Validity", 2013). Integer addition is exact, so the parts of any split add up to the whole, bit
for bit.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.errors import GovmapError, WeightsError

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]
Limbs = NDArray[np.int64]
"""Last axis of 4: units, 2⁻³², 2⁻⁶⁴, 2⁻⁹⁶. May be added and subtracted freely."""

LIMBS = 4
BITS = 32
LARGEST = 2.0**53
LARGEST_SUM = 2.0**62
"""Sums are whole numbers of 64 bits; half of them is left for what parts add up to."""
SHOWN = 5


def as_numbers(values: ArrayLike, error: type[GovmapError]) -> Numbers:
    """Values as floats; raises ``error`` for text, ragged lists and other things that are no numbers."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as reason:
        raise error("需要数，给的是 {kind}：{reason}", kind=type(values).__name__, reason=reason) from reason


def checked_amounts(values: ArrayLike, count: int | None = None) -> Numbers:
    """Amounts as floats, one a row.

    Raises:
        WeightsError: missing (NaN), infinite, negative or beyond 2⁵³ values, or not ``count`` of them.
    """
    amounts = as_numbers(values, WeightsError)
    if amounts.ndim != 1 or (count is not None and len(amounts) != count):
        raise WeightsError(
            "权重的形状是 {shape}，需要每行一个、共 {count} 个。", shape=amounts.shape, count=count
        )
    bad = ~((amounts >= 0) & (amounts <= LARGEST))
    if bad.any():
        raise WeightsError(
            "有 {count} 行的数量缺失、为负或不是数，如{rows}。补全后再算；确实没有就填 0。",
            count=int(bad.sum()),
            rows=listed(f"第 {row + 1} 行（{amounts[row]:g}）" for row in np.flatnonzero(bad)[:SHOWN]),
        )
    return amounts


def listed(names: Iterable[object]) -> str:
    """Names in a row as a message gives them."""
    return "、".join(str(name) for name in names)


def limbs(amounts: Numbers) -> Limbs:
    """Amounts (n,) as whole numbers (n, 4); exact to 2⁻⁹⁷ each. Raises WeightsError where their sum would overflow."""
    # Fractions in limbs of 32 bits within 64: those of 2³¹ rows add up before anything could overflow.
    parts = np.zeros((len(amounts), LIMBS), dtype=np.int64)
    whole = np.floor(summable(amounts))
    parts[:, 0] = whole
    rest = amounts - whole
    for limb in range(1, LIMBS):
        if not rest.any():
            break
        rest = rest * 2.0**BITS
        whole = np.floor(rest) if limb < LIMBS - 1 else np.rint(rest)
        parts[:, limb] = whole
        rest -= whole
    return parts


def summable(amounts: Numbers) -> Numbers:
    """The amounts; raises WeightsError where their sum would overflow rather than give a wrong one."""
    most = float(amounts.sum())
    if most >= LARGEST_SUM:
        top = np.argsort(-amounts, kind="stable")[:SHOWN]
        raise WeightsError(
            "{count} 行的数量加起来有 {sum}，太大，不会是真的，最大的是{rows}。核对数量的单位和位数。",
            count=len(amounts),
            sum=f"{most:.3g}",
            rows=listed(f"第 {row + 1} 行（{amounts[row]:g}）" for row in top),
        )
    return amounts


def totals(parts: Limbs, group: Indices, count: int) -> Limbs:
    """Sums (count, 4) of the rows (n, 4) by their group number 0 … count − 1."""
    sums = np.zeros((count, LIMBS), dtype=np.int64)
    for limb in range(LIMBS):
        if limb == 0 or parts[:, limb].any():
            np.add.at(sums[:, limb], group, parts[:, limb])
    return sums


def total(amounts: Numbers) -> Limbs:
    """Sum (4,) of all amounts (n,); raises WeightsError where it would overflow."""
    whole = summable(amounts).astype(np.int64)
    if (whole == amounts).all():
        return np.array([whole.sum(), *[0] * (LIMBS - 1)])
    return np.asarray(limbs(amounts).sum(axis=0))


def floats(parts: Limbs) -> Numbers:
    """Whole numbers (…, 4) back as amounts (…)."""
    amounts = parts[..., LIMBS - 1].astype(np.float64)
    # From the smallest limb up (Horner), so that only the last step rounds noticeably.
    for limb in range(LIMBS - 2, -1, -1):
        amounts = parts[..., limb] + amounts * 2.0**-BITS
    return amounts
