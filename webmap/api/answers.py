"""Small things that the routes share."""

import hashlib
import json
from typing import Any

from flask import has_request_context

from layers.disclosure import Disclosed, RowFilter
from layers.spec import LayerSpec
from webmap.api.naming import PlaceNames, named
from webmap.service import current_editions, the_county
from webmap.translations import language
from webmap.viewer import current_viewer

LAYOUT = "2"
"""Version of what an answer with shapes says; browsers keep such answers for good."""


def to_json(document: Any) -> bytes:
    """Compact JSON; text stays as it is but for names of places in English, figures are unrounded, NaN is a fault."""
    if has_request_context() and language() == "en":
        document = named(document, the_county().beside(PlaceNames).known())
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def sources(layer_id: str) -> tuple[str, ...]:
    """Layers whose editions determine what this viewer gets of a layer; raises UnknownLayerError."""
    county = the_county()
    return county.door.sources(county.catalog.layer(layer_id), current_viewer())


def disclosed(layer_id: str, wanted: RowFilter) -> Disclosed:
    """What this viewer gets of a layer."""
    return the_county().door.rows(layer_id, current_viewer(), wanted)


def shape_version(spec: LayerSpec) -> str:
    """``v`` of a layer's shapes for this viewer: changes whenever they might."""
    edition = current_editions().get(spec.id)
    return f"{edition.id if edition else 'none'}.{viewer_version()}"


def viewer_version() -> str:
    """The viewer, the declarations and the divisions on which redaction rests, as one short text."""
    editions = current_editions()
    county = the_county()
    behind = (editions[layer].id for layer in county.divisions.layers if layer in editions)
    parts = [LAYOUT, county.digest, *behind, *(["en"] if language() == "en" else [])]
    return f"{current_viewer().key}.{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:8]}"
