"""The description of the API is valid and complete."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.bands import BANDS
from layers.planning.plans import HOTSPOTS_LEFT_OUT, number
from layers.planning.usual import USUAL
from webmap.api.themes import Division


def test_every_route_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    document = json.loads(client.get("/api/openapi.json").data)
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/healthz", "/readyz"))
    }
    assert set(document["paths"]) == routes
    assert all(operation["summary"] for path in document["paths"].values() for operation in path.values())


def test_the_description_is_valid(client: FlaskClient) -> None:
    document = json.loads(client.get("/api/openapi.json").data)
    assert document["openapi"].startswith("3.1")
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    operations = [(path, one) for path, methods in document["paths"].items() for one in methods.values()]
    names = [operation["operationId"] for _, operation in operations]
    assert len(names) == len(set(names))
    for path, operation in operations:
        declared = {item["name"] for item in operation["parameters"] if item["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path))


def fits(document: dict[str, Any], name: str, answer: object) -> None:
    """Raises ValidationError where an answer is not as a schema of the description says."""
    jsonschema.validate(answer, document | {"$ref": f"#/components/schemas/{name}"})


def test_features_fit_the_description(client: FlaskClient) -> None:
    document = json.loads(client.get("/api/openapi.json").data)
    answer = json.loads(client.get("/api/layers/villages/features").data)
    fits(document, "FeatureCollection", answer)
    properties = document["components"]["schemas"]["Layer_villages"]["properties"]
    for feature in answer["features"]:
        fits(document, "Layer_villages", feature["properties"])
        assert set(feature["properties"]) == set(properties)
    fits(document, "Problem", json.loads(client.get("/api/layers/nope").data))
    with pytest.raises(jsonschema.ValidationError):
        fits(document, "FeatureCollection", answer | {"more": 1})


def test_a_theme_fits_the_description(client: FlaskClient) -> None:
    document = json.loads(client.get("/api/openapi.json").data)
    answer = json.loads(client.get("/api/themes/overview").data)
    fits(document, "ThemeAnswer", answer)
    assert [set(one) for one in answer["divisions"]] == [set(Division.model_fields)] * 4
    with pytest.raises(jsonschema.ValidationError):
        fits(document, "ThemeAnswer", answer | {"divisions": [{"level": "county"}]})


def untyped(schema: Any, place: str) -> Iterator[str]:
    """Places within a schema that let anything pass."""
    if "$ref" in schema:
        return
    parts = schema.get("anyOf", schema.get("oneOf"))
    if parts is not None:
        for number, part in enumerate(parts):
            yield from untyped(part, f"{place}|{number}")
        return
    members, others = schema.get("properties"), schema.get("additionalProperties")
    items = [*schema.get("prefixItems", ()), *([schema["items"]] if "items" in schema else [])]
    kind = schema.get("type")
    bare = kind is None and "const" not in schema and "enum" not in schema
    if (
        bare
        or (kind == "object" and not members and not isinstance(others, dict))
        or (kind == "array" and not items)
    ):
        yield place
    for name, member in (members or {}).items():
        yield from untyped(member, f"{place}.{name}")
    for number, item in enumerate(items):
        yield from untyped(item, f"{place}[{number}]")
    if isinstance(others, dict):
        yield from untyped(others, f"{place}.*")


def test_no_answer_is_just_an_object(client: FlaskClient) -> None:
    document = json.loads(client.get("/api/openapi.json").data)
    shared = document["components"]["schemas"]
    assert [place for name, schema in shared.items() for place in untyped(schema, name)] == []
    answers = [
        (f"{method} {path} {status}", given["schema"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        for status, answer in operation["responses"].items()
        for given in answer.get("content", {}).values()
    ]
    assert [place for place, schema in answers if list(untyped(schema, place))] == []
    named = {schema["$ref"].rsplit("/")[-1] for _, schema in answers if "$ref" in schema}
    assert named <= set(shared)
    assert all(schema["additionalProperties"] is False for name, schema in shared.items() if name in named)


def test_a_schema_that_lets_anything_pass_is_found() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "object"}, "b": {"items": {}, "type": "array"}, "c": {}},
    }
    assert list(untyped(schema, "X")) == ["X.a", "X.b[0]", "X.c"]


def test_parameters_are_described_as_they_are_read(client: FlaskClient) -> None:
    paths = json.loads(client.get("/api/openapi.json").data)["paths"]
    parameters = {
        item["name"]: item for item in paths["/api/layers/{layer_id}/features"]["get"]["parameters"]
    }
    assert list(parameters) == [
        "layer_id",
        "lang",
        "code",
        "bbox",
        "since",
        "until",
        "q",
        "find",
        "period",
        "limit",
        "cursor",
        "f",
    ]
    limit = {"type": "integer", "minimum": 1, "maximum": 100_000, "default": 10_000}
    assert parameters["limit"]["schema"] == limit
    for value, status in ((1, 200), (100_000, 200), (0, 400), (100_001, 400)):
        assert client.get(f"/api/layers/villages/features?limit={value}").status_code == status
    assert all(item["description"] for item in parameters.values())


def test_personal_fields_are_in_no_description(client: FlaskClient) -> None:
    text = client.get("/api/openapi.json").get_data(as_text=True)
    assert "mediator_phone" not in text


def usual(client: FlaskClient, path: str) -> dict[str, str]:
    """The defaults of a route, as an address writes them."""
    words = json.loads(client.get("/api/openapi.json").data)["paths"][path]["get"]["parameters"]
    found = {item["name"]: item["schema"]["default"] for item in words if "default" in item["schema"]}
    return {name: number(value) if isinstance(value, int | float) else value for name, value in found.items()}


def test_the_usual_words_of_questions_are_those_of_the_planner(client: FlaskClient) -> None:
    assert usual(client, "/api/coverage") == USUAL
    assert usual(client, "/api/hotspots") == HOTSPOTS_LEFT_OUT
    assert {**HOTSPOTS_LEFT_OUT, **USUAL}.items() <= usual(client, "/api/sheets/file").items()


def test_only_bands_that_there_are_can_be_asked_for(client: FlaskClient) -> None:
    words = json.loads(client.get("/api/openapi.json").data)["paths"]["/api/layers/{layer_id}/shapes"]["get"]
    (z,) = (item["schema"] for item in words["parameters"] if item["name"] == "z")
    assert z == {"type": "integer", "enum": list(BANDS), "default": BANDS[1]}
