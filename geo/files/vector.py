"""Vector datasets through GDAL, with no driver registered but the four that are wanted."""

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import FileEmptyError, InputError
from geo.files.table import ROW, WKB, Shape

if TYPE_CHECKING:
    import pyarrow as pa

DRIVERS = frozenset({"ESRI Shapefile", "GPKG", "GeoJSON", "OpenFileGDB"})
OTHERS = (
    "MEM", "PCIDSK", "PDS4", "VICAR", "PDF", "MBTiles", "EEDA", "OGCAPI", "GDALG", "MapInfo File", "LVBAG", "S57",
    "DGN", "OGR_VRT", "CSV", "GML", "GPX", "KML", "GeoJSONSeq", "ESRIJSON", "TopoJSON", "OGR_GMT", "SQLite", "WAsP",
    "DXF", "FlatGeobuf", "GeoRSS", "VFK", "PGDUMP", "OSM", "GPSBabel", "OGR_PDS", "WFS", "OAPIF", "EDIGEO", "Idrisi",
    "ODS", "XLSX", "Elasticsearch", "Carto", "AmigoCloud", "SXF", "Selafin", "JML", "PLSCENES", "CSW", "VDV", "MVT",
    "NGW", "LIBKML", "MapML", "GTFS", "PMTiles", "JSONFG", "MiraMonVector", "ADBC", "AVCBin", "AVCE00", "AIVector", "HTTP",
)  # fmt: skip
"""Drivers of GDAL 3.12 that are left out, among them all that read addresses, scripts or other files."""
FAMILIES = {"point": "Point", "line": "LineString", "polygon": "Polygon"}
MANY_AT_ONCE = 1 << 16


def load() -> Any:
    """``pyogrio.raw`` with only ``DRIVERS`` registered; ImportError when GDAL brings one not known here.

    GeoPandas is kept out: pyogrio would load it for nothing.
    """
    if "pyogrio" not in sys.modules:
        os.environ["GDAL_SKIP"] = ",".join(OTHERS)
        sys.modules.setdefault("geopandas", None)  # type: ignore[arg-type]
    import pyogrio.raw

    unwanted = set(pyogrio.list_drivers()) - DRIVERS
    if unwanted:
        raise ImportError(f"GDAL registers drivers that are not on the list: {sorted(unwanted)}")
    return pyogrio.raw


def layers_of(path: Path) -> list[tuple[str, str | None]]:
    """Name and geometry type of each layer; the type is None for a plain table."""
    load()
    import pyogrio
    from pyogrio.errors import DataSourceError

    try:
        found = pyogrio.list_layers(path)
    except DataSourceError as error:
        raise _unreadable(path, error) from error
    return [(str(name), None if kind is None else str(kind)) for name, kind in found]


def choose_layer(path: Path, shape: Shape, part: str | None) -> int:
    """Number of the layer to read: the one called ``part``; else the only one; else the only one with a
    fitting geometry.

    Raises:
        InputError: nothing is called so, or it is not clear which layer is meant.
        FileEmptyError: there is no layer.
    """
    found = layers_of(path)
    names = "、".join(name for name, _ in found[:10])
    if not found:
        raise FileEmptyError("{name} 里没有图层。", name=path.name)
    named = [number for number, (name, _) in enumerate(found) if name == part]
    if named:
        return named[0]
    if part is not None and path.stem != part:
        raise InputError("{name} 里没有“{part}”，有：{names}。", name=path.name, part=part, names=names)
    fitting = [number for number, (_, kind) in enumerate(found) if _fits(kind, shape)]
    if len(found) > 1 and len(fitting) != 1:
        raise InputError(
            "{name} 里有 {n} 个图层：{names}。要指明读哪一个。",
            remedy="part",
            name=path.name,
            n=len(found),
            names=names,
        )
    return fitting[0] if fitting else 0


