"""Downloads: the same rows in four formats, text that stays text, notes that say what it is."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import geopandas as gpd
import openpyxl
import pytest
from flask.testing import FlaskClient

from layers.editions import Store
from tests import county
from tests.county import HOSTILE, village_code
from tests.disputes import INTERNAL, PERSONAL, TOTAL, put

As = Callable[..., FlaskClient]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', "|x", "%x"]


def download(client: FlaskClient, layer: str, query: str) -> bytes:
    answer = client.get(f"/api/layers/{layer}/export?{query}")
    assert answer.status_code == 200, answer.data
    assert answer.headers["Cache-Control"] == "no-store"
    return bytes(answer.data)


def sheet(body: bytes, name: str = "数据") -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(body))
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows()]


def table(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_the_file_has_its_chinese_name(client: FlaskClient) -> None:
    answer = client.get("/api/layers/villages/export?format=csv&code=140822100")
    disposition = answer.headers["Content-Disposition"]
    assert 'filename="villages.csv"' in disposition
    name = unquote(disposition.split("filename*=UTF-8''")[1])
    assert name.startswith("村（社区）界西镇_")
    assert name.endswith(".csv")


def test_a_spreadsheet_has_types_a_frozen_header_and_notes(client: FlaskClient) -> None:
    body = download(client, "villages", "format=xlsx")
    rows = sheet(body)
    head = rows[0]
    assert head[:3] == ("编号", "名称", "乡镇代码")
    assert len(rows) == 11
    first = dict(zip(head, rows[1], strict=True))
    assert (first["编号"], first["人口"], first["类别"]) == (village_code(1), 100, "行政村")
    assert openpyxl.load_workbook(io.BytesIO(body))["数据"].freeze_panes == "A2"
    notes = dict(sheet(body, "说明"))
    assert {"图层", "数据来源", "数据时点", "版本", "筛选", "提示"} <= set(notes)
    assert "演示数据" in str(notes["提示"])


def test_dates_are_dates_and_real_data_carry_no_demo_mark(
    as_role: As, client: FlaskClient, demo_store: Store
) -> None:
    rows = sheet(download(as_role("mediator"), "disputes", "format=xlsx"))
    day = rows[1][rows[0].index("发生日期")]
    assert getattr(day, "year", None) == 2024
    put(demo_store, "villages", county.villages())
    assert "提示" not in dict(sheet(download(client, "villages", "format=xlsx"), "说明"))


def test_csv_opens_in_spreadsheets(client: FlaskClient) -> None:
    body = download(client, "party-service-centres", "format=csv")
    assert body.startswith(b"\xef\xbb\xbf")
    rows = table(body)
    assert rows[0][-3:] == ["经度", "纬度", "数据说明"]
    assert {row[-1].split("；")[0] for row in rows[1:]} == {"提示：演示数据，不是真实情况"}
    assert len(rows) == 5
    assert 110 < float(rows[1][-3]) < 111


def test_hostile_text_is_literal_in_every_format(client: FlaskClient, tmp_path: Path) -> None:
    assert HOSTILE in [row[1] for row in sheet(download(client, "villages", "format=xlsx"))]
    assert HOSTILE in [row[1] for row in table(download(client, "villages", "format=csv"))]
    features = json.loads(download(client, "villages", "format=geojson"))["features"]
    assert HOSTILE in [feature["properties"]["name"] for feature in features]
    file = tmp_path / "x.gpkg"
    file.write_bytes(download(client, "villages", "format=gpkg"))
    assert HOSTILE in gpd.read_file(file, layer="villages")["name"].tolist()


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_stay_text(client: FlaskClient, demo_store: Store, text: str) -> None:
    centres = county.centres()
    centres["address"] = text
    put(demo_store, "party-service-centres", centres, demo=True)
    body = download(client, "party-service-centres", "format=xlsx")
    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(body))["数据"].iter_rows(min_row=2) for cell in row
    ]
    assert [cell.data_type for cell in cells if cell.value == text] == ["s"] * 4
    assert not [cell for cell in cells if cell.data_type == "f"]
    rows = table(download(client, "party-service-centres", "format=csv"))
    assert [row[rows[0].index("地址")] for row in rows[1:]] == [f"'{text}"] * 4


def test_control_characters_do_not_break_a_spreadsheet(client: FlaskClient, demo_store: Store) -> None:
    centres = county.centres()
    centres["address"] = "a\x00\x07b" + "长" * 40_000
    put(demo_store, "party-service-centres", centres, demo=True)
    rows = sheet(download(client, "party-service-centres", "format=xlsx"))
    assert str(rows[1][rows[0].index("地址")]).startswith("ab长")


def test_a_geopackage_has_types_and_a_crs(client: FlaskClient, tmp_path: Path) -> None:
    file = tmp_path / "x.gpkg"
    body = download(client, "villages", "format=gpkg&code=140822101")
    file.write_bytes(body)
    rows = gpd.read_file(file, layer="villages")
    assert (len(rows), rows.crs.to_epsg()) == (3, 4490)
    assert rows["population"].tolist() == [200, 500, 800]
    assert b"/tmp/" not in body
    assert b"govmap-" not in body
    notes = gpd.read_file(file, layer="notes")
    assert "版本" in notes["label"].tolist()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "gpkg"])
def test_every_format_goes_through_the_door(
    client: FlaskClient, as_role: As, kind: str, tmp_path: Path
) -> None:
    public = download(client, "disputes", f"format={kind}&period=2024Q1")
    planner = download(as_role("planner"), "disputes", f"format={kind}")
    for body in (public, planner):
        text = everything(body, kind, tmp_path)
        assert PERSONAL not in text
        assert INTERNAL not in text
    assert everything(public, kind, tmp_path).count("2024Q1") >= 10
    operator = everything(download(as_role("operator"), "disputes", f"format={kind}"), kind, tmp_path)
    assert PERSONAL not in operator
    assert operator.count(HOSTILE[:20]) >= TOTAL or kind == "geojson"


def everything(body: bytes, kind: str, folder: Path) -> str:
    """All text of a download."""
    if kind == "xlsx":
        return "\n".join(map(str, sheet(body) + sheet(body, "说明")))
    if kind == "gpkg":
        file = folder / "x.gpkg"
        file.write_bytes(body)
        return gpd.read_file(file, layer="disputes").to_csv()
    return body.decode("utf-8-sig")


def test_filters_hold_for_downloads(client: FlaskClient) -> None:
    rows = table(download(client, "villages", "format=csv&f.population=100..300"))
    assert len(rows) == 4


def test_what_cannot_be_downloaded(client: FlaskClient) -> None:
    assert client.get("/api/layers/villages/export?format=exe").status_code == 400
    assert client.get("/api/layers/villages/export?nope=1").status_code == 400
    assert client.get("/api/layers/nope/export").status_code == 404
    assert client.get("/api/layers/weak-party-orgs/export").status_code == 403


def test_the_template_is_a_spreadsheet(client: FlaskClient) -> None:
    answer = client.get("/api/layers/party-service-centres/template")
    assert answer.status_code == 200
    assert "编号" in sheet(bytes(answer.data))[0]
    assert client.get("/api/layers/nope/template").status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_is_in_the_order_of_the_table(client: FlaskClient, kind: str) -> None:
    shown = client.get("/api/layers/villages/rows?sort=-population&limit=3").get_json()
    body = download(client, "villages", f"format={kind}&sort=-population")
    rows = sheet(body) if kind == "xlsx" else table(body)
    assert [row[0] for row in rows[1:4]] == shown["keys"]
    if kind == "xlsx":
        assert dict(sheet(body, "说明"))["筛选"] == "没有筛选，全部记录"


def test_a_file_in_an_unknown_order_is_refused(client: FlaskClient) -> None:
    answer = client.get("/api/layers/villages/export?format=xlsx&sort=nothing")
    assert answer.status_code == 400
