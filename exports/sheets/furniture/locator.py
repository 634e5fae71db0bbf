"""A small map of the county that shows where the sheet lies."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.sheets.content import Content
from exports.sheets.corners import rectangle
from exports.sheets.ground import Ground
from exports.sheets.mapping import inks
from exports.sheets.page import AnyMark, Box, Group, Shape, Stroke
from exports.sheets.scale import View
from exports.sheets.text import centred
from layers.disclosure import Viewer
from layers.language.tongue import Tongue

if TYPE_CHECKING:
    from layers.county import County

GROUND, COUNTY, HERE, LINE = "#F7F9F9", "#EDE6D6", "#0B6470", "#7F8E96"
AIR_MM = 1.6
THIN_MM = 0.06


def locator_marks(
    county: "County", viewer: Viewer, content: Content, box: Box, em: float, tongue: Tongue, *, lined: bool
) -> tuple[AnyMark, ...]:
    """Title and map within a box; townships and the area are drawn where ``lined``, else a rectangle round the area."""
    heading = Box(box.left, box.top, box.right, box.top + 1.9 * em)
    frame = Box(box.left, heading.bottom, box.right, box.bottom)
    view = _view(content.land, frame.inset(AIR_MM))
    townships = _townships(county, viewer) if lined else np.empty(0, dtype=object)
    whole = tongue.of(content.divisions.whole)
    title = tongue.gettext("在{whole}的位置", whole=whole)
    if content.whole:
        title = (
            tongue.gettext("乡镇示意（{n} 个）", n=len(townships))
            if len(townships)
            else tongue.gettext("{whole}轮廓", whole=whole)
        )
    marks: list[AnyMark] = [
        Shape((rectangle(frame),), fill=GROUND, stroke=Stroke(inks.INK, 0.2), name="locator.frame"),
        Shape(_rings(content.land, view), fill=COUNTY, name="locator.county"),
    ]
    if not content.whole:
        here = content.outline if lined else shapely.box(*shapely.bounds(content.outline))
        marks.append(Shape(_rings(here, view), fill=HERE, opacity=1.0 if lined else 0.5, name="locator.here"))
    if len(townships):
        edges = np.array([shapely.union_all(shapely.boundary(townships))], dtype=object)
        edges = shapely.line_merge(shapely.simplify(edges, view.metres(THIN_MM)))
        marks.append(
            Shape(inks.lines(edges, view), closed=False, stroke=Stroke(LINE, 0.13), name="locator.townships")
        )
    marks.append(
        Shape(_rings(content.land, view), stroke=Stroke(inks.COUNTY_LINE, 0.28), name="locator.line")
    )
    words = centred(title, heading, em, weight="bold", kind="locator")
    return (*(Group(tuple(marks), clip=frame, name="locator"),), words)


def _view(land: Any, box: Box) -> View:
    west, south, east, north = shapely.bounds(land)
    scale = max((east - west) / box.width, (north - south) / box.height) * 1000
    half_width, half_height = box.width * scale / 2000, box.height * scale / 2000
    return View(box, scale, (west + east) / 2 - half_width, (south + north) / 2 + half_height)


def _townships(county: "County", viewer: Viewer) -> np.ndarray:
    if county.store.current("townships") is None:
        return np.empty(0, dtype=object)
    return county.beside(Ground).shapes(county.door.rows("townships", viewer), viewer)


def _rings(shape: Any, view: View) -> Any:
    return inks.rings(np.array([shapely.simplify(shape, view.metres(THIN_MM))], dtype=object), view)
