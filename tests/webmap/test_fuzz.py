"""Whatever the description of the API allows, and much that it does not, gets a described answer and never a fault."""

import shutil
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from layers.catalog import load_catalog
from tests.county import village_code
from webmap import create_app
from webmap.api import routes
from webmap.api.operations import OPERATIONS
from webmap.settings import load_settings

EXAMPLES, MANY = 15, 400
"""For each operation, as described and against the description; the many in the soak."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
REAL = {
    "layer_id": ["disputes", "villages", "party-service-centres", "roads", "indicators", "weak-party-orgs"],
    "theme_id": list(load_catalog().themes),
    "code": ["140822", "140822100", village_code(1), f"{village_code(1)}001"],
    "key": [village_code(1), "PSC001", "D0000"],
    "token": ["0" * 32],
    "job_id": ["0" * 32],
}
"""Path parameters that exist; without them nearly every answer would be 404."""
QUERIES = {
    "code": ["140822", "140822100", village_code(9), "140823", ""],
    "bbox": ["110,35,111,36", "110.8,35.4,110.83,35.42", "111,36,110,35", "nan,0,inf,1", "0,0,0,0"],
    "since": ["2024-01-01", "0001-01-01", "9999-12-31", "2024-02-30"],
    "until": ["2024-06-30", "0001-01-01", "9999-12-31"],
    "period": ["2024Q1", "2024", "0000", "9999Q4"],
    "sort": ["name", "-code", "-", ",,", "place,-name", "population"],
    "f.name": ["", "1号村", "..", "a..b"],
    "f.population": ["1..500", "..", "nan", "1e999", "-0", "..9" * 9],
    "f.happened_on": ["2024-01-01..2024-02-01", "..", "2024-13-01"],
    "limit": ["1", "100000", "0", "9" * 12],
    "tile": ["0,0", "1675,804", "9999999,9999999"],
    "z": ["8", "16", "22", "0"],
    "lang": ["en", "zh", "xx"],
    "format": ["csv", "geojson", "gpkg", "xlsx"],
    "services": ["party-service-centres", "villages", "nope", "disputes", ""],
    "within": ["500m", "2km,300m", "15min", "0m", "1e9m", "5m,5min"],
    "place": ["110.83,35.42", "0,0", "1;2", "nan,nan", "110.83,35.42;110.84,35.42"],
    "close": ["party-service-centres:PSC001", ":", "x"],
    "detour": ["1.3", "0", "nan"],
    "theme": ["overview", "coverage", "disputes", "my-grid", "nope"],
    "layers": ["villages,disputes", "none", "nope", ",,"],
    "hide": ["villages:0", "villages:99", "villages", ":0"],
    "paper": ["A4", "figure", "slide", "A9"],
    "scale": ["20000", "1", "1:50 000", "x"],
    "parts": ["none", "legend,km-grid", "legend,nope"],
    "title": ["图", "长" * 40, "\u202e<b>", " "],
    "atlas": ["township", "village", "house"],
    "page": ["140822100", village_code(9), "1"],
    "dpi": ["72", "600", "9"],
    "px": ["200", "3200", "1"],
}
"""Values at the edges that random text would hardly meet."""


@pytest.fixture(scope="module")
def fuzzed_app(built_home: Any, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    home = shutil.copytree(built_home, tmp_path_factory.mktemp("fuzz") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GOVMAP_HOME", raising=False)
        made = create_app(load_settings(home=home))
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture(scope="module")
def operations(fuzzed_app: Flask) -> dict[str, Any]:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", fuzzed_app)
    found = [result.ok() for result in schema.get_all_operations()]
    return {operation.definition.raw["operationId"]: operation for operation in found}


def cookie_of(app: Flask, role: str) -> str:
    """What makes a request that of a role."""
    client = app.test_client()
    assert client.post("/viewer", data={"role": role}).status_code == 303
    cookie = client.get_cookie("viewer")
    assert cookie is not None
    return cookie.value


def names() -> list[str]:
    """Operations of the API as the routes name them; the description itself is what the others are made from."""
    app = Flask("names")
    app.register_blueprint(routes.blueprint)
    found = {
        rule.endpoint.removeprefix("api.") for rule in app.url_map.iter_rules() if "api." in rule.endpoint
    }
    return sorted(found - {"openapi"})


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("name", names())
def test_no_request_brings_the_api_down(
    fuzzed_app: Flask, operations: dict[str, Any], name: str, mode: GenerationMode
) -> None:
    ask(fuzzed_app, operations[name], mode, EXAMPLES)


@pytest.mark.soak
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("name", names())
def test_many_requests_do_not_bring_the_api_down(
    fuzzed_app: Flask, operations: dict[str, Any], name: str, mode: GenerationMode
) -> None:
    ask(fuzzed_app, operations[name], mode, MANY)


def ask(app: Flask, operation: Any, mode: GenerationMode, examples: int) -> None:
    """So many requests to one operation, each answer as it is described."""
    name = operation.definition.raw["operationId"]
    asks = OPERATIONS[app.view_functions[f"api.{name}"]].asks
    cookies = [cookie_of(app, role) for role in ("public", "operator")]
    seen: set[int] = set()

    @given(data=st.data())
    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def _ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        for parameter in case.path_parameters or {}:
            if data.draw(st.integers(0, 3)):
                case.path_parameters[parameter] = data.draw(st.sampled_from(REAL[parameter]))
        known = [
            parameter for parameter in QUERIES if parameter.startswith("f.") or parameter in asks.model_fields
        ]
        for parameter in data.draw(st.lists(st.sampled_from(known), max_size=2)) if known else ():
            case.query = {**(case.query or {}), parameter: data.draw(st.sampled_from(QUERIES[parameter]))}
        answer = case.call(
            cookies={"viewer": data.draw(st.sampled_from(cookies))}, headers={"Accept-Encoding": "identity"}
        )
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    _ask()
    assert seen & {200, 302, 403, 400, 404}
