"""Nobody gets more than the rules allow, by any route: what a role finds anywhere is exactly what it may see.

Every text of every layer is a mark that says whose it is: ``internal@disputes.result.1`` is the internal field
``result`` in the second row. Internal numbers and days are marks too, large enough to be known in a sum.
"""

import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.catalog import load_catalog
from layers.editions import Store
from layers.spec import ROLES, FieldSpec, LayerSpec
from tests import county, disputes, every
from tests.every import GRIDS
from tests.webmap.routes import (
    BESIDE,
    FILTERED,
    LAYER_QUERIES,
    RECORD,
    addresses,
    endpoints,
    has,
    known_endpoints,
    layer_addresses,
    layer_endpoints,
)
from webmap import create_app
from webmap.cli import main, serving
from webmap.settings import load_settings

CATALOG = load_catalog()
LAYERS = tuple(CATALOG.layers)
COUNTED = "disputes"
CLOSED = {
    "public": {"disputes", "village-status", "weak-party-orgs"},
    "grid_worker": {"village-status", "weak-party-orgs"},
    "planner": {"weak-party-orgs"},
    "mediator": {"village-status", "weak-party-orgs"},
    "operator": set(),
}
"""Layers of which a role gets no row; the public gets counts of the first."""
METADATA = {"api.layer", "api.layer_template", "pages.dictionary"}
"""Routes that say what a layer is; they answer also who may not see its rows."""
LIGHT = re.compile("/(features|rows)")
"""Enough for those who may see all of a layer that hides nothing; every route is asked by everyone else."""
MARK = re.compile(r"(public|internal|personal)@([a-z-]+)\.(\w+)\.(\d)")
FIRST_NUMBER, FIRST_DAY = 88_000_000, pd.Timestamp("2033-01-01")
NUMBER = re.compile(r"(?<![\w.])(88\d{6}|176\d{6})(?!\w)")
MOMENT = re.compile(r'\d{4}-\d\d-\d\dT[\d:.]+Z|data-token="[^"]+"')
"""When a file was made, and the token of a page, which is another for each browser."""
DAY = re.compile(r"2033-\d\d-\d\d")


class Mark(NamedTuple):
    """One cell; numbers and days lead back to theirs through ``numbered``."""

    sensitivity: str
    layer: str
    field: str
    row: int


def _cells() -> Iterator[tuple[LayerSpec, FieldSpec, Mark]]:
    for spec in CATALOG:
        for field in spec.fields:
            for row in range(every.ROWS):
                if not (every.is_spine(spec, field) or (spec.id == "counties" and row)):
                    yield spec, field, Mark(field.sensitivity, spec.id, field.name, row)


NUMBERED = [
    mark
    for _, field, mark in _cells()
    if field.type in ("integer", "number") and mark.sensitivity != "public"
]
DATED = [mark for _, field, mark in _cells() if field.type == "date" and mark.sensitivity != "public"]
TEXTS = [mark for _, field, mark in _cells() if field.type in ("text", "phone", "code", "codes")]


def marked(spec: LayerSpec, field: FieldSpec, row: int) -> object:
    """What a cell holds; None for public numbers and days, which are as they would be."""
    mark = Mark(field.sensitivity, spec.id, field.name, row)
    if mark in NUMBERED:
        return FIRST_NUMBER + NUMBERED.index(mark)
    if mark in DATED:
        return FIRST_DAY + pd.Timedelta(days=DATED.index(mark))
    return f"{mark.sensitivity}@{spec.id}.{field.name}.{row}" if mark in TEXTS else None


def marks(text: str) -> set[Mark]:
    """Every cell that a text gives away; a sum of numbers gives away both."""
    found = {Mark(*match[:3], int(match[3])) for match in MARK.findall(text)}
    for number in map(int, NUMBER.findall(text)):
        places = [number - FIRST_NUMBER] if number < 2 * FIRST_NUMBER else range(len(NUMBERED))
        found |= {NUMBERED[place] for place in places}
    return found | {DATED[(pd.Timestamp(day) - FIRST_DAY).days] for day in DAY.findall(text)}


