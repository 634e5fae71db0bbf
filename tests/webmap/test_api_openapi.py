"""The description of the API is valid and complete."""

import json
import re

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient


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


def test_features_fit_the_description(client: FlaskClient) -> None:
    schemas = json.loads(client.get("/api/openapi.json").data)["components"]["schemas"]
    answer = json.loads(client.get("/api/layers/villages/features").data)
    jsonschema.validate(answer, schemas["FeatureCollection"])
    for feature in answer["features"]:
        jsonschema.validate(feature["properties"], schemas["Layer_villages"])
        assert set(feature["properties"]) == set(schemas["Layer_villages"]["properties"])
    problem = json.loads(client.get("/api/layers/nope").data)
    jsonschema.validate(problem, schemas["Problem"])


def test_a_theme_fits_the_description(client: FlaskClient) -> None:
    described = json.loads(client.get("/api/openapi.json").data)["paths"]["/api/themes/{theme_id}"]["get"]
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    answer = json.loads(client.get("/api/themes/overview").data)
    jsonschema.validate(answer, schema)
    level = schema["properties"]["divisions"]["items"]
    assert [set(one) for one in answer["divisions"]] == [set(level["properties"])] * 4
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer | {"divisions": [{"level": "county"}]}, schema)


def test_personal_fields_are_in_no_description(client: FlaskClient) -> None:
    text = client.get("/api/openapi.json").get_data(as_text=True)
    assert "mediator_phone" not in text
