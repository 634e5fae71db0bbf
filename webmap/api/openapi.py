"""The description of this API for programs, made from the routes and the declarations (OpenAPI 3.1)."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app

from exports.sheets.formats import FORMATS as DRAWN
from layers.spec import FieldSpec, LayerSpec
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.parameters import (
    BODIES,
    DRAWING,
    FILES,
    FILTERED,
    KEEPING,
    PARAMETERS,
    QUERIES,
    STATUSES,
    TEXT,
    Schema,
    area_parameter,
)
from webmap.api.query import check_names
from webmap.service import the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

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
    county = the_county()
    layers = {
        _name(spec): _properties(spec)
        for spec in county.catalog
        if county.door.fields(spec, current_viewer())
    }
    return to_json(
        {
            "openapi": "3.1.0",
            "info": {
                "title": county.settings.title.get(language()),
                "version": county.digest,
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
    parameters += [_parameter(item, name) for item in (*QUERIES.get(name, ()), "lang")]
    if name in (*FILTERED, *DRAWING):
        parameters.append(_filters("f.<layer>.<field>" if name in DRAWING else "f.<field>"))
    refusals = {"400": "A parameter is wrong", "403": "Not for this viewer", "404": "Not there"}
    return {
        "operationId": name,
        "summary": words.splitlines()[0],
        "parameters": parameters,
        **({"requestBody": _body(BODIES[name])} if name in BODIES else {}),
        "responses": {STATUSES.get(name, "200"): _answer(name), "304": {"description": "Nothing new"}}
        | ({"302": {"description": "To the current version"}} if name == "layer_shapes" else {})
        | ({"202": _answer("add_job")} if name == "export_again" else {})
        | ({"507": _problem("The disk is full")} if name in KEEPING else {})
        | {status: _problem(text) for status, text in refusals.items()}
        | {"422": _problem("The data cannot be used for this")}
        | ({"429": _problem("Too many jobs wait")} if name in ("add_job", "export_again") else {})
        | {"503": _problem("The store cannot be read")},
    }


def _body(schema: Schema) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _parameter(name: str, route: str) -> dict[str, Any]:
    words, schema = area_parameter(the_county().divisions) if name == "code" else PARAMETERS[name]
    if (name, route) == ("format", "sheet_file"):
        schema = schema | {"enum": list(DRAWN)}
    return {"name": name, "in": "query", "description": words, "schema": schema}


def _filters(form: str) -> dict[str, Any]:
    return {
        "name": "f",
        "in": "query",
        "description": f"{form}=value,value; empty for missing, a..b for a range",
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "additionalProperties": TEXT, "maxProperties": 0},
    }


def _file(kind: str) -> Schema:
    return {"type": "object"} if kind.endswith("json") else TEXT


def _answer(name: str) -> dict[str, Any]:
    if name in FILES:
        return {"description": "A file", "content": {kind: {"schema": _file(kind)} for kind in FILES[name]}}
    if name == "layer_features":
        reference = {"$ref": "#/components/schemas/FeatureCollection"}
        return {"description": "Features", "content": {"application/geo+json": {"schema": reference}}}
    schema = THEME if name == "theme" else {"type": "object"}
    return {"description": "Found", "content": {"application/json": {"schema": schema}}}


def _problem(words: str) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": reference}}}


def _name(spec: LayerSpec) -> str:
    return "Layer_" + spec.id.replace("-", "_")


def _properties(spec: LayerSpec) -> Schema:
    """Properties of the layer's features, as this viewer gets them."""
    fields = the_county().door.fields(spec, current_viewer())
    return {
        "type": "object",
        "title": spec.title.get(language()),
        "description": spec.description.get(language()),
        "properties": {field.name: _field(field) for field in fields},
    }


def _field(field: FieldSpec) -> Schema:
    lang = language()
    schema: Schema = {"title": field.title.get(lang)} | TYPES.get(field.type, {"type": ["string", "null"]})
    codes = the_county().catalog.codes_of(field)
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
THEME: Schema = {
    "type": "object",
    "required": ["id", "divisions"],
    "properties": {
        "id": TEXT,
        "divisions": {
            "type": "array",
            "description": "Levels of divisions, the largest first; a code begins with the code of what it lies in",
            "items": {
                "type": "object",
                "required": ["level", "layer", "digits", "title", "parent_field"],
                "properties": {
                    "level": TEXT,
                    "layer": TEXT | {"description": "Layer of these divisions"},
                    "digits": {"type": "integer", "description": "Length of a code"},
                    "title": TEXT,
                    "parent_field": {
                        "type": ["string", "null"],
                        "description": "Field with the code of what a division lies in",
                    },
                },
            },
        },
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
