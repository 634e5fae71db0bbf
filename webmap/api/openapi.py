"""The description of this API for programs (OpenAPI 3.1), made from what the routes declare."""

import re
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from flask import Response, current_app
from pydantic import BaseModel, Field
from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from typing_extensions import TypeAliasType

from layers.spec import FieldSpec, LayerSpec
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.models import GeoJsonFile, Model, Problem
from webmap.api.operations import OPERATIONS, Address, Operation, Tagged
from webmap.api.query import TEXT, Query, Schema, asked
from webmap.service import the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

Json = TypeAliasType("Json", "dict[str, Json] | list[Json] | str | int | float | bool | None")
PROBLEM = "application/problem+json"
TYPES: Mapping[str, Schema] = {
    "integer": {"type": ["integer", "null"]},
    "year": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
}
WORDS: Mapping[int, str] = {
    204: "Nothing yet",
    302: "To the current version",
    304: "Nothing new",
    400: "A parameter is wrong",
    403: "Not for this viewer",
    404: "Not there",
    422: "The data cannot be used for this",
    429: "Too many jobs wait",
    503: "The store cannot be read",
    507: "The disk is full",
}


class Description(Model):
    """An OpenAPI document."""

    openapi: str = Field(description="Version of OpenAPI")
    info: dict[str, str] = Field(description="Title of the county's service, version of its declarations")
    paths: dict[str, dict[str, dict[str, Json]]] = Field(description="Address → method → operation")
    components: dict[str, dict[str, dict[str, Json]]] = Field(description="JSON schemas")


@blueprint.get("/api/openapi.json")
@Tagged(Description)
def openapi() -> Response:
    """This description."""
    return answered(None, _make)


def _make() -> bytes:
    asked(Query)
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
            "components": {"schemas": schemas() | layers},
        }
    )


def paths() -> dict[str, Any]:
    """Every route of the API."""
    found: dict[str, Any] = {}
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                operation = _operation(rule.endpoint.removeprefix("api."), sorted(rule.arguments))
                found.setdefault(path, {})[method.lower()] = operation
    return dict(sorted(found.items()))


def _operation(name: str, arguments: list[str]) -> dict[str, Any]:
    route = current_app.view_functions[f"api.{name}"]
    words, given = (route.__doc__ or "").strip(), OPERATIONS[route]
    nothing_new = {304: {"description": WORDS[304]}} if isinstance(given, Tagged) else {}
    answers = {given.status: _answer(given)} | nothing_new
    answers |= {status: _other(status, model) for status, model in given.also.items()}
    answers |= {status: _other(status, None) for status in given.refuses}
    return {
        "operationId": name,
        "summary": words.splitlines()[0],
        "parameters": [*(_in_path(item) for item in arguments), *_parameters(given.asks)],
        **({"requestBody": {"required": True, "content": _content(given.sends)}} if given.sends else {}),
        "responses": {str(status): answer for status, answer in sorted(answers.items())},
    }


def _in_path(name: str) -> dict[str, Any]:
    words, schema = _area() if name == "code" else (Address.model_fields[name].description, TEXT)
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


def _area() -> tuple[str, Schema]:
    """Words and form of ``code``, which depend on the county."""
    divisions = the_county().divisions
    *larger, least = (f"{level.name} {level.digits}" for level in divisions)
    form = rf"^\d{{{divisions.top.digits},{divisions.levels[-1].digits}}}$"
    return f"Area: {', '.join(larger)} or {least} digits", {"type": "string", "pattern": form}


def _parameters(asks: type[Query]) -> list[dict[str, Any]]:
    """The fields of a question; a default that is empty stands for one that is absent, so it is not said."""
    found = []
    for name, schema in asks.model_json_schema(schema_generator=Untitled)["properties"].items():
        kept = {word: value for word, value in schema.items() if (word, value or "") != ("default", "")}
        words = kept.pop("description")
        kept |= _usual(asks.usual, name, kept)
        words, kept = _area() if name == "code" else (words, kept)
        found.append({"name": name, "in": "query", "description": words, "schema": kept})
    if asks.form:
        words = f"{asks.form}=value,value; empty for missing, a..b for a range"
        schema = {"type": "object", "additionalProperties": TEXT, "maxProperties": 0}
        found.append({"name": "f", "in": "query", "description": words, "style": "form", "explode": True, "schema": schema})  # fmt: skip
    return found


def _usual(usual: Mapping[str, str], name: str, schema: Schema) -> Schema:
    """What a word stands for that is left out, as its form writes it."""
    if name not in usual:
        return {}
    return {"default": float(usual[name]) if schema["type"] == "number" else usual[name]}


def _answer(given: Operation) -> dict[str, Any]:
    """The answer that is hoped for; files but GeoJSON are described by their kind alone."""
    words = "A file" if given.answer is None else given.answer.__doc__ or ""
    content: dict[str, Any] = {kind: {"schema": TEXT | {"contentMediaType": kind}} for kind in given.kinds}
    for kind in given.kinds:
        content |= _content(given.answer or GeoJsonFile, kind) if kind.endswith("json") else {}
    return {"description": words.strip(), "content": content}


def _other(status: int, model: type[Model] | None) -> dict[str, Any]:
    """Another answer: a document, a problem, or the address in a header."""
    if model is not None:
        return {"description": (model.__doc__ or "").strip(), "content": _content(model)}
    if status == HTTPStatus.NO_CONTENT:
        return {"description": WORDS[status]}
    if status == HTTPStatus.FOUND:
        return {"description": WORDS[status], "headers": {"Location": {"schema": TEXT}}}
    return {"description": WORDS[status], "content": _content(Problem, PROBLEM)}


def _content(model: type[BaseModel], kind: str = "application/json") -> dict[str, Any]:
    return {kind: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


class Untitled(GenerateJsonSchema):
    """Schemas whose members are named once, by their key."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


@cache
def schemas() -> dict[str, Any]:
    """The schema of every answer and body."""
    models: dict[type[BaseModel], None] = {Problem: None, GeoJsonFile: None}
    for given in OPERATIONS.values():
        models |= {model: None for model in (given.answer, given.sends, *given.also.values()) if model}
    _, document = models_json_schema(
        [(model, "validation") for model in models],
        ref_template="#/components/schemas/{model}",
        schema_generator=Untitled,
    )
    found: dict[str, Any] = document["$defs"]
    return found


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
