"""Profiles and search over HTTP."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.county import HOSTILE, village_code
from tests.disputes import COUNTS, PERIODS, TOTAL

As = Callable[..., FlaskClient]


def profile(client: FlaskClient, code: str) -> dict[str, Any]:
    answer = client.get(f"/api/areas/{code}")
    assert answer.status_code == 200
    document: dict[str, Any] = json.loads(answer.data)
    return document


def figures(document: dict[str, Any]) -> dict[str, Any]:
    return {figure["id"]: figure["value"] for figure in document["figures"]}


@pytest.mark.parametrize(
    ("code", "people", "villages", "grids", "children"),
    [
        ("140822", 4500, 10, 19, 3),
        ("140822100", 1200, 3, 6, 3),
        ("140822102", 1800, 4, 7, 4),
        (village_code(5), 500, None, 2, 2),
        (f"{village_code(5)}001", 250, None, None, 0),
    ],
)
def test_roll_ups(
    client: FlaskClient, code: str, people: int, villages: int | None, grids: int | None, children: int
) -> None:
    document = profile(client, code)
    found = figures(document)
    assert found["population"] == people
    assert found.get("villages") == villages
    assert found.get("grids") == grids
    assert len(document["children"]) == children
    assert all(
        {"label", "value", "unit", "period", "source", "edition", "method"} <= set(figure)
        for figure in document["figures"]
    )


def test_areas_are_measured_in_metres(client: FlaskClient) -> None:
    assert figures(profile(client, village_code(5)))["area_km2"] == pytest.approx(0.96, abs=1e-6)
    assert figures(profile(client, "140822"))["area_km2"] == pytest.approx(9.002, abs=1e-6)


def test_services_say_out_of_how_many(client: FlaskClient) -> None:
    found = {share["layer"]: share for share in profile(client, "140822")["services"]}
    centres = found["party-service-centres"]
    assert (centres["numerator"], centres["denominator"], centres["value"]) == (4, 10, 0.4)
    middle = profile(client, "140822101")["services"][0]
    assert (middle["numerator"], middle["denominator"]) == (2, 3)


def test_parents_and_bounds(client: FlaskClient) -> None:
    document = profile(client, f"{village_code(1)}002")
    assert [up["name"] for up in document["parents"]] == ["手画县", "西镇", "1号村"]
    west, south, east, north = document["bounds"]
    assert west < east
    assert south < north


def test_disputes_of_an_area_by_viewer(client: FlaskClient, as_role: As) -> None:
    public = profile(client, village_code(7))["disputes"]
    assert (public["visibility"], [item["period"] for item in public["periods"]]) == ("counts", list(PERIODS))
    assert public["periods"][0] == {"period": "2024Q1", "count": 9, "suppressed": False}
    assert "open" not in public
    assert "months" not in public
    mediator = profile(as_role("mediator"), "140822")["disputes"]
    assert mediator["total"] == sum(month["count"] for month in mediator["months"])
    assert len(mediator["months"]) == 12
    assert sum(mediator["open"].values()) == len([i for i in range(TOTAL) if i % 4 == 0]) or mediator["open"]
    worker = as_role("grid_worker", f"{village_code(7)}001")
    assert profile(worker, village_code(1))["disputes"]["visibility"] == "none"
    own = profile(worker, f"{village_code(7)}001")["disputes"]
    assert 0 < own["total"] <= sum(COUNTS[7])


def test_a_grid_has_no_published_counts(client: FlaskClient) -> None:
    disputes = profile(client, f"{village_code(7)}001")["disputes"]
    assert disputes["periods"] == []


@pytest.mark.parametrize(
    ("text", "first", "by", "match"),
    [
        ("西镇", "140822100", "name", [0, 2]),
        ("西", "140822100", "name", [0, 1]),
        ("xizhen", "140822100", "pinyin", [0, 2]),
        ("XiZh", "140822100", "pinyin", [0, 2]),
        ("xz", "140822100", "initials", [0, 2]),
        ("dx", "140822102", "initials", [0, 2]),
        ("140822101", "140822101", "code", [0, 0]),
        (village_code(3), village_code(3), "code", [0, 0]),
        ("3号村", village_code(3), "name", [0, 3]),
        ("zhongzhen", "140822101", "pinyin", [0, 2]),
    ],
)
def test_search(client: FlaskClient, text: str, first: str, by: str, match: list[int]) -> None:
    found = json.loads(client.get("/api/search", query_string={"q": text}).data)
    assert found["matched_by"] == by
    best = found["results"][0]
    assert (best["key"], best["match"]) == (first, match)
    assert len(found["results"]) <= 10
    assert {
        "type",
        "type_title",
        "layer",
        "key",
        "name",
        "place",
        "code",
        "lon",
        "lat",
        "bounds",
        "matched",
    } <= set(best)


def test_townships_before_villages_before_facilities(client: FlaskClient) -> None:
    found = json.loads(client.get("/api/search?q=5").data)["results"]
    layers = [hit["layer"] for hit in found]
    assert layers == sorted(layers, key=["townships", "villages", "party-service-centres", "grids"].index)


def test_search_for_nothing_and_for_too_much(client: FlaskClient) -> None:
    assert json.loads(client.get("/api/search?q=").data)["results"] == []
    assert json.loads(client.get("/api/search?q=没有这个").data)["results"] == []
    assert client.get("/api/search", query_string={"q": "村" * 61}).status_code == 400
    assert client.get("/api/search?x=1").status_code == 400


def test_hostile_names_are_data(client: FlaskClient) -> None:
    found = json.loads(client.get("/api/search", query_string={"q": "<img"}).data)["results"]
    assert found[0]["name"] == HOSTILE
    assert profile(client, village_code(9))["name"] == HOSTILE


def test_an_extent_is_said_by_the_statement(client: FlaskClient) -> None:
    box = "bbox=110,35,110.5,36"
    rows = json.loads(client.get(f"/api/layers/villages/rows?{box}").data)
    assert (rows["statement"]["frame"], rows["statement"]["n"], rows["statement"]["total"]) == (True, 0, 0)
    assert "地图范围内" in rows["statement"]["title"]
    document = json.loads(client.get(f"/api/areas/140822?{box}").data)
    assert figures(document)["villages"] == 0
    assert client.get("/api/areas/140822?bbox=1,2,3").status_code == 400
