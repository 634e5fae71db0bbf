"""Bad files: each gets one clear error, and nothing of it is opened further than needed."""

import io
import os
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

from geo import errors
from geo.errors import (
    ArchiveError,
    FileEmptyError,
    FileFormatError,
    FileIncompleteError,
    FileProtectedError,
    FileTooLargeError,
    InputError,
)
from geo.files import Ask, Limits
from geo.files import read as read_apart
from tests import county
from tests.odd_files import encrypted_workbook, write_shapefile, zip_folder
from tests.odd_files import quick_read as read

ASK = Ask(headings=("编号", "名称"), shape="polygon")
MB = 1 << 20
DOCUMENT = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{0}</Document></kml>'


def refuse(path: Path, error: type[InputError], message: str, **more: object) -> None:
    with pytest.raises(error, match=message) as caught:
        read(path, ASK, **more)  # type: ignore[arg-type]
    assert type(caught.value) is error
    assert str(caught.value).count("\n") == 0


def geopackage(path: Path) -> Path:
    county.villages().to_file(path)
    return path


@pytest.mark.parametrize(
    "name", ["a.shp", "a.gpkg", "a.geojson", "a.kml", "a.csv", "a.xlsx", "a.zip", "a.parquet"]
)
def test_empty_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    if name == "a.shp":
        for ending in (".dbf", ".shx"):
            (tmp_path / "a").with_suffix(ending).touch()
    refuse(tmp_path / name, FileEmptyError, "空的")


def test_files_without_rows(tmp_path: Path) -> None:
    county.villages().iloc[:0].to_file(tmp_path / "a.gpkg")
    (tmp_path / "a.geojson").write_text('{"type":"FeatureCollection","features":[]}')
    (tmp_path / "a.csv").write_text("编号,名称\n", "utf-8")
    (tmp_path / "b.csv").write_text("\n\n")
    (tmp_path / "a.kml").write_text(DOCUMENT.format(""))
    for name in ("a.gpkg", "a.geojson", "a.csv", "b.csv", "a.kml"):
        refuse(tmp_path / name, FileEmptyError, "没有")


def _shp(folder: Path) -> Path:
    return write_shapefile(folder / "v.shp", county.villages()[["code", "geometry"]], encoding="gbk")


def _cut(path: Path, keep: float) -> Path:
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * keep)])
    return path


WHOLE: dict[str, Callable[[Path], Path]] = {
    "v.gpkg": lambda folder: geopackage(folder / "v.gpkg"),
    "v.geojson": lambda folder: county.villages().to_file(folder / "v.geojson") or folder / "v.geojson",
    "v.kml": lambda folder: county.villages().to_file(folder / "v.kml", driver="LIBKML") or folder / "v.kml",
    "v.parquet": lambda folder: county.villages().to_parquet(folder / "v.parquet") or folder / "v.parquet",
    "v.xlsx": lambda folder: (
        county.centres().drop(columns="geometry").to_excel(folder / "v.xlsx") or folder / "v.xlsx"
    ),
    "v.shp": _shp,
    "v.zip": lambda folder: zip_folder(_shp(folder).parent, folder.parent / "v.zip"),
}


@pytest.mark.parametrize("keep", [0.3, 0.95])
@pytest.mark.parametrize("name", WHOLE)
def test_truncated_files(tmp_path: Path, name: str, keep: float) -> None:
    (tmp_path / "f").mkdir()
    path = _cut(WHOLE[name](tmp_path / "f"), keep)
    with pytest.raises(InputError, match=r"完整|损坏|拷完"):
        read(path, ASK)


def test_a_truncated_table_beside_whole_shapes(tmp_path: Path) -> None:
    path = _shp(tmp_path)
    _cut(path.with_suffix(".dbf"), 0.6)
    refuse(path, InputError, r"v.dbf 不完整：应有 \d+ 字节，只有 \d+ 字节")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.shp", b"PK\x03\x04rest", "ZIP"),
        ("a.gpkg", b"<OGRVRTDataSource></OGRVRTDataSource>", "XML"),
        ("a.geojson", b"a,b\n1,2\n", "CSV"),
        ("a.kml", b'{"type":"FeatureCollection"}', "GeoJSON"),
        ("a.csv", b"\x00\x00\x27\x0a" + bytes(100), "Shapefile"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "Excel 97"),
        ("a.gpkg", b"SQLite format 3\x00" + bytes(100), "SQLite"),
        ("a.zip", b"PAR1", "GeoParquet"),
        ("a.parquet", b"\x00\x01\x02\x03", "不认识"),
    ],
)
def test_names_and_contents_that_disagree(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    (tmp_path / name).write_bytes(content)
    refuse(tmp_path / name, FileFormatError, rf"扩展名是 {Path(name).suffix}，内容却是.*{found}")


@pytest.mark.parametrize("name", ["a.vrt", "a.mif", "a.dwg", "a.exe", "a", "a.sqlite", "a.rar"])
def test_formats_that_are_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"<OGRVRTDataSource></OGRVRTDataSource>")
    refuse(tmp_path / name, FileFormatError, "不支持")


