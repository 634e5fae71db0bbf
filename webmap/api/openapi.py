"""The description of this API for programs, made from the routes and the declarations (OpenAPI 3.1)."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app

from layers.screen import BANDS
from layers.spec import FieldSpec, LayerSpec
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.hotspots import SPOTS
from webmap.api.planning import PLAN
from webmap.api.query import check_names
from webmap.cache import answered
from webmap.exports import FORMATS
from webmap.house import the_house
from webmap.translations import LANGUAGES, language
from webmap.viewer import current_viewer

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
PARAMETERS: Mapping[str, tuple[str, Schema]] = {
    "code": (
        "Area: county 6, township 9, village 12 or grid 15 digits",
        {"type": "string", "pattern": r"^\d{6,15}$"},
    ),
    "bbox": ("west,south,east,north in degrees", TEXT),
    "since": ("First day, on the layer's time field", {"type": "string", "format": "date"}),
    "until": ("Last day, inclusive", {"type": "string", "format": "date"}),
    "q": ("Text that some text field contains; for search: name, code, pinyin or initials", TEXT),
    "period": (
        "2026Q3 or 2026, for layers given out as counts",
        {"type": "string", "pattern": r"^\d{4}(Q[1-4])?$"},
    ),
    "limit": ("Rows a page", {"type": "integer", "minimum": 1}),
    "cursor": ("Where the next page starts, from `next`", TEXT),
    "offset": ("Rows to skip", {"type": "integer", "minimum": 0}),
    "sort": ("Columns, a minus turns one round: -area_mu,name", TEXT),
    "format": ("Kind of file", {"type": "string", "enum": list(FORMATS)}),
    "v": ("Version of the shapes; any other leads to the right one", TEXT),
    "z": ("Zoom band", {"type": "integer", "enum": list(BANDS)}),
    "photo": ("Name of a picture, from `photos`; the answer is the picture", TEXT),
    "tile": ("x,y of a 512 px tile, for bands in mode tiles", TEXT),
    "lang": ("Language of titles and messages", {"type": "string", "enum": list(LANGUAGES)}),
    "services": ("Layer ids of services, with commas", TEXT),
    "within": ("Thresholds, inclusive: 2000m, 2km or 15min, with commas; the first is shown", TEXT),
    "match": ("Reached by any of the services, or by each", {"type": "string", "enum": ["any", "each"]}),
    "mode": ("How far it is", {"type": "string", "enum": ["straight", "detour", "road"]}),
    "travel": ("Way of going", {"type": "string", "enum": ["walk", "ebike", "car"]}),
    "detour": ("Factor on the straight line", {"type": "number", "minimum": 1, "maximum": 5}),
    "demand": (
        "Who or what is to be reached",
        {"type": "string", "enum": ["population", "population_60_plus", "households", "area"]},
    ),
    "by": ("Areas of the rows", {"type": "string", "enum": ["grid", "village", "township"]}),
    "place": ("Proposed centres: lon,lat;lon,lat", TEXT),
    "close": ("Existing centres left out: layer:key;layer:key", TEXT),
    "capacity": ("Count places: 1", {"type": "string", "enum": ["1"]}),
    "neighbours": (
        "Neighbours of an area: those that touch it, or those within `band`",
        {"type": "string", "enum": ["queen", "band"]},
    ),
    "band": (
        "Metres between points of areas, for neighbours=band",
        {"type": "number", "exclusiveMinimum": 0},
    ),
    "alpha": (
        "Share of false discoveries",
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    ),
    "a": ("Token of the first scenario", TEXT),
    "b": ("Token of the second scenario", TEXT),
}
FILTERS = ("code", "bbox", "since", "until", "q", "period")
QUERIES: Mapping[str, tuple[str, ...]] = {
    "layer_features": (*FILTERS, "limit", "cursor"),
    "layer_shapes": (*FILTERS, "v", "z", "tile"),
    "layer_rows": (*FILTERS, "sort", "offset", "limit"),
    "layer_legend": FILTERS,
    "layer_timeline": FILTERS,
    "layer_record": (*FILTERS, "photo"),
    "layer_export": (*FILTERS, "format"),
    "search": ("q",),
    "coverage": PLAN,
    "coverage_shapes": PLAN,
    "coverage_needs": PLAN,
    "coverage_export": (*PLAN, "format"),
    "compare_scenarios": ("a", "b"),
    "hotspots": SPOTS,
    "hotspots_density": SPOTS,
    "hotspots_export": (*SPOTS, "format"),
}
BODIES: Mapping[str, Schema] = {
    "save_scenario": {
        "type": "object",
        "required": ["name", "query"],
        "properties": {"name": TEXT, "query": TEXT},
    },
    "add_job": {
        "type": "object",
        "required": ["kind", "plan"],
        "properties": {
            "kind": {"type": "string", "enum": ["siting"]},
            "plan": {"type": "object", "additionalProperties": TEXT},
        },
    },
}
"""What is sent to the routes that take something; they also need the token of the page against forgery."""
STATUSES: Mapping[str, str] = {"save_scenario": "201", "add_job": "202", "cancel_job": "202"}
FILTERED = tuple(name for name, query in QUERIES.items() if "bbox" in query)
KINDS_OF_FILE = [kind for kind, _ in FORMATS.values()]
FILES = {
    "layer_export": KINDS_OF_FILE,
    "coverage_export": KINDS_OF_FILE,
    "hotspots_export": KINDS_OF_FILE,
    "layer_template": [FORMATS["xlsx"][0]],
}
TYPES: Mapping[str, Schema] = {
    "integer": {"type": ["integer", "null"]},
    "year": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
}


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """This description."""
    return answered(None, _make)


def _make() -> bytes:
    check_names(())
    house = the_house()
    layers = {
        _name(spec): _properties(spec) for spec in house.catalog if house.door.fields(spec, current_viewer())
    }
    return to_json(
        {
            "openapi": "3.1.0",
            "info": {
                "title": house.settings.title.get(language()),
                "version": house.digest,
                "description": "Rows leave through one door; what a viewer may not see is not in any answer.",
            },
            "paths": paths(),
            "components": {"schemas": {"Problem": PROBLEM, "FeatureCollection": COLLECTION} | layers},
        }
    )


def paths() -> dict[str, Any]:
    """Every route of the API."""
    found: dict[str, Any] = {}
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            operation = _operation(rule.endpoint.removeprefix("api."), sorted(rule.arguments))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                found.setdefault(path, {})[method.lower()] = operation
    return dict(sorted(found.items()))


def _operation(name: str, arguments: list[str]) -> dict[str, Any]:
    words = (current_app.view_functions[f"api.{name}"].__doc__ or "").strip()
    parameters = [{"name": item, "in": "path", "required": True, "schema": TEXT} for item in arguments]
    parameters += [_parameter(item) for item in (*QUERIES.get(name, ()), "lang")]
    if name in FILTERED:
        parameters.append(
            {
                "name": "f",
                "in": "query",
                "description": "f.<field>=value,value; empty for missing, a..b for a range",
                "style": "form",
                "explode": True,
                "schema": {"type": "object", "additionalProperties": TEXT, "maxProperties": 0},
            }
        )
    refusals = {"400": "A parameter is wrong", "403": "Not for this viewer", "404": "Not there"}
    return {
        "operationId": name,
        "summary": words.splitlines()[0],
        "parameters": parameters,
        **({"requestBody": _body(BODIES[name])} if name in BODIES else {}),
        "responses": {STATUSES.get(name, "200"): _answer(name), "304": {"description": "Nothing new"}}
        | ({"302": {"description": "To the current version"}} if name == "layer_shapes" else {})
        | {status: _problem(text) for status, text in refusals.items()}
        | {"422": _problem("The data cannot be used for this")}
        | ({"429": _problem("Too many jobs wait")} if name == "add_job" else {})
        | {"503": _problem("The store cannot be read")},
    }


def _body(schema: Schema) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _parameter(name: str) -> dict[str, Any]:
    words, schema = PARAMETERS[name]
    return {"name": name, "in": "query", "description": words, "schema": schema}


def _file(kind: str) -> Schema:
    return {"type": "object"} if kind.endswith("json") else TEXT


def _answer(name: str) -> dict[str, Any]:
    if name in FILES:
        return {"description": "A file", "content": {kind: {"schema": _file(kind)} for kind in FILES[name]}}
    if name == "layer_features":
        reference = {"$ref": "#/components/schemas/FeatureCollection"}
        return {"description": "Features", "content": {"application/geo+json": {"schema": reference}}}
    return {"description": "Found", "content": {"application/json": {"schema": {"type": "object"}}}}


def _problem(words: str) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": reference}}}


def _name(spec: LayerSpec) -> str:
    return "Layer_" + spec.id.replace("-", "_")


def _properties(spec: LayerSpec) -> Schema:
    """Properties of the layer's features, as this viewer gets them."""
    fields = the_house().door.fields(spec, current_viewer())
    return {
        "type": "object",
        "title": spec.title.get(language()),
        "description": spec.description.get(language()),
        "properties": {field.name: _field(field) for field in fields},
    }


def _field(field: FieldSpec) -> Schema:
    lang = language()
    schema = {"title": field.title.get(lang)} | TYPES.get(field.type, {"type": ["string", "null"]})
    codes = the_house().catalog.codes_of(field)
    if codes is not None:
        schema["x-codes"] = {item.value: item.title.get(lang) for item in codes.items}
    if field.unit:
        schema["x-unit"] = field.unit
    return schema


PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "code": TEXT,
    },
}
COLLECTION: Schema = {
    "type": "object",
    "required": ["type", "numberMatched", "numberReturned", "next", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "layer": TEXT,
        "edition": TEXT,
        "numberMatched": {"type": "integer"},
        "numberReturned": {"type": "integer"},
        "next": {"type": ["string", "null"]},
        "note": TEXT,
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "id", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": TEXT,
                    "geometry": {"type": ["object", "null"]},
                    "properties": {"type": "object"},
                },
            },
        },
    },
}
