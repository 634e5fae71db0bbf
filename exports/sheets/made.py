"""One sheet as a file, with the record of how it was made."""

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from exports.kept import Making
from exports.sheets.drawings import Drawings
from geo.errors import ArgumentError

if TYPE_CHECKING:
    from exports.sheets.drawings import Drawing
    from layers.county import County
    from layers.disclosure import Viewer

FORMATS = ("pdf", "png", "svg")
USUAL_DPI = 300
LEAST_DPI, MOST_DPI = 72, 600


def checked_format(name: str) -> str:
    """Raises ArgumentError for a format that no sheet has."""
    if name not in FORMATS:
        raise ArgumentError("没有格式 {format}，可选：{all}。", format=name[:20], all="、".join(FORMATS))
    return name


def making_of(drawing: "Drawing", kind: str, dpi: int) -> Making:
    """The record of a sheet as a file."""
    sheet = drawing.sheet
    return Making(
        kind="sheet", format=kind, title=sheet.title, query=sheet.plan.key, fingerprint=sheet.fingerprint,
        editions=dict(sheet.editions), made_on=sheet.made_on, dpi=dpi if kind == "png" else None, demo=sheet.demo,
        notes=tuple(sheet.notes),
    )  # fmt: skip


def words_of(making: Making) -> dict[str, str]:
    """The words from which it was made."""
    return dict(parse_qsl(making.query))


def remade(county: "County", viewer: "Viewer", making: Making, *, made_on: date) -> tuple[Making, bytes]:
    """The same sheet from the editions that this county has, dated ``made_on``."""
    from exports.sheets.plan import sheet_plan

    plan = sheet_plan(words_of(making), county)
    drawing = county.beside(Drawings).drawing(viewer, plan, made_on=made_on)
    dpi = making.dpi or USUAL_DPI
    return making_of(drawing, making.format, dpi), drawing.file(making.format, dpi=dpi)