@pytest.mark.parametrize("missing", [".dbf", ".shx"])
def test_incomplete_shapefile_sets(tmp_path: Path, missing: str) -> None:
    path = _shp(tmp_path)
    path.with_suffix(missing).unlink()
    refuse(path, FileIncompleteError, f"缺少同名的 {missing}")


def test_parts_of_a_set_ask_for_the_whole(tmp_path: Path) -> None:
    refuse(_shp(tmp_path).with_suffix(".dbf"), FileIncompleteError, "给同名的 .shp")
    (tmp_path / "b.gdb").mkdir()
    refuse(tmp_path / "b.gdb", FileIncompleteError, "不是完整的 FileGDB")
    (tmp_path / "c.shp").mkdir()
    refuse(tmp_path / "c.shp", InputError, "是文件夹")


def test_companions_that_are_links_to_elsewhere_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    path = _shp(tmp_path)
    moved = tmp_path / "elsewhere" / "v.dbf"
    path.with_suffix(".dbf").rename(moved)
    path.with_suffix(".dbf").symlink_to(moved)
    refuse(path, FileIncompleteError, ".dbf")
    county.villages()[["code", "geometry"]].to_file(tmp_path / "v.gdb", driver="OpenFileGDB")
    (tmp_path / "v.gdb" / "a.link").symlink_to("/etc/passwd")
    refuse(tmp_path / "v.gdb", FileFormatError, "链接")


@pytest.mark.parametrize(
    "text",
    [
        "/vsizip/a.zip",
        "/vsicurl/http://example.org/a.gpkg",
        "http://example.org/a.gpkg",
        "GPKG:/tmp/a.gpkg",
        "zip://a.zip",
    ],
)
def test_addresses_and_virtual_paths(text: str) -> None:
    with pytest.raises(InputError, match=r"不读网址和虚拟路径|没有文件"):
        read(Path(text), ASK)


def test_missing_files_and_devices(tmp_path: Path) -> None:
    refuse(tmp_path / "a.gpkg", InputError, "没有文件")
    refuse(tmp_path, InputError, "是文件夹")
    if os.name != "nt":
        os.mkfifo(tmp_path / "a.csv")
        refuse(tmp_path / "a.csv", InputError, "不是普通文件")


def test_a_file_of_2_gb_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as handle:
        handle.truncate((2 << 30) + 1)
    refuse(path, FileTooLargeError, "超过 2048 MB")


def _zip(path: Path, entries: dict[str, bytes], **more: object) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["../a.csv", "/tmp/a.csv", "x/../../a.csv", "C:/a.csv", "..\\a.csv"])
def test_paths_that_lead_out_of_a_zip(tmp_path: Path, name: str) -> None:
    refuse(_zip(tmp_path / "a.zip", {name: b"x"}), ArchiveError, "指向别处")
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.zip"]


@pytest.mark.parametrize("name", ["inner.zip", "x/inner.KMZ", "a.rar", "a.7z", "a.tar.gz"])
def test_archives_in_archives(tmp_path: Path, name: str) -> None:
    refuse(
        _zip(tmp_path / "a.zip", {name: b"x", "a.csv": b"a,b\n1,2\n"}),
        ArchiveError,
        "压缩包里还有|里还有压缩包",
    )


