"""What wants to be named, and what became of it. Millimetres on the page, y down."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from exports.sheets.page import Shape, Weight, Words
from layers.spec import Colour

Kind = Literal["township", "village", "grid", "point", "river", "road", "neighbour"]
Reason = Literal["empty", "outside", "small", "crowded"]
"""Nothing to print; nothing of it on the map; does not fit at its least size; the room went to other names."""

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Name:
    """What wants to be named.

    ``area`` is the polygon that the name belongs to, ``line`` what it follows, ``at`` the middle of a symbol whose
    half size is ``half``; one of the three is given. ``priority`` (> 0) is the weight of the name: names are left
    out such that the sum of the printed weights is as large as it can be made. ``size`` is the em, tried first;
    ``least`` the smallest that may be printed. ``offset`` puts letters beside their line (0: on it), ``every`` is
    the distance at which a name is said again along it. ``plate`` and ``edge`` colour the shield of a road; without
    ``plate`` its name is lettered along it. ``halo_mm`` is how far the halo reaches.
    """

    code: str
    text: str
    kind: Kind
    priority: float
    size: float
    least: float
    area: Any = None
    line: Any = None
    at: tuple[float, float] | None = None
    half: float = 0.0
    offset: float = 0.0
    every: float = 120.0
    weight: Weight = "regular"
    colour: Colour = "#17252E"
    halo: Colour | None = None
    halo_mm: float = 0.0
    spacing: float = 0.0
    plate: Colour | None = None
    edge: Colour | None = None


@dataclass(frozen=True)
class Plate:
    """The ground that a printed name covers: a rectangle, turned clockwise by ``angle`` degrees about its middle."""

    code: str
    kind: Kind
    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0


@dataclass(frozen=True)
class Dropped:
    """A name that is not printed, and why."""

    code: str
    kind: Kind
    reason: Reason


@dataclass(frozen=True)
class Drawn:
    """Marks of one printed name."""

    words: tuple[Words, ...]
    leaders: tuple[Shape, ...] = ()
    shields: tuple[Shape, ...] = ()


@dataclass(frozen=True)
class Placement:
    """Marks of all names. ``boxes`` are the grounds of names and shields, ``placed`` and ``dropped`` cover all names
    between them, each in the order in which they were given."""

    words: tuple[Words, ...]
    leaders: tuple[Shape, ...]
    shields: tuple[Shape, ...]
    boxes: tuple[Plate, ...]
    placed: tuple[str, ...]
    dropped: tuple[Dropped, ...]

    @property
    def marks(self) -> tuple[Shape | Words, ...]:
        """In drawing order: leader lines, shields, letters."""
        return (*self.leaders, *self.shields, *self.words)


@dataclass(frozen=True)
class Ways:
    """The ways in which one name can be printed, the best first.

    ``cost`` (n) is 0 for the best imaginable. ``boxes`` (m, 5) are rectangles: middle x, y, half width, half height,
    clockwise angle in radians; ``of`` (m) says whose they are, ascending.
    """

    cost: Numbers
    boxes: Numbers
    of: Places

    def __len__(self) -> int:
        return len(self.cost)

    def kept(self, keep: Places) -> "Ways":
        """Only these ways, in this order."""
        counts = np.bincount(self.of, minlength=len(self))
        starts = np.concatenate([[0], np.cumsum(counts)])
        rows = [np.arange(starts[way], starts[way + 1]) for way in keep]
        of = np.repeat(np.arange(len(keep)), counts[keep])
        return Ways(self.cost[keep], self.boxes[np.concatenate([*rows, np.empty(0, int)]).astype(int)], of)


class Wish(Protocol):
    """A name, or one of its repeats, with the ways to print it."""

    ways: Ways

    @property
    def priority(self) -> float:
        """Its weight."""

    def drawn(self, way: int) -> Drawn:
        """Marks of a way."""

    def wider(self) -> "Wish":
        """The same with smaller, wrapped or more distant ways added; itself when there are none."""
