"""A page as SVG: text stays text, the subset of the typeface travels along. Lengths are hundredths of a millimetre."""

import re
from base64 import b64encode
from html import escape

import numpy as np

from exports.sheets import fonts
from exports.sheets.page import Box, Group, Mark, Page, Shape, Stroke, Weight, Words
from exports.sheets.writers import outlines
from exports.sheets.writers.drawer import Drawer
from exports.sheets.writers.hatches import DOT, LINE, SIDE, TILES
from exports.sheets.writers.outlines import UNITS_PER_MM, number, units
from exports.sheets.writers.typeface import Typeface, start
from layers.spec import Colour, Hatch, Symbol
from layers.symbology import SYMBOL_PATHS

WEIGHTS: dict[Weight, int] = {"regular": 400, "bold": 700}
NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def to_svg(page: Page) -> bytes:
    """One file that looks the same anywhere; the same page gives the same bytes."""
    drawing = Drawing()
    for mark in page.marks:
        drawing.draw(mark)
    width, height = units(page.width), units(page.height)
    about = "".join(
        f"<{tag}>{escape(str(page.about[key]))}</{tag}>\n"
        for tag, key in (("title", "title"), ("desc", "subject"))
        if page.about.get(key)
    )
    lang = f' xml:lang="{escape(page.about["lang"])}"' if page.about.get("lang") else ""
    return "\n".join(
        [
            f'<svg {NAMESPACES}{lang} width="{page.width:g}mm" height="{page.height:g}mm" '
            f'viewBox="0 0 {width} {height}" xml:space="preserve" stroke-linejoin="round" '
            f'font-family="{fonts.FAMILY}, sans-serif">',
            f"{about}<style>{''.join(map(_font_face, drawing.typefaces.items()))}</style>",
            f"<defs>{''.join(drawing.definitions.values())}</defs>",
            f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>',
            *drawing.elements,
            "</svg>\n",
        ]
    ).encode()


