"""Coverage, scenarios and their files over HTTP, with figures worked out by hand on the drawn county.

Each square's people live in two halves, at (250, 500) and (750, 500) metres from its south-west corner; a centre stands
at (100, 100) of squares 1, 5, 8 and 9. Within 600 m that reaches the west halves of those four, and the east halves of
4, 7 and 8, whose right neighbours have a centre.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import unquote, urlencode

import geopandas as gpd
import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pyproj import Transformer

from layers.editions import Store
from layers.planning.usual import USUAL_SITING
from tests import county
from tests.county import METRIC, TOWNSHIPS, square, village_code
from webmap import create_app
from webmap.settings import Settings

CENTRES = "party-service-centres"
TOTAL = 4500.0
COVERED = {1: 50.0, 4: 200.0, 5: 250.0, 7: 350.0, 8: 800.0, 9: 450.0}
MIDDLE = Transformer.from_crs(METRIC, "EPSG:4490", always_xy=True).transform(*square(3).centroid.coords[0])
PLACE = f"{MIDDLE[0]:.7f},{MIDDLE[1]:.7f}"
"""The middle of square 3, 250 m from both halves and 559 m or more from everybody else's."""


def ask(client: FlaskClient, path: str = "/api/coverage", **words: str) -> Any:
    answer = client.get(
        f"{path}?{urlencode({'services': CENTRES, 'within': '600m', 'mode': 'straight'} | words)}"
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


def test_choices_name_services_standards_and_where_people_come_from(client: FlaskClient) -> None:
    found = client.get("/api/planning").json
    assert [item["id"] for item in found["services"]] == [CENTRES]
    assert found["services"][0]["count"] == 4
    standard = next(item for item in found["standards"] if item["id"] == "gb-50180-5")
    assert (standard["within"], standard["unit"], standard["basis"]) == (300, "m", "standard")
    assert "GB 50180" in standard["document"]
    demands = {item["id"]: item for item in found["demands"]}
    assert demands["population"]["unit"] == "人"
    assert demands["population"]["layer"] == "治理网格"
    assert found["roads"] is False
    assert found["candidates"] == 10
    assert found["defaults"]["services"] == CENTRES


def test_words_that_are_left_out_are_those_that_the_page_begins_with(client: FlaskClient) -> None:
    words = client.get("/api/planning").json["defaults"]
    assert (words["mode"], words["detour"], words["within"]) == ("detour", "1.3", "2000m")
    assert {name: words.pop(name) for name in USUAL_SITING} == USUAL_SITING
    bare, full = (client.get(f"/api/coverage{query}").json for query in ("", f"?{urlencode(words)}"))
    assert bare == full
    assert bare["query"] == (
        f"services={CENTRES}&within=2000m&match=any&mode=detour&detour=1.3&demand=population&by=village"
    )
    shorter = client.get("/api/coverage?within=600m").json
    assert shorter["parameters"]["detour"] == 1.3
    assert shorter["covered"] < ask(client)["covered"]


def test_coverage_counts_those_within_the_limit(client: FlaskClient) -> None:
    found = ask(client)
    assert found["total"] == TOTAL
    assert found["covered"] == sum(COVERED.values())
    assert found["share"] == pytest.approx(sum(COVERED.values()) / TOTAL)
    rows = {row["code"]: row for row in found["rows"]}
    for number in range(1, 10):
        row = rows[village_code(number)]
        assert row["demand"] == 100 * number
        assert row["covered"] == COVERED.get(number, 0.0), number
        assert row["share"] == pytest.approx(row["covered"] / row["demand"])
    assert {row["code"]: row["demand"] for row in found["townships"]} == {
        code: sum(100.0 * number for number in range(1, 10) if (number - 1) % 3 == column)
        for column, code in enumerate(TOWNSHIPS)
    }
    assert [row["code"] for row in found["unreached"]] == [village_code(number) for number in (6, 3, 2)]
    assert "600 米" in found["method"]
    assert found["editions"]["grids"]
    assert found["demo"] is True


def test_how_it_was_made_is_told_in_english(client: FlaskClient) -> None:
    english = ask(client, lang="en")["method"]
    assert "Straight-line distance up to 600 m (inclusive) counts as reached. Data: " in english
    assert not re.search("[\u4e00-\u9fff]", english)


def test_the_text_that_follows_a_slider_is_the_whole_answer(app: Flask, client: FlaskClient) -> None:
    from layers.disclosure import PUBLIC
    from layers.planning import coverage_plan

    for within in ("300m", "600m", "900m", "600m"):
        plan = coverage_plan({"services": CENTRES, "within": within})
        given = app.extensions["govmap"].county.planning.coverage(PUBLIC, plan).to_json()
        assert ask(client, within=within) == json.loads(json.dumps(given)) | {"query": plan.key}


def test_a_curve_never_falls_and_meets_the_answer(client: FlaskClient) -> None:
    found = ask(client)
    shares = found["curve"]["shares"]
    assert shares == sorted(shares)
    at = dict(zip(found["curve"]["limits"], shares, strict=True))
    assert at.get(600.0, found["share"]) == found["share"]


def test_an_area_is_asked_about_alone(client: FlaskClient) -> None:
    found = ask(client, code="140822101")
    assert found["total"] == 1500.0
    assert found["covered"] == COVERED[5] + COVERED[8]


def test_a_proposed_centre_gains_and_a_closed_one_loses(client: FlaskClient) -> None:
    now = ask(client)
    more = ask(client, place=PLACE)
    assert more["gain"] == {village_code(3): 300.0}
    assert more["covered"] == now["covered"] + 300
    less = ask(client, close=f"{CENTRES}:PSC001")
    assert less["gain"] == {village_code(1): -50.0}
    assert less["covered"] == now["covered"] - 50


def test_the_least_needed_centre_comes_first(client: FlaskClient) -> None:
    """Each reaches somebody whom no other does; what only it reaches is lost when it closes."""
    rows = ask(client, "/api/coverage/needs")["rows"]
    assert [row["alone"] for row in rows] == sorted(row["alone"] for row in rows)
    now = ask(client)["covered"]
    for row in rows:
        assert now - ask(client, close=row["code"])["covered"] == pytest.approx(row["alone"])


def test_shapes_are_what_is_reached_what_is_left_and_the_centres(client: FlaskClient) -> None:
    found = ask(client, "/api/coverage/shapes", place=PLACE, close=f"{CENTRES}:PSC001")
    assert found["reached"]["type"] in ("Polygon", "MultiPolygon")
    assert [gap["rank"] for gap in found["gaps"]] == list(range(1, len(found["gaps"]) + 1))
    people = [gap["people"] for gap in found["gaps"]]
    assert people == sorted(people, reverse=True)
    left = ask(client, place=PLACE, close=f"{CENTRES}:PSC001")
    assert sum(people) == pytest.approx(left["total"] - left["covered"])
    assert found["gaps"][0]["geometry"]["coordinates"]
    assert (found["level"], found["linked_m"], found["breaks"]) == ("grids", 1500, [800, 1000])
    places = found["places"]
    assert {len(column) for column in places.values()} == {len(places["codes"])}
    amounts = zip(places["amounts"], places["gaps"], strict=True)
    assert sum(amount for amount, gap in amounts if gap) == pytest.approx(sum(people))
    gained = [code for code, kind in zip(places["codes"], places["classes"], strict=True) if kind == 4]
    assert gained == [f"{village_code(3)}001", f"{village_code(3)}002"]
    states = {(item["layer"], item["key"]): item["open"] for item in found["centres"]}
    assert states[CENTRES, "PSC001"] is False
    assert states[CENTRES, "PSC005"] is True
    assert sum(layer == "placed" for layer, _ in states) == 1


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ({"within": "0m"}, 400, "limit-bad"),
        ({"within": "-5m"}, 400, "limit-bad"),
        ({"link": "0"}, 400, "limit-bad"),
        ({"link": "far"}, 400, "limit-bad"),
        ({"within": "600m,10min"}, 400, "limit-bad"),
        ({"services": ","}, 400, "bad-argument"),
        ({"services": "nope"}, 404, "layer-unknown"),
        ({"services": "villages"}, 400, "bad-argument"),
        ({"mode": "road"}, 400, None),
        ({"code": "140823"}, 404, "area-unknown"),
        ({"place": "200,35"}, 400, "bad-argument"),
        ({"close": "party-service-centres:none"}, 400, "bad-argument"),
        ({"detour": "nan", "mode": "detour"}, 400, "bad-argument"),
        ({"nonsense": "1"}, 400, "filter-bad"),
        ({"demand": "ghosts"}, 400, "bad-argument"),
    ],
)
def test_questions_that_cannot_be_say_so(
    client: FlaskClient, words: dict[str, str], status: int, code: str | None
) -> None:
    for path in ("/api/coverage", "/api/coverage/shapes"):
        answer = client.get(f"{path}?{urlencode({'services': CENTRES, 'within': '600m'} | words)}")
        assert answer.mimetype == "application/problem+json"
        assert answer.json["detail"]
        if code is not None:
            assert (answer.status_code, answer.json["code"]) == (status, code)
        assert 400 <= answer.status_code < 500