def may_see(role: str, mark: Mark) -> bool:
    """The rules, said once more and independently of the door."""
    if mark.sensitivity == "personal" or mark.layer in CLOSED[role]:
        return False
    if role == "grid_worker" and mark.row != 0 and mark.layer == COUNTED:
        return False  # the second row lies in another grid
    if role == "grid_worker" and mark.layer != COUNTED and mark.sensitivity == "internal":
        return False  # of these only the village is known, which is more than the grid
    if role == "planner" and mark.layer == COUNTED and mark.sensitivity == "internal":
        return mark in NUMBERED or mark in DATED  # moved to the grid, so no words that may name the place
    return mark.sensitivity == "public" or role != "public"


def text_of(answer: TestResponse, folder: Path) -> str:
    """Everything that can be read in an answer, the insides of files too."""
    body = answer.get_data()
    if answer.mimetype.endswith(".sheet"):
        book = openpyxl.load_workbook(io.BytesIO(body))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    if answer.mimetype.endswith("sqlite3"):
        file = folder / "export.gpkg"
        file.write_bytes(body)
        with sqlite3.connect(file) as base:
            found = "\n".join(base.iterdump())
        base.close()
        return found
    return answer.get_data().decode("utf-8", "replace")


@pytest.fixture(scope="session")
def marked_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all roles, so that what it keeps for one is offered to the others."""
    home = tmp_path_factory.mktemp("marked") / "home"
    every.build(home, CATALOG, marked)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GOVMAP_HOME", raising=False)
        made = create_app(load_settings(home=home))
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture(scope="session")
def viewers(marked_app: Flask) -> dict[str, FlaskClient]:
    """A client for each role; the grid worker's grid is that of the first rows."""
    return {role: client_of(marked_app, role) for role in ROLES}


def client_of(app: Flask, role: str) -> FlaskClient:
    client = app.test_client()
    scope = GRIDS[0] if role == "grid_worker" else ""
    assert client.post("/viewer", data={"role": role, "scope": scope}).status_code == 303
    return client


def test_there_is_something_to_hide() -> None:
    assert {mark.sensitivity for mark in TEXTS} == {"public", "internal", "personal"}
    assert {mark.layer for mark in (*NUMBERED, *DATED)} >= {"disputes", "weak-party-orgs", "idle-assets"}
    assert {spec.id for spec in CATALOG if spec.access.public != "exact"} == CLOSED["public"]


def test_every_route_is_known(marked_app: Flask) -> None:
    assert endpoints(marked_app) == known_endpoints()
    assert layer_endpoints(marked_app) == {*LAYER_QUERIES, RECORD, BESIDE}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_role_finds_exactly_what_it_may_see(
    viewers: dict[str, FlaskClient], role: str, layer: str, tmp_path: Path
) -> None:
    client, spec = viewers[role], CATALOG.layer(layer)
    hiding = layer in CLOSED["public"] or any(field.sensitivity != "public" for field in spec.fields)
    seen: set[Mark] = set()
    for address, metadata in _layer_addresses(client, spec):
        if role != "public" and not hiding and not LIGHT.search(address):
            continue
        answer = client.get(address, follow_redirects=True)
        refused = layer in CLOSED[role] and not metadata and not (role == "public" and layer == COUNTED)
        assert answer.status_code == (403 if refused else 200), (address, answer.text[:200])
        seen |= marks(text_of(answer, tmp_path))
    for key in _keys(viewers["operator"], layer):
        answer = client.get(f"/api/layers/{layer}/records/{key}")
        assert answer.status_code in (200, 403, 404)
        seen |= marks(answer.text.replace(key, "") if answer.status_code == 404 else answer.text)
    assert not [mark for mark in seen if not may_see(role, mark)]
    cells = [
        mark
        for _, _, mark in _cells()
        if mark.layer == layer and marked(spec, spec.field(mark.field), mark.row)
    ]
    assert {mark for mark in seen if mark.layer == layer} == {mark for mark in cells if may_see(role, mark)}


def _layer_addresses(client: FlaskClient, spec: LayerSpec) -> Iterator[tuple[str, bool]]:
    """Addresses of a layer and whether they only say what it is."""
    for rule in client.application.url_map.iter_rules():
        if rule.endpoint in LAYER_QUERIES and has(spec, rule.endpoint):
            for address in layer_addresses(spec.id, rule.endpoint, rule.rule):
                yield address, rule.endpoint in METADATA


