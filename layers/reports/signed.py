"""What somebody writes on a report: its number and the unit that issues it, as the files can hold them."""

import re
import unicodedata

from geo.errors import ArgumentError
from layers.language import N_

MOST_MAKER, MOST_NUMBER = 60, 40
BREAKS = "\t\n\r"
UNHELD = ("Cc", "Cs", "Co", "Cn")
"""Controls, halves of pairs and what is no character: no document can hold them."""
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
UNIT, NUMBER = "maker", "number"
UNWRITTEN = {
    UNIT: N_("单位里有文件存不下的字符 {sign}，删掉再试。"),
    NUMBER: N_("文号里有文件存不下的字符 {sign}，删掉再试。"),
}
LIKE_FORMULA = {
    UNIT: N_("单位以“{sign}”开头，表格软件会当成公式，换一个写法。"),
    NUMBER: N_("文号以“{sign}”开头，表格软件会当成公式，换一个写法。"),
}
YEAR = re.compile(r"[\[(（【［〔]\s*((?:19|20)\d{2})\s*[\])）】］〕]")


def maker_of(text: str) -> str:
    """One line that names a unit.

    Raises:
        ArgumentError: it is too long, holds what no document can, or begins like a formula.
    """
    line = _line(text, UNIT)
    if len(line) > MOST_MAKER:
        raise ArgumentError(
            "{name} 有 {n} 字，太长，最多 {most} 字。", name="maker", n=len(line), most=MOST_MAKER
        )
    return line


def number_of(text: str) -> str:
    """The number of a document, its year in the brackets that the form asks for (GB/T 9704, 7.2.5): 万社工〔2026〕12号.

    Raises:
        ArgumentError: as ``maker_of``.
    """
    line = YEAR.sub(r"〔\1〕", _line(text, NUMBER))
    if len(line) > MOST_NUMBER:
        raise ArgumentError("文号有 {n} 字，太长，最多 {most} 字。", n=len(line), most=MOST_NUMBER)
    return line


def _line(text: str, what: str) -> str:
    for sign in text:
        if sign not in BREAKS and unicodedata.category(sign) in UNHELD:
            raise ArgumentError(UNWRITTEN[what], sign=f"U+{ord(sign):04X}")
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    line = " ".join(seen.split())
    if line.startswith(FORMULA):
        raise ArgumentError(LIKE_FORMULA[what], sign=line[0])
    return line
