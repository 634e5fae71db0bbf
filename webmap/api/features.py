"""Features of a layer as GeoJSON."""

import json
import re
from typing import Annotated, Literal

from flask import Response, request, url_for
from pydantic import Field

from geo.errors import FilterError
from layers.disclosure import Disclosed
from layers.disclosure.geojson import feature_texts
from layers.language import told
from webmap.api import blueprint
from webmap.api.answers import disclosed, sources
from webmap.api.models import Feature, OfLayer
from webmap.api.operations import Tagged
from webmap.api.query import Filters, asked, whole
from webmap.api.statements import Statement, said_of
from webmap.serving.answers import answered
from webmap.translations import language

LIMIT = 10_000
MOST = 100_000
GEOJSON = "application/geo+json"


class FeaturesQuery(Filters):
    limit: Annotated[int, whole(1, MOST)] = Field(LIMIT, description="Rows a page")
    cursor: str = Field("", description="Where the next page starts, from `next`")


class FeatureCollection(OfLayer):
    """A page of features."""

    type: Literal["FeatureCollection"] = Field(description="Always FeatureCollection")
    number_matched: int = Field(alias="numberMatched", description="Rows that the filter leaves")
    number_returned: int = Field(alias="numberReturned", description="Rows of this page")
    next: str | None = Field(description="Address of the next page; null on the last")
    features: list[Feature] = Field(description="Rows of this page")
    statement: Statement = Field(description="What the rows that the filter leaves say together")


@blueprint.get("/api/layers/<layer_id>/features")
@Tagged(FeatureCollection, asks=FeaturesQuery, kinds=(GEOJSON,))
def layer_features(layer_id: str) -> Response:
    """Features with the fields that the viewer may see, page by page."""
    return answered(sources(layer_id), lambda: _make(layer_id), mimetype=GEOJSON)


def _make(layer_id: str) -> bytes:
    wanted = asked(FeaturesQuery)
    chosen = wanted.rows()
    given = disclosed(layer_id, chosen)
    first = _first(given, wanted.cursor)
    page = slice(first, first + wanted.limit)
    features = feature_texts(given, page)
    following = first + len(features)
    head = {
        "type": "FeatureCollection",
        "layer": layer_id,
        "edition": given.edition.id,
        "numberMatched": len(given.rows),
        "numberReturned": len(features),
        "statement": said_of(given, chosen),
        "next": _next(given, following) if following < len(given.rows) else None,
        "note": told(given.note, language()),
    }
    text = json.dumps(head, ensure_ascii=False)
    return f'{text[:-1]}, "features": [{",".join(features)}]}}'.encode()


def _first(given: Disclosed, cursor: str) -> int:
    """Position that a cursor points to; a cursor holds for one edition."""
    if not cursor:
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
