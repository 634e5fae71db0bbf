"""Files as they arrive from the field, made by hand: what libraries refuse to write."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd


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