def _keys(client: FlaskClient, layer: str) -> list[str]:
    features = client.get(f"/api/layers/{layer}/features").get_json()["features"]
    assert features
    return [feature["id"] for feature in features[: every.ROWS]]


REFUSED = {"public": {200, 400, 403}, "grid_worker": {200, 403}}
"""What asking for hot spots may bring: the public gets whole published periods, a grid worker no county-wide test."""


@pytest.mark.parametrize("role", ROLES)
def test_everything_else_gives_away_no_more(
    viewers: dict[str, FlaskClient], role: str, tmp_path: Path
) -> None:
    client = viewers[role]
    seen: set[Mark] = set()
    for address in addresses(client, {}):
        answer = client.get(address, follow_redirects=True)
        refused = role in REFUSED and address.startswith("/api/hotspots")
        assert answer.status_code in (REFUSED[role] if refused else {200}), address
        seen |= marks(text_of(answer, tmp_path))
    assert not [mark for mark in seen if not may_see(role, mark)]
    assert {mark.layer for mark in seen} >= {"villages", "grids"}


@pytest.mark.parametrize("role", ROLES)
def test_search_finds_only_what_the_role_may_see(viewers: dict[str, FlaskClient], role: str) -> None:
    for mark in (mark for mark in TEXTS if mark.layer in CLOSED["public"]):
        text = f"{mark.sensitivity}@{mark.layer}.{mark.field}.{mark.row}"
        hits = viewers[role].get("/api/search", query_string={"q": text}).get_json()["results"]
        assert {hit["layer"] for hit in hits} <= {mark.layer}
        assert not hits or may_see(role, mark)
    names = viewers[role].get("/api/search?q=internal").get_json()["results"]
    rows = {"public": 0, "grid_worker": 1, "planner": 0, "mediator": 2, "operator": 2}
    assert len([hit for hit in names if hit["layer"] == COUNTED]) == rows[role]


HIDDEN = sorted(
    {(mark.layer, mark.field, mark.sensitivity) for _, _, mark in _cells() if mark.sensitivity != "public"}
)


@pytest.mark.parametrize(("layer", "field", "sensitivity"), HIDDEN)
def test_filters_and_sorting_tell_nothing_about_hidden_fields(
    viewers: dict[str, FlaskClient], layer: str, field: str, sensitivity: str
) -> None:
    for role in ROLES if sensitivity == "personal" else ("public",):
        counted = (role, layer) == ("public", COUNTED)
        expected = 403 if layer in CLOSED[role] and not counted else 400
        for query in (
            f"rows?sort={field}",
            f"rows?f.{field}=1",
            f"features?f.{field}=",
            f"legend?f.{field}=1",
        ):
            if not (counted and query == "rows?sort=name"):  # there that is the name of the village
                assert viewers[role].get(f"/api/layers/{layer}/{query}").status_code == expected
        if layer not in CLOSED[role]:
            found = viewers[role].get(f"/api/layers/{layer}/features?q={sensitivity}@").get_json()
            assert (found["numberMatched"] == 0) == (sensitivity == "personal" or role == "public")


def test_a_grid_worker_cannot_ask_about_another_grid(viewers: dict[str, FlaskClient]) -> None:
    spec = CATALOG.layer(COUNTED)
    own, other = (marked(spec, spec.field("amount_yuan"), row) for row in range(every.ROWS))
    for value, count in ((own, 1), (other, 0)):
        query = f"/api/layers/{COUNTED}/features?f.amount_yuan={value}"
        assert viewers["grid_worker"].get(query).get_json()["numberMatched"] == count
        assert viewers["operator"].get(query).get_json()["numberMatched"] == 1
    for code in (GRIDS[0], "140822"):
        found = viewers["grid_worker"].get(f"/api/layers/{COUNTED}/features?code={code}").get_json()
        assert found["numberMatched"] == 1
    for code in (GRIDS[1], GRIDS[1][:12]):
        found = viewers["grid_worker"].get(f"/api/layers/{COUNTED}/features?code={code}")
        assert found.status_code == 403, "what may not be seen is not nothing"
        assert found.get_json()["code"] == "forbidden"


NOT_FOR_COUNTS = (
    "bbox=110,35,111,36", "since=2025-01-01", "until=2025-12-31", "q=a", "f.category=neighbour",
    "f.village_code=140822100001", "f.status=open", "f.code=", "f.count=1..2", "period=2025Q1&q=a",
    "period=2023", "period=2024Q5", "period=2025", "period=2026Q1",
)  # fmt: skip
FOR_COUNTS = ("", "period=2024Q3", "period=2024", "code=140822100", "code=140822100&period=2024Q1")


