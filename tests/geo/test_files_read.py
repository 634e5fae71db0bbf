"""Every format that is read, and the traps of field data."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from geo.errors import EncodingError, InputError
from geo.files import Ask, FileTable
from geo.files import read as read_apart
from tests import county
from tests.odd_files import quick_read as read
from tests.odd_files import write_ods, write_shapefile, zip_as_windows, zip_folder

HEADINGS = ("编号", "名称", "村代码", "经度", "纬度", "电话", "x", "y")


def rows() -> gpd.GeoDataFrame:
    found = county.villages()[["code", "name", "population", "geometry"]]
    return found.rename(columns={"code": "编号", "name": "名称", "population": "人口"})


def ask(**more: object) -> Ask:
    return Ask(**{"headings": HEADINGS, "shape": "polygon", **more})


def shapefile(folder: Path, *, encoding: str, cpg: str | None = None, language: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    plain = rows()
    plain["名称"] = plain["名称"].str.replace("\u202e", "")  # not in GBK
    return write_shapefile(folder / "村界.shp", plain, encoding=encoding, cpg=cpg, language=language)


def names_of(table: FileTable) -> list[str]:
    return table.columns.column("名称").to_pylist()


def shapes_of(table: FileTable) -> list:
    assert table.wkb is not None
    return list(shapely.from_wkb(table.wkb.to_numpy(zero_copy_only=False)))


WRITERS: dict[str, Callable[[Path], None]] = {
    "v.gpkg": lambda path: rows().to_file(path),
    "v.geojson": lambda path: rows().to_file(path),
    "v.kml": lambda path: rows().to_file(path, driver="LIBKML"),
    "v.kmz": lambda path: rows().to_file(path, driver="LIBKML"),
    "v.gdb": lambda path: rows().astype({"人口": float}).to_file(path, driver="OpenFileGDB"),
    "v.parquet": lambda path: rows().to_parquet(path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_formats_give_the_same_rows(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    table = read(tmp_path / name, ask())
    assert names_of(table) == rows()["名称"].tolist()
    assert table.columns.column("编号").to_pylist() == rows()["编号"].tolist()
    assert table.rows.tolist() == list(range(1, 11))
    for ours, theirs in zip(shapes_of(table), rows().geometry, strict=True):
        assert ours.symmetric_difference(theirs).area < 1e-10
    assert table.facts.crs is not None


def test_sheets_come_back_from_the_reading_process_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("编号,名称\nA,甲\n".encode("gb18030"))
    table = read_apart(path, ask())
    assert table.columns.to_pydict() == {"编号": ["A"], "名称": ["甲"]}
    assert table.rows.tolist() == [2]
    assert table.facts == read(path, ask()).facts
    assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_zipped_filegdb_with_and_without_its_folder(tmp_path: Path) -> None:
    rows().astype({"人口": float}).to_file(tmp_path / "村界.gdb", driver="OpenFileGDB")
    whole = zip_folder(tmp_path / "村界.gdb", tmp_path / "a.zip", top="村界.gdb/")
    loose = zip_folder(tmp_path / "村界.gdb", tmp_path / "b.zip")
    for path in (whole, loose):
        assert names_of(read(path, ask())) == rows()["名称"].tolist()


@pytest.mark.parametrize(
    ("encoding", "cpg", "used", "guessed"),
    [
        ("gbk", None, "gb18030", True),
        ("utf-8", None, "utf-8", True),
        ("gbk", "GBK", "gb18030", False),
        ("gbk", "936", "gb18030", False),
        ("utf-8", "UTF-8", "utf-8", False),
        ("gbk", "UTF-8", "gb18030", True),
    ],
)
def test_dbf_encodings(tmp_path: Path, encoding: str, cpg: str | None, used: str, guessed: bool) -> None:
    table = read(shapefile(tmp_path / "s", encoding=encoding, cpg=cpg), ask())
    assert names_of(table)[:8] == rows()["名称"].tolist()[:8]
    assert table.facts.encoding == used
    assert [note.rule for note in table.facts.notes] == (["encoding-guessed"] if guessed else [])


def test_the_encoding_that_was_asked_for_wins(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "s", encoding="gbk", cpg="UTF-8")
    assert names_of(read(path, ask(encoding="GBK")))[0] == "1号村"
    with pytest.raises(EncodingError, match="不是 utf-8 编码") as refused:
        read(path, ask(encoding="utf-8"))
    assert refused.value.remedy == "encoding"
    with pytest.raises(EncodingError, match="klingon"):
        read(path, ask(encoding="klingon"))


def test_language_ids_count_only_when_they_say_something(tmp_path: Path) -> None:
    said = {
        0x4D: ("gb18030", []),
        0x57: ("gb18030", ["encoding-guessed"]),
        0x03: ("gb18030", ["encoding-guessed"]),
    }
    for language, (codec, notes) in said.items():
        facts = read(shapefile(tmp_path / str(language), encoding="gbk", language=language), ask()).facts
        assert (facts.encoding, [note.rule for note in facts.notes]) == (codec, notes)


def test_every_byte_of_a_dbf_reaches_us(tmp_path: Path) -> None:
    text = "丂亐鱝齄々〇①㈱Ⅹ〓€"  # second bytes from 0x40 to 0xFE, and a first byte 0x80
    point = gpd.GeoDataFrame({"名称": [text]}, geometry=[shapely.Point(110, 35)], crs=4490)
    path = write_shapefile(tmp_path / "a.shp", point, encoding="gb18030")
    assert names_of(read(path, ask(shape="point"))) == [text]


def test_headings_and_values_cut_in_the_middle_of_a_character(tmp_path: Path) -> None:
    long = gpd.GeoDataFrame(
        {"所在村民委员会代码": ["村" * 31 + "x"]}, geometry=[shapely.Point(110, 35)], crs=4490
    )
    for encoding, heading, kept in (("utf-8", "所在村", 20), ("gb18030", "所在村民委", 30)):
        path = write_shapefile(tmp_path / f"{encoding}.shp", long, encoding=encoding)
        assert read(path, ask()).columns.to_pydict() == {heading: ["村" * kept]}


def test_upper_case_endings(tmp_path: Path) -> None:
    shapefile(tmp_path, encoding="gbk")
    for file in list(tmp_path.iterdir()):
        file.rename(file.with_name(file.stem + (file.suffix.upper() if file.suffix != ".shx" else ".shx")))
    assert len(read(tmp_path / "村界.SHP", ask()).rows) == 10


def test_zipped_shapefile_with_gbk_file_names(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "s", encoding="gbk")
    files = {f"数据/{file.name}": file.read_bytes() for file in path.parent.iterdir()}
    table = read(zip_as_windows(files, tmp_path / "s.zip"), ask())
    assert table.facts.part == "村界.shp"
    assert names_of(table)[0] == "1号村"


def test_several_files_in_a_zip_are_asked_about(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    shapefile(folder, encoding="gbk")
    (folder / "表.csv").write_text("编号,名称\n1,甲\n", "utf-8")
    path = zip_folder(folder, tmp_path / "两个.zip")
    with pytest.raises(InputError, match=r"2 个数据文件：.*指明读哪一个") as refused:
        read(path, ask())
    assert refused.value.remedy == "part"
    assert names_of(read(path, ask(part="表.csv"))) == ["甲"]
    assert len(read(path, ask(part="村界")).rows) == 10


def test_several_layers_are_chosen_by_geometry_or_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    rows().to_file(path, layer="面")
    county.centres().to_file(path, layer="点")
    assert len(read(path, ask()).rows) == 10
    assert len(read(path, ask(shape="point")).rows) == 4
    rows().iloc[:2].to_file(path, layer="另一个面")
    with pytest.raises(InputError, match=r"3 个图层：面、点、另一个面"):
        read(path, ask())
    assert len(read(path, ask(part="另一个面")).rows) == 2
    with pytest.raises(InputError, match="没有“别的”"):
        read(path, ask(part="别的"))


def test_folders_of_a_kml_are_put_together(tmp_path: Path) -> None:
    place = "<Placemark><name>{0}</name><ExtendedData><Data name='编号'><value>{0}</value></Data></ExtendedData><Point><coordinates>110.{0},35.4,800</coordinates></Point></Placemark>"
    folders = "".join(
        f"<Folder><name>第{i}组</name>{place.format(i)}{place.format(i + 5)}</Folder>" for i in (1, 2)
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folders}</Document></kml>'
    (tmp_path / "a.kml").write_text(text, "utf-8")
    table = read(tmp_path / "a.kml", ask(shape="point"))
    assert table.columns.column("name").to_pylist() == ["1", "6", "2", "7"]
    assert table.columns.column("编号").to_pylist() == ["1", "6", "2", "7"]
    assert table.rows.tolist() == [1, 2, 3, 4]


def test_lists_and_objects_of_geojson_become_text(tmp_path: Path) -> None:
    feature = '{"type":"Feature","properties":{"a":["x","y"],"n":1},"geometry":{"type":"Point","coordinates":[110,35]}}'
    (tmp_path / "a.geojson").write_text(f'{{"type":"FeatureCollection","features":[{feature}]}}')
    table = read(tmp_path / "a.geojson", ask(shape="point"))
    assert table.columns.to_pydict() == {"a": ["x;y"], "n": [1]}
    assert table.facts.crs == "EPSG:4326"


def test_geojson_in_gbk_is_read_and_said(tmp_path: Path) -> None:
    rows().to_file(tmp_path / "u.geojson")
    text = (tmp_path / "u.geojson").read_text("utf-8").replace(county.HOSTILE.replace('"', '\\"'), "九号")
    text = "".join(char for char in text if char != "\u202e")
    (tmp_path / "g.geojson").write_bytes(text.encode("gbk"))
    table = read(tmp_path / "g.geojson", ask())
    assert names_of(table)[0] == "1号村"
    assert [note.rule for note in table.facts.notes] == ["encoding-guessed"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("编号,名称\n001,甲村\n002,乙村\n", "utf-8"),
        ("编号,名称\n001,甲村\n002,乙村\n", "utf-8-sig"),
        ("编号,名称\n001,甲村\n002,乙村\n", "gb18030"),
        ("编号\t名称\n001\t甲村\n002\t乙村\n", "utf-16"),
        ("编号;名称\r\n001;甲村\r\n002;乙村\r\n", "gb18030"),
    ],
)
def test_csv_as_it_comes(tmp_path: Path, content: str, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(content.encode(encoding))
    table = read(tmp_path / "a.csv", ask())
    assert table.columns.to_pydict() == {"编号": ["001", "002"], "名称": ["甲村", "乙村"]}
    assert table.rows.tolist() == [2, 3]
    assert table.wkb is None


def test_csv_rows_keep_their_line_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('编号,名称\n1,"两\n行"\n\n2,乙\n', "utf-8")
    table = read(tmp_path / "a.csv", ask())
    assert names_of(table) == ["两\n行", "乙"]
    assert table.rows.tolist() == [2, 5]


def field_sheet(path: Path) -> None:
    """As an office sends it: title, 填报单位, two header rows with merged cells, totals, a footer."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active["A1"] = "请各乡镇按表填报"
    sheet = book.create_sheet("填报")
    sheet["A1"] = "万荣县党群服务中心统计表"
    sheet.merge_cells("A1:G1")
    sheet["A2"] = "填报单位：西镇"
    for cell, text in {
        "A3": "乡镇",
        "B3": "编号",
        "C3": "名称",
        "D3": "位置",
        "F3": "电话",
        "G3": "村代码",
    }.items():
        sheet[cell] = text
    sheet["D4"], sheet["E4"] = "经度", "纬度"
    for merged in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4"):
        sheet.merge_cells(merged)
    sheet.append(["西镇", "P1", "甲中心", 110.8, 35.4, "0359-1", 140822100001])
    sheet.append([None, "P2", "乙中心", "１１０°４８′", "35.41", None, 140822100002.0])
    sheet.append([None, "小计", None, None, None, 2])
    sheet.append([])
    sheet.append(["中镇", "P3", "丙中心", 110.9, 35.4, None, "140822101001"])
    sheet.append(["合计", 3])
    sheet.append(["填表人：某某"])
    sheet.merge_cells("A5:A6")
    book.save(path)


