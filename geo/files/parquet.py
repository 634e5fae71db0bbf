"""GeoParquet: the table, its primary geometry as WKB, its CRS."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import FileFormatError, InputError
from geo.files.table import ROW, WKB, Facts

DEFAULT_CRS = "OGC:CRS84"
"""What the format says of a geometry column that does not mention its CRS."""


def read_parquet(path: Path) -> tuple["pa.Table", Facts]:
    """A GeoParquet file (WKB encoding), or a plain Parquet table without geometry.

    Raises:
        InputError: damaged or cut short.
        FileFormatError: geometry in an encoding other than WKB.
    """
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            "{name} 读不出来，可能已损坏或没有拷完。（{why}）", name=path.name, why=str(error)[:160]
        ) from error
    geo: dict[str, Any] = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
    primary = geo.get("primary_column")
    rows = pa.array(range(1, table.num_rows + 1), pa.int64())
    if primary is None:
        plain = table.append_column(ROW, rows).replace_schema_metadata(None)
        return _plain(plain), Facts("parquet", path.name)
    about = geo["columns"][primary]
    if about.get("encoding") != "WKB":
        raise FileFormatError("{name} 的几何不是 WKB 编码，另存为 WKB 的 GeoParquet。", name=path.name)
    shapes = table.column(primary).cast(pa.binary())
    others = [name for name, column in geo["columns"].items() if column is not about]
    covering = {str(part[0]) for part in about.get("covering", {}).get("bbox", {}).values()}
    dropped = [name for name in {primary, *others, *covering} if name in table.column_names]
    plain = table.drop_columns(dropped).append_column(ROW, rows).append_column(WKB, shapes)
    crs = about.get("crs", DEFAULT_CRS)
    text = json.dumps(crs) if isinstance(crs, dict) else crs
    said = "GeoParquet 里登记的坐标系" if text else ""
    return _plain(plain.replace_schema_metadata(None)), Facts("parquet", path.name, text, said)


def _plain(table: "pa.Table") -> "pa.Table":
    from geo.files.vector import simple

    arrays = [column if name == WKB else simple(column) for name, column in zip(table.column_names, table.columns, strict=True)]  # fmt: skip
    return type(table).from_arrays(arrays, names=table.column_names)
