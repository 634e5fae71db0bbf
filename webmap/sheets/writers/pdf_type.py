"""A typeface within one PDF: the glyphs that were used, under numbers of their own, each with its character."""

import hashlib
import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from reportlab.pdfbase import pdfdoc

from webmap.sheets import fonts
from webmap.sheets.page import Weight

_PARSED = threading.Lock()
"""The parsed font has one reading position for all."""
PER_BLOCK = 100
"""A block of a character map holds no more lines."""


class Typeface:
    """Collects what is written in one weight; ``add`` puts the subset into the document."""

    def __init__(self, weight: Weight) -> None:
        self.face = fonts.face(weight)
        self.numbers: dict[int, int] = {}
        self.characters: list[int] = []

    def encode(self, text: str) -> str:
        """The line as hexadecimal glyph numbers of this document; a character without glyph is left out."""
        return "".join(f"{number:04X}" for number in map(self._number, fonts.printed(text)) if number)

    def _number(self, sign: str) -> int:
        glyph = self.face.charToGlyph.get(ord(sign), 0)
        if glyph and glyph not in self.numbers:
            self.characters.append(ord(sign))
            self.numbers[glyph] = len(self.characters)
        return self.numbers.get(glyph, 0)

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