class Drawing(Drawer):
    """Writes marks as elements; collects what they refer to."""

    def __init__(self) -> None:
        self.elements: list[str] = []
        self.definitions: dict[str, str] = {}
        self.typefaces: dict[Weight, Typeface] = {}
        self.names: dict[str, str] = {}
        self.taken: dict[str, int] = {}

    def group(self, group: Group) -> None:
        clip = f' clip-path="url(#{self.clip(group.clip)})"' if group.clip else ""
        self.elements.append(f"<g{self.id(group.name)}{clip}>")
        for mark in group.marks:
            self.draw(mark)
        self.elements.append("</g>")

    def shape(self, shape: Shape) -> None:
        path = _path(shape)
        if not path:
            return
        colour = shape.hatch_colour if shape.closed and shape.hatch != "none" else None
        fill = _fill(shape.fill if shape.closed else None, shape.opacity)
        pen = _pen(shape.stroke, cap="butt" if shape.closed else "round")
        if colour is None:
            self.elements.append(f'<path{self.id(shape.name)} d="{path}" fill-rule="evenodd"{fill}{pen}/>')
            return
        tiles = f"url(#{self.hatch(shape.hatch, colour)})"
        self.elements.append(
            f'<g{self.id(shape.name)} fill-rule="evenodd"><path d="{path}"{fill}/>'
            f'<path d="{path}" fill="{tiles}"{pen}/></g>'
        )

    def symbol(self, mark: Mark) -> None:
        if mark.size <= 0:
            return
        size = units(mark.size)
        place = f"translate({units(mark.x)} {units(mark.y)}) scale({size})"
        paint = _fill(mark.fill, 1.0) + _pen(mark.stroke, cap="butt", per=size)
        shape = self.outline(mark.symbol)
        self.elements.append(f'<use{self.id(mark.name)} xlink:href="#{shape}" transform="{place}"{paint}/>')

    def words(self, words: Words) -> None:
        """The halo is a second look at the same text, so the line stands in the file once."""
        text = fonts.printed(words.text)
        if not text:
            return
        typeface = self.typefaces.setdefault(words.weight, Typeface(words.weight))
        typeface.encode(text)
        x, y = start(words)
        place = f'x="{units(x)}" y="{units(y)}" font-size="{number(words.size * UNITS_PER_MM)}"'
        if words.weight != "regular":
            place += f' font-weight="{WEIGHTS[words.weight]}"'
        if words.spacing:
            place += f' letter-spacing="{number(words.spacing * UNITS_PER_MM)}"'
        if words.angle:
            place += f' transform="rotate({number(words.angle)} {units(x)} {units(y)})"'
        fill = _fill(words.colour, words.opacity)
        if not words.halo or words.halo_mm <= 0:
            self.elements.append(f"<text {place}{fill}>{escape(text)}</text>")
            return
        name = self.unique("line")
        halo = _pen(Stroke(words.halo, 2 * words.halo_mm, (), words.opacity), cap="round")
        self.elements.append(f'<use xlink:href="#{name}" fill="none"{halo}/>')
        self.elements.append(f'<g{fill}><text id="{name}" {place}>{escape(text)}</text></g>')

    def id(self, name: str) -> str:
        return f' id="{self.unique(name)}"' if name else ""

    def unique(self, name: str) -> str:
        """The name as an id of this file: one that was given before gets a number behind it."""
        plain = re.sub(r"[^\w.-]", "_", f"_{name}" if not name[0].isalpha() else name, flags=re.ASCII)
        self.taken[plain] = self.taken.get(plain, 0) + 1
        return plain if self.taken[plain] == 1 else f"{plain}-{self.taken[plain]}"

    def define(self, key: str, element: str) -> str:
        """The id of a definition, which is made when first asked for; ``{}`` in the element stands for it."""
        if key not in self.definitions:
            name = self.unique(key)
            self.definitions[key] = element.replace("{}", name)
            self.names[key] = name
        return self.names[key]

    def clip(self, box: Box) -> str:
        place = _rect(units(box.left), units(box.top), units(box.width), units(box.height))
        return self.define(f"clip {place}", f'<clipPath id="{{}}">{place}</clipPath>')

    def hatch(self, hatch: Hatch, colour: Colour) -> str:
        tile = TILES[hatch]
        lines = "".join(f"M{x1} {y1}L{x2} {y2}" for x1, y1, x2, y2 in tile.lines)
        dots = "".join(_rect(x, y, DOT, DOT) for x, y in tile.dots)
        strokes = f'<path d="{lines}" stroke="{colour}" stroke-width="{LINE}"/>' if lines else ""
        return self.define(
            f"hatch-{hatch}-{colour[1:]}",
            f'<pattern id="{{}}" width="{SIDE}" height="{SIDE}" patternUnits="userSpaceOnUse" fill="{colour}">'
            f"{strokes}{dots}</pattern>",
        )

    def outline(self, symbol: Symbol) -> str:
        path = f'<path id="{{}}" d="{SYMBOL_PATHS[symbol]}" fill-rule="evenodd"/>'
        return self.define(f"symbol-{symbol}", path)


def _path(shape: Shape) -> str:
    parts = []
    for flat in outlines.rings(shape.paths, shape.closed):
        steps = np.diff(np.reshape(flat, (-1, 2)), axis=0).ravel().tolist()
        parts.append(f"M{flat[0]} {flat[1]}l{' '.join(map(str, steps))}{'z' if shape.closed else ''}")
    return "".join(parts)


def _rect(left: int, top: int, width: int, height: int) -> str:
    return f'<rect x="{left}" y="{top}" width="{width}" height="{height}"/>'


def _fill(colour: Colour | None, opacity: float) -> str:
    if colour is None:
        return ' fill="none"'
    return f' fill="{colour}"' + (f' fill-opacity="{number(opacity)}"' if opacity < 1 else "")


def _pen(stroke: Stroke | None, cap: str, per: float = 1.0) -> str:
    """Attributes of a stroke; lengths in units of ``per`` hundredths."""
    if stroke is None:
        return ""
    lengths = [number(length * UNITS_PER_MM / per) for length in (stroke.width, *stroke.dash)]
    found = f' stroke="{stroke.colour}" stroke-width="{lengths[0]}"'
    if stroke.dash:
        found += f' stroke-dasharray="{" ".join(lengths[1:])}"'
    elif cap != "butt":
        found += f' stroke-linecap="{cap}"'
    return found + (f' stroke-opacity="{number(stroke.opacity)}"' if stroke.opacity < 1 else "")


def _font_face(entry: tuple[Weight, Typeface]) -> str:
    weight, typeface = entry
    data = b64encode(typeface.web_font()).decode("ascii")
    return (
        f'@font-face{{font-family:"{fonts.FAMILY}";font-weight:{WEIGHTS[weight]};'
        f'src:url(data:font/woff;base64,{data}) format("woff")}}'
    )
