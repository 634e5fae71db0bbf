"""What an answer adds to a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exports.sheets.strata import Stratum
from geo.phrases import Chain, sentences
from layers.language.tongue import Tongue

SAID = ("数据：", "演示数据")
"""Beginnings of sentences that the footer says anyway."""


@dataclass(frozen=True, eq=False)
class Overlay:
    """``title`` and ``period`` go into the title of the sheet, and ``nobody``, that nobody is reached; ``summary`` (result with numerator and denominator)
    under the legend, ``method`` into the footer; ``lists`` are notes of a heading and names, of which as many stand as there is room for; ``replaces`` are layers that are not drawn beside it, ``follows`` those whose
    conditions it follows, ``unfiltered`` that it follows none though some were chosen."""

    strata: tuple[Stratum, ...]
    title: str
    period: str
    method: str
    nobody: str = ""
    summary: str = ""
    notes: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)
    demo: bool = False
    replaces: frozenset[str] = frozenset()
    follows: frozenset[str] = frozenset()
    unfiltered: bool = False


def method_words(tongue: Tongue, method: Chain) -> str:
    """How an answer was made: the planner's sentences, but for what the footer says anyway."""
    told = sentences(part for part in method.parts if not str(part).startswith(SAID))
    return tongue.gettext("方法：{how}", how=tongue.of(told))
