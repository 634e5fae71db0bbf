"""A report as an editable document; the same report gives the same bytes."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from docx import Document
from docx.shared import Mm, Twips

from exports.reports.archive import settled
from exports.reports.docx import styles
from exports.reports.docx.body import blocks
from exports.reports.docx.xml import el, field, paragraph, run
from exports.reports.text import printable, width
from layers.reports.document import Map, Report

PAGE_MM, FIGURE_MM = (210, 297), (156, 105)
TOP, LEFT, TEXT_WIDTH, TEXT_HEIGHT = 37, 28, 156, 225
NUMBER_BELOW = 7
"""The page number stands so far below the text area."""
HEADER_FROM_TOP = 15
NUMBER_HEIGHT = 5
UNUSED = ("thumbnail", "stylesWithEffects", "webSettings", "fontTable", "theme", "customXml", "numbering")
"""Parts of the library's template that a report does not need; some name its maker."""
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
MOST_TITLE = 255
"""Characters that the properties of a document may hold."""
INTERNAL, DEMO = "内部资料", "演示数据，不是真实情况"


def to_docx(report: Report, pictures: Mapping[str, bytes]) -> bytes:
    """The document; ``pictures`` are PNG by the key of their map."""
    document = Document()
    _bare(document)
    head = styles.of_the_head(width(report.maker)) if report.number else []
    _replace(document.styles.element, [*styles.styles(), *head])
    _replace(document.settings.element, styles.settings())
    body = document.element.body
    section = body.sectPr
    made = blocks(report, {item.key: _picture(document, item, pictures[item.key]) for item in report.maps()})
    _replace(body, [*made, section])
    _page(document.sections[0], report)
    _properties(document.core_properties, report)
    target = io.BytesIO()
    document.save(target)
    return settled(target.getvalue(), report.made_on)


def mark(report: Report) -> str:
    """What stands in the header of every page: for whom it is, and that it is not real; empty when neither."""
    return "　".join(([INTERNAL] if report.staff else []) + ([DEMO] if report.demo else []))


def _bare(document: Any) -> None:
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in UNUSED]:
            del rels[key]
    for rel in document.part.package.rels.values():
        if rel.reltype.endswith("/extended-properties"):
            rel.target_part._blob = APP


def _replace(element: Any, children: list[Any]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _picture(document: Any, item: Map, png: bytes) -> Callable[[], Any]:
    """Its words are the alternative text; no file is named."""

    def make() -> Any:
        inline = document.part.new_pic_inline(io.BytesIO(png), Mm(FIGURE_MM[0]), Mm(FIGURE_MM[1]))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        inline.docPr.set("name", item.key)
        inline.docPr.set("descr", printable(item.caption))
        inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", item.key)
        return el("drawing", inline)

    return make


def _page(section: Any, report: Report) -> None:
    section._sectPr.attrib.clear()
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.top_margin, section.left_margin = Mm(TOP), Mm(LEFT)
    section.right_margin = Mm(PAGE_MM[0] - LEFT - TEXT_WIDTH)
    section.bottom_margin = Mm(PAGE_MM[1] - TOP - TEXT_HEIGHT)
    section.header_distance = Mm(HEADER_FROM_TOP)
    section.footer_distance = Mm(PAGE_MM[1] - TOP - TEXT_HEIGHT - NUMBER_BELOW - NUMBER_HEIGHT)
    section.gutter = Twips(0)
    words = mark(report)
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        _replace(header._element, [paragraph(styles.HEADER, [run(words)] if words else [])])
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        number = [run("— "), *field("PAGE", "1"), run(" —")]
        indent = el("ind", **{f"{side}Chars": 100, side: 280})
        _replace(footer._element, [paragraph(styles.FOOTER, number, indent, el("jc", val=side))])
    grid = el("docGrid", type="lines", linePitch=styles.LINE)
    for old in section._sectPr.findall(grid.tag):
        section._sectPr.remove(old)
    section._sectPr.append(grid)


def _properties(core: Any, report: Report) -> None:
    """Title and what it is; nobody's name, and the date that is printed in place of the clock's."""
    made = datetime(report.made_on.year, report.made_on.month, report.made_on.day)
    core.title, core.subject = printable(report.title)[:MOST_TITLE], mark(report)
    core.keywords = "演示数据" if report.demo else ""
    core.author = core.last_modified_by = core.comments = core.category = ""
    core.created = core.modified = made
    core.identifier, core.language, core.revision = report.fingerprint, "zh-CN", 1