def test_a_repeated_question_is_answered_with_nothing_new(client: FlaskClient) -> None:
    address = f"/api/coverage?services={CENTRES}&within=600m"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_files_hold_rows_method_and_editions(client: FlaskClient) -> None:
    address = f"/api/coverage/export?services={CENTRES}&within=600m&place={PLACE}&format="
    sheet = client.get(f"{address}xlsx")
    book = zipfile.ZipFile(io.BytesIO(sheet.data))
    texts = unescape("".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml")))
    for words in ("600 米", "未覆盖/人", "比现状增加/人", "版本 治理网格", "1号村"):
        assert words in texts
    lines = list(csv.reader(io.StringIO(client.get(f"{address}csv").data.decode("utf-8-sig"))))
    assert len(lines) == 11
    assert {len(line) for line in lines} == {len(lines[0])}
    assert "600 米" in lines[1][-1]
    collection = json.loads(client.get(f"{address}geojson").data)
    assert "600 米" in collection["notes"]["方法"]
    rows = [item["properties"] for item in collection["features"] if item["properties"]["kind"] == "coverage"]
    amounts = {row["code"]: row["demand"] for row in rows}
    assert amounts[village_code(9)] == 900
    assert all(item["geometry"] for item in collection["features"])


def test_a_geopackage_opens_with_its_parts_and_notes(client: FlaskClient, tmp_path: Any) -> None:
    address = f"/api/coverage/export?services={CENTRES}&within=600m&by=township&place={PLACE}&format="
    answer = client.get(f"{address}gpkg")
    file = tmp_path / "coverage.gpkg"
    file.write_bytes(answer.data)
    rows = gpd.read_file(file, layer="coverage")
    assert rows["demand"].sum() == TOTAL
    assert "township" not in rows
    assert rows.crs.to_epsg() == 4490
    shapes = client.get(f"/api/coverage/shapes?services={CENTRES}&within=600m&place={PLACE}").json
    gaps = gpd.read_file(file, layer="gaps")
    assert gaps["uncovered"].tolist() == [gap["people"] for gap in shapes["gaps"]]
    assert gaps["site"].tolist() == [gap["site"]["name"] for gap in shapes["gaps"]]
    assert gaps["township"].tolist() == [gap["township"]["name"] for gap in shapes["gaps"]]
    served = [(gap["nearest"]["name"], gap["nearest"]["way"]) for gap in shapes["gaps"]]
    assert list(zip(gaps["nearest"], gaps["nearest_way"], strict=True)) == served
    assert set(gaps.geometry.geom_type) == {"Polygon"}
    placed = gpd.read_file(file, layer="proposed")
    assert [(row.lon, row.lat) for row in placed.itertuples()] == [tuple(map(float, PLACE.split(",")))]
    assert placed["gain"].sum() == sum(
        amount
        for amount, kind in zip(shapes["places"]["amounts"], shapes["places"]["classes"], strict=True)
        if kind == 4
    )
    notes = gpd.read_file(file, layer="notes")
    assert "方法" in set(notes["label"])
    assert client.get(f"/api/coverage/export?services={CENTRES}&within=600m&format=exe").status_code == 400


def test_a_workbook_has_sheets_of_proposals_and_gaps(client: FlaskClient) -> None:
    address = f"/api/coverage/export?services={CENTRES}&within=600m&format=xlsx"
    book = load_workbook(io.BytesIO(client.get(f"{address}&place={PLACE}").data))
    assert book.sheetnames == ["数据", "拟建点", "空白片区", "说明"]
    heads = [[cell.value for cell in sheet[1]] for sheet in book.worksheets[:3]]
    assert heads[0][:3] == ["区划代码", "名称", "所属乡镇"]
    assert heads[1] == ["编号", "经度", "纬度", "新增覆盖/人"]
    assert heads[2] == [
        "名次", "名称", "所属乡镇", "未覆盖/人", "最远/米", "最近的中心", "离最近的中心/米", "建议位置", "新增/人", "没有建议位置的原因",
    ]  # fmt: skip
    assert book.worksheets[0]["C2"].value == "西镇"
    assert load_workbook(io.BytesIO(client.get(address).data)).sheetnames == ["数据", "空白片区", "说明"]


def test_a_gap_says_why_nobody_looked_for_a_place_to_build(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.planning.plans.MOST_SITES", 1)
    words = f"services={CENTRES}&within=510m&mode=straight&link=501m"
    shapes = client.get(f"/api/coverage/shapes?{words}").json
    assert (shapes["sited"], [gap["site"] is None for gap in shapes["gaps"]]) == (1, [False, *[True] * 6])
    book = load_workbook(io.BytesIO(client.get(f"/api/coverage/export?{words}&format=xlsx").data))
    rows = list(book["空白片区"].iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == [None, *["没有算：只算人最多的前1片"] * 6]
    assert [row[2] for row in rows] == [gap["township"]["name"] for gap in shapes["gaps"]]


def test_features_say_of_which_kind_they_are(client: FlaskClient) -> None:
    address = f"/api/coverage/export?services={CENTRES}&within=600m&place={PLACE}&format=geojson"
    features = json.loads(client.get(address).data)["features"]
    kinds = [feature["properties"]["kind"] for feature in features]
    assert (kinds.count("coverage"), kinds.count("proposed")) == (10, 1)
    assert kinds[-1] == "gaps"
    assert features[-1]["geometry"]["type"] == "Polygon"


@pytest.mark.parametrize(
    ("scenario", "name"),
    [("方案一", "_方案一"), ("a/b\u202e\nc", "_a_b c"), ("x" * 90, f"_{'x' * 40}"), (" . ", ""), ("", "")],
)
def test_the_name_of_a_scenario_stands_in_that_of_the_file(
    client: FlaskClient, scenario: str, name: str
) -> None:
    words = {"services": CENTRES, "within": "600m", "format": "csv", "scenario": scenario}
    answer = client.get("/api/coverage/export", query_string=words)
    assert unquote(answer.headers["Content-Disposition"]).endswith(f"党群服务中心覆盖_600米{name}.csv")


def test_access_is_what_people_can_reach(client: FlaskClient) -> None:
    found = ask(client, "/api/coverage/access")
    rows = {row["code"]: row for row in found["rows"]}
    # centre 1 has the 50 of its own west half alone
    assert rows[village_code(1)]["access"] == pytest.approx(1000 / 100)
    assert sum(row["demand"] * (row["access"] or 0) for row in found["rows"]) == pytest.approx(4000)
    assert (found["supply"], found["used"], found["rate_unit"]) == (4, 4, "处/千人")
    assert found["breaks"] == sorted(found["breaks"])
    falling = ask(client, "/api/coverage/access", decay="gaussian", by="township", lang="en")
    assert falling["query"].endswith("&by=township&decay=gaussian")
    assert falling["parameters"]["decay"] == "gaussian"
    assert not re.search("[\u4e00-\u9fff]", falling["method"])
    refused = client.get(f"/api/coverage/access?services={CENTRES}&decay=linear")
    assert (refused.status_code, refused.json["code"]) == (400, "bad-argument")


def test_access_can_be_taken_away(client: FlaskClient) -> None:
    address = f"/api/coverage/access/export?services={CENTRES}&within=600m&mode=straight&decay=step"
    lines = list(csv.reader(io.StringIO(client.get(f"{address}&format=csv").data.decode("utf-8-sig"))))
    assert lines[0][3] == "可达性（处/千人）"
    assert len(lines) == 11
    assert client.get(f"{address}&format=exe").status_code == 400


def test_a_village_of_which_nothing_is_known_has_no_figures(client: FlaskClient, demo_store: Store) -> None:
    villages, grids = county.villages(), county.grids()
    villages.loc[1, "population"] = pd.NA
    grids.loc[grids["village_code"] == village_code(2), "population"] = pd.NA
    for layer, rows in (("villages", villages), ("grids", grids)):
        demo_store.publish(layer, rows, source="手画", source_sha256="1" * 64, by="test", demo=True)
    answer = ask(client)
    assert answer["total"] == TOTAL - 200
    assert answer["notes"][0].startswith("1 个村没有人口数，没有算在内：2号村")
    rows = {row["code"]: row for row in answer["rows"]}
    second = rows[village_code(2)]
    assert (second["demand"], second["covered"], second["share"]) == (None, None, None)
    assert second["distance_m"] > 0 and second["nearest"]
    address = f"/api/coverage/export?services={CENTRES}&within=600m&format="
    lines = list(csv.reader(io.StringIO(client.get(f"{address}csv").data.decode("utf-8-sig"))))
    (line,) = (line for line in lines if line[1] == "2号村")
    assert line[2:7] == ["中镇", "", "", "", ""]
    sheet = load_workbook(io.BytesIO(client.get(f"{address}xlsx").data)).worksheets[0]
    (cells,) = (row for row in sheet.iter_rows(values_only=True) if row[1] == "2号村")
    assert cells[3:7] == (None,) * 4
    first, other = save(client, "一", NOW), save(client, "二", f"{NOW}&place={PLACE}")
    compared = client.get(f"/api/scenarios/compare?a={first['token']}&b={other['token']}").json
    assert village_code(2) not in {row["code"] for row in compared["rows"]}


# ---- scenarios ----

NOW = f"services={CENTRES}&within=600m&mode=straight"


def save(client: FlaskClient, name: str, query: str) -> Any:
    answer = client.post("/api/scenarios", json={"name": name, "query": query})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return answer.json


def test_a_scenario_is_kept_under_an_address_that_cannot_be_guessed(client: FlaskClient) -> None:
    first = save(client, "  方案 一 ", f"{NOW}&place={PLACE}")
    second = save(client, "方案一", NOW)
    assert re.fullmatch(r"[0-9a-f]{32}", first["token"])
    assert first["token"] != second["token"]
    assert first["url"] == f"/map/coverage?scenario={first['token']}"
    found = client.get(f"/api/scenarios/{first['token']}").json
    assert found["name"] == "方案 一"
    assert found["placed"] == 1
    assert found["covered"] == ask(client, place=PLACE)["covered"]
    assert found["changed"] == []
    assert client.get(found["url"]).status_code == 200


def test_a_scenario_of_an_earlier_version_means_what_it_meant(app: Flask, client: FlaskClient) -> None:
    scenarios = app.extensions["govmap"].county.scenarios
    old = scenarios.save("旧", f"services={CENTRES}&within=600m", editions={}, by="public")
    assert client.get(f"/api/scenarios/{old.token}").json["covered"] == ask(client)["covered"]
    new = save(client, "新", f"services={CENTRES}&within=600m")
    assert "mode=detour" in new["query"]


def test_a_scenario_tells_that_the_data_have_changed(
    client: FlaskClient, demo_store: Any, catalog: Any
) -> None:
    from tests import county

    made = save(client, "旧", NOW)
    rows = county.centres().iloc[:3]
    demo_store.publish(CENTRES, rows, source="手画", source_sha256="1" * 64, by="test", demo=True)
    found = client.get(f"/api/scenarios/{made['token']}").json
    assert found["changed"] == [CENTRES]
    assert found["covered"] == sum(COVERED.values()) - 450 - 400


def test_two_scenarios_side_by_side(client: FlaskClient) -> None:
    a = save(client, "现状", NOW)
    b = save(client, "关掉一处", f"{NOW}&close={CENTRES}:PSC001")
    found = client.get(f"/api/scenarios/compare?a={a['token']}&b={b['token']}").json
    assert (found["a"]["name"], found["b"]["name"]) == ("现状", "关掉一处")
    assert found["difference"] == -50
    assert found["rows"] == [
        {"code": village_code(1), "name": "1号村", "demand": 100.0, "a": 50.0, "b": 0.0, "difference": -50.0}
    ]
    assert found["townships"][0] == {
        "code": "140822100", "name": "西镇", "demand": 1200.0, "a": 600.0, "b": 550.0, "difference": -50.0,
    }  # fmt: skip
    other = save(client, "老人", f"{NOW}&demand=population_60_plus")
    assert client.get(f"/api/scenarios/compare?a={a['token']}&b={other['token']}").status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "query": NOW},
        {"name": "长" * 61, "query": NOW},
        {"name": "零", "query": "within=0m"},
        {"name": "错", "query": "services=nope&within=600m"},
        {"name": "多", "query": f"{NOW}&f.name=x"},
        {"name": "多", "query": NOW, "role": "operator"},
        [1, 2],
    ],
)
def test_scenarios_that_cannot_be_are_refused(client: FlaskClient, body: Any) -> None:
    answer = client.post("/api/scenarios", json=body)
    assert answer.status_code in (400, 404)
    assert answer.json["detail"]


