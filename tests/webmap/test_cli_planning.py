"""The planner's commands: the shape of their JSON, files, refusals and exit statuses."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyogrio
import pytest

from geo.wording import number
from layers.catalog import Catalog
from layers.county import open_county
from layers.disclosure import PUBLIC, Viewer
from layers.editions import Store
from layers.planning.usual import USUAL_SITING, usual_plan
from tests import county, towns
from tests.county import COUNTY, HOSTILE, METRIC, SLIVER, STORED, village_code
from tests.disputes import COUNTS, TOTAL
from webmap.cli import main
from webmap.jobs.kinds import siting_plan
from webmap.settings import load_settings

CENTRES = "party-service-centres"
COVERAGE = ("coverage", "--services", CENTRES, "--within", "500m", "--mode", "straight")
SITE = ("site", "--services", CENTRES, "--within", "500m", "--mode", "straight", "--objective", "max-cover")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(demo_store: Store, capfd: pytest.CaptureFixture[str]) -> Run:
    """``run("coverage", …)`` gives exit status, stdout and stderr, over the hand-drawn county as demo data."""

    def _run(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main(arguments)
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return _run


def document(result: tuple[int, str, str]) -> Any:
    status, out, err = result
    assert (status, err) == (0, "")
    return json.loads(out)


def test_what_nobody_types_is_as_on_the_page(run: Run, demo_store: Store) -> None:
    county = open_county(load_settings(home=demo_store.home).of_county())
    found = county.planning.coverage(Viewer("operator", COUNTY), usual_plan(county.planning, PUBLIC, {}))
    answer = document(run("coverage", "--json"))
    assert (answer["covered"], answer["parameters"]) == (found.covered, found.to_json()["parameters"])
    assert (answer["parameters"]["mode"], answer["parameters"]["limits"]) == ("detour", [2000.0])
    question = "问题：党群服务中心；直线距离 × 1.3（绕行系数）不超过 {limit}（含）算覆盖；人口"
    assert run("coverage")[1].count(question.format(limit="2000 米")) == 1
    assert question.format(limit="500 米") in run("site", "--within", "500m")[1]


def test_where_new_centres_are_looked_for_is_the_same_for_page_command_and_job(
    run: Run, demo_store: Store
) -> None:
    county = open_county(load_settings(home=demo_store.home).of_county())
    typed = document(run(*SITE, "--json"))
    job = siting_plan(
        {"services": CENTRES, "within": "500m", "mode": "straight"}, county, Viewer("operator", COUNTY)
    )
    told = {"add": 3, "objective": "max-cover", "candidates": "villages", "time_limit_s": 60.0}
    assert {name: typed["parameters"][name] for name in told} == told
    assert {name: getattr(job, name) for name in told} == told
    assert USUAL_SITING == {
        "add": "3", "objective": "max-cover", "prefer": "", "candidates": "villages", "seconds": "60",
    }  # fmt: skip


def test_coverage_as_json(run: Run, demo_store: Store) -> None:
    answer = document(run(*COVERAGE, "--json"))
    assert (answer["covered"], answer["total"], answer["share"], answer["unit"]) == (
        1150,
        4500,
        1150 / 4500,
        "人",
    )
    assert {"method", "parameters", "editions", "rows"} <= set(answer)
    assert answer["method"].endswith("演示数据，不是真实情况。")
    current = demo_store.current(CENTRES)
    assert current is not None
    assert answer["editions"][CENTRES] == current.id
    rows = {row["code"]: row for row in answer["rows"]}
    first = rows[village_code(1)]
    assert (first["name"], first["demand"], first["covered"], first["share"]) == ("1号村", 100, 50, 0.5)
    assert first["nearest"] == "1号村党群服务中心"
    assert first["distance_m"] == pytest.approx((427.2002 + 763.2169) / 2, abs=1e-3)
    assert rows[SLIVER]["share"] is None
    assert rows[village_code(9)]["name"] == HOSTILE


def test_minutes_are_told_in_minutes_and_how_fast(run: Run) -> None:
    answer = document(
        run("coverage", "--services", CENTRES, "--within", "15min", "--by", "township", "--json")
    )
    assert len(answer["rows"]) == 3
    assert answer["rows"][0]["minutes"] > 0
    assert answer["parameters"]["speed_kmh"] == 4.0
    assert "时速 4 公里" in answer["method"]


def test_nobody_is_rounded_away(home: Path, catalog: Catalog, capfd: pytest.CaptureFixture[str]) -> None:
    people = (99_960, 30, 9)
    towns.build(home, catalog, [towns.Town({"2025-03": 1}, people=some) for some in people], [0])
    assert main((*COVERAGE, "--by", "township")) == 0
    out = capfd.readouterr().out
    assert "99,960 / 99,999 人，99.9 %" in out
    lines = {line.split()[1]: line for line in out.splitlines() if line.startswith(COUNTY)}
    assert "100.0 %" in lines["甲镇"]
    assert "0.0 %" in lines["乙镇"]
    assert "0 / 9" in lines["丙镇"]


def test_coverage_for_people(run: Run) -> None:
    status, out, err = run(*COVERAGE)
    assert (status, err) == (0, "")
    assert "500 米以内：1,150 / 4,500 人，25.6 %" in out
    assert "没有人到得了的村：7号村（700 人，需 532 米）" in out
    assert "方法：" in out


def test_centres_that_could_be_closed(run: Run) -> None:
    answer = document(run(*COVERAGE, "--needs", "--json"))
    assert [(need["code"][-3:], need["alone"]) for need in answer["needs"]] == [
        ("001", 50), ("005", 250), ("008", 400), ("009", 450),
    ]  # fmt: skip
    assert "只有它覆盖/人" in run(*COVERAGE, "--needs")[1]


def test_as_somebody_else(run: Run) -> None:
    assert document(run(*COVERAGE, "--json", "--as", "public"))["covered"] == 1150
    status, _, err = run("coverage", "--services", "weak-party-orgs", "--within", "500m", "--as", "public")
    assert (status, err.split(":")[0]) == (2, "error[forbidden]")


@pytest.mark.parametrize("kind", ["xlsx", "csv", "geojson", "gpkg"])
def test_coverage_as_a_file(run: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"覆盖.{kind}"
    assert document(run(*COVERAGE, "--json", "--out", str(out)))["covered"] == 1150
    if kind == "xlsx":
        book = openpyxl.load_workbook(out)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        assert rows[1][:5] == (village_code(1), "1号村", "西镇", 100, 50)
        notes = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
        assert "500 米" in str(notes["方法"])
    elif kind == "csv":
        rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"))))
        assert rows[1][:2] == [village_code(1), "1号村"]
    else:
        rows = (
            pyogrio.read_dataframe(out, layer="coverage") if kind == "gpkg" else pyogrio.read_dataframe(out)
        )
        assert rows["covered"].sum() == 1150
        assert rows.geometry.notna().all()
        assert (rows.to_crs(METRIC).area > 1000).all()


def test_access_as_json_and_for_people(run: Run) -> None:
    answer = document(run(*COVERAGE, "--access", "--decay", "step", "--json"))
    assert (answer["supply"], answer["without"], answer["parameters"]["decay"]) == (4, 3350, "step")
    out = run(*COVERAGE, "--access")[1]
    assert "问题：党群服务中心；直线距离不超过 500 米（含）算覆盖；人口" in out
    assert "平均 0.89 处/千人；可达性为 0 的 3,350 / 4,500 人" in out


@pytest.mark.parametrize("kind", ["xlsx", "csv", "geojson", "gpkg"])
def test_access_as_a_file(run: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"可达性.{kind}"
    assert run(*COVERAGE, "--access", "--out", str(out))[0] == 0
    if kind in ("geojson", "gpkg"):
        rows = pyogrio.read_dataframe(out, layer="access")
        assert (rows["access"] * rows["demand"]).sum() == pytest.approx(4000)
    elif kind == "csv":
        assert "可达性（处/千人）" in out.read_text("utf-8-sig")
    else:
        assert openpyxl.load_workbook(out).worksheets[0].max_row == 11


def test_formulas_in_names_stay_text(run: Run, demo_store: Store, tmp_path: Path) -> None:
    centres = county.centres().assign(name="=1+1")
    demo_store.publish(CENTRES, centres, source="手画", source_sha256="0" * 64, by="test")
    for kind in ("xlsx", "csv"):
        run(*COVERAGE, "--out", str(tmp_path / f"a.{kind}"))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert found
    assert all(cell.data_type == "s" for cell in found)
    assert "'=1+1" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_site_as_json(run: Run) -> None:
    answer = document(run(*SITE, "--add", "2", "--json"))
    assert (answer["objective"], answer["before"], answer["value"], answer["bound"], answer["optimal"]) == (
        "max-cover", 1150, 2450, 2450, True,
    )  # fmt: skip
    assert [(site["code"], site["gain"]) for site in answer["chosen"]] == [
        (village_code(7), 700),
        (village_code(6), 600),
    ]
    assert {"code", "name", "lon", "lat"} <= set(answer["fixed"][0])
    assert len(answer["fixed"]) == 4
    assert answer["parameters"]["add"] == 2


def test_site_for_people_and_as_a_file(run: Run, tmp_path: Path) -> None:
    status, out, err = run(*SITE, "--add", "1", "--out", str(tmp_path / "点.geojson"))
    assert (status, err) == (0, "")
    assert "目标值 1,850 人（原来 1,150 人）：已证明最优" in out
    rows = pyogrio.read_dataframe(tmp_path / "点.geojson")
    assert list(rows["kind"]) == ["新增", "现有", "现有", "现有", "现有"]
    assert rows.to_crs(STORED).geometry.iloc[0].within(county.villages().geometry.iloc[6])


def test_a_sum_of_ways_has_its_unit(run: Run) -> None:
    ask = (*SITE[:-1], "p-median", "--json")
    answer = document(run(*ask))
    assert answer["unit"] == "人·米"
    out = run(*ask[:-1])[1]
    assert (
        f"目标值 {number(answer['value'] / 1000, 0)} 人·公里（原来 {number(answer['before'] / 1000, 0)} 人·公里）"
        in out
    )
    minutes = run("site", "--within", "15min", "--mode", "straight", "--objective", "p-median")[1]
    assert " 人·分钟（原来 " in minutes


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson"])
def test_candidates_of_a_file(run: Run, tmp_path: Path, kind: str) -> None:
    middles = county.villages(METRIC).geometry.representative_point().to_crs(STORED)
    sites = county.villages()[["code", "name"]].set_geometry(middles).iloc[[1, 3]]
    file = tmp_path / f"候选.{kind}"
    if kind == "geojson":
        sites.to_file(file, driver="GeoJSON")
    else:
        table = pd.DataFrame(
            {"编号": sites["code"], "名称": sites["name"], "经度": sites.geometry.x, "纬度": sites.geometry.y}
        )
        table.to_csv(file, index=False) if kind == "csv" else table.to_excel(file, index=False)
    answer = document(run(*SITE, "--add", "1", "--candidates", str(file), "--json"))
    assert [(site["code"], site["name"], site["gain"]) for site in answer["chosen"]] == [
        (village_code(4), "4号村", 400)
    ]
    assert answer["parameters"]["candidates"] == 2


@pytest.mark.parametrize("kind", ["settlements", "gaps"])
def test_candidates_of_a_kind(run: Run, kind: str) -> None:
    answer = document(run(*SITE, "--within", "510m", "--add", "1", "--candidates", kind, "--json"))
    assert [(site["code"], site["gain"]) for site in answer["chosen"]] == [(f"{village_code(6)}001", 850)]
    assert (answer["parameters"]["candidates"], answer["lost"]) == (kind, [])


def test_a_linking_distance_and_its_gaps_as_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "覆盖.gpkg"
    status, _, err = run(*COVERAGE, "--within", "510m", "--link", "501m", "--out", str(file))
    assert (status, err) == (0, "")
    gaps = pyogrio.read_dataframe(file, layer="gaps")
    assert gaps["uncovered"].tolist() == [850, 700, 450, 400, 400, 400, 150]
    assert gaps["name"].tolist()[:2] == ["6号村等 2 村", "7号村"]


@pytest.mark.parametrize("objective", ["set-cover", "p-median", "p-center"])
def test_other_objectives(run: Run, objective: str) -> None:
    answer = document(
        run(
            "site",
            "--services",
            CENTRES,
            "--add",
            "3",
            "--objective",
            objective,
            "--within",
            "1200m",
            "--json",
        )
    )
    assert answer["objective"] == objective
    assert answer["optimal"] is True
    assert answer["value"] >= answer["bound"] * (1 - 1e-9)


def test_hotspots_as_json(run: Run) -> None:
    answer = document(run("hotspots", "--since", "2024-01-01", "--until", "2024-12-31", "--json"))
    assert {"method", "parameters", "editions", "rows"} <= set(answer)
    assert (answer["parameters"]["since"], answer["parameters"]["until"]) == ("2024-01-01", "2024-12-31")
    row = answer["rows"][0]
    assert (row["code"], row["name"], row["n"]) == (village_code(1), "1号村", sum(COUNTS[1][:4]))
    assert row["rate"] == pytest.approx(180)
    assert (row["p"], row["q"], row["class"]) == (1, 1, "none")
    assert "不足 30 个" in answer["note"]


def test_hotspots_for_people_and_the_public(run: Run) -> None:
    status, out, err = run("hotspots")
    assert (status, err) == (0, "")
    assert f"10 个单元，{TOTAL} 件" in out
    assert "注意：不足 30 个村（社区），不作显著性判断" in out
    year = ("--since", "2024-01-01", "--until", "2024-12-31")
    public = document(run("hotspots", "--as", "public", *year, "--json"))
    assert (public["since"], public["until"]) == ("2024-01-01", "2024-12-31")
    latest = run("hotspots", "--as", "public")[2]
    assert "2025-01-01 至 2025-03-31 有" in latest, "the latest quarter, as on the page"


def test_hotspots_of_some_cases(run: Run) -> None:
    """Ten of the thirty of the first quarter are red; the rate beside z is the one that z is of."""
    words = (
        "hotspots",
        "--since",
        "2024-01-01",
        "--until",
        "2024-03-31",
        "--set",
        "f.disputes.warning_level=red",
    )
    answer = document(run(*words, "--json"))
    assert sum(row["n"] for row in answer["rows"]) == 10
    assert answer["parameters"]["conditions"] == {"warning_level": ["red"]}
    out = run(*words)[1]
    assert "计的是：预警等级 红色，全部状态" in out
    assert "每千人（平滑后）" in out
    assert "计的是：全部状态" in run("hotspots")[1]
    assert (
        "计的是" not in run("hotspots", "--as", "public", "--since", "2024-01-01", "--until", "2024-12-31")[1]
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv", "geojson", "gpkg"])
def test_hotspots_as_a_file(run: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"热点.{kind}"
    assert run("hotspots", "--by", "grid", "--out", str(out))[0] == 0
    if kind in ("geojson", "gpkg"):
        rows = pyogrio.read_dataframe(out, layer="hotspots")
        assert (len(rows), rows["n"].sum()) == (19, TOTAL)
        assert set(rows["class"]) == {"不显著"}
    elif kind == "csv":
        assert "Gi*" in out.read_text("utf-8-sig")
    else:
        assert openpyxl.load_workbook(out).worksheets[0].max_row == 20


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("coverage", "--services", ","), "bad-argument"),
        (("coverage", "--services", "nothing", "--within", "500m"), "layer-unknown"),
        (("coverage", "--services", CENTRES, "--within", "-5m"), "limit-bad"),
        (("coverage", "--services", CENTRES, "--within", "5"), "limit-bad"),
        ((*COVERAGE, "--mode", "teleport"), "bad-argument"),
        ((*COVERAGE, "--mode", "road"), "edition-unknown"),
        ((*COVERAGE, "--out", "a.pdf"), "bad-argument"),
        ((*COVERAGE, "--out", "/nowhere/at/all/a.csv"), "bad-argument"),
        ((*COVERAGE, "--as", "king"), "bad-argument"),
        ((*COVERAGE, "--decay", "step"), "bad-argument"),
        ((*COVERAGE, "--access", "--needs"), "bad-argument"),
        ((*COVERAGE, "--access", "--decay", "linear"), "bad-argument"),
        ((*SITE, "--add", "0"), "bad-argument"),
        ((*SITE, "--add", "99"), "bad-argument"),
        ((*COVERAGE, "--link", "0"), "limit-bad"),
        ((*SITE, "--candidates", "/nowhere.csv"), "file-unreadable"),
        (("site", "--services", CENTRES, "--objective", "set-cover", "--within", "10m"), "siting-infeasible"),
        (("hotspots", "--since", "2024"), "bad-argument"),
        (("hotspots", "--since", "1999-01-01", "--until", "1999-12-31"), "nothing-there"),
        (("hotspots", "--by", "grid", "--as", "public"), "filter-bad"),
        (("hotspots", "--set", "f.disputes.bogus=red"), "filter-bad"),
        (("hotspots", "--set", "f.orchards.crop=apple"), "bad-argument"),
        (("hotspots", "--since", "2024-01-01", "--until", "2024-03-31", "--as", "public"), "counts-withheld"),
        (("hotspots", "--as", f"grid_worker:{village_code(1)}001"), "forbidden"),
    ],
)  # fmt: skip
def test_refusals_are_one_line_and_status_2(run: Run, arguments: tuple[str, ...], code: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"error[{code}]: ")
    assert err.count("\n") == 1
