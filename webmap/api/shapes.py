"""Screen shapes of a layer."""

import re
from typing import Annotated, Any, Literal

from flask import redirect, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response

from geo.errors import FilterError
from layers.bands import BANDS, Mode, modes_of
from layers.screen import Tile, shapes
from layers.spec import LayerSpec
from webmap.api import blueprint, members
from webmap.api.answers import disclosed, shape_version, sources, to_json
from webmap.api.models import Edition, Model
from webmap.api.operations import Tagged
from webmap.api.query import Filters, Read, asked, whole
from webmap.service import current_editions, the_county
from webmap.serving.answers import FOR_EVER, answered
from webmap.viewer import current_viewer

Point = tuple[int, int]


IN_BANDS = Read(whole(BANDS[0], BANDS[-1]).read, {"type": "integer", "enum": list(BANDS)})


class ShapesQuery(Filters):
    z: Annotated[int, IN_BANDS] = Field(BANDS[1], description="Zoom band")
    tile: str = Field("", description="x,y of a 512 px tile, for bands in mode tiles")
    v: str = Field("", description="Version of the shapes; any other leads to the right one")


class Band(Model):
    mode: Mode = Field(description="All at once, by tile, or as squares that count rows")
    median_px: float = Field(description="Side of the median shape's box in pixels")


class Shapes(Model):
    """Screen shapes; lists have an entry for each shape, and pixels are those of the world at this zoom."""

    layer: members.LayerId
    edition: Edition
    z: int = Field(description="Zoom band")
    mode: Mode = Field(description="All at once, by tile, or as squares that count rows")
    kind: Literal["polygon", "line", "point"] = Field(description="How the shapes are drawn")
    period: str | None = Field(description="Period of published counts; null for other layers")
    count: int = Field(description="Rows drawn")
    key: list[str] = Field(description="Key of each row; empty text for squares")
    name: list[str] = Field(description="Name of each row; empty text for squares")
    cls: list[int] = Field(description="Index in the legend")
    geom: list[Point | list[list[int]] | None] = Field(
        description="Points, or differences, in quarter pixels"
    )
    label: list[Point | None] | None = Field(
        None, description="Places of names in quarter pixels; only of areas with names"
    )
    outside: list[int] | None = Field(
        None, description="Places in the lists of points across the county's line; null where there are none"
    )
    bin_px: int | None = Field(None, description="Side of a square in pixels; only in mode bins")
    n: list[int] | None = Field(None, description="Rows in each square; only in mode bins")


@blueprint.get("/api/layers/<layer_id>/shapes")
@Tagged(Shapes, asks=ShapesQuery, also={302: None})
def layer_shapes(layer_id: str) -> Response:
    """What the painter draws at one zoom band; immutable under its ``v``."""
    spec = the_county().catalog.layer(layer_id)
    version = shape_version(spec)
    if request.args.get("v") != version:
        return _to_version(layer_id, version)
    return answered(sources(layer_id), lambda: _make(spec), cache_control=FOR_EVER)


def screen_of(spec: LayerSpec) -> dict[str, dict[str, object]]:
    """How each band of a layer comes to this viewer: ``whole``, ``tiles`` or ``bins``."""
    county = the_county()
    visibility = county.door.access(spec, current_viewer())
    counted = county.divisions.named("village").layer
    edition = current_editions().get(counted if visibility == "counts" else spec.id)
    return modes_of(spec.geometry, edition.screen if edition else {}, visibility)


def _make(spec: LayerSpec) -> bytes:
    wanted = asked(ShapesQuery)
    band = wanted.z
    mode: Mode = screen_of(spec).get(str(band), {}).get("mode", "whole")  # type: ignore[assignment]
    tile = _tile(wanted.tile, band)
    return to_json(shapes(disclosed(spec.id, wanted.rows()), the_county().catalog, band, mode, tile))


def _tile(text: str, band: int) -> Tile | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,7},\d{1,7}", text, re.ASCII):
        raise FilterError("tile 应是 x,y 两个整数，收到 {value}。", value=text)
    x, y = (int(part) for part in text.split(","))
    if max(x, y) >= 2 ** max(band - 1, 0):
        raise FilterError("第 {band} 级没有图块 {value}。", band=band, value=text)
    return Tile(x, y)


def _to_version(layer_id: str, version: str) -> Response:
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name != "v"}
    place = url_for("api.layer_shapes", layer_id=layer_id, v=version, **kept)
    answer = redirect(place, code=302)
    answer.headers["Cache-Control"] = "no-store"
    return answer
