"""Imports from file to edition, on the hand-drawn county: exact counts, findings and places."""

import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crs import gcj02_to_bd09, wgs84_to_gcj02
from geo.errors import ArgumentError, DataError, InputError, UnknownLayerError
from geo.files import Ask, FileTable, read
from layers.editions import Edition, Store
from layers.editions.manifest import source_of
from layers.intake import ImportOptions, ImportResult, Intake
from layers.intake.merge import Mode
from tests import county
from tests.odd_files import quick_read, write_shapefile, zip_folder

CENTRES = "party-service-centres"
HOSTILE = county.HOSTILE.replace("\u202e", "")
"""As it is kept: without the sign that turns words round."""
DRIVERS = {".kml": "LIBKML", ".gdb": "OpenFileGDB"}
CONTRACT = {
    "layer", "edition", "rows_read", "rows_published", "added", "changed", "removed", "crs_declared", "crs_used",
    "crs_evidence", "encoding", "mapping", "unmapped", "findings",
}  # fmt: skip

Import = Callable[..., ImportResult]


@pytest.fixture(autouse=True)
def _quick_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are read in this process, by the same code; tests/geo reads them as the product does."""

    def _read(path: Path, ask: Ask, *, scratch: Path, **_options: object) -> FileTable:
        return read(path, ask, scratch=scratch) if path.suffix == ".parquet" else quick_read(path, ask)

    monkeypatch.setattr("layers.intake.run.read", _read)


@pytest.fixture
def bring_in(county_store: Store) -> Import:
    """``bring_in(layer, file, mode=…)`` imports into the hand-drawn county."""
    intake = Intake(county_store, county.COUNTY, county.METRIC)

    def _bring_in(layer: str, file: Path, **options: object) -> ImportResult:
        return intake.run(layer, file, ImportOptions(**options))  # type: ignore[arg-type]

    return _bring_in


def rules(result: ImportResult, severity: str) -> list[tuple[str, int | None]]:
    return [(one.rule, one.row) for one in result.findings if one.severity == severity]


def sheet(crs: str = county.STORED) -> pd.DataFrame:
    """The four centres with Chinese headings and coordinate columns."""
    centres = county.centres(crs)
    return pd.DataFrame(
        {
            "编号": centres["code"], "中心名称": centres["name"], "村代码": centres["village_code"], "电话": "0359-4520001",
            "经度": centres.geometry.x, "纬度": centres.geometry.y,
        }
    )  # fmt: skip


def save(path: Path, rows: pd.DataFrame) -> Path:
    rows.to_csv(path, index=False, encoding="utf-8")
    return path


def placed(store: Store, layer: str = CENTRES) -> np.ndarray:
    return shapely.get_coordinates(store.read(layer).geometry.to_numpy())


TRUE = shapely.get_coordinates(county.centres().geometry.to_numpy())


def test_the_document_of_the_contract(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    result = bring_in(CENTRES, save(tmp_path / "中心.csv", sheet().assign(备注="x")))
    document = result.to_json()
    assert set(document) >= CONTRACT
    current = county_store.current(CENTRES)
    assert current is not None
    assert document["edition"] == current.id
    assert {name: document[name] for name in ("rows_read", "rows_published", "added", "changed", "removed")} == {
        "rows_read": 4, "rows_published": 4, "added": 0, "changed": 4, "removed": 0,
    }  # fmt: skip
    assert document["unmapped"] == ["备注"]
    assert document["mapping"] == {
        "编号": "code", "中心名称": "name", "村代码": "village_code", "电话": "phone", "经度": "geometry", "纬度": "geometry",
    }  # fmt: skip
    assert document["crs_declared"] is None
    assert document["crs_used"] == "EPSG:4490"
    assert "经度、纬度" in document["crs_evidence"]
    assert document["encoding"] == "utf-8"
    assert rules(result, "warning") == [("column-unmapped", None), ("text-controls", 5)]
    assert set(document["findings"][0]) == {
        "severity",
        "rule",
        "row",
        "code",
        "name",
        "message",
        "lon",
        "lat",
    }
    assert current.source == "中心.csv"
    assert current.findings == {"column-unmapped": 1, "text-controls": 1}
    assert not current.demo


@pytest.mark.parametrize("name", ["v.gpkg", "v.geojson", "v.parquet", "v.kml", "v.gdb"])
def test_villages_come_in_from_every_format(
    bring_in: Import, tmp_path: Path, name: str, county_store: Store
) -> None:
    villages = county.villages().astype(
        {"population": float, "population_60_plus": float, "households": float}
    )
    if name == "v.parquet":
        villages.to_parquet(tmp_path / name)
    else:
        villages.to_file(tmp_path / name, driver=DRIVERS.get(Path(name).suffix))
    result = bring_in("villages", tmp_path / name, mode="replace")
    assert result.blocking == ()
    assert result.rows_published == 10
    rows = county_store.read("villages")
    assert rows["population"].sum() == 4500
    assert rows["name"].iloc[8] == HOSTILE
    assert rows.to_crs(county.METRIC).area.tolist() == pytest.approx(
        [1e6] * 4 + [0.96e6] + [1e6] * 4 + [2000], abs=1
    )


def test_a_gbk_shapefile_in_a_zip(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    villages = county.villages().rename(
        columns={"code": "统计用区划代码", "name": "村名", "population": "人口"}
    )
    villages["村名"] = villages["村名"].str.replace("\u202e", "")
    (tmp_path / "s").mkdir()
    write_shapefile(
        tmp_path / "s" / "村界.shp", villages[["统计用区划代码", "村名", "人口", "geometry"]], encoding="gbk"
    )
    result = bring_in("villages", zip_folder(tmp_path / "s", tmp_path / "村界.zip"))
    assert result.blocking == ()
    assert result.encoding == "gb18030"
    assert result.mapping == {"统计用区划": "code", "村名": "name", "人口": "population"}
    assert {rule for rule, _ in rules(result, "warning")} == {
        "encoding-guessed",
        "heading-cut",
        "optional-empty",
    }
    assert county_store.read("villages")["name"].iloc[0] == "1号村"
    assert county_store.read("villages")["township_code"].iloc[0] == "140822100"


@pytest.mark.parametrize(
    "crs", ["EPSG:4546", "EPSG:4525", "EPSG:4508", "EPSG:4497", "EPSG:4326", "EPSG:4490"]
)
def test_files_in_every_zone_land_where_they_were(
    bring_in: Import, tmp_path: Path, county_store: Store, crs: str
) -> None:
    county.centres(crs).to_file(tmp_path / "a.gpkg")
    result = bring_in(CENTRES, tmp_path / "a.gpkg")
    assert result.crs_declared == result.crs_used == crs
    assert placed(county_store) == pytest.approx(TRUE, abs=1e-9)


def test_a_zone_number_that_the_crs_does_not_know_of(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    for declared, actual in (
        ("EPSG:4546", "EPSG:4525"),
        ("EPSG:4525", "EPSG:4546"),
        ("EPSG:4546", "EPSG:4497"),
    ):
        county.centres(actual).set_crs(declared, allow_override=True).to_file(tmp_path / "a.gpkg")
        result = bring_in(CENTRES, tmp_path / "a.gpkg")
        assert (result.crs_declared, result.crs_used) == (declared, actual)
        assert placed(county_store) == pytest.approx(TRUE, abs=1e-9)
        assert "带号" in result.crs_evidence


def test_a_zone_number_that_contradicts_the_crs_blocks(bring_in: Import, tmp_path: Path) -> None:
    county.centres("EPSG:4525").set_crs("EPSG:4547", allow_override=True).to_file(tmp_path / "a.gpkg")
    result = bring_in(CENTRES, tmp_path / "a.gpkg")
    assert rules(result, "blocking") == [("crs-unknown", None)]
    assert "以 37 开头" in result.blocking[0].message


def to_bd09(lon: pd.Series, lat: pd.Series) -> tuple:
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


@pytest.mark.parametrize(("name", "shift"), [("gcj02", wgs84_to_gcj02), ("bd09", to_bd09)])
def test_shifted_points_come_back(
    bring_in: Import, tmp_path: Path, county_store: Store, name: str, shift: Callable
) -> None:
    rows = sheet()
    rows["经度"], rows["纬度"] = shift(rows["经度"], rows["纬度"])
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows), crs=name)
    assert result.crs_used == name
    assert placed(county_store) == pytest.approx(TRUE, abs=1e-8)


def test_plane_coordinates_need_their_zone(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    rows = sheet("EPSG:4525").rename(columns={"经度": "Y坐标", "纬度": "X坐标"})  # surveying: X is north
    path = save(tmp_path / "a.csv", rows)
    result = bring_in(CENTRES, path)
    assert rules(result, "blocking") == [("crs-missing", None)]
    assert "确认后指明 EPSG:4525" in result.blocking[0].message
    assert result.blocking[0].remedy == "crs"
    assert result.edition is None
    result = bring_in(CENTRES, path, crs="4525")
    assert "X 列是北坐标" in result.crs_evidence
    assert placed(county_store) == pytest.approx(TRUE, abs=1e-7)


def test_six_digits_do_not_say_their_zone(bring_in: Import, tmp_path: Path) -> None:
    rows = sheet("EPSG:4546").rename(columns={"经度": "东坐标", "纬度": "北坐标"})
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows))
    assert "看不出是哪一带" in result.blocking[0].message


def test_degrees_and_minutes_in_many_marks(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    rows = sheet().iloc[:3]
    rows["经度"] = ["E110°49′48″", "１１０°５０′２４″", "110度50分24秒"]
    rows["纬度"] = ["35°25'48\"N", "35.42", "35°25′"]
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows), mode="replace")
    assert result.blocking == ()
    assert placed(county_store)[0] == pytest.approx([110.83, 35.43])
    assert placed(county_store)[1] == pytest.approx([110.84, 35.42])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda rows: rows.assign(编号=["A", "B", "A", "C"]), [("key-duplicate", 2), ("key-duplicate", 4)]),
        (lambda rows: rows.assign(编号=["A", None, "B", "C"]), [("key-missing", 3)]),
        (lambda rows: rows.assign(中心名称=["A", "B", " ", "C"]), [("name-missing", 4)]),
        (lambda rows: rows.drop(columns="编号"), [("key-missing", None)]),
        (lambda rows: rows.drop(columns="中心名称"), [("name-missing", None)]),
        (lambda rows: rows.drop(columns="经度"), [("geometry-missing", None)]),
        (lambda rows: rows.assign(经度=[110.83, None, 110.83, 110.83], 纬度=[35.42, None, 35.42, 35.42]), [("geometry-missing", 3)]),
        (lambda rows: rows.assign(经度=["110.83", "路口", "110.83", "110.83"], 纬度=35.42), [("geometry-unreadable", 3)]),
        (lambda rows: rows.rename(columns={"经度": "纬度", "纬度": "经度"}), [("coordinates-swapped", n) for n in range(2, 6)]),
        (lambda rows: rows.assign(经度=116.4, 纬度=39.9), [("all-outside", None)]),
        (lambda rows: rows.assign(经度=485000.0, 纬度=3920000.0), [("crs-missing", None)]),
    ],
)  # fmt: skip
def test_blocking_findings_change_nothing(
    bring_in: Import, tmp_path: Path, county_store: Store, change: Callable, found: list
) -> None:
    before = county_store.current(CENTRES)
    result = bring_in(CENTRES, save(tmp_path / "a.csv", change(sheet())), mode="replace")
    assert rules(result, "blocking") == found
    assert result.edition is None
    assert result.rows_published == 0
    assert county_store.current(CENTRES) == before
    assert county_store.history(CENTRES) == [before]


def test_one_swapped_row_blocks_too(bring_in: Import, tmp_path: Path) -> None:
    rows = sheet()
    lon, lat = rows["经度"].tolist(), rows["纬度"].tolist()
    rows.loc[2, ["经度", "纬度"]] = lat[2], lon[2]
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows))
    assert rules(result, "blocking") == [("coordinates-swapped", 4)]
    assert result.blocking[0].code == "PSC008"


def test_swapped_plane_coordinates_of_a_file_block(bring_in: Import, tmp_path: Path) -> None:
    centres = county.centres("EPSG:4546")
    centres.geometry = gpd.points_from_xy(centres.geometry.y, centres.geometry.x, crs="EPSG:4546")
    centres.to_file(tmp_path / "a.gpkg")
    assert rules(bring_in(CENTRES, tmp_path / "a.gpkg"), "blocking") == [("coordinates-swapped", None)]


def test_a_missing_crs_is_asked_for_and_crs_answers(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    county.centres("EPSG:4546")[["code", "name", "geometry"]].to_file(tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    result = bring_in(CENTRES, tmp_path / "a.shp")
    assert rules(result, "blocking") == [("crs-missing", None)]
    assert result.blocking[0].remedy == "crs"
    assert "remedy" not in result.blocking[0].to_json()
    result = bring_in(CENTRES, tmp_path / "a.shp", crs="EPSG:4546")
    assert result.blocking == ()
    assert result.crs_declared is None
    assert placed(county_store) == pytest.approx(TRUE, abs=1e-8)


def test_degrees_declared_over_plane_coordinates_block(bring_in: Import, tmp_path: Path) -> None:
    county.centres("EPSG:4546").set_crs("EPSG:4490", allow_override=True).to_file(tmp_path / "a.gpkg")
    assert "坐标却像平面坐标" in bring_in(CENTRES, tmp_path / "a.gpkg").blocking[0].message
    county.centres().set_crs("EPSG:4546", allow_override=True).to_file(tmp_path / "b.gpkg")
    assert "坐标却像经纬度" in bring_in(CENTRES, tmp_path / "b.gpkg").blocking[0].message


def test_single_rows_outside_are_a_warning(bring_in: Import, tmp_path: Path) -> None:
    rows = sheet()
    rows.loc[0, "经度"] -= 0.035  # 3.2 km west of square 1's corner: outside the county and its 2 km
    rows.loc[1, "经度"] -= 0.025  # 2.3 km west of square 5's corner: outside the county, inside the 2 km
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows))
    warnings = rules(result, "warning")
    assert ("outside", 2) in warnings
    assert ("outside", 3) not in warnings
    assert result.rows_published == 4
    outside = next(one for one in result.findings if one.rule == "outside")
    assert (outside.code, outside.name) == ("PSC001", "1号村党群服务中心")
    assert (outside.lon, outside.lat) == pytest.approx((rows.loc[0, "经度"], rows.loc[0, "纬度"]))


def test_place_and_code_that_disagree(bring_in: Import, tmp_path: Path) -> None:
    rows = sheet()
    rows.loc[0, "村代码"] = county.village_code(2)
    rows.loc[1, "村代码"] = "140822999001"
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows))
    assert rules(result, "warning") == [("place-code", 2), ("code-unregistered", 3), ("text-controls", 5)]
    assert "140822101001（2号村），位置却在 140822100001（1号村）" in result.findings[0].message
    assert result.rows_published == 4


def test_empty_codes_are_filled_by_place(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    rows = sheet().drop(columns="村代码")
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows))
    assert rules(result, "warning") == [("code-filled", None), ("text-controls", 5)]
    assert "4 行" in result.findings[0].message
    assert county_store.read(CENTRES)["village_code"].tolist() == [
        county.village_code(n) for n in (1, 5, 8, 9)
    ]


def test_a_place_in_the_hole_belongs_to_no_village(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    rows = sheet().drop(columns="村代码")
    middle = county.villages().geometry.iloc[4].centroid
    rows.loc[1, ["经度", "纬度"]] = [middle.x, middle.y]
    assert bring_in(CENTRES, save(tmp_path / "a.csv", rows)).blocking == ()
    assert county_store.read(CENTRES)["village_code"].isna().tolist() == [False, True, False, False]


def test_codes_that_excel_made_numbers(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    rows = sheet()
    rows["村代码"] = rows["村代码"].astype(float)
    rows.to_excel(tmp_path / "a.xlsx", index=False)
    result = bring_in(CENTRES, tmp_path / "a.xlsx")
    assert rules(result, "warning") == [("text-controls", 5)]
    assert county_store.read(CENTRES)["village_code"].iloc[0] == "140822100001"


def test_mending_and_repeated_polygons_are_said(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    villages = county.villages(county.METRIC)
    west, south, east, north = county.square(1).bounds
    bowtie = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    villages.geometry = [bowtie, *villages.geometry[1:8], villages.geometry[7], villages.geometry[9]]
    villages.to_file(tmp_path / "v.gpkg")
    result = bring_in("villages", tmp_path / "v.gpkg")
    assert rules(result, "warning") == [
        ("geometry-invalid", 1),
        ("text-controls", 9),
        ("geometry-duplicate", 9),
    ]
    assert county_store.read("villages").geometry.is_valid.all()


def test_missing_geometry_blocks(bring_in: Import, tmp_path: Path) -> None:
    villages = county.villages()
    villages.geometry = [None, *villages.geometry[1:]]
    villages.to_file(tmp_path / "v.gpkg")
    result = bring_in("villages", tmp_path / "v.gpkg")
    assert rules(result, "blocking") == [("geometry-missing", 1)]
    assert result.blocking[0].name == "1号村"


def test_points_are_no_polygons(bring_in: Import, tmp_path: Path) -> None:
    county.centres().to_file(tmp_path / "c.gpkg")
    assert rules(bring_in("villages", tmp_path / "c.gpkg", mode="replace"), "blocking") == [
        ("geometry-type", n) for n in range(1, 5)
    ]


def test_rows_that_would_go_need_a_mode(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    path = save(tmp_path / "a.csv", sheet().iloc[:3])
    before = county_store.current(CENTRES)
    result = bring_in(CENTRES, path)
    assert rules(result, "blocking") == [("rows-removed", None)]
    assert "有 1 行是文件里没有的" in result.blocking[0].message
    assert (result.removed, result.edition) == (1, None)
    assert county_store.current(CENTRES) == before
    assert bring_in(CENTRES, path, mode="replace").removed == 1
    assert len(county_store.read(CENTRES)) == 3


def test_upsert_adds_and_changes_and_never_removes(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    rows = sheet().iloc[[0, 1]].copy()
    rows["编号"] = ["PSC001", "PSC100"]
    rows["中心名称"] = ["改名", "新的"]
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows), mode="upsert")
    assert (result.added, result.changed, result.removed, result.rows_published) == (1, 1, 0, 5)
    found = county_store.read(CENTRES).set_index("code")
    assert found.loc["PSC001", "name"] == "改名"
    assert set(found.index) == {"PSC001", "PSC005", "PSC008", "PSC009", "PSC100"}


def test_upsert_without_places_or_names_keeps_them(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    rows = pd.DataFrame({"编号": ["PSC005", "PSC001"], "电话": ["0359-9", None]})
    result = bring_in(CENTRES, save(tmp_path / "a.csv", rows), mode="upsert")
    assert result.blocking == ()
    assert (result.added, result.changed) == (0, 1)
    found = county_store.read(CENTRES).set_index("code")
    assert found.loc["PSC005", "phone"] == "0359-9"
    assert found.loc["PSC001", "phone"] == "0359-4520000"
    assert found.loc["PSC009", "name"] == county.HOSTILE
    assert shapely.get_coordinates(found.geometry.loc["PSC005"])[0] == pytest.approx(TRUE[1])
    new = pd.DataFrame({"编号": ["PSC777"], "中心名称": ["新的"]})
    result = bring_in(CENTRES, save(tmp_path / "b.csv", new), mode="upsert")
    assert rules(result, "blocking") == [("geometry-missing", None)]


def test_a_replacement_that_empties_fields_says_so(bring_in: Import, tmp_path: Path) -> None:
    rows = sheet()
    assert not any(
        "清空" in one.message
        for one in bring_in(CENTRES, save(tmp_path / "a.csv", rows), mode="replace").findings
    )
    bare = save(tmp_path / "b.csv", rows.drop(columns="电话"))
    emptied = [
        one for one in bring_in(CENTRES, bare, mode="replace", dry_run=True).findings if "清空" in one.message
    ]
    assert [(one.severity, one.rule) for one in emptied] == [("warning", "optional-empty")]
    assert f"原有的 {rows['电话'].notna().sum()} 个值" in emptied[0].message
    assert not any("清空" in one.message for one in bring_in(CENTRES, bare, mode="upsert").findings)


@pytest.mark.parametrize(
    ("mode", "area", "holds"),
    [("upsert", None, True), ("replace", "140822101", True), ("replace", None, False)],
)
def test_an_edition_knows_whether_rows_of_the_sample_are_left(
    bring_in: Import, tmp_path: Path, county_store: Store, mode: Mode, area: str | None, holds: bool
) -> None:
    county_store.publish(CENTRES, county.centres(), source="s", source_sha256="0" * 64, by="test", demo=True)
    bring_in(CENTRES, save(tmp_path / "a.csv", sheet().iloc[[1]]), mode=mode, area=area)
    edition = county_store.current(CENTRES)
    assert edition is not None
    assert (edition.demo, edition.holds_demo) == (False, holds)
    owner = county_store.catalog.layer(CENTRES).source.owner.zh
    assert source_of(county_store.catalog.layer(CENTRES), edition).zh == (
        "演示推算和导入数据" if holds else owner
    )


def test_replace_in_an_area_leaves_the_others(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    middle = sheet().iloc[[1]].assign(中心名称="新名")  # squares 5 and 8 are in the middle township
    result = bring_in(CENTRES, save(tmp_path / "a.csv", middle), mode="replace", area="140822101")
    assert (result.added, result.changed, result.removed, result.rows_published) == (0, 1, 1, 3)
    assert sorted(county_store.read(CENTRES)["code"]) == ["PSC001", "PSC005", "PSC009"]
    result = bring_in(CENTRES, save(tmp_path / "a.csv", sheet()), mode="replace", area="140822101")
    assert rules(result, "blocking") == [("outside-area", None)]
    assert "2 行" in result.blocking[0].message


def test_areas_that_make_no_sense(bring_in: Import, tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", sheet())
    for layer, area in ((CENTRES, "110101"), (CENTRES, "西镇"), ("roads", "140822101")):
        with pytest.raises(ArgumentError):
            bring_in(layer, path, area=area)


def test_dry_run_says_all_and_does_nothing(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    before = county_store.current(CENTRES)
    result = bring_in(CENTRES, save(tmp_path / "a.csv", sheet().iloc[:3]), mode="replace", dry_run=True)
    assert (result.edition, result.rows_published, result.removed) == (None, 3, 1)
    assert result.blocking == ()
    assert county_store.current(CENTRES) == before


def test_importing_the_same_again_changes_nothing(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    path = save(tmp_path / "a.csv", sheet())
    first = bring_in(CENTRES, path)
    again = bring_in(CENTRES, path)
    assert again.edition == first.edition
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    assert len(county_store.history(CENTRES)) == 2


def test_an_export_comes_back_unchanged(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    for crs in ("EPSG:4490", "EPSG:4546"):
        county_store.read("grids").to_crs(crs).to_file(tmp_path / "g.gpkg")
        result = bring_in("grids", tmp_path / "g.gpkg")
        assert (result.rows_published, result.added, result.changed, result.removed) == (19, 0, 0, 0)
    assert {rule for rule, _ in rules(result, "warning")} <= {"optional-empty"}


def test_grids_take_their_village_from_their_own_code(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    county.grids()[["code", "name", "geometry"]].assign(类别="基础网格").to_file(tmp_path / "g.gpkg")
    result = bring_in("grids", tmp_path / "g.gpkg")
    assert result.blocking == ()
    rows = county_store.read("grids")
    assert (rows["village_code"] == rows["code"].str[:12]).all()
    assert set(rows["kind"]) == {"basic"}


def test_the_first_county_has_nothing_to_be_outside_of(store: Store, tmp_path: Path) -> None:
    intake = Intake(store, county.COUNTY, county.METRIC)
    save(tmp_path / "a.csv", sheet())
    result = intake.run(CENTRES, tmp_path / "a.csv", ImportOptions())
    assert rules(result, "warning") == [("county-missing", None), ("text-controls", 5)]
    county.counties().to_file(tmp_path / "c.gpkg")
    assert intake.run("counties", tmp_path / "c.gpkg", ImportOptions()).findings == ()
    swapped = sheet().rename(columns={"经度": "纬度", "纬度": "经度", "中心名称": "名称"})
    fresh = Intake(store, county.COUNTY, county.METRIC).run(
        "village-clinics", save(tmp_path / "b.csv", swapped), ImportOptions()
    )
    assert {rule for rule, _ in rules(fresh, "blocking")} == {"coordinates-swapped"}


def test_layers_without_places(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    spec = county_store.catalog.layer("indicators")
    assert spec.geometry == "none"
    wanted = [one for one in spec.fields if one.required]
    row = {one.title.zh: "2025" if one.type in ("integer", "number", "year") else "甲" for one in wanted}
    result = bring_in("indicators", save(tmp_path / "a.csv", pd.DataFrame([row])))
    assert result.blocking == ()
    assert (result.rows_published, result.crs_used) == (1, None)


def test_the_template_filled_in_comes_in(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    import openpyxl

    from layers.template import write_template

    spec = county_store.catalog.layer(CENTRES)
    write_template(spec, county_store.catalog, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    page = book.worksheets[0]
    values = {"编号": "T1", "名称": "新中心", "经度": TRUE[0][0], "纬度": TRUE[0][1]}
    for cell in page[1]:
        if cell.value in values:
            page.cell(2, cell.column, values[cell.value])
    book.save(tmp_path / "t.xlsx")
    result = bring_in(CENTRES, tmp_path / "t.xlsx", mode="upsert")
    assert result.blocking == ()
    assert result.unmapped == ()
    assert result.added == 1


def test_hostile_text_is_published_as_it_is_but_for_what_turns_it_round(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    rows = sheet().assign(中心名称=county.HOSTILE, 地址=county.HOSTILE, 开放时间="{{7*7}}${7*7}")
    assert bring_in(CENTRES, save(tmp_path / "a.csv", rows)).blocking == ()
    found = county_store.read(CENTRES)
    assert set(found["name"]) == set(found["address"]) == {HOSTILE}
    assert set(found["opening_hours"]) == {"{{7*7}}${7*7}"}


def test_unknown_layers_and_unreadable_files(bring_in: Import, tmp_path: Path) -> None:
    with pytest.raises(UnknownLayerError):
        bring_in("centres", save(tmp_path / "a.csv", sheet()))
    (tmp_path / "b.gpkg").write_bytes(b"nothing like it")
    with pytest.raises(InputError):
        bring_in(CENTRES, tmp_path / "b.gpkg")
    with pytest.raises(ArgumentError):
        bring_in(CENTRES, tmp_path / "a.csv", crs="EPSG:1")


def test_somebody_who_was_faster_is_not_overwritten(
    bring_in: Import,
    tmp_path: Path,
    county_store: Store,
    publish: Callable[..., Edition],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = Intake._publish

    def _late(self: Intake, *arguments: object) -> Edition:
        publish(CENTRES, county.centres().iloc[:2])
        return whole(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Intake, "_publish", _late)
    with pytest.raises(DataError, match="刚刚被别人更新"):
        bring_in(CENTRES, save(tmp_path / "a.csv", sheet()))
    assert len(county_store.read(CENTRES)) == 2


def test_the_period_is_the_files_or_the_persons(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    bring_in(CENTRES, save(tmp_path / "a.csv", sheet().assign(数据时点="2026Q3")))
    assert county_store.history(CENTRES)[0].period == "2026Q3"
    bring_in(CENTRES, save(tmp_path / "a.csv", sheet()), period="2026")
    assert county_store.history(CENTRES)[0].period == "2026"


def test_scratch_is_empty_afterwards_and_what_a_kill_left_is_swept(
    bring_in: Import, tmp_path: Path, home: Path
) -> None:
    left = home / "scratch" / "read-left"
    left.mkdir(parents=True)
    (left / "held.lock").touch()
    (left / "rows.arrow").write_bytes(b"half")
    county.centres().to_parquet(tmp_path / "a.parquet")
    bring_in(CENTRES, tmp_path / "a.parquet")
    assert list((home / "scratch").iterdir()) == []
    shutil.rmtree(home / "scratch")


def test_ends_of_roads_that_nearly_meet_another_are_warned_of(bring_in: Import, tmp_path: Path) -> None:
    """A junction 0.6 m short, another 2 m too far; the same when the road they miss is there already."""
    east, north = county.ORIGIN
    lines = {
        "甲路": [(0, 1500), (3000, 1500)],
        "乙路": [(500, 2500), (500, 1500.6)],
        "丙路": [(900, 2500), (900, 1498)],
    }
    shapes = [shapely.LineString([(east + x, north + y) for x, y in line]) for line in lines.values()]
    rows = gpd.GeoDataFrame(
        {"code": ["R1", "R2", "R3"], "name": list(lines), "class": "village"},
        geometry=shapes,
        crs=county.METRIC,
    ).to_crs(county.STORED)

    def found(some: slice, mode: str) -> list[tuple[str, str | None, str]]:
        file = tmp_path / f"{mode}.geojson"
        rows.iloc[some].to_file(file, driver="GeoJSON", RFC7946=False)
        result = bring_in("roads", file, mode=mode)
        assert result.edition
        return [(one.rule, one.code, one.message) for one in result.findings if one.rule.startswith("end-")]

    expected = [
        ("end-gap", "R2", "端头差 0.6 米没有接上“甲路”，算路程时不相通。接上，或确认是断头路。"),
        ("end-overshoot", "R3", "端头越过“甲路” 2.0 米，没有和它相接，算路程时不相通。接上，或确认是立交。"),
    ]
    assert found(slice(0, 3), "replace") == expected
    assert found(slice(1, 3), "upsert") == expected
    result = bring_in("roads", tmp_path / "replace.geojson", mode="replace")
    places = [(one.lon, one.lat) for one in result.findings if one.rule.startswith("end-")]
    spots = gpd.GeoSeries(gpd.points_from_xy(*zip(*places, strict=True)), crs=county.STORED).to_crs(
        county.METRIC
    )
    assert [(round(spot.x - east, 1), round(spot.y - north, 1)) for spot in spots] == [
        (500, 1500.6),
        (900, 1498),
    ]
