"""The typeface of every sheet, Noto Sans SC: how wide a line is and what it cannot write. Parsed when first asked."""

import unicodedata
from functools import lru_cache
from types import MappingProxyType

from reportlab.pdfbase.ttfonts import TTFontFace

from exports.sheets.page import Weight
from exports.typefaces import FONTS, missing_font

FAMILY = "Noto Sans SC"
FILES = MappingProxyType({"regular": FONTS / "NotoSansSC-Regular.ttf", "bold": FONTS / "NotoSansSC-Bold.ttf"})
ASCENT, DESCENT = 0.88, 0.12
"""Parts of an em: the body of a Chinese character above and below the base line."""


@lru_cache(maxsize=2)
def face(weight: Weight) -> TTFontFace:
    """The parsed font of a weight.

    Raises:
        StoreError: the fonts were not copied; the message says where they belong.
    """
    path = FILES[weight]
    if not path.is_file():
        raise missing_font(path)
    return TTFontFace(str(path), validate=0)


@lru_cache(maxsize=8192)
def printed(text: str) -> str:
    """What of a line leaves ink or space: a break is a space; marks of direction, selectors of variants and other
    controls are left out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if sign.isspace() and sign != "\u3000" else sign for sign in text if not _silent(sign))


def _silent(sign: str) -> bool:
    variant = "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
    return variant or (unicodedata.category(sign) in ("Cc", "Cf") and not sign.isspace())


def text_width(text: str, size: float, weight: Weight = "regular", spacing: float = 0.0) -> float:
    """Millimetres from the first to the last character of a line; ``size`` (em) and ``spacing`` (between two) too."""
    signs = printed(text)
    if not signs:
        return 0.0
    font = face(weight)
    per_mille = sum(font.charWidths.get(ord(sign), font.defaultWidth) for sign in signs)
    return float(per_mille * size / 1000 + spacing * (len(signs) - 1))


def missing_glyphs(text: str) -> str:
    """The characters that the typeface cannot write, each once, in their order; empty where it has all."""
    known = face("regular").charToGlyph
    return "".join(dict.fromkeys(sign for sign in printed(text) if ord(sign) not in known))