def test_an_unknown_token_is_not_there(client: FlaskClient) -> None:
    for token in ("0" * 32, "x", "0" * 31, "0" * 400):
        answer = client.get(f"/api/scenarios/{token}")
        assert (answer.status_code, answer.json["code"]) == (404, "scenario-unknown")


def test_a_name_is_text_wherever_it_goes(client: FlaskClient) -> None:
    name = "<img src=x onerror=alert(1)>{{7*7}}"
    made = save(client, name, NOW)
    assert client.get(f"/api/scenarios/{made['token']}").json["name"] == name


def test_saving_needs_the_token_of_the_page(settings: Settings) -> None:
    client = create_app(settings).test_client()
    body = {"name": "方案", "query": NOW}
    assert client.post("/api/scenarios", json=body).status_code == 400
    page = client.get("/map/coverage").get_data(as_text=True)
    assert len(page.encode()) <= 40 * 1024
    found = re.search(r'data-token="([^"]+)"', page)
    assert found is not None
    headers = {"X-CSRFToken": found[1]}
    assert client.post("/api/scenarios", json=body, headers=headers).status_code == 201
    assert client.delete(f"/api/jobs/{'0' * 32}").status_code == 400
    assert client.delete(f"/api/jobs/{'0' * 32}", headers=headers).status_code == 404


def test_who_may_not_see_a_service_may_not_ask_about_it(
    client: FlaskClient, as_role: Callable[..., FlaskClient]
) -> None:
    """Places of disputes are nobody's service; what a role sees exactly it may ask about."""
    for asking in (client, as_role("operator")):
        answer = asking.get("/api/coverage?services=disputes&within=600m")
        assert answer.status_code in (400, 403)
    assert ask(as_role("operator"))["covered"] == ask(client)["covered"]
