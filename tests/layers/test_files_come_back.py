"""What spreadsheets and time zones do to a file, and that our own files come back as they went."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exports.rows import FORMATS, Extract
from geo.files import Ask, FileTable
from layers.catalog import Catalog
from layers.disclosure import Door, Viewer
from layers.editions import Store
from layers.intake import ImportOptions, ImportResult, Intake
from tests import county
from tests.odd_files import quick_read

CENTRES, ASSETS = "party-service-centres", "idle-assets"
NASTY = ("=1+1", "+86 359 4501234", "@SUM(A1)", "-2", " =2+3", "＝1+1", "－2", "'=1", "''+2", "'平常", "_x0041_", "1e5", "007",
         "2026-01-31", "2026-01-31T16:30:00Z", "true", "是", "a,b;c\"d'", "行\n行", "{}", "null", "NA", "\u200f村", "√ ")  # fmt: skip

Import = Callable[..., ImportResult]


@pytest.fixture(autouse=True)
def _quick_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process, by the same code."""

    def _read(path: Path, ask: Ask, *, scratch: Path, **_options: object) -> FileTable:
        return quick_read(path, ask)

    monkeypatch.setattr("layers.intake.run.read", _read)


@pytest.fixture
def bring_in(county_store: Store) -> Import:
    """``bring_in(layer, file, mode=…)`` imports into the hand-drawn county."""
    intake = Intake(county_store, county.COUNTY, county.METRIC)

    def _bring_in(layer: str, file: Path, **options: object) -> ImportResult:
        return intake.run(layer, file, ImportOptions(**options))  # type: ignore[arg-type]

    return _bring_in


def said(result: ImportResult, rule: str) -> list[str]:
    return [one.message for one in result.findings if one.rule == rule]


def days(store: Store, layer: str, column: str) -> list[str]:
    return list(store.read(layer)[column].dt.strftime("%Y-%m-%d"))


def exported(store: Store, catalog: Catalog, layer: str, kind: str) -> bytes:
    """A file of all rows, as the operator takes it."""
    door = Door(store, catalog, county.COUNTY)
    extract = Extract(door.rows(layer, Viewer("operator", county.COUNTY)), catalog, door.area_names(), ())
    return FORMATS[kind][1](extract)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=20) | st.sampled_from(NASTY), min_size=8, max_size=8))
@example(texts=list(NASTY[:8]))
@example(texts=list(NASTY[8:16]))
@example(texts=list(NASTY[-8:]))
@example(texts=["08:30—12:00，14:00—17:30"] * 8)
def test_what_was_taken_away_changes_nothing_when_it_comes_back(
    texts: list[str], bring_in: Import, county_store: Store, catalog: Catalog, tmp_path: Path
) -> None:
    centres = county.centres()
    centres["name"] = [text if text.strip() else "中心" for text in texts[: len(centres)]]
    centres["address"] = texts[4 : 4 + len(centres)]
    first = tmp_path / "first.geojson"
    first.write_text(centres.to_json(), encoding="utf-8")
    bring_in(CENTRES, first, mode="replace")
    for kind in FORMATS:
        file = tmp_path / f"back.{kind}"
        file.write_bytes(exported(county_store, catalog, CENTRES, kind))
        result = bring_in(CENTRES, file, mode="upsert", dry_run=True)
        assert (kind, result.rows_read, result.added, result.changed) == (kind, len(centres), 0, 0)


def test_an_instant_is_of_the_day_that_the_countys_clocks_show(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    said = ["2026-01-31T15:59:59Z", "2026-01-31T16:00:00Z", "2026-01-31T23:59:00+08:00", "2026-01-31"]
    rows = pd.DataFrame({"编号": list("abcd"), "名称": list("甲乙丙丁"), "签订日期": said, "企业": "厂"})
    rows["经度"], rows["纬度"] = 110.85, 35.41
    rows.to_csv(tmp_path / "a.csv", index=False)
    bring_in("co-building-agreements", tmp_path / "a.csv")
    shown = ["2026-01-31", "2026-02-01", "2026-01-31", "2026-01-31"]
    assert days(county_store, "co-building-agreements", "signed_on") == shown


def test_instants_of_a_geopackage_too(bring_in: Import, tmp_path: Path, county_store: Store) -> None:
    times = pd.to_datetime(["2026-01-31T15:59:59Z", "2026-01-31T17:30:00Z"])
    rows = gpd.GeoDataFrame(
        {"code": ["a", "b"], "name": ["甲", "乙"], "firm": "厂", "signed_on": times},
        geometry=shapely.points([(110.85, 35.41)] * 2), crs="EPSG:4490",
    )  # fmt: skip
    rows.to_file(tmp_path / "a.gpkg")
    bring_in("co-building-agreements", tmp_path / "a.gpkg")
    assert days(county_store, "co-building-agreements", "signed_on") == ["2026-01-31", "2026-02-01"]


def test_what_a_spreadsheet_took_for_a_number_is_named(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    rows = pd.DataFrame({"编号": ["007", "1e5"], "中心名称": ["甲", "乙"], "经度": 110.85, "纬度": 35.41})
    rows.to_csv(tmp_path / "a.csv", index=False)
    bring_in(CENTRES, tmp_path / "a.csv", mode="upsert")
    rows = rows.assign(编号=["7", "100000"], 电话=["3594501234", "13594501234"])
    rows.to_csv(tmp_path / "b.csv", index=False)
    result = bring_in(CENTRES, tmp_path / "b.csv", mode="upsert", dry_run=True)
    assert said(result, "code-zeros") == [
        "“编号（code）”7 像是 007 被表格软件当成了数。是的话改回 007，把这一列设为文本。",
        "“编号（code）”100000 像是 1e5 被表格软件当成了数。是的话改回 1e5，把这一列设为文本。",
    ]
    assert said(result, "phone-zero") == [
        "“办公电话（phone）”3594501234 像是 03594501234 丢了区号前的 0。是的话改回来，把这一列设为文本。"
    ]


def test_signs_that_turn_words_round_are_taken_off_and_said(
    bring_in: Import, tmp_path: Path, county_store: Store
) -> None:
    rows = pd.DataFrame(
        {"编号": ["A", "B"], "中心名称": ["荣\u202e河\u200b", "平常"], "经度": 110.85, "纬度": 35.41}
    )
    rows.to_csv(tmp_path / "a.csv", index=False)
    result = bring_in(CENTRES, tmp_path / "a.csv", mode="replace")
    assert list(county_store.read(CENTRES)["name"]) == ["荣河", "平常"]
    assert [(one.row, one.severity) for one in result.findings if one.rule == "text-controls"] == [
        (2, "warning")
    ]