@pytest.mark.parametrize("route", FILTERED)
def test_the_public_filters_counts_by_nothing_but_area_and_period(client: FlaskClient, route: str) -> None:
    address = f"/api/layers/{COUNTED}/{route}"
    for query in NOT_FOR_COUNTS:
        refused = client.get(f"{address}?{query}", follow_redirects=True)
        assert (refused.status_code, refused.get_json(force=True)["code"]) == (400, "filter-bad"), query
    for query in FOR_COUNTS:
        assert client.get(f"{address}?{query}", follow_redirects=True).status_code == 200, query


def test_counts_over_http_are_the_published_ones(client: FlaskClient, demo_store: Store) -> None:
    for place, quarter in enumerate(disputes.QUARTERS):
        features = client.get(f"/api/layers/{COUNTED}/features?period={quarter}").get_json()["features"]
        given = {feature["properties"]["code"]: feature["properties"]["count"] for feature in features}
        true = {county.village_code(number): counts[place] for number, counts in disputes.COUNTS.items()}
        assert set(given) == {*true, county.SLIVER}
        assert {code: count for code, count in given.items() if count is not None}.items() <= {
            **true,
            county.SLIVER: 0,
        }.items()
        assert all(given[code] is None for code, count in true.items() if count in (1, 2))
        assert any(count is not None and count > 0 for count in given.values())


def test_with_other_data_every_route_answers_as_to_the_public(
    app: Flask, as_role: Callable[..., FlaskClient], demo_store: Store, tmp_path: Path
) -> None:
    operator, public = as_role("operator"), app.test_client()
    keys = {"disputes": ["D0001"], "villages": ["140822100001"], "party-service-centres": ["PSC001"]}
    before = {address: operator.get(address).data for address in ("/", "/api/themes/overview")}
    assert b'id="viewer"' in before["/"]
    assert b'"switch":true' in before["/api/themes/overview"]
    disputes.put(demo_store, "party-service-centres", county.centres(), demo=False)
    differing = []
    for address in addresses(public, keys):
        ours, theirs = (client.get(address, follow_redirects=True) for client in (operator, public))
        assert ours.status_code == theirs.status_code
        text, other = (MOMENT.sub("", text_of(answer, tmp_path)) for answer in (ours, theirs))
        if text != other:
            differing.append(address)
        assert not [wrong for wrong in ('id="viewer"', disputes.PERSONAL, disputes.INTERNAL) if wrong in text]
    assert differing == []
    assert app.test_client().post("/viewer", data={"role": "operator"}).status_code == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "county.example", "localhost.example"])
def test_serve_refuses_other_hosts_while_the_switch_is_on(
    demo_store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    started = _no_server(monkeypatch)
    assert main(["serve", "--host", host]) == 2
    assert "error[demo-exposed]" in capsys.readouterr().err
    disputes.put(demo_store, "party-service-centres", county.centres(), demo=False)
    assert main(["serve", "--host", host]) == 0
    assert started == [host]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_serve_allows_this_machine(demo_store: Store, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    started = _no_server(monkeypatch)
    assert main(["serve", "--host", host]) == 0
    assert started == [host]


def test_demo_data_that_come_later_bring_no_switch_to_other_machines(
    demo_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for host, switch in (("0.0.0.0", False), ("127.0.0.1", True)):
        reached = serving._make_app(host)
        reached.config["WTF_CSRF_ENABLED"] = False
        client = reached.test_client()
        assert client.post("/viewer", data={"role": "operator"}).status_code == (303 if switch else 403)
        viewer = client.get("/api/themes/overview").get_json()["viewer"]
        assert (viewer["role"], viewer["switch"]) == (("operator", True) if switch else ("public", False))
        assert ('id="viewer"' in client.get("/").text) == switch


def _no_server(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hosts for which a server would have been started; none is."""
    started: list[str] = []
    monkeypatch.setattr(serving, "_check_port", lambda host, port: None)
    for name in ("_gunicorn", "_waitress"):
        monkeypatch.setattr(serving, name, lambda host, *rest: started.append(host))
    return started
