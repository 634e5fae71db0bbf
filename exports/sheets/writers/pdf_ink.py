"""The marks of one page as the operators of a PDF content stream.

Inside a page lengths are hundredths of a millimetre from the top left corner, y down.
"""

import math
from codecs import BOM_UTF16_BE
from dataclasses import dataclass, field
from functools import lru_cache

from exports.sheets.fonts import printed
from exports.sheets.page import Box, Group, Mark, Page, Shape, Stroke, Weight, Words
from exports.sheets.writers import outlines
from exports.sheets.writers.drawer import Drawer
from exports.sheets.writers.halos import halos
from exports.sheets.writers.outlines import UNITS_PER_MM, number, units
from exports.sheets.writers.typeface import Typeface, start
from layers.spec import Colour, Hatch, Symbol

FONT_NAMES: dict[Weight, str] = {"regular": "F1", "bold": "F2"}
PAINTS = {(True, True): "B*", (True, False): "f*", (False, True): "S"}


@dataclass
class Stock:
    """What the pages of one document share: typefaces, symbols, hatches and opacities that were used."""

    typefaces: dict[Weight, Typeface] = field(default_factory=dict)
    symbols: set[tuple[Symbol, str]] = field(default_factory=set)
    hatches: set[tuple[Hatch, float]] = field(default_factory=set)
    opacities: set[tuple[str, int]] = field(default_factory=set)

    def typeface(self, weight: Weight) -> Typeface:
        if weight not in self.typefaces:
            self.typefaces[weight] = Typeface(weight)
        return self.typefaces[weight]


class Ink(Drawer):
    """Writes marks; says a colour, a width, a dash only where it differs from what holds already."""

    def __init__(self, stock: Stock, page: Page) -> None:
        self.stock = stock
        self.height = page.height
        self.halos = iter(halos(page.words()))
        self.operators: list[str] = []
        self.state: list[dict[str, str]] = [{}]
        self.pens: list[tuple[Stroke, int, float] | None] = [None]

    def group(self, group: Group) -> None:
        if group.clip:
            self.save()
            self.operators.append(f"{_box(group.clip)} re W n")
        for mark in group.marks:
            self.draw(mark)
        if group.clip:
            self.restore()

    def shape(self, shape: Shape) -> None:
        path = _steps(outlines.rings(shape.paths, shape.closed), shape.closed)
        if not path:
            return
        fill = shape.fill if shape.closed else None
        if fill:
            self.fill(fill, shape.opacity)
        if shape.stroke:
            self.pen(shape.stroke, cap=0 if shape.closed or shape.stroke.dash else 1)
        if shape.closed and shape.hatch != "none" and shape.hatch_colour:
            if fill:
                self.operators.append(f"{path}f*")
            self.hatch(path, shape.hatch, shape.hatch_colour)
            fill = None
        paint = PAINTS.get((fill is not None, shape.stroke is not None))
        if paint:
            self.operators.append(path + paint)

    def hatch(self, path: str, hatch: Hatch, colour: Colour) -> None:
        """Fill with tiles, opaque as on the screen: they hang on the page, so neighbours with one hatch match."""
        self.stock.hatches.add((hatch, self.height))
        self.opacity("ca", 1.0)
        self.set("rg", f"/Tiled cs {_rgb(colour)} /{hatch_name(hatch, self.height)} scn")
        self.operators.append(f"{path}f*")

    def symbol(self, mark: Mark) -> None:
        paint = PAINTS.get((mark.fill is not None, mark.stroke is not None))
        if paint is None or mark.size <= 0:
            return
        if mark.fill:
            self.fill(mark.fill, 1.0)
        if mark.stroke:
            self.pen(mark.stroke, cap=0, per=mark.size * UNITS_PER_MM)
        self.stock.symbols.add((mark.symbol, paint))
        size = units(mark.size)
        place = f"{size} 0 0 {size} {units(mark.x)} {units(mark.y)}"
        self.operators.append(f"q {place} cm /{symbol_name(mark.symbol, paint)} Do Q")

    def words(self, words: Words) -> None:
        halo = next(self.halos)
        codes = self.stock.typeface(words.weight).encode(words.text)
        if not codes:
            return
        if words.halo and halo:
            self.fill(words.halo, words.opacity)
            self.operators.append(f"{_steps(halo, closed=True)}f")
        self.fill(words.colour, words.opacity)
        line = _line(words, codes)
        self.operators.append(f"{_read_as(words.text)}\n{line}\nEMC" if words.spacing else line)

    def fill(self, colour: Colour, opacity: float) -> None:
        self.set("rg", f"{_rgb(colour)} rg")
        self.opacity("ca", opacity)

    def pen(self, stroke: Stroke, cap: int, per: float = 1.0) -> None:
        """Set colour, width, dash and ends of lines; lengths in units of ``per`` hundredths."""
        if self.pens[-1] == (stroke, cap, per):
            return
        self.pens[-1] = (stroke, cap, per)
        self.set("RG", f"{_rgb(stroke.colour)} RG")
        self.set("w", f"{number(stroke.width * UNITS_PER_MM / per)} w")
        dash = " ".join(number(length * UNITS_PER_MM / per) for length in stroke.dash)
        self.set("d", f"[{dash}] 0 d")
        self.set("J", f"{cap} J")
        self.opacity("CA", stroke.opacity)

    def opacity(self, of: str, value: float) -> None:
        percent = round(100 * min(max(value, 0.0), 1.0))
        operator = f"/{of}{percent} gs"
        if self.state[-1].get(of, f"/{of}100 gs") != operator:
            self.stock.opacities.add((of, percent))
            self.set(of, operator)

    def set(self, what: str, operator: str) -> None:
        if self.state[-1].get(what) != operator:
            self.state[-1][what] = operator
            self.operators.append(operator)

    def save(self) -> None:
        self.state.append(dict(self.state[-1]))
        self.pens.append(self.pens[-1])
        self.operators.append("q")

    def restore(self) -> None:
        self.state.pop()
        self.pens.pop()
        self.operators.append("Q")


