"""Elements of WordprocessingML. Text only ever enters as the text of an element, never as markup."""

from collections.abc import Iterable
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from exports.reports.text import printable

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS_PER_MM = 1440 / 25.4


def el(tag: str, *children: Any, **attributes: Any) -> Any:
    """``w:tag`` with attributes of the same namespace and children."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def twips(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def run(text: str) -> Any:
    """Words; the hint keeps Chinese quotes and dashes in the East Asian font."""
    words = el("t")
    words.text = printable(text)
    words.set(SPACE, "preserve")
    return el("r", el("rPr", el("rFonts", hint="eastAsia")), words)


def field(instruction: str, shown: str) -> list[Any]:
    """A field with the result that Word would work out."""
    code = el("instrText")
    code.text = f" {instruction} "
    code.set(SPACE, "preserve")
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", code),
        el("r", el("fldChar", fldCharType="separate")),
        run(shown),
        el("r", el("fldChar", fldCharType="end")),
    ]


def paragraph(style: str, runs: Iterable[Any], *properties: Any) -> Any:
    """A paragraph of a style; ``properties`` are more of its properties, in the order of the schema."""
    return el("p", el("pPr", el("pStyle", val=style), *properties), *runs)
