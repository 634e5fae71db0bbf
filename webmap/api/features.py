"""Features of a layer as GeoJSON."""

import json
import re

from flask import Response, request, url_for

from geo.errors import FilterError
from layers.disclosure import Disclosed
from layers.disclosure.geojson import feature_texts
from webmap.api import blueprint
from webmap.api.answers import disclosed, sources
from webmap.api.query import row_filter, text_of, whole_number
from webmap.serving.answers import answered

LIMIT = 10_000
MOST = 100_000
GEOJSON = "application/geo+json"


@blueprint.get("/api/layers/<layer_id>/features")
def layer_features(layer_id: str) -> Response:
    """Features with the fields that the viewer may see, page by page."""
    return answered(sources(layer_id), lambda: _make(layer_id), mimetype=GEOJSON)


def _make(layer_id: str) -> bytes:
    wanted = row_filter(("limit", "cursor"))
    limit = whole_number("limit", LIMIT, least=1, most=MOST)
    given = disclosed(layer_id, wanted)
    first = _first(given, text_of("cursor"))
    page = slice(first, first + limit)
    features = feature_texts(given, page)
    following = first + len(features)
    head = {
        "type": "FeatureCollection",
        "layer": layer_id,
        "edition": given.edition.id,
        "numberMatched": len(given.rows),
        "numberReturned": len(features),
        "next": _next(given, following) if following < len(given.rows) else None,
        "note": given.note,
    }
    text = json.dumps(head, ensure_ascii=False)
    return f'{text[:-1]}, "features": [{",".join(features)}]}}'.encode()


def _first(given: Disclosed, cursor: str | None) -> int:
    """Position that a cursor points to; a cursor holds for one edition."""
    if cursor is None:
        return 0
    edition, _, position = cursor.rpartition(".")
    if not re.fullmatch(r"\d{1,9}", position, re.ASCII):
        raise FilterError("cursor 不对，用上一页给出的 next。")
    if edition != given.edition.id:
        raise FilterError("数据已更新，从第一页重新取。")
    return int(position)


def _next(given: Disclosed, position: int) -> str:
    kept = {name: value for name, value in request.args.items() if name != "cursor"}
    cursor = f"{given.edition.id}.{position}"
    return url_for("api.layer_features", layer_id=given.spec.id, **kept, cursor=cursor, _external=True)
