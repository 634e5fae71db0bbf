"""Inside the reading process: a file of any kind to ``rows.arrow``."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.errors import EncodingError, FileEmptyError, InputError
from geo.files import archives, kinds, kml, shapefile, sheets, vector, workbooks
from geo.files.table import ROW, WKB, Ask, Facts, Note

Read = tuple["pa.Table", Facts]
SAID = {"shapefile": ".prj", "geojson": "GeoJSON 的 crs（没有时按标准为 WGS84）", "kml": "KML 规定用 WGS84",
        "geopackage": "GeoPackage 里登记的坐标系", "filegdb": "FileGDB 里登记的坐标系", "parquet": "GeoParquet 里登记的坐标系"}  # fmt: skip


def read_into(path: Path, asked: Mapping[str, Any], folder: Path, *, max_bytes: int) -> Facts:
    """Read ``path`` and leave ``rows.arrow`` in ``folder``; returns what the file says of itself.

    Raises:
        InputError or one of its subclasses.
    """
    ask = Ask(**{**asked, "headings": tuple(asked["headings"])})
    kind = kinds.kind_of(path)
    if kind in ("zip", "kmz"):
        inside = folder / "unpacked"
        inside.mkdir()
        files = archives.unpack(path, inside, max_bytes=max_bytes)
        found = archives.data_files(files)
        if kind == "kmz":
            return _finish(
                _kml(path, [file for file in found if file.suffix.lower() == ".kml"]), path, folder
            )
        path = _member(path, found, files, ask.part)
        kind = kinds.kind_of(path)
    return _finish(_read(path, kind, ask, folder, max_bytes), path, folder)


def _finish(read: Read, path: Path, folder: Path) -> Facts:
    table, facts = read
    if table.num_rows == 0:
        raise FileEmptyError("{name} 里没有任何行。", name=path.name)
    with pa.OSFile(str(folder / "rows.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return facts


def _member(path: Path, found: list[Path], files: list[Path], part: str | None) -> Path:
    chosen = archives.choose(path, found, files, part)
    if chosen.is_dir() and chosen.suffix.lower() != ".gdb":
        renamed = (
            chosen.with_name("archive.gdb") if chosen.name != "unpacked" else chosen.parent / "archive.gdb"
        )
        return chosen.rename(renamed)
    return chosen


def _read(path: Path, kind: str, ask: Ask, folder: Path, max_bytes: int) -> Read:
    if kind == "csv":
        return _from_sheet(*workbooks.read_text(path, ask))
    if kind in ("xlsx", "xls", "ods"):
        if kind != "xls":
            workbooks.check_inflation(path, max_bytes=max_bytes)
        return _from_sheet(*workbooks.read_workbook(path, kind, ask))
    if kind == "parquet":
        from geo.files.parquet import read_parquet

        return read_parquet(path)
    if kind == "shapefile":
        return _shapefile(path, ask, folder)
    if kind == "kml":
        return _kml(path, [path])
    if kind == "geopackage":
        vector.check_whole(path)
    notes: tuple[Note, ...] = ()
    if kind == "geojson":
        path, notes = _utf8(path, ask.encoding, folder)
    return _vector(path, kind, ask, notes)


def _kml(path: Path, documents: list[Path]) -> Read:
    for document in documents:
        kinds.kind_of(document)
    return kml.read_kml(documents), Facts("kml", path.name, kml.CRS, SAID["kml"])


def _vector(path: Path, kind: str, ask: Ask, notes: tuple[Note, ...]) -> Read:
    part = ask.part if kind in ("geopackage", "filegdb") else None
    number = vector.choose_layer(path, ask.shape, part)
    total = None if kind == "geojson" else vector.count(path, number)
    table, crs = vector.read_layer(path, number, total=total)
    return _validated(table, path), Facts(kind, path.name, crs, SAID[kind] if crs else "", notes=notes)


def _shapefile(path: Path, ask: Ask, folder: Path) -> Read:
    found = shapefile.companions(path)
    table, crs = vector.read_layer(shapefile.uniform(found, folder), 0, encoding=shapefile.RAW)
    plain = table.drop_columns([name for name in (ROW, WKB) if name in table.column_names])
    encoding = shapefile.choose_encoding(found, shapefile.texts_of(plain), ask.encoding)
    decoded = shapefile.decode_columns(plain, encoding.codec)
    names = sheets.unique(decoded.column_names)
    arrays = [*decoded.columns, *(table.column(name) for name in (ROW, WKB) if name in table.column_names)]
    names += [name for name in (ROW, WKB) if name in table.column_names]
    facts = Facts(
        "shapefile", path.name, crs, SAID["shapefile"] if crs else "", encoding.codec, encoding.said
    )
    return type(table).from_arrays(arrays, names=names), replace(facts, notes=shapefile.note(encoding))


def _from_sheet(found: sheets.Found, facts: Facts) -> Read:
    columns = list(zip(*found.cells, strict=True))
    arrays = [
        pa.array([cell if cell.strip() else None for cell in column], pa.string()) for column in columns
    ]
    table = pa.Table.from_arrays([*arrays, pa.array(found.rows, pa.int64())], names=[*found.headings, ROW])
    return table, facts


def _utf8(path: Path, asked: str | None, folder: Path) -> tuple[Path, tuple[Note, ...]]:
    """A GeoJSON in UTF-8: the file itself, or a copy in it when it was written in another encoding."""
    from geo.files import encodings

    raw = path.read_bytes()
    codec = encodings.named(asked) if asked else encodings.guess([raw], name=path.name)
    if codec in ("utf-8", "ascii") or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return path, ()
    copy = folder / "utf8.geojson"
    try:
        copy.write_text(raw.decode(codec), "utf-8")
    except UnicodeDecodeError as error:
        raise EncodingError(
            "{name} 不是 {encoding} 编码，换一种编码。", remedy="encoding", name=path.name, encoding=codec
        ) from error
    message = f"GeoJSON 应为 UTF-8，这个文件按 {codec.upper()} 读取。若有乱码，指明编码。"
    return copy, () if asked else (Note("encoding-guessed", None, message, "encoding"),)


def _validated(table: "pa.Table", path: Path) -> "pa.Table":
    try:
        table.validate(full=True)
    except pa.ArrowInvalid as error:
        raise InputError("{name} 里有读不出的文字：{why}", name=path.name, why=str(error)[:120]) from error
    return table