def test_links_in_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        entry = zipfile.ZipInfo("a.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    refuse(tmp_path / "a.zip", ArchiveError, "链接")


def test_bombs_by_ratio_by_size_and_by_lie(tmp_path: Path) -> None:
    refuse(_zip(tmp_path / "a.zip", {"a.csv": bytes(100 * MB)}), ArchiveError, "不合常理")
    small = Limits(file_bytes=MB)
    path = _zip(tmp_path / "b.zip", {f"{i}.csv": os.urandom(MB // 4) + bytes(MB // 4) for i in range(3)})
    refuse(path, FileTooLargeError, "超过 1 MB", limits=small)
    lying = bytearray(_zip(tmp_path / "c.zip", {"a.csv": bytes(2 * MB)}).read_bytes())
    at = lying.rfind(b"PK\x01\x02")
    struct.pack_into("<I", lying, at + 24, 10)  # the directory says ten bytes
    (tmp_path / "c.zip").write_bytes(lying)
    with pytest.raises((FileTooLargeError, ArchiveError)):
        read(tmp_path / "c.zip", ASK, limits=small)


def test_swollen_workbooks(tmp_path: Path) -> None:
    entries = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": b"<workbook/>",
        "xl/big.xml": bytes(3 * MB),
    }
    refuse(_zip(tmp_path / "a.xlsx", entries), InputError, "读不出来")
    refuse(_zip(tmp_path / "a.xlsx", entries), ArchiveError, "解开后有 3 MB", limits=Limits(file_bytes=MB))


def test_archives_without_data(tmp_path: Path) -> None:
    refuse(_zip(tmp_path / "a.zip", {}), FileEmptyError, "没有文件")
    refuse(
        _zip(tmp_path / "b.zip", {"说明.docx": b"x", "__MACOSX/a": b"x"}),
        FileFormatError,
        "没有能导入的文件（有 说明.docx）",
    )


def test_archives_with_a_password(tmp_path: Path) -> None:
    raw = bytearray(_zip(tmp_path / "a.zip", {"a.csv": b"x"}).read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(magic) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(raw)
    refuse(tmp_path / "a.zip", FileProtectedError, "有密码")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_password_protected_workbooks(tmp_path: Path, name: str) -> None:
    refuse(encrypted_workbook(tmp_path / name), FileProtectedError, "有打开密码")


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE kml SYSTEM "http://example.org/evil.dtd">',
        '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_kml_with_entities(tmp_path: Path, prolog: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}' + DOCUMENT.format("<Placemark/>")
    (tmp_path / "a.kml").write_bytes(text.encode(encoding))
    refuse(tmp_path / "a.kml", InputError, "DTD 或外部实体")
    _zip(tmp_path / "a.kmz", {"doc.kml": text.encode(encoding)})
    refuse(tmp_path / "a.kmz", InputError, "DTD 或外部实体")


def test_kml_with_broken_xml_or_coordinates(tmp_path: Path) -> None:
    (tmp_path / "a.kml").write_text("<kml><Document><Placemark></Document></kml>")
    refuse(tmp_path / "a.kml", InputError, "不是完整的 KML")
    place = "<Placemark><Point><coordinates>here</coordinates></Point></Placemark>"
    (tmp_path / "b.kml").write_text(DOCUMENT.format(place))
    refuse(tmp_path / "b.kml", InputError, "读不懂的坐标")


def test_text_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("编号,名称\n1,".encode() + b"\xff\xfe\xfd\n")
    refuse(tmp_path / "a.csv", errors.EncodingError, "既不是 UTF-8 也不是 GBK")


def test_errors_of_the_reading_process_keep_their_class(tmp_path: Path) -> None:
    path = encrypted_workbook(tmp_path / "a.xlsx")
    with pytest.raises(FileProtectedError, match="有打开密码") as caught:
        read_apart(path, ASK)
    assert caught.value.params == {"name": "a.xlsx"}
    assert caught.value.code == "file-protected"


def test_a_geojson_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text('{"hello": "world"}')
    refuse(tmp_path / "a.geojson", InputError, "读不出来")


def test_the_reader_stops_at_its_time_limit(tmp_path: Path) -> None:
    refuse(geopackage(tmp_path / "a.gpkg"), FileTooLargeError, "时间超过限制", limits=Limits(wall_s=0.05))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory are enforced on Linux")
def test_the_reader_stops_at_its_memory_limit(tmp_path: Path) -> None:
    table = gpd.pd.DataFrame({"编号": ["x" * 1000] * 60_000})
    table.to_csv(tmp_path / "a.csv", index=False)
    limits = Limits(memory_bytes=300 * MB)
    with pytest.raises(InputError, match=r"内存超过限制|中途停止"):
        read_apart(tmp_path / "a.csv", ASK, limits=limits)


CHILD = """
import json, socket, sys
from geo.files.limits import confine
confine(memory_bytes=4 << 30, cpu_s=20, file_bytes=1 << 20)
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=3)
except OSError:
    print("no network")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="network namespaces are Linux's")
def test_the_reader_has_no_network() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(server.getsockname()[1])],
            capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True,
        )  # fmt: skip
    if not done.stdout:
        pytest.skip("this kernel forbids new network namespaces")
    assert done.stdout == "no network\n"


def test_only_listed_drivers_are_registered() -> None:
    code = "from geo.files.vector import DRIVERS, load; load(); import pyogrio; assert set(pyogrio.list_drivers()) == DRIVERS"
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=True)


def test_the_reader_ends_with_its_parent() -> None:
    code = "from geo.files.limits import die_with_parent; import time; die_with_parent(); time.sleep(60)"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=20) == 4


def test_reports_of_the_reader_name_the_file_and_not_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text('{"type":"FeatureCollection","features":[{"type":')
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.geojson", ASK)
    assert "a.geojson" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert io.StringIO(str(caught.value)).readline() == str(caught.value)
