"""How numbers, shares, changes and ranks are worded, on pages, on paper and in tables; ``core/units.js`` is its twin.

Half rounds up, decided on whole numbers and fractions: a float counts as the decimal that it is written as.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, isfinite
from typing import Any, Generic, TypeVar

from geo.phrases import say

BASE = 10
"""Of fewer than so many nothing is said in per cent."""
LEAST = 3
"""Counts and differences of counts have a rank from here on."""
MOST_NAMED = 3
MOST_TIED = 4
"""A rank names so many where the last of them are tied; more are counted."""
MEASURED = frozenset({"km²", "亩", "万亩", "平方米", "米", "公里", "元", "万元", "吨"})
"""Units of what is measured and not counted: their size says nothing of how much stands behind."""
NOTHING = "—"
LESS, UNDER = "<0.1 %", "不足 0.1 %"
"""What is not nothing and less than can be written, in a table and in a sentence."""
FROM_ZERO = "基数为 0"
TENTHS = 1
WHOLE_FROM = 100
MOST_DECIMALS = 6
PLACES = ("一", "二", "三")

Amount = Any
"""An int, a float (of numpy too), a Fraction, or None."""
Value = TypeVar("Value")


def exact(value: Amount) -> Fraction | None:
    """The number as it is written; None for what is not known, undefined or infinite."""
    if value is None or isinstance(value, Fraction):
        return value
    if not isfinite(value):
        return None
    return Fraction(int(value)) if int(value) == value else Fraction(repr(float(value)))


def rounded(value: Fraction, decimals: int) -> Fraction:
    """With so many decimals; half goes away from zero."""
    scale = 10**decimals
    size = Fraction(floor(abs(value) * scale + Fraction(1, 2)), scale)
    return size if value > 0 else -size


def number(value: Amount, decimals: int | None = None) -> str:
    """Thousands set apart; whole numbers without a point, others with one decimal unless said otherwise."""
    if isinstance(value, int) and not decimals:
        return f"{value:,}"
    known = exact(value)
    if known is None:
        return NOTHING
    if decimals is None:
        decimals = 0 if known.denominator == 1 else 1
    size = rounded(known, decimals)
    whole, part = divmod(abs(size.numerator) * 10**decimals // size.denominator, 10**decimals)
    return f"{'-' if size < 0 else ''}{whole:,}" + (f".{part:0{decimals}}" if decimals else "")


def signed(amount: Amount, decimals: int | None = None) -> str:
    """A difference with its sign: “+12”, “−3”; none where nothing is left of it."""
    known = exact(amount)
    if known is None:
        return NOTHING
    size = number(abs(known), decimals)
    return f"{'+' if known > 0 else '−'}{size}" if size.strip("0.") else size


def part(value: Amount) -> str:
    """A numerator or denominator: decimals only where they are a part of it that matters."""
    known = exact(value)
    return number(known, 0 if known is not None and abs(known) >= WHOLE_FROM else None)


def ratio(n: Amount, of: Amount, times: int = 1) -> float | None:
    """A quotient rounded once; None where there is none."""
    some, whole = exact(n), exact(of)
    return None if some is None or not whole else float(some * times / whole)


def restored(share: Amount, of: Amount) -> float:
    """The number whose quotient is known only as a float."""
    part, whole = exact(share), exact(of)
    return 0.0 if part is None or whole is None else float(rounded(part * whole, MOST_DECIMALS))


def based(of: Amount, unit: str = "") -> bool:
    """Whether there is enough to speak of per cent."""
    whole = exact(of)
    return whole is not None and (whole >= BASE if unit not in MEASURED else whole > 0)


def tenths(n: Amount, of: Amount) -> Fraction | None:
    """Per cent with one decimal, as they are written; None where there is no share.

    Never 100 while some are left, and never 0 while some are in: then nothing at all, for ``percent`` to say so.
    """
    some, whole = exact(n), exact(of)
    if some is None or not whole:
        return None
    shown = rounded(100 * some / whole, TENTHS)
    if some < whole and shown == 100:
        return Fraction(999, 10)
    return None if some and not shown else shown


def percent(n: Amount, of: Amount, *, unit: str = "", cell: bool = False) -> str:
    """“70.4 %” of a number out of another; “3 / 4” where that is too small a base, “—” where there is no share.

    ``unit`` is that of the numbers; a ``cell`` of a table says “<0.1 %” where a sentence says “不足 0.1 %”.
    """
    if exact(n) is None or not exact(of):
        return NOTHING
    if not based(of, unit):
        return parts(n, of)
    shown = tenths(n, of)
    if shown is None:
        return LESS if cell else say("不足 0.1 %")
    return f"{number(shown, TENTHS)} %"


def parts(n: Amount, of: Amount) -> str:
    """“19 / 27”."""
    return f"{part(n)} / {part(of)}"


def share(n: Amount, of: Amount, unit: str = "") -> str:
    """“70.4 %（19 / 27）”: a share never stands in a sentence without its parts."""
    said = percent(n, of, unit=unit)
    return said if said == NOTHING or not based(of, unit) else f"{said}（{parts(n, of)}）"


def proportion(value: Amount, decimals: int = TENTHS) -> str:
    """A quotient that counts nobody, such as a gap between two bounds: “0.35 %”."""
    known = exact(value)
    return NOTHING if known is None else f"{number(100 * known, decimals)} %"


def growth(before: Amount, now: Amount, unit: str = "") -> str:
    """A change in per cent as it stands in a table; empty where the base is too small for it."""
    old, new = exact(before), exact(now)
    if old is None or new is None:
        return NOTHING
    if not old:
        return FROM_ZERO
    if not based(old, unit):
        return ""
    return "0.0 %" if new == old else f"{'+' if new > old else '−'}{_rate(old, new, LESS)}"


def growth_tenths(before: Amount, now: Amount) -> Fraction | None:
    """A change in per cent with its sign and one decimal, as it is written; None where words stand in its place."""
    old, new = exact(before), exact(now)
    if old is None or new is None or not old:
        return None
    if new >= old:
        shown = rounded(100 * (new - old) / old, TENTHS)
        return shown if shown or new == old else None
    fall = tenths(old - new, old)
    return None if fall is None else -fall


def change(before: Amount, now: Amount, unit: str = "") -> str:
    """“增加 3 件，增长 12.5 %”; only the amount where the base is too small, nothing where one of both is not known."""
    old, new = exact(before), exact(now)
    if old is None or new is None:
        return ""
    if old == new:
        return "持平"
    rise = new > old
    size = f"{'增加' if rise else '减少'} {number(abs(new - old))} {unit}".rstrip()
    if not based(old, unit):
        return size
    rate = _rate(old, new, UNDER)
    return f"{size}，{'增长' if rise else '下降'}{'' if rate == UNDER else ' '}{rate}"


def _rate(old: Fraction, new: Fraction, under: str) -> str:
    """How much it is more or less, without a sign; a fall is a share of the old number, a rise is not."""
    shown = growth_tenths(old, new)
    return under if shown is None else f"{number(abs(shown), TENTHS)} %"


@dataclass(frozen=True)
class Ranked(Generic[Value]):
    """``named`` are the first in their order; ``tied`` so many share the place after them, with ``value`` each."""

    named: tuple[tuple[str, Value], ...]
    tied: int = 0
    value: Value | None = None

    @property
    def place(self) -> int:
        return len(self.named) + 1

    def words(self, each: Callable[[str, Value], str], all_of_them: Callable[[Value], str]) -> str:
        """“甲 9 件、乙 5 件，并列第三的有 3 个（各 3 件）”."""
        said = "、".join(each(name, value) for name, value in self.named)
        if not self.tied or self.value is None:
            return said
        more = f"并列第{PLACES[self.place - 1]}的有 {self.tied} 个（各 {all_of_them(self.value)}）"
        return "，".join(filter(None, (said, more)))


def ranked(
    items: Sequence[tuple[str, Value]],
    *,
    key: Callable[[Value], Any] = lambda value: value,
    rising: bool = False,
) -> Ranked[Value]:
    """The first three or so, the largest first unless ``rising``; whoever is tied is named or counted with the others."""
    named: list[tuple[str, Value]] = []
    for group in _groups(items, key, rising=rising):
        if len(named) >= MOST_NAMED:
            break
        if len(named) + len(group) > MOST_TIED:
            return Ranked(tuple(named), len(group), group[0][1])
        named += group
    return Ranked(tuple(named))


def lower(
    items: Sequence[tuple[str, Value]], key: Callable[[Value], Any] = lambda value: value
) -> list[tuple[str, Value]]:
    """Those that are lower than others: all but the highest."""
    top = max((key(value) for _, value in items), default=None)
    return [(name, value) for name, value in items if key(value) != top]


def equal(values: Iterable[Hashable]) -> bool:
    """Whether there are several and none differs."""
    found = list(values)
    return len(found) > 1 and len(set(found)) == 1


def _groups(
    items: Sequence[tuple[str, Value]], key: Callable[[Value], Any], *, rising: bool
) -> list[list[tuple[str, Value]]]:
    """Those that are alike together; of each group in the given order."""
    found: dict[Any, list[tuple[str, Value]]] = {}
    for name, value in items:
        found.setdefault(key(value), []).append((name, value))
    return [found[one] for one in sorted(found, reverse=not rising)]