def test_a_sheet_as_an_office_sends_it(tmp_path: Path) -> None:
    field_sheet(tmp_path / "a.xlsx")
    table = read(tmp_path / "a.xlsx", ask(shape="point"))
    columns = table.columns.to_pydict()
    assert columns["编号"] == ["P1", "P2", "P3"]
    assert columns["乡镇"] == ["西镇", "西镇", "中镇"]
    assert columns["村代码"] == ["140822100001", "140822100002", "140822101001"]
    assert columns["经度"] == ["110.8", "１１０°４８′", "110.9"]
    assert columns["纬度"] == ["35.4", "35.41", "35.4"]
    assert table.rows.tolist() == [5, 6, 9]
    assert table.facts.part == "填报"
    assert [(note.rule, note.row) for note in table.facts.notes] == [
        ("merged-filled", 5), ("row-skipped", 7), ("row-skipped", 10), ("row-skipped", 11),
    ]  # fmt: skip


def test_a_sheet_is_chosen_by_name_or_by_its_headings(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "a.xlsx") as writer:
        pd.DataFrame({"别的": [1], "东西": [2]}).to_excel(writer, sheet_name="一", index=False)
        pd.DataFrame({"编号": ["A"], "名称": ["甲"]}).to_excel(writer, sheet_name="二", index=False)
        pd.DataFrame({"编号": ["B"]}).to_excel(writer, sheet_name="三", index=False)
    table = read(tmp_path / "a.xlsx", ask())
    assert names_of(table) == ["甲"]
    assert "没有读：一、三" in table.facts.notes[0].message
    assert read(tmp_path / "a.xlsx", ask(part="三")).columns.to_pydict() == {"编号": ["B"]}
    with pytest.raises(InputError, match="没有名为“四”的表，有：一、二、三"):
        read(tmp_path / "a.xlsx", ask(part="四"))