def symbol_name(symbol: Symbol, paint: str) -> str:
    return f"{symbol}.{paint.rstrip('*')}"


def hatch_name(hatch: Hatch, height: float) -> str:
    return f"{hatch}.{units(height)}"


def symbol_path(symbol: Symbol) -> str:
    """Operators of a symbol's outline in its unit box."""
    letters = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    steps = outlines.symbol_steps(symbol)
    return "".join(f"{' '.join(map(number, numbers))} {letters[letter]}\n" for letter, numbers in steps)


def _steps(paths: list[list[int]], closed: bool) -> str:
    return "".join(_template(len(path), closed) % tuple(path) for path in paths)


@lru_cache(maxsize=512)
def _template(numbers: int, closed: bool) -> str:
    return "%d %d m\n" + "%d %d l\n" * (numbers // 2 - 1) + ("h\n" if closed else "")


def _box(box: Box) -> str:
    return f"{units(box.left)} {units(box.top)} {units(box.width)} {units(box.height)}"


def _line(words: Words, codes: str) -> str:
    em = words.size * UNITS_PER_MM
    turn = math.radians(words.angle)
    along, across = math.cos(turn), math.sin(turn)
    x, y = start(words)
    matrix = (em * along, em * across, em * across, -em * along)
    place = " ".join(number(value) for value in matrix)
    gap = f"{number(words.spacing / words.size)} Tc " if words.spacing else ""
    reset = " 0 Tc" if words.spacing else ""
    return f"BT /{FONT_NAMES[words.weight]} 1 Tf {gap}{place} {units(x)} {units(y)} Tm <{codes}> Tj{reset} ET"


def _read_as(text: str) -> str:
    """Opens a line whose letters stand apart: readers would find spaces between them."""
    code = (BOM_UTF16_BE + printed(text).encode("utf-16-be")).hex().upper()
    return f"/Span <</ActualText <{code}>>> BDC"


@lru_cache(maxsize=1024)
def _rgb(colour: Colour) -> str:
    return " ".join(number(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
