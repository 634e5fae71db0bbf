"""Pages as one PDF: vectors, a subset of the typeface, and nothing about who made it or where."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reportlab.pdfbase import pdfdoc

from exports.sheets.page import Page
from exports.sheets.writers.hatches import DOT, LINE, SIDE, TILES
from exports.sheets.writers.outlines import UNITS_PER_MM
from exports.sheets.writers.pdf_ink import FONT_NAMES, Ink, Stock, hatch_name, symbol_name, symbol_path
from exports.sheets.writers.typeface import stream
from layers.spec import Hatch, Symbol

POINTS_PER_MM = 72 / 25.4
VERSION = (1, 7)
USUAL_LANG = "zh-CN"


def to_pdf(pages: Sequence[Page]) -> bytes:
    """One PDF of the pages, its properties those of the first.

    The same pages give the same bytes: no time stands in it but ``about["date"]``.
    """
    return written(pages, compressed=True)


def written(pages: Sequence[Page], *, compressed: bool) -> bytes:
    """As ``to_pdf``; not compressed for a reader in this process, who would have to undo it."""
    document = pdfdoc.PDFDocument(
        dummyoutline=1, invariant=1, pdfVersion=VERSION, lang=pages[0].about.get("lang", USUAL_LANG)
    )
    document.setCompression(compressed)
    document.Catalog.Outlines = None
    document.info = properties(pages[0].about)
    stock = Stock()
    resources = pdfdoc.PDFDictionary({})
    shared = document.Reference(resources)
    for page in pages:
        document.addPage(_page(page, document, stock, shared))
    resources.dict.update(_resources(document, stock))
    return bytes(document.format())


def properties(about: Mapping[str, Any]) -> pdfdoc.PDFDictionary:
    """Title, subject and keywords that readers of a PDF show; ``date`` is the day it was made."""
    keywords = about.get("keywords", "")
    said = {
        "Title": about.get("title", ""),
        "Subject": about.get("subject", ""),
        "Keywords": keywords if isinstance(keywords, str) else _between(about).join(keywords),
    }
    entries = {name: pdfdoc.PDFString(str(text)) for name, text in said.items() if text}
    day = about.get("date")
    if isinstance(day, date):
        entries["CreationDate"] = pdfdoc.PDFString(f"D:{day:%Y%m%d}")
    return pdfdoc.PDFDictionary(entries)


def _between(about: Mapping[str, Any]) -> str:
    return "，" if about.get("lang", USUAL_LANG) == USUAL_LANG else ", "


def _page(
    page: Page, document: pdfdoc.PDFDocument, stock: Stock, resources: pdfdoc.PDFObjectReference
) -> pdfdoc.PDFPage:
    ink = Ink(stock, page)
    for mark in page.marks:
        ink.draw(mark)
    content = "\n".join([f"{_matrix(page.height)} cm 1 j", *ink.operators, ""]).encode("ascii")
    document.updateSignature(content)
    made = pdfdoc.PDFPage()
    made.Override_default_compilation = 1
    made.Parent = document.Reference(document.Pages)
    made.MediaBox = f"[0 0 {page.width * POINTS_PER_MM:.4f} {page.height * POINTS_PER_MM:.4f}]"
    made.Contents = stream(document, content)
    made.Resources = resources
    return made


def _matrix(height: float) -> str:
    """From hundredths of a millimetre, y down, to the format's points, y up."""
    scale = POINTS_PER_MM / UNITS_PER_MM
    return f"{scale:.10f} 0 0 {-scale:.10f} 0 {height * POINTS_PER_MM:.4f}"


def _resources(document: pdfdoc.PDFDocument, stock: Stock) -> dict[str, pdfdoc.PDFDictionary]:
    """Typefaces, symbols, opacities and hatches by the names that the pages call them."""
    fonts = {FONT_NAMES[weight]: face.add(document) for weight, face in stock.typefaces.items()}
    symbols = {symbol_name(*one): _symbol(document, *one) for one in sorted(stock.symbols)}
    hatches = {hatch_name(*one): _hatch(document, *one) for one in sorted(stock.hatches)}
    opacities = {f"{of}{percent}": f"<</{of} {percent / 100:g}>>" for of, percent in sorted(stock.opacities)}
    named = {"Font": fonts, "XObject": symbols, "Pattern": hatches, "ExtGState": opacities}
    named["ColorSpace"] = {"Tiled": "[/Pattern /DeviceRGB]"}
    return {kind: pdfdoc.PDFDictionary(entries) for kind, entries in named.items()}


def _symbol(document: pdfdoc.PDFDocument, symbol: Symbol, paint: str) -> pdfdoc.PDFObjectReference:
    kind = {"Type": "/XObject", "Subtype": "/Form", "BBox": "[-2 -2 2 2]"}
    return stream(document, f"{symbol_path(symbol)}{paint}\n".encode("ascii"), kind)


def _hatch(document: pdfdoc.PDFDocument, hatch: Hatch, height: float) -> pdfdoc.PDFObjectReference:
    """A tile without colour of its own: the page says it."""
    tile = TILES[hatch]
    lines = "".join(f"{x1} {y1} m {x2} {y2} l\n" for x1, y1, x2, y2 in tile.lines)
    dots = "".join(f"{x} {y} {DOT} {DOT} re\n" for x, y in tile.dots)
    kind = {"Type": "/Pattern", "PatternType": 1, "PaintType": 2, "TilingType": 1, "Resources": "<<>>"}
    kind |= {"BBox": f"[0 0 {SIDE} {SIDE}]", "XStep": SIDE, "YStep": SIDE, "Matrix": f"[{_matrix(height)}]"}
    return stream(document, f"{LINE} w\n{lines}S\n{dots}f\n".encode("ascii"), kind)
