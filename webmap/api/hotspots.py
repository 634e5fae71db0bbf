"""Where disputes gather: significant areas, density, and the table as a file."""

import base64
from typing import TYPE_CHECKING, Any

import numpy as np
from flask import Response
from pyproj import Transformer

from exports.hotspots import hotspot_table
from exports.tables import FORMATS
from geo.errors import FilterError
from layers.language import told
from layers.planning import HotspotPlan, hotspot_plan
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.downloads import file_answer
from webmap.api.query import check_names, text_of
from webmap.service import the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

if TYPE_CHECKING:
    from layers.planning.hotspots import DensityMap

SPOTS = ("since", "until", "by", "neighbours", "band", "alpha")
"""Parameters of a hotspot question, as ``HotspotPlan.key`` writes them."""
LEVELS = 255
DECIMALS = 6


@blueprint.get("/api/hotspots")
def hotspots() -> Response:
    """Areas with more or fewer disputes than chance would bring, and how that changes by month."""
    return answered(None, _hotspots)


@blueprint.get("/api/hotspots/density")
def hotspots_density() -> Response:
    """Disputes per km² on a grid, from the places that the viewer may see."""
    return answered(None, _density)


@blueprint.get("/api/hotspots/export", endpoint="hotspots_export")
def hotspots_file() -> Response:
    """The table of a hotspot analysis as a file, with its method and editions."""
    check_names((*SPOTS, "format"))
    chosen = text_of("format") or "xlsx"
    if chosen not in FORMATS:
        raise FilterError("没有格式 {format}，可选：{all}。", format=chosen, all="、".join(FORMATS))
    county = the_county()
    table = hotspot_table(county.door, current_viewer(), county.planning.hotspots(current_viewer(), _plan()))
    mimetype, make = FORMATS[chosen]
    return file_answer(make(table), mimetype, f"{table.title}.{chosen}", f"hotspots.{chosen}")


def _plan() -> HotspotPlan:
    """The question of this request; raises ArgumentError or LimitError for a value that cannot be."""
    return hotspot_plan({name: text_of(name) or "" for name in SPOTS})


def _hotspots() -> bytes:
    check_names(SPOTS)
    given = the_county().planning.hotspots(current_viewer(), _plan())
    said = {name: told(getattr(given, name), language()) for name in ("title", "method", "note")}
    return to_json(given.to_json() | said | {"query": given.plan.key})


def _density() -> bytes:
    check_names(SPOTS)
    given = the_county().planning.density(current_viewer(), _plan())
    return to_json(
        {
            "grid": _grid(given),
            "unit": "件/平方公里",
            **_packed(given),
            "method": told(given.method, language()),
            "editions": dict(given.editions),
            "demo": given.demo,
            "note": told(given.note, language()),
        }
    )


def _grid(given: "DensityMap") -> dict[str, Any]:
    """Where the cells lie: in metres of ``crs``, and the corners of the whole in degrees, clockwise from the north-west."""
    cells = given.density
    rows, columns = cells.values.shape
    east, south = cells.west + columns * cells.cell_m, cells.north - rows * cells.cell_m
    to_degrees = Transformer.from_crs(given.crs, "EPSG:4490", always_xy=True).transform
    corners = [(cells.west, cells.north), (east, cells.north), (east, south), (cells.west, south)]
    return {
        "crs": str(given.crs),
        "x0": cells.west,
        "y0": cells.north,
        "cell_m": cells.cell_m,
        "columns": columns,
        "rows": rows,
        "corners": [[round(degree, DECIMALS) for degree in to_degrees(*corner)] for corner in corners],
    }


def _packed(given: "DensityMap") -> dict[str, Any]:
    """Base64 of one byte a cell, the northern row first: 0 for nothing or outside, 255 for the peak."""
    values = np.nan_to_num(given.density.per_km2)
    peak = float(values.max())
    shares = np.rint(values / peak * LEVELS) if peak > 0 else np.zeros_like(values)
    packed = base64.b64encode(np.clip(shares, 0, LEVELS).astype(np.uint8).tobytes())
    return {"peak": peak, "values": packed.decode("ascii")}
