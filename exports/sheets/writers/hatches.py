"""The tile of every hatch in hundredths of a millimetre; tiles are laid from the page's top left corner."""

from dataclasses import dataclass

from layers.spec import Hatch

SIDE = 200
LINE = 14
DOT = 32
"""A little wider and finer than on the screen: paper shows more, and names stand on hatches."""

Segment = tuple[int, int, int, int]


@dataclass(frozen=True)
class Tile:
    """``lines`` from x, y to x, y, which may reach over the edge; ``dots`` by their top left corners."""

    lines: tuple[Segment, ...] = ()
    dots: tuple[tuple[int, int], ...] = ()


RISING: tuple[Segment, ...] = (
    (-LINE, LINE, LINE, -LINE),
    (-LINE, SIDE + LINE, SIDE + LINE, -LINE),
    (SIDE - LINE, SIDE + LINE, SIDE + LINE, SIDE - LINE),
)
FALLING: tuple[Segment, ...] = tuple((x1, SIDE - y1, x2, SIDE - y2) for x1, y1, x2, y2 in RISING)
TILES: dict[Hatch, Tile] = {
    "diagonal": Tile(RISING),
    "cross": Tile(RISING + FALLING),
    "horizontal": Tile(((0, SIDE // 2, SIDE, SIDE // 2),)),
    "dots": Tile(dots=tuple((at - DOT // 2, at - DOT // 2) for at in (SIDE // 4, 3 * SIDE // 4))),
}
