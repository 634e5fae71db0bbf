"""The part of a typeface that one file uses: its characters, numbered, and how PDF and SVG embed them."""

import hashlib
import math
import threading
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from reportlab.pdfbase import pdfdoc

from exports.sheets import fonts
from exports.sheets.page import Weight, Words

_PARSED = threading.Lock()
"""The parsed font has one reading position for all."""
PER_BLOCK = 100
"""A block of a character map holds no more lines."""


class Typeface:
    """Collects what is written in one weight. A glyph has the same number here, in the PDF and in the subset."""

    def __init__(self, weight: Weight) -> None:
        self.face = fonts.face(weight)
        self.glyphs: dict[int, int] = {}
        self.numbers: dict[int, int] = {}
        self.characters: list[int] = []

    def encode(self, text: str) -> str:
        """The line as hexadecimal numbers.

        Raises:
            ValueError: there is no glyph for a character; callers refuse such text by ``fonts.missing_glyphs``.
        """
        return "".join(f"{self.number(ord(sign)):04X}" for sign in fonts.printed(text))

    def number(self, character: int) -> int:
        """The number of a character's glyph, the next free one at first."""
        if character not in self.numbers:
            glyph = self.face.charToGlyph.get(character, 0)
            if not glyph:
                raise ValueError(f"no glyph for {chr(character)!r}")
            if glyph not in self.glyphs:
                self.characters.append(character)
                self.glyphs[glyph] = len(self.characters)
            self.numbers[character] = self.glyphs[glyph]
        return self.numbers[character]

    def subset(self) -> TTFont:
        """A font of just these glyphs, under their numbers."""
        with _PARSED:
            return TTFont(BytesIO(self.face.makeSubset(self.characters)), recalcTimestamp=False)

    def web_font(self) -> bytes:
        """The subset as WOFF, without kerning or other features, so that lines are as wide as ``text_width`` says."""
        font = self.subset()
        order = font.getGlyphOrder()
        characters = CmapSubtable.newSubtable(12)
        characters.platformID, characters.platEncID, characters.language = 3, 10, 0
        characters.cmap = {sign: order[number] for sign, number in sorted(self.numbers.items())}
        font["cmap"].tables = [characters]
        font.flavor = "woff"
        made = BytesIO()
        font.save(made)
        return made.getvalue()

    def add(self, document: pdfdoc.PDFDocument) -> pdfdoc.PDFObjectReference:
        """Embed the subset: a composite font whose character codes are its glyph numbers."""
        name = f"{self._tag()}+{self.face.name.decode('ascii')}"
        with _PARSED:
            descriptor = self.face.addSubsetObjects(document, name, self.characters)
        widths = [round(self.face.getCharWidth(sign)) for sign in self.characters]
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{name}",
            "CIDSystemInfo": "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
            "FontDescriptor": descriptor,
            "CIDToGIDMap": "/Identity",
            "W": f"[1[{' '.join(map(str, widths))}]]",
        }
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(pdfdoc.PDFDictionary(descendant))]),
            "ToUnicode": stream(document, _character_map(self.characters)),
        }
        return document.Reference(pdfdoc.PDFDictionary(font))

    def _tag(self) -> str:
        """Six capitals that stand for the set of characters, as the format asks of a subset's name."""
        digest = hashlib.sha256(" ".join(map(str, self.characters)).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def start(words: Words) -> tuple[float, float]:
    """Where the base line begins, in millimetres: both formats begin there, whatever the alignment."""
    width = fonts.text_width(words.text, words.size, words.weight, words.spacing)
    back = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.align] * width
    turn = math.radians(words.angle)
    return words.x - back * math.cos(turn), words.y - back * math.sin(turn)


def _character_map(characters: list[int]) -> bytes:
    """Which character a number is: what makes the text searchable."""
    lines = [
        f"<{n:04X}> <{chr(sign).encode('utf-16-be').hex().upper()}>" for n, sign in enumerate(characters, 1)
    ]
    blocks = [lines[start : start + PER_BLOCK] for start in range(0, len(lines), PER_BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def stream(
    document: pdfdoc.PDFDocument, content: bytes, kind: Mapping[str, Any] = MappingProxyType({})
) -> pdfdoc.PDFObjectReference:
    """Put bytes into the document, compressed where it is, under the entries of ``kind``."""
    filters = [pdfdoc.PDFZCompress] if document.compression else None
    return document.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(kind)), content, filters))