def test_days_truth_and_numbers_of_a_workbook_become_plain_text(tmp_path: Path) -> None:
    from datetime import date, datetime

    book = openpyxl.Workbook()
    book.active.append(["编号", "日", "时", "真", "数", "大数"])
    book.active.append(["A", date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), True, 1.5, 140822103201001.0])
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx", ask()).columns.to_pydict()
    assert [values[0] for values in found.values()] == [
        "A", "2026-01-02", "2026-01-02 03:04:00", "true", "1.5", "140822103201001",
    ]  # fmt: skip


def test_ods_and_repeated_headings(tmp_path: Path) -> None:
    table = read(write_ods(tmp_path / "a.ods", [["编号", "名称", "名称"], ["A", "甲", "乙"]]), ask())
    assert table.columns.to_pydict() == {"编号": ["A"], "名称": ["甲"], "名称_2": ["乙"]}


def test_hostile_text_passes_untouched(tmp_path: Path) -> None:
    pd.DataFrame({"编号": ["=1+1"], "名称": [county.HOSTILE]}).to_csv(tmp_path / "a.csv", index=False)
    table = read(tmp_path / "a.csv", ask())
    assert table.columns.to_pydict() == {"编号": ["=1+1"], "名称": [county.HOSTILE]}


def test_a_geopackage_in_use_by_another_program_is_read(tmp_path: Path) -> None:
    rows().to_file(tmp_path / "a.gpkg")
    with sqlite3.connect(tmp_path / "a.gpkg") as held:
        held.execute("BEGIN")
        assert len(read(tmp_path / "a.gpkg", ask()).rows) == 10


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    rows().to_file(tmp_path / "a.gpkg")
    seen: list[float] = []
    read(tmp_path / "a.gpkg", ask(), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1:] == [1.0]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    path = zip_folder(shapefile(tmp_path / "s", encoding="gbk").parent, tmp_path / "a.zip")
    read(path, ask(), scratch=scratch)
    assert list(scratch.iterdir()) == []
