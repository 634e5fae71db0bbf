"""A report as PDF, set by typst; the same report gives the same bytes."""

import json
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from exports.reports.docx import styles
from exports.reports.docx.body import DEMO
from exports.reports.docx.writer import mark
from exports.reports.text import kept_together, printable, signed, width
from exports.typefaces import FONTS, SERIF, missing_font
from layers.reports.document import Block, Heading, Map, Paragraph, Ref, Report, Table, numbered
from layers.reports.words import day

TEMPLATE = Path(__file__).parent / "report.typ"
NO_TIME = 0
"""Seconds since 1970 in place of the clock's: the date that matters is printed."""


def to_pdf(report: Report, maps: Mapping[str, bytes]) -> bytes:
    """The document; ``maps`` are PDF pages by the key of their map.

    The text goes to typst as data in a file, so nothing in it is read as markup.

    Raises:
        FileNotFoundError: the fonts were not copied; the message says how to get them.
    """
    with tempfile.TemporaryDirectory(prefix="govmap-report-") as name:
        folder = Path(name)
        (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        (folder / "report.json").write_text(json.dumps(document(report), ensure_ascii=False), "utf-8")
        for key, body in maps.items():
            (folder / f"{key}.pdf").write_bytes(body)
        compiler = typst.Compiler(root=name, font_paths=fonts(), ignore_system_fonts=True)
        made = compiler.compile(str(folder / TEMPLATE.name), format="pdf", timestamp=NO_TIME)
    assert isinstance(made, bytes)  # pages come one by one for pictures only
    return made


@lru_cache(maxsize=1)
def fonts() -> "typst.Fonts":
    """The typefaces of reports, read once per process."""
    if not (FONTS / SERIF).is_file():
        raise missing_font(FONTS / SERIF)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def document(report: Report) -> dict[str, Any]:
    """The report as plain data for the template."""
    made = day(report.made_on)
    return {
        "title": printable(report.title),
        "mark": mark(report),
        "keywords": ["演示数据"] if report.demo else [],
        "demo": report.demo,
        "demo_words": DEMO,
        "maker": printable(report.maker),
        "made_on": made,
        "from_right": list(signed(report.maker, made)),
        "number": f"报告编号 {report.fingerprint}",
        "head": _head(report),
        "blocks": [_block(block) for block in numbered(report.blocks)],
    }


def _head(report: Report) -> dict[str, Any] | None:
    """What stands over a document with a number, as in the editable one; None where it has none."""
    if not report.number:
        return None
    size = min(styles.LARGE, max(styles.SMALL, styles.ACROSS / max(width(report.maker), 1.0)))
    return {"unit": printable(report.maker), "number": printable(report.number), "size": size}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": printable(block.text)}
    if isinstance(block, Paragraph):
        parts = [
            {"ref": part.key} if isinstance(part, Ref) else kept_together(printable(part), fractions=True)
            for part in block.parts
        ]
        return {"kind": "paragraph", "parts": parts}
    if isinstance(block, Map):
        return {"kind": "map", "key": block.key, "caption": printable(block.caption)}
    return _table(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "key": table.key,
        "caption": printable(table.caption),
        "width": table.width,
        "columns": [
            {"title": printable(column.title), "width": column.width, "numbers": column.numbers}
            for column in table.columns
        ],
        "rows": [[kept_together(printable(cell.text)) for cell in row] for row in table.rows],
        "note": printable(table.foot),
    }
