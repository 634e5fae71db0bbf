"""Files as they arrive from the field, made by hand: what libraries refuse to write."""

import struct
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import geopandas as gpd

from geo.files import Ask, FileTable, Limits, read
from geo.files.process import checked_path, take_over
from geo.files.reading import read_into

GDAL_SUFFIXES = (".shp", ".gpkg", ".geojson", ".gdb")


def write_dbf(
    path: Path, columns: Mapping[str, Sequence[object]], *, encoding: str, language: int = 0
) -> None:
    """A dBase III table of text fields, 60 bytes wide; headings are cut to 10 bytes as dBase does."""
    width, count = 60, len(next(iter(columns.values())))
    header = 32 + 32 * len(columns) + 1
    head = struct.pack("<B3BIHH17xB2x", 3, 126, 11, 23, count, header, 1 + width * len(columns), language)
    fields = b"".join(
        struct.pack("<11sc4xBB14x", name.encode(encoding)[:10], b"C", width, 0) for name in columns
    )
    rows = b"".join(
        b" " + b"".join(str(values[at]).encode(encoding)[:width].ljust(width) for values in columns.values())
        for at in range(count)
    )
    path.write_bytes(head + fields + b"\r" + rows + b"\x1a")


def write_shapefile(
    path: Path, rows: gpd.GeoDataFrame, *, encoding: str, cpg: str | None = None, language: int = 0
) -> Path:
    """A shapefile whose table is in ``encoding``, with a ``.cpg`` only when one is given."""
    rows[["geometry"]].assign(n=0).to_file(path)
    plain = rows.drop(columns="geometry")
    write_dbf(
        path.with_suffix(".dbf"),
        {name: list(plain[name]) for name in plain},
        encoding=encoding,
        language=language,
    )
    path.with_suffix(".cpg").unlink()
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    return path


def zip_folder(folder: Path, target: Path, *, top: str = "") -> Path:
    """A ZIP of everything in a folder, under the name ``top`` inside."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, top + file.relative_to(folder).as_posix())
    return target


def zip_as_windows(files: Mapping[str, bytes], target: Path) -> Path:
    """A ZIP as Windows packs it in China: names in GBK bytes and no mark of their encoding."""
    local, directory = b"", b""
    for name, content in files.items():
        raw = name.encode("gbk")
        crc = zipfile.crc32(content)
        common = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x5977, crc, len(content), len(content), len(raw), 0)
        directory += (
            b"PK\x01\x02"
            + struct.pack("<H", 20)
            + common
            + struct.pack("<HHHII", 0, 0, 0, 0, len(local))
            + raw
        )
        local += b"PK\x03\x04" + common + raw + content
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(files), len(files), len(directory), len(local), 0
    )
    target.write_bytes(local + directory + end)
    return target


def encrypted_workbook(path: Path) -> Path:
    """The outside of a password-protected .xlsx: an OLE2 file whose directory names EncryptedPackage."""
    names = ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory.ljust(512, b"\0"))
    return path


ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="表一">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def write_ods(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """An OpenDocument spreadsheet of one sheet of text."""
    cell = '<table:table-cell office:value-type="string"><text:p>{0}</text:p></table:table-cell>'
    lines = (
        f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>" for row in rows
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS_CONTENT.format(rows="".join(lines)))
    return path


def quick_read(path: Path, ask: Ask, *, limits: Limits | None = None, **more: Any) -> FileTable:
    """``geo.files.read`` without its child process where GDAL is not needed: the same code, sooner."""
    if path.suffix.lower() in GDAL_SUFFIXES or more:
        return read(path, ask, limits=limits, **more)
    max_bytes = (limits or Limits()).file_bytes
    real = checked_path(path, max_bytes=max_bytes)
    if path.suffix.lower() == ".zip" and any(mark in real.read_bytes() for mark in (b".shp", b".gdbtable")):
        return read(path, ask, limits=limits)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return take_over(folder, read_into(real, asdict(ask), folder, max_bytes=max_bytes), "0" * 64)
