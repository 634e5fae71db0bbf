"""What an answer adds to a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from webmap.sheets.strata import Stratum


@dataclass(frozen=True, eq=False)
class Overlay:
    """``title`` and ``period`` go into the title of the sheet, ``summary`` (result with numerator and denominator)
    under the legend, ``method`` into the footer; ``replaces`` are layers that are not drawn beside it."""

    strata: tuple[Stratum, ...]
    title: str
    period: str
    method: str
    summary: str = ""
    notes: tuple[str, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)
    demo: bool = False
    replaces: frozenset[str] = frozenset()
