"""A page as data: marks in millimetres from its top left corner, y down. Writers turn it into PDF, SVG and PNG.

Everything that is drawn is one of three marks, so that tests measure a sheet without opening a file, a worker
hands a finished page to another process, and the formats cannot differ.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from layers.spec import Colour, Hatch, Symbol

Points = NDArray[np.float64]
"""(n, 2): x, y in millimetres."""
Weight = Literal["regular", "bold"]
Align = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    """A rectangle in millimetres; ``top`` is the smaller y."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def inset(self, by: float) -> "Box":
        """Smaller by ``by`` mm on every side; larger where it is negative."""
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)

    def crosses(self, other: "Box") -> bool:
        """Whether the insides share any area."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def holds(self, other: "Box") -> bool:
        """Whether the other lies wholly within this one, edges included."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True)
class Stroke:
    """``width`` and the lengths of ``dash`` (on, off, …) in millimetres."""

    colour: Colour
    width: float
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True)
class Shape:
    """Paths that are filled and stroked as one: rings where ``closed`` (even-odd), open lines otherwise.

    ``name`` says what it is, for tests and as the id of a group in SVG (“villages.3”); it never holds text of a record.
    """

    paths: tuple[Points, ...]
    closed: bool = True
    fill: Colour | None = None
    opacity: float = 1.0
    stroke: Stroke | None = None
    hatch: Hatch = "none"
    hatch_colour: Colour | None = None
    name: str = ""


@dataclass(frozen=True)
class Mark:
    """A point symbol of ``layers.symbology.SYMBOL_PATHS``, ``size`` mm across, its middle at ``x``, ``y``."""

    symbol: Symbol
    x: float
    y: float
    size: float
    fill: Colour | None = None
    stroke: Stroke | None = None
    name: str = ""


@dataclass(frozen=True)
class Words:
    """A line of text. ``size`` is the em in mm; ``y`` is the base line; ``angle`` turns clockwise, in degrees, about
    the anchor. ``kind`` says what it names (“village”, “legend”, “footer”, …); ``of`` is the code of what is named.
    """

    text: str
    x: float
    y: float
    size: float
    colour: Colour = "#17252E"
    weight: Weight = "regular"
    align: Align = "start"
    angle: float = 0.0
    halo: Colour | None = None
    halo_mm: float = 0.0
    spacing: float = 0.0
    opacity: float = 1.0
    kind: str = ""
    of: str = ""


@dataclass(frozen=True)
class Group:
    """Marks that belong together; nothing of them shows outside ``clip``."""

    marks: "tuple[AnyMark, ...]"
    clip: Box | None = None
    name: str = ""


AnyMark = Shape | Mark | Words | Group


@dataclass(frozen=True)
class Page:
    """One page. ``about`` goes into the properties of the file (title, subject, keywords, date, lang), nothing else does."""

    width: float
    height: float
    marks: tuple[AnyMark, ...]
    about: dict[str, Any] = field(default_factory=dict)

    def words(self) -> "tuple[Words, ...]":
        """Every line of text on the page, in drawing order."""
        return tuple(mark for mark in flat(self.marks) if isinstance(mark, Words))


def flat(marks: "tuple[AnyMark, ...]") -> "tuple[Shape | Mark | Words, ...]":
    """The marks without their groups, in drawing order."""
    found: list[Shape | Mark | Words] = []
    for mark in marks:
        if isinstance(mark, Group):
            found.extend(flat(mark.marks))
        else:
            found.append(mark)
    return tuple(found)
