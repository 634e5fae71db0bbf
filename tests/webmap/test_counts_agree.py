"""One count of a layer, wherever it stands: tree, legend, data page, features of the county, profile, chips of services."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.county import COUNTY
from tests.webmap.test_api_models import seen_by

ROLES = ("public", "planner", "operator")


@pytest.fixture(params=ROLES)
def viewer(request: pytest.FixtureRequest, sample_app: Flask) -> FlaskClient:
    return seen_by(sample_app, request.param)


def layers(viewer: FlaskClient) -> list[dict[str, object]]:
    return [
        one
        for one in viewer.get("/api/layers").get_json()["layers"]
        if one["access"] in ("exact", "grid") and one["edition"]
    ]


def test_every_place_that_counts_a_layer_says_the_same(viewer: FlaskClient) -> None:
    facilities = {
        one["layer"]: one["count"] for one in viewer.get(f"/api/areas/{COUNTY}").get_json()["facilities"]
    }
    outside = 0
    for layer in layers(viewer):
        id, count = layer["id"], layer["count"]
        legend = viewer.get(f"/api/layers/{id}/legend").get_json()
        assert legend["total"] == count == sum(row["count"] for row in legend["legend"]), id
        assert legend["outside"] == layer["outside"]
        whole = viewer.get(f"/api/layers/{id}/features?limit=1").get_json()["numberMatched"]
        assert whole == count + layer["outside"], id
        if layer["group"] not in ("divisions", "base", "indicators"):
            inside = viewer.get(f"/api/layers/{id}/features?limit=1&code={COUNTY}").get_json()[
                "numberMatched"
            ]
            assert inside == count, id
            assert facilities.get(id, 0) == count, id
        outside += layer["outside"]
    assert outside > 0, "the sample county has places across its line, or nothing was proved"


def test_the_data_page_tells_both(viewer: FlaskClient) -> None:
    page = viewer.get("/data").get_data(as_text=True)
    for layer in layers(viewer):
        if layer["outside"]:
            assert re.search(rf"{layer['count']:,}（县外另有 {layer['outside']:,}）", page), layer["id"]


def test_services_are_counted_as_in_the_profile(sample_app: Flask) -> None:
    planner = seen_by(sample_app, "planner")
    profile = {
        one["layer"]: one["count"] for one in planner.get(f"/api/areas/{COUNTY}").get_json()["facilities"]
    }
    offered = planner.get("/api/planning").get_json()["services"]
    assert {one["id"]: one["count"] for one in offered} == {
        one["id"]: profile.get(one["id"], 0) for one in offered
    }
