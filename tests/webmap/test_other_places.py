"""A county whose grids have 14 or 18 digits, and a prefecture with two counties, from the file to the page."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from flask.testing import FlaskClient

from exports.reports.make import report_plan
from exports.sheets.area_table import area_table
from exports.sheets.draw import draw
from exports.sheets.plan import sheet_plan
from geo.errors import ArgumentError, ForbiddenError, UnknownAreaError
from layers.county import County
from layers.disclosure import PUBLIC, RowFilter, Viewer
from layers.intake import ImportOptions, ImportResult, Intake
from layers.intake.health import check_health
from layers.planning import coverage_plan, hotspot_plan
from layers.reports.compose import compose
from tests import county as drawn
from tests.county import METRIC, SLIVER, village_code
from tests.disputes import COUNTS, TOTAL, disputes
from tests.exports.sheets.drawn import TODAY, shapes, texts
from tests.other_places import (
    EAST,
    PREFECTURE,
    WEST,
    county_with_grids,
    grid_code,
    prefecture,
    renamed,
    to_prefecture,
    with_grids,
)
from webmap import create_app
from webmap.cli import main
from webmap.jobs.kinds import siting_plan
from webmap.settings import load_settings

CENTRES = "party-service-centres"
OPERATOR = Viewer("operator", WEST)
QUESTION = {"services": CENTRES, "within": "500m"}


@pytest.fixture(scope="module", params=[14, 18])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> County:
    """The hand-drawn county with grids of so many digits; not to be changed."""
    return county_with_grids(tmp_path_factory.mktemp("grids") / "home", request.param)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> County:
    """The prefecture; not to be changed."""
    return prefecture(tmp_path_factory.mktemp("city") / "home")


def grid_of(place: County, number: int, half: int) -> str:
    return grid_code(number, half, place.divisions.named("grid").digits)


def viewing(place: County, viewer: tuple[str, str] | None = None) -> Callable[[str], Any]:
    """``ask(address)`` is the JSON that the API gives the public, or one who chose another role."""
    app = create_app(load_settings(home=place.settings.home))
    app.config["WTF_CSRF_ENABLED"] = False
    client: FlaskClient = app.test_client()
    if viewer is not None:
        role, scope = viewer
        assert client.post("/viewer", data={"role": role, "scope": scope}).status_code == 303
    return lambda address: json.loads(client.get(address).data)


# ---- grids of 14 and 18 digits ----


def bring_in(place: County, home: Path, layer: str, table: gpd.GeoDataFrame) -> ImportResult:
    file = home / f"{layer}.geojson"
    table.to_file(file, driver="GeoJSON")
    options = ImportOptions(mode="replace")
    return Intake(place.store, place.code, METRIC).run(layer, file, options)


@pytest.mark.parametrize("digits", [14, 18])
def test_an_import_knows_grids_by_their_length(tmp_path: Path, digits: int) -> None:
    """A grid's code gives its village's, in the grid's own row and in that of a dispute; a grid's of another length does not."""
    place = county_with_grids(tmp_path / "home", digits)
    grids = renamed(drawn.grids(), with_grids(digits)).drop(columns="village_code")
    found = bring_in(place, tmp_path, "grids", grids)
    assert (found.rows_published, found.blocking) == (19, ())
    assert "code-filled" not in {one.rule for one in found.findings}
    given = place.store.read("grids")
    assert given["village_code"].tolist() == drawn.grids()["village_code"].tolist()

    cases = renamed(disputes(), with_grids(digits)).drop(columns="village_code").head(4)
    cases["grid_code"] = [grid_code(5, 1, digits)] * 2 + [f"{village_code(5)}001"] * 2
    found = bring_in(place, tmp_path, "disputes", cases)
    assert (
        place.store.read("disputes")["village_code"].tolist() == [village_code(5)] * 2 + [village_code(1)] * 2
    )
    assert [one.rule for one in found.findings if one.rule == "code-unregistered"] == [
        "code-unregistered"
    ] * 2


def test_a_grid_worker_sees_one_grid(place: County) -> None:
    worker = Viewer("grid_worker", grid_of(place, 7, 1))
    rows = place.door.rows("disputes", worker).rows
    every = renamed(disputes(), with_grids(place.divisions.named("grid").digits))
    assert rows["code"].tolist() == every[every["grid_code"] == worker.scope]["code"].tolist() != []
    chosen = place.door.rows("disputes", OPERATOR, RowFilter(code=worker.scope)).rows
    assert chosen["code"].tolist() == rows["code"].tolist()
    with pytest.raises(ForbiddenError):
        place.planning.hotspots(worker, hotspot_plan({"by": "village"}))


def test_rows_without_a_code_of_a_grid_are_found_by_place(place: County) -> None:
    """The centre of square 5 lies in its west grid and says only the village."""
    in_grid = [
        len(place.door.rows(CENTRES, PUBLIC, RowFilter(code=grid_of(place, 5, half))).rows) for half in (1, 2)
    ]
    assert in_grid == [1, 0]
    facilities = place.areas.profile(grid_of(place, 5, 1), PUBLIC).to_json("zh")["facilities"]
    assert [(one["layer"], one["count"]) for one in facilities] == [(CENTRES, 1)]


def test_profiles_go_down_to_the_grid(place: County) -> None:
    grid = place.areas.profile(grid_of(place, 4, 2), PUBLIC).to_json("zh")
    assert (grid["level"], grid["layer"], grid["children"]) == ("grid", "grids", [])
    assert [up["code"] for up in grid["parents"]] == [WEST, "140822100", village_code(4)]
    assert {figure["id"]: figure["value"] for figure in grid["figures"]}["population"] == 200
    village = place.areas.profile(village_code(4), PUBLIC).to_json("zh")
    assert [child["code"] for child in village["children"]] == [grid_of(place, 4, 1), grid_of(place, 4, 2)]
    whole = {
        figure["id"]: figure["value"] for figure in place.areas.profile(WEST, PUBLIC).to_json("zh")["figures"]
    }
    assert (whole["population"], whole["grids"]) == (4500, 19)


def test_an_unknown_code_is_told_the_lengths(place: County) -> None:
    digits = place.divisions.named("grid").digits
    with pytest.raises(UnknownAreaError, match=f"用县 6、乡镇 9、村 12 或网格 {digits} 位代码"):
        place.areas.area(f"{village_code(1)}001")
    with pytest.raises(ArgumentError, match=f"要 6、9、12 或 {digits} 位数字"):
        coverage_plan(QUESTION | {"code": f"{village_code(1)}001"}, place.divisions)
    with pytest.raises(ArgumentError, match=f"村 12 位或网格 {digits} 位代码"):
        report_plan({"report": "profile"}, place, OPERATOR)


def test_coverage_by_grid(place: County) -> None:
    """The same halves as in the hand-drawn county, and half of the people each."""
    found = place.planning.coverage(OPERATOR, coverage_plan(QUESTION | {"by": "grid"}, place.divisions))
    rows = {row.code: row for row in found.rows}
    assert len(rows) == 19
    assert sum(row.demand for row in found.rows) == found.total == 4500
    assert rows[grid_of(place, 9, 1)].demand == rows[grid_of(place, 9, 2)].demand == 450
    one = place.planning.coverage(
        OPERATOR, coverage_plan(QUESTION | {"code": grid_of(place, 9, 1)}, place.divisions)
    )
    assert one.total == 450


def test_hotspots_by_grid(place: County) -> None:
    cases = place.planning.cases(OPERATOR, hotspot_plan({"by": "grid"}))
    counts = dict(zip(cases.areas["code"], cases.counts, strict=True))
    assert sum(counts.values()) == TOTAL
    assert counts[grid_of(place, 7, 1)] + counts[grid_of(place, 7, 2)] == sum(COUNTS[7])


def test_a_sheet_of_a_grid_is_called_by_it(place: County) -> None:
    plan = sheet_plan({"theme": "overview", "layers": "villages,grids", "code": grid_of(place, 4, 2)}, place)
    sheet = draw(place, OPERATOR, plan, made_on=TODAY)
    assert "4号村第2网格基层治理总览图" in "".join(texts(sheet, "title"))
    table = area_table(place, OPERATOR, replace(plan, code=village_code(4)), plan.layers)
    assert table is not None
    assert (table.columns[0], sorted(row[0] for row in table.rows)) == ("网格", ["第1网格", "第2网格"])
    assert area_table(place, OPERATOR, plan, plan.layers) is None


def test_grids_on_the_sheet_of_a_village_carry_their_names(place: County) -> None:
    plan = sheet_plan({"theme": "overview", "layers": "villages,grids", "code": village_code(4)}, place)
    assert {"第1网格", "第2网格"} <= set(texts(draw(place, OPERATOR, plan, made_on=TODAY), "grid"))


def test_a_sheet_of_coverage_in_a_grid(place: County) -> None:
    words = QUESTION | {"theme": "coverage", "mode": "straight", "code": grid_of(place, 5, 1)}
    sheet = draw(place, OPERATOR, sheet_plan(words, place), made_on=TODAY)
    assert "5号村第1网格" in "".join(texts(sheet, "title"))


def test_gaps_name_villages_though_people_are_counted_by_grid(place: County) -> None:
    reach = place.planning.shapes(OPERATOR, coverage_plan(QUESTION, place.divisions))
    named = {code for gap in reach.gaps for code, _ in gap.villages}
    assert named <= {village_code(number) for number in range(1, 10)} | {SLIVER}
    assert village_code(3) in named


def test_scenarios_and_jobs_take_such_codes(place: County) -> None:
    code = grid_of(place, 9, 2)
    app = create_app(load_settings(home=place.settings.home))
    app.config["WTF_CSRF_ENABLED"] = False
    query = f"services={CENTRES}&within=500m&code={code}"
    saved = app.test_client().post("/api/scenarios", json={"name": "一格", "query": query})
    found = app.test_client().get(f"/api/scenarios/{json.loads(saved.data)['token']}")
    assert json.loads(found.data)["total"] == 450
    assert siting_plan(QUESTION | {"code": code}, place, OPERATOR).coverage.code == code


def test_the_api_takes_and_gives_such_codes(place: County) -> None:
    code, digits = grid_of(place, 7, 1), place.divisions.named("grid").digits
    ask = viewing(place, ("grid_worker", code))
    assert ask(f"/api/areas/{code}")["code"] == code
    features = ask(f"/api/layers/disputes/features?code={code}")
    assert {one["properties"]["grid_code"] for one in features["features"]} == {code}
    assert ask("/api/themes/my-grid")["viewer"]["scope"] == code
    rows = ask(f"/api/coverage?services={CENTRES}&within=500m&by=grid&code={village_code(7)}")["rows"]
    assert [row["code"] for row in rows] == [grid_of(place, 7, 1), grid_of(place, 7, 2)]
    assert (
        ask(f"/api/coverage?services={CENTRES}&within=500m&code={village_code(7)}001")["code"]
        == "bad-argument"
    )
    described = ask("/api/openapi.json")["paths"]["/api/search"]["get"]
    assert described["operationId"] == "search"
    parameters = ask("/api/openapi.json")["paths"]["/api/layers/{layer_id}/features"]["get"]["parameters"]
    code_of = next(one for one in parameters if one["name"] == "code")
    assert code_of["schema"]["pattern"] == rf"^\d{{6,{digits}}}$"
    assert code_of["description"] == f"Area: county 6, township 9, village 12 or grid {digits} digits"


def test_a_grid_of_another_length_is_no_scope(place: County) -> None:
    app = create_app(load_settings(home=place.settings.home))
    app.config["WTF_CSRF_ENABLED"] = False
    asked = app.test_client().post("/viewer", data={"role": "grid_worker", "scope": f"{village_code(7)}001"})
    assert asked.status_code == 400


def test_commands_take_such_codes(
    place: County, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOVMAP_HOME", str(place.settings.home))
    code, digits = grid_of(place, 7, 1), place.divisions.named("grid").digits
    assert main(["layers", "--json", "--as", f"grid_worker:{code}"]) == 0
    capfd.readouterr()
    assert main(["layers", "--as", "grid_worker:140822103201"]) == 2
    assert f"grid_worker:140822103201{'1'.zfill(digits - 12)}。" in capfd.readouterr().err
    assert main(["coverage", "--services", CENTRES, "--within", "500m", "--code", code, "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["total"] == 350


def test_health_counts_by_township(place: County) -> None:
    found = check_health(place.door, OPERATOR, METRIC).to_json()
    counts = {one["code"]: one["counts"]["disputes"] for one in found["townships"]}
    assert sum(counts.values()) == TOTAL
    assert not [one for one in found["findings"] if one["rule"] in ("place-code", "code-unregistered")]


# ---- a prefecture ----


def test_the_register_has_two_counties(city: County) -> None:
    register = city.areas.register()
    assert (city.areas.area(PREFECTURE).level, city.areas.name_of(PREFECTURE)) == ("prefecture", "手画市")
    assert register.within(PREFECTURE, city.divisions.named("county")) == [WEST, EAST]
    assert len(register.within(PREFECTURE, city.divisions.named("village"))) == 10
    assert [step["code"] for step in city.areas.path(to_prefecture(SLIVER))] == [
        PREFECTURE, EAST, f"{EAST}102", to_prefecture(SLIVER),
    ]  # fmt: skip


def test_people_roll_up_to_counties_and_the_prefecture(city: County) -> None:
    def people(code: str) -> object:
        figure = city.areas.people(code)
        return figure and figure.value

    assert (people(WEST), people(EAST), people(PREFECTURE)) == (2700, 1800, 4500)
    whole = city.areas.profile(PREFECTURE, PUBLIC).to_json("zh")
    assert {figure["id"]: figure["value"] for figure in whole["figures"]} == {
        "population": 4500, "population_60_plus": 450, "households": 1350,
        "counties": 2, "townships": 3, "villages": 10, "grids": 19,
    }  # fmt: skip
    assert [(child["name"], child["villages"]) for child in whole["children"]] == [("西县", 6), ("东县", 4)]
    assert [(one["numerator"], one["denominator"]) for one in whole["services"] if one["id"] == CENTRES] == [
        (4, 10)
    ]


def test_a_scope_may_be_one_of_the_counties(city: County) -> None:
    rows = city.door.rows("disputes", Viewer("mediator", EAST)).rows
    assert len(rows) == sum(sum(COUNTS[number]) for number in (3, 6, 9))
    assert set(rows["village_code"].str[: len(EAST)]) == {EAST}
    assert len(city.door.rows("disputes", Viewer("mediator", PREFECTURE)).rows) == TOTAL
    assert len(
        city.door.rows("disputes", Viewer("mediator", PREFECTURE), RowFilter(code=WEST)).rows
    ) == TOTAL - len(rows)


def test_published_counts_add_up_over_both_counties(city: County) -> None:
    counts = {
        name: city.door.counts(PUBLIC, "2024", name).set_index("code")["count"]
        for name in ("county", "prefecture")
    }
    every = sum(sum(quarters[:4]) for quarters in COUNTS.values())
    assert counts["prefecture"].to_dict() == {PREFECTURE: every}
    assert counts["county"].sum() == every
    east = sum(sum(COUNTS[number][:4]) for number in (3, 6, 9))
    assert counts["county"].to_dict() == {WEST: every - east, EAST: east}
    assert city.areas.profile(PREFECTURE, PUBLIC).to_json("zh")["disputes"]["periods"][4] == {
        "period": "2024", "count": every, "suppressed": False,
    }  # fmt: skip


def test_the_outline_of_a_prefecture_is_that_of_its_counties(city: County) -> None:
    parts = [city.door.outline(code) for code in (WEST, EAST)]
    whole = city.door.outline(PREFECTURE)
    assert whole.equals(parts[0].union(parts[1]))
    assert city.areas.bounds(PREFECTURE) == pytest.approx(whole.bounds, abs=1e-7)


def test_coverage_of_one_county_and_of_both(city: County) -> None:
    viewer = Viewer("operator", PREFECTURE)

    def total(code: str) -> float:
        return city.planning.coverage(viewer, coverage_plan(QUESTION | {"code": code}, city.divisions)).total

    assert (total(""), total(PREFECTURE), total(WEST), total(EAST)) == (4500, 4500, 2700, 1800)
    assert city.planning.shapes(viewer, coverage_plan(QUESTION, city.divisions)).gaps


def test_the_county_stands_in_the_place_of_a_row(city: County) -> None:
    ask = viewing(city)
    rows = ask(f"/api/layers/{CENTRES}/rows?sort=code")
    place = [column["name"] for column in rows["columns"]].index("place")
    assert rows["rows"][0][place] == "西县西镇1号村"
    hit = ask("/api/search?q=1号村")["results"][0]
    assert hit["place"] == "西县西镇"


def test_the_page_of_a_prefecture_gets_five_levels(city: County) -> None:
    levels = viewing(city)("/api/themes/overview")["divisions"]
    assert [(one["level"], one["digits"], one["parent_field"]) for one in levels] == [
        ("prefecture", 4, None), ("county", 6, None), ("township", 9, "county_code"),
        ("village", 12, "township_code"), ("grid", 15, "village_code"),
    ]  # fmt: skip


def test_the_governance_report_counts_both_counties(city: County) -> None:
    """The public's total is the published one of the prefecture: 36 in the fourth quarter."""
    plan = report_plan({"report": "governance", "period": "2024Q4"}, city, PUBLIC)
    said = compose(city.planning, PUBLIC, plan, made_on=TODAY).text()
    assert f"发生矛盾纠纷 {sum(quarters[3] for quarters in COUNTS.values())} 件" in said
    assert all(town in said for town in ("西镇", "中镇", "东乡"))


