"""What routes declare is what they answer: the hand-drawn and the sample county, through the eyes of every role."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError

from layers.spec import ROLES
from tests.webmap.routes import QUESTIONS
from webmap.api.answers import to_json

OF_A_LAYER = ("", "/features", "/shapes?z=16", "/rows?limit=5", "/legend", "/timeline")
SPOTS = ("", "?by=grid&neighbours=band", "?since=2020-01-01&until=2020-02-01")


def seen_by(app: Flask, role: str) -> FlaskClient:
    """A client of a role; a grid worker has the first grid."""
    client = app.test_client()
    scope = next(iter(keys(client, "grids"))) if role == "grid_worker" else ""
    assert client.post("/viewer", data={"role": role, "scope": scope}).status_code == 303
    return client


def keys(client: FlaskClient, layer: str) -> list[str]:
    answer = client.get(f"/api/layers/{layer}/rows?limit=2")
    found: list[str] = json.loads(answer.data)["keys"] if answer.status_code == 200 else []
    return found


def documents(client: FlaskClient) -> Iterator[str]:
    """Addresses of every document that can be asked for."""
    yield from (
        "/healthz",
        "/readyz",
        "/api/openapi.json",
        "/api/layers",
        "/api/themes",
        "/api/planning",
        "/api/token",
    )
    yield from (
        "/api/exports",
        "/api/sheets/reports",
        "/api/sheets/reports?code=140822100",
        "/api/search?q=村",
    )
    yield from (f"/api/themes/{item['id']}" for item in client.get("/api/themes").get_json()["themes"])
    yield from (f"/api/sheets/options?theme=overview&atlas={by}" for by in ("", "township"))
    for layer in (item["id"] for item in client.get("/api/layers").get_json()["layers"]):
        yield from (f"/api/layers/{layer}{part}" for part in OF_A_LAYER)
        yield from (f"/api/layers/{layer}/records/{quote(key, safe='')}" for key in keys(client, layer))
    codes = [
        code for layer in ("counties", "townships", "villages", "grids") for code in keys(client, layer)[:1]
    ]
    yield from (f"/api/areas/{code}" for code in codes)
    yield from (f"/api/hotspots{part}{query}" for part in ("", "/density") for query in SPOTS)
    more = (
        "services=party-service-centres&within=15min",
        "services=party-service-centres&within=1km&capacity=1",
    )
    for question in (*QUESTIONS, *more):
        yield from (f"/api/coverage{part}?{question}" for part in ("", "/shapes", "/needs"))


def statuses(client: FlaskClient) -> dict[str, int]:
    return {address: client.get(address, follow_redirects=True).status_code for address in documents(client)}


@pytest.mark.parametrize("role", ROLES)
def test_the_hand_drawn_county_answers_as_declared(app: Flask, role: str) -> None:
    found = statuses(seen_by(app, role))
    assert set(found.values()) <= {200, 400, 403, 404, 422}
    assert found["/api/layers/villages/features"] == found["/api/coverage/shapes?" + QUESTIONS[0]] == 200


@pytest.mark.parametrize(
    "role",
    [
        role if role in ("grid_worker", "operator") else pytest.param(role, marks=pytest.mark.soak)
        for role in ROLES
    ],
)
def test_the_sample_county_answers_as_declared(sample_app: Flask, role: str) -> None:
    found = statuses(seen_by(sample_app, role))
    assert set(found.values()) <= {200, 400, 403, 404, 422}
    assert (
        found["/api/areas/140822"]
        == found["/api/layers/orchards/features"]
        == found["/api/themes/overview"]
        == 200
    )


def test_an_answer_that_is_not_as_declared_fails(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.api.areas.to_json", lambda document: to_json(document | {"more": 1}))
    with pytest.raises(ValidationError, match=r"more\n  Extra inputs are not permitted"):
        client.get("/api/search?q=1")
