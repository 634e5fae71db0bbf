"""One sheet as a file, with the record of how it was made."""

from datetime import date
from typing import TYPE_CHECKING

from exports.kept import Making
from exports.sheets.drawings import Drawings
from exports.sheets.fingerprints import VERSION
from exports.sheets.formats import USUAL_DPI
from exports.sheets.plan import sheet_plan

if TYPE_CHECKING:
    from exports.sheets.drawing import Drawing
    from layers.county import County
    from layers.disclosure import Viewer


def making_of(drawing: "Drawing", kind: str, dpi: int) -> Making:
    """The record of a sheet as a file."""
    sheet = drawing.sheet
    return Making(
        kind="sheet", format=kind, title=sheet.title, query=sheet.plan.key, fingerprint=sheet.fingerprint,
        editions=dict(sheet.editions), made_on=sheet.made_on, dpi=dpi if kind == "png" else None, demo=sheet.demo,
        notes=tuple(sheet.notes), version=VERSION,
    )  # fmt: skip


def remade(
    county: "County", viewer: "Viewer", making: Making, *, made_on: date
) -> tuple[Making, bytes, bytes]:
    """The same sheet from the editions that this county has, dated ``made_on``: its record, the file, a small picture."""
    plan = sheet_plan(making.words, county)
    drawing = county.beside(Drawings).drawing(viewer, plan, made_on=made_on)
    dpi = making.dpi or USUAL_DPI
    return making_of(drawing, making.format, dpi), drawing.file(making.format, dpi=dpi), drawing.small