def test_totals_of_other_sources_stand_beside_the_whole_place_only(city: County) -> None:
    def indicator(code: str) -> dict[str, Any]:
        found: dict[str, Any] = city.areas.profile(code, PUBLIC).to_json("zh")["indicators"][0]
        return found

    assert (indicator(PREFECTURE)["numerator"], indicator(WEST)["numerator"]) == (10, 6)
    assert "denominators" in indicator(PREFECTURE)
    assert "denominators" not in indicator(WEST)


def test_a_public_sheet_of_a_prefecture_has_no_lines_between_counties(city: County) -> None:
    inside = {"theme": "overview", "layers": f"counties,{CENTRES}"}
    public = inside | {"handling": "public", "review_number": "晋S(2026)001号"}
    lined, bare = (
        draw(city, viewer, sheet_plan(words, city), made_on=TODAY)
        for viewer, words in (
            (Viewer("operator", PREFECTURE), inside),
            (PUBLIC, public),
        )
    )
    assert shapes(lined, "counties.0")
    assert not shapes(bare, "counties.0")
    assert "手画市" in "".join(texts(bare, "title"))


def test_a_prefecture_is_not_called_a_county(city: County) -> None:
    viewer = Viewer("operator", PREFECTURE)
    sheet = draw(city, viewer, sheet_plan({"theme": "disputes"}, city), made_on=TODAY)
    assert "".join(texts(sheet, "legend-summary")).startswith("全市 ")
    plan = report_plan({"report": "governance", "period": "2024Q4"}, city, viewer)
    said = compose(city.planning, viewer, plan, made_on=TODAY).text()
    assert "全市发生矛盾纠纷" in said
    assert "全县" not in said
