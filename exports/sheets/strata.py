"""One layer as a sheet shows it: shapes in metres, the class of each, and what the legend says about them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from layers.disclosure.amounts import Quantities
from layers.spec import Group
from layers.symbology import LegendRow

Kind = Literal["area", "boundary", "line", "point"]
Shapes = NDArray[np.object_]
Classes = NDArray[np.int64]


@dataclass(frozen=True)
class Origin:
    """Where the rows come from: edition, period and source as said in its manifest. After ``due`` they are overdue;
    ``estimate``: they are worked out, not collected."""

    edition: str
    period: str
    source: str
    demo: bool
    due: date | None = None
    estimate: bool = False


@dataclass(frozen=True)
class Graduation:
    """The numbers behind classes by number: ``values`` of the shapes (NaN: no data), inner ``limits``, and what
    counts shapes in the histogram."""

    values: NDArray[np.float64]
    limits: tuple[float, ...]
    of: str


@dataclass(frozen=True, eq=False)
class Sizes:
    """Symbols whose area says an amount: ``mm`` (n) across, and samples for the legend as (mm, words), the smallest first."""

    mm: NDArray[np.float64]
    samples: tuple[tuple[float, str], ...]


@dataclass(frozen=True, eq=False)
class Stratum:
    """``shapes`` (n) in metres with their ``classes`` (n), places in ``legend``, ``codes`` and ``names`` (n); of a
    ``boundary`` only the edges are drawn. ``section`` is the heading of the legend that it stands under; ``unit``
    counts its rows, empty where counts say nothing. ``drawn`` is False for what is only there to be named; where it
    ``gathers``, points near each other become one symbol with their number. ``place`` is its rank in the tree of the theme.
    ``days`` are the first and the last of its records, None where they have no day. ``amounts`` are what its rows report,
    None where they have no quantity; ``outside`` marks those across the county's line, which count for nothing.
    ``sizes`` are those of points whose symbols say an amount, ``badges`` the words inside of symbols; neither are ever
    moved aside.
    """

    id: str
    title: str
    section: str
    kind: Kind
    order: float
    group: Group
    shapes: Shapes
    classes: Classes
    legend: tuple[LegendRow, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    unit: str = ""
    origin: Origin | None = None
    graduation: Graduation | None = None
    thematic: bool = True
    drawn: bool = True
    gathers: bool = False
    place: int = 0
    days: tuple[date, date] | None = None
    amounts: Quantities | None = None
    outside: NDArray[np.bool_] | None = None
    sizes: Sizes | None = None
    badges: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.shapes)

    def part(self, keep: NDArray[Any]) -> "Stratum":
        """Only some of the shapes, by a mask or by places."""
        places = np.flatnonzero(keep) if keep.dtype == bool else keep
        graduation = self.graduation
        if graduation is not None:
            graduation = replace(graduation, values=graduation.values[places])
        return replace(
            self,
            shapes=self.shapes[places],
            classes=self.classes[places],
            codes=tuple(self.codes[place] for place in places),
            names=tuple(self.names[place] for place in places),
            graduation=graduation,
            sizes=None if self.sizes is None else replace(self.sizes, mm=self.sizes.mm[places]),
            badges=tuple(self.badges[place] for place in places) if self.badges else (),
            amounts=None if self.amounts is None else self.amounts.part(places),
            outside=None if self.outside is None else self.outside[places],
        )