def read_layer(
    path: Path, layer: int, *, encoding: str | None = None, total: int | None = None
) -> tuple["pa.Table", str | None]:
    """One layer as an Arrow table with the columns of the file, ``ROW`` and (if it has any) ``WKB``, and its
    CRS as ``EPSG:…`` or WKT. Progress goes to standard output when the ``total`` is known.

    Raises:
        InputError: GDAL gives up on it.
    """
    raw = load()
    import pyarrow as pa
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    try:
        with raw.open_arrow(
            path,
            layer=layer,
            encoding=encoding,
            use_pyarrow=True,
            batch_size=MANY_AT_ONCE,
            **_as_written(path),
        ) as (meta, reader):
            table = pa.Table.from_batches(_counted(reader, total), reader.schema)
    except (
        DataSourceError, DataLayerError, FeatureError, GeometryError, pa.ArrowException, UnicodeDecodeError,
    ) as error:  # fmt: skip
        raise _unreadable(path, error) from error
    crs = meta["crs"]
    return _arranged(table, meta["geometry_name"] or "wkb_geometry"), None if crs is None else str(crs)


def _as_written(path: Path) -> dict[str, str]:
    """Options under which texts stay texts: GDAL takes 08:30—12:00 in GeoJSON for a time and drops the rest."""
    return {"DATE_AS_STRING": "YES"} if path.suffix.lower() in (".geojson", ".json") else {}


def _counted(batches: Iterable[Any], total: int | None) -> Iterator[Any]:
    """The batches, with the share that has passed written to standard output."""
    done = 0
    for batch in batches:
        done += len(batch)
        if total:
            sys.stdout.write(f"{min(1.0, done / total):.3f}\n")
            sys.stdout.flush()
        yield batch


def _arranged(table: "pa.Table", shape: str) -> "pa.Table":
    """Plain columns first, then ``WKB`` if the layer has geometry (column ``shape``), then ``ROW``."""
    import pyarrow as pa

    plain = [name for name in table.column_names if name != shape]
    arrays, names = [simple(table.column(name)) for name in plain], list(plain)
    if shape in table.column_names:
        arrays, names = [*arrays, table.column(shape).cast(pa.binary())], [*names, WKB]
    rows = pa.array(range(1, table.num_rows + 1), pa.int64())
    return pa.Table.from_arrays([*arrays, rows], names=[*names, ROW])


def count(path: Path, layer: int) -> int:
    """How many rows a layer has."""
    load()
    import pyogrio

    return int(pyogrio.read_info(path, layer=layer)["features"])


def check_whole(path: Path) -> None:
    """Refuse a GeoPackage shorter than its own page count says."""
    with path.open("rb") as handle:
        head = handle.read(100)
    page = struct.unpack(">H", head[16:18])[0]
    promised = (65536 if page == 1 else page) * struct.unpack(">I", head[28:32])[0]
    actual = path.stat().st_size
    if actual < promised:
        raise InputError(
            "{name} 不完整：应有 {wanted} 字节，只有 {actual} 字节，像是没有拷完。",
            name=path.name, wanted=promised, actual=actual,
        )  # fmt: skip


def _fits(kind: str | None, shape: Shape) -> bool:
    if shape == "none" or kind is None:
        return (kind is None) == (shape == "none")
    return kind == "Unknown" or FAMILIES[shape] in kind or "Geometry" in kind


def simple(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Lists as text joined by ``;``, coded values as their text, bytes as nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.cast(kind.value_type)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pc.binary_join(column.cast(pa.list_(pa.string())), ";")
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_struct(kind):
        return pa.chunked_array([pa.nulls(len(column), pa.string())])
    return column


def _unreadable(path: Path, error: Exception) -> InputError:
    why = (
        str(error).replace(str(path), path.name).splitlines()[0][:200] if str(error) else type(error).__name__
    )
    return InputError("{name} 读不出来，可能已损坏或没有拷完。（{why}）", name=path.name, why=why)
