"""What a file is, by its content; its name must agree."""

import zipfile
from pathlib import Path

from geo.errors import FileEmptyError, FileFormatError, FileIncompleteError, FileProtectedError

BY_SUFFIX = {
    ".shp": "shapefile", ".gpkg": "geopackage", ".geojson": "geojson", ".json": "geojson", ".kml": "kml",
    ".ovkml": "kml", ".kmz": "kmz", ".gdb": "filegdb", ".csv": "csv", ".txt": "csv", ".tsv": "csv",
    ".xls": "xls", ".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "ods", ".parquet": "parquet",
    ".geoparquet": "parquet", ".zip": "zip",
}  # fmt: skip
TITLES = {
    "shapefile": "Shapefile", "geopackage": "GeoPackage", "geojson": "GeoJSON", "kml": "KML", "kmz": "KMZ",
    "filegdb": "FileGDB", "csv": "CSV 文本", "xls": "Excel 97（.xls）", "xlsx": "Excel（.xlsx）",
    "ods": "ODS 表格", "parquet": "GeoParquet", "zip": "ZIP 压缩包", "sqlite": "SQLite 数据库",
    "html": "网页（HTML）", "xml": "XML", "word": "Office 文档", "binary": "不认识的二进制内容",
}  # fmt: skip
ARCHIVES = (".zip", ".kmz", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
ALL = "Shapefile（.shp 或压缩的 .zip）、GeoPackage、GeoJSON、KML/KMZ、FileGDB、CSV、Excel、ODS、GeoParquet"
ZIPPED = ("zip", "kmz", "xlsx", "ods")
"""Kinds that are ZIP archives; a damaged one keeps the kind of its name, and its reader says that it is damaged."""
HEAD = 4096
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: Path) -> str:
    """The kind of a file or ``.gdb`` folder, one of the values of ``BY_SUFFIX``.

    Raises:
        FileFormatError: the name's ending is not supported, or the content is something else.
        FileEmptyError: there is nothing in it.
        FileIncompleteError: it is a companion of a shapefile, or a folder without tables.
        FileProtectedError: an Office document behind a password.
    """
    suffix = path.suffix.lower()
    if suffix in (".dbf", ".shx", ".prj", ".cpg"):
        raise FileIncompleteError(
            "{name} 只是 Shapefile 的一部分，给同名的 .shp，或把整套压缩成一个 .zip。", name=path.name
        )
    if suffix not in BY_SUFFIX:
        raise FileFormatError("不支持“{suffix}”文件。可以导入：{all}。", suffix=suffix or path.name, all=ALL)
    expected = BY_SUFFIX[suffix]
    if path.is_dir():
        return _folder(path, expected)
    if path.stat().st_size == 0:
        raise FileEmptyError("文件 {name} 是空的（0 字节）。", name=path.name)
    found = sniff(path)
    if found != expected:
        raise FileFormatError(
            "{name} 的扩展名是 {suffix}，内容却是{found}。改成正确的扩展名，或另存为 {expected} 再导入。",
            name=path.name, suffix=suffix, found=TITLES[found], expected=TITLES[expected],
        )  # fmt: skip
    return expected


def sniff(path: Path) -> str:
    """The kind of a file by its first bytes alone; a key of ``TITLES``."""
    with path.open("rb") as handle:
        head = handle.read(HEAD)
    if head[:4] == b"PK\x03\x04":
        return _zip_family(path)
    if head[:4] == b"PK\x05\x06":
        raise FileEmptyError("压缩包 {name} 里没有文件。", name=path.name)
    if head[:8] == OLE2:
        return _ole_family(path)
    if head[:16] == b"SQLite format 3\x00":
        return "geopackage" if head[68:72] in (b"GPKG", b"GP10", b"GP11") else "sqlite"
    if head[:4] == b"\x00\x00\x27\x0a":
        return "shapefile"
    if head[:4] == b"PAR1":
        return "parquet"
    return _text_family(head)


def _folder(path: Path, expected: str) -> str:
    if expected != "filegdb":
        raise FileFormatError("{name} 是文件夹，不是文件。", name=path.name)
    if any(item.is_symlink() for item in path.rglob("*")):
        raise FileFormatError("{name} 里有指向别处的链接，不予读取。", name=path.name)
    if not (path / "a00000001.gdbtable").is_file():
        raise FileIncompleteError(
            "{name} 里没有 a00000001.gdbtable，不是完整的 FileGDB。把整个 .gdb 文件夹压缩后导入。",
            name=path.name,
        )
    return "filegdb"


def _zip_family(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        named = BY_SUFFIX[path.suffix.lower()]
        return named if named in ZIPPED else "zip"
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if "[Content_Types].xml" in names:
        return "xlsx" if any(name.startswith("xl/") for name in names) else "word"
    if path.suffix.lower() == ".kmz" and any(name.lower().endswith(".kml") for name in names):
        return "kmz"
    return "zip"


def _ole_family(path: Path) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileProtectedError(
            "{name} 有打开密码，读不了。在 Excel 里取消密码（文件—信息—保护工作簿）后另存再导入。",
            name=path.name,
        )
    names = ("Workbook", "Book")
    return "xls" if any(name.encode("utf-16-le") in content for name in names) else "word"


def _text_family(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", errors="ignore").lstrip("\ufeff \t\r\n")
    elif b"\x00" in head:
        return "binary"
    else:
        text = head.decode("latin-1").removeprefix("ï»¿").lstrip()
    if text[:1] in ("{", "["):
        return "geojson"
    if text[:1] != "<":
        return "csv"
    low = text.lower()
    if "<!doctype html" in low or "<html" in low:
        return "html"
    return "kml" if "<kml" in low else "xml"
