"""Screen shapes over HTTP."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from layers.editions import Store
from tests import county
from tests.disputes import TOTAL, put

As = Callable[..., FlaskClient]


def version(client: FlaskClient, layer: str) -> str:
    text: str = json.loads(client.get(f"/api/layers/{layer}").data)["v"]
    return text


def shapes(client: FlaskClient, layer: str, query: str = "z=10") -> dict[str, Any]:
    answer = client.get(f"/api/layers/{layer}/shapes?v={version(client, layer)}&{query}")
    assert answer.status_code == 200, answer.data
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    document: dict[str, Any] = json.loads(answer.data)
    return document


def test_villages_at_one_band(client: FlaskClient) -> None:
    found = shapes(client, "villages", "z=13")
    assert (found["mode"], found["kind"], found["count"], found["z"]) == ("whole", "polygon", 10, 13)
    assert {len(found[name]) for name in ("key", "name", "cls", "geom", "label")} == {10}
    assert found["name"][8] == county.HOSTILE
    assert [len(rings) for rings in found["geom"]] == [1, 1, 1, 1, 2, 1, 1, 1, 1, 1]


def test_neighbouring_squares_share_their_corners(client: FlaskClient) -> None:
    found = shapes(client, "villages", "z=12")
    corners = []
    for rings in found["geom"][:2]:
        x = y = 0
        place = set()
        for dx, dy in zip(rings[0][::2], rings[0][1::2], strict=True):
            x, y = x + dx, y + dy
            place.add((x, y))
        corners.append(place)
    assert len(corners[0] & corners[1]) == 2


def test_another_version_leads_to_the_right_one(client: FlaskClient, demo_store: Store) -> None:
    old = version(client, "villages")
    put(demo_store, "villages", county.villages().head(9), demo=True)
    answer = client.get(f"/api/layers/villages/shapes?v={old}&z=10&code=140822100")
    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "no-store"
    followed = client.get(answer.headers["Location"])
    assert json.loads(followed.data)["count"] == 3


def test_another_viewer_cannot_use_a_version(client: FlaskClient, as_role: As) -> None:
    theirs = version(as_role("mediator"), "disputes")
    answer = client.get(f"/api/layers/disputes/shapes?v={theirs}&z=10")
    assert answer.status_code == 302
    assert "mediator" not in answer.headers["Location"]


def test_disputes_by_role(client: FlaskClient, as_role: As) -> None:
    public = shapes(client, "disputes", "z=12&period=2024Q1")
    assert (public["kind"], public["count"], public["period"]) == ("polygon", 10, "2024Q1")
    planner = shapes(as_role("planner"), "disputes", "z=12")
    assert (planner["kind"], planner["count"]) == ("point", TOTAL)
    assert set(planner["name"]) == {""}
    exact = shapes(as_role("mediator"), "disputes", "z=16")
    blurred = shapes(as_role("planner"), "disputes", "z=16")
    assert exact["geom"] != blurred["geom"]
    assert len({tuple(place) for place in blurred["geom"]}) <= 19


@pytest.mark.parametrize(
    "query", ["z=9", "z=x", "z=10&tile=1", "z=10&tile=99999,1", "z=10&bbox=1", "z=10&unknown=1"]
)
def test_wrong_shapes_are_400(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/layers/villages/shapes?v={version(client, 'villages')}&{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_nothing_new_is_304(client: FlaskClient) -> None:
    path = f"/api/layers/villages/shapes?v={version(client, 'villages')}&z=11"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
