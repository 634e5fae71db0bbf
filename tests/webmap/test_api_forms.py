"""Form and reader of a parameter agree: what the description forbids is refused, what it calls usual may be left out.

Words of the planner and of sheets are read by parsers of their own, which the command line asks too; so nothing but these
tests holds their forms to them.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from exports.sheets.plan import QUESTION

Schema = dict[str, Any]
NEEDED = {
    "coverage": "services=party-service-centres&within=600m&mode=detour",
    "hotspots": "neighbours=band",
    "sheet": "theme=overview&paper=A3",
}
"""What a route needs besides the word that is looked at, by the beginning of its name."""
PLACES = {
    "layer_id": "villages", "key": "140822100001", "theme_id": "overview", "code": "140822", "token": "0", "job_id": "0",
}  # fmt: skip
NOT_REFUSED = {"lang", "capacity", "v"}
"""Another language is the usual one, any word for `capacity` but yes is no, any other version leads to the right one."""


@pytest.fixture
def paths(client: FlaskClient) -> Schema:
    found: Schema = json.loads(client.get("/api/openapi.json").data)["paths"]
    return found


def words_of(paths: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Address, name and form of each word of an address; those of a sheet that only some themes read are left out."""
    for path, methods in paths.items():
        operation = methods.get("get", {"operationId": "", "parameters": []})
        name = operation["operationId"]
        needed = next((query for start, query in NEEDED.items() if name.startswith(start)), "")
        for item in operation["parameters"]:
            elsewhere = name.startswith("sheet_") and item["name"] in QUESTION
            if item["in"] == "query" and item["name"] not in NOT_REFUSED and not elsewhere:
                yield f"{path.format(**PLACES)}?{needed}", item["name"], item["schema"]


def asked(client: FlaskClient, address: str, name: str, word: object = None) -> TestResponse:
    """The answer with another word in place of the needed one of that name, or without it."""
    place, _, needed = address.partition("?")
    kept = [part for part in needed.split("&") if part and not part.startswith(f"{name}=")]
    kept += [urlencode({name: word})] if word is not None else []
    return client.get(f"{place}?{'&'.join(kept)}", follow_redirects=True)


def forbidden(schema: Schema) -> Iterator[object]:
    """Words that a form does not allow."""
    yield from ["nope"] if "enum" in schema or schema.get("format") == "date" else []
    yield from ["1x"] if "pattern" in schema or schema.get("type") in ("integer", "number") else []
    yield from (
        [max(schema["enum"]) + 1, max(schema["enum"]) - 1]
        if schema.get("type") == "integer" and "enum" in schema
        else []
    )
    yield from [schema["minimum"] - 1] if "minimum" in schema else []
    yield from [schema["maximum"] + 1] if "maximum" in schema else []
    yield from [schema["exclusiveMinimum"]] if "exclusiveMinimum" in schema else []
    yield from [schema["exclusiveMaximum"]] if "exclusiveMaximum" in schema else []


def test_what_the_description_forbids_is_refused(as_role: Any, paths: Schema) -> None:
    planner, looked = as_role("planner"), 0
    for address, name, schema in words_of(paths):
        for word in forbidden(schema):
            answer = asked(planner, address, name, word)
            assert answer.status_code in (400, 404), (address, name, word, answer.text[:200])
            assert answer.get_json(force=True)["detail"]
            looked += 1
    assert looked > 60


def test_what_is_usual_may_be_left_out(as_role: Any, paths: Schema) -> None:
    planner, looked = as_role("planner"), 0
    for address, name, schema in words_of(paths):
        if "default" in schema and not address.partition("?")[0].endswith(("/export", "/file", "/page")):
            given, left_out = asked(planner, address, name, schema["default"]), asked(planner, address, name)
            assert (given.status_code, given.data) == (left_out.status_code, left_out.data), (address, name)
            looked += given.status_code == 200
    assert looked >= 30
