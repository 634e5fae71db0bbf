"""KML, read by hand: every placemark of every folder, its extended data, and nothing that leads elsewhere.

GDAL's driver drops untyped data in folders; and a document type could read other files or swell without end.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import pyarrow as pa
import shapely

from geo.errors import InputError
from geo.files.table import ROW, WKB

CRS = "EPSG:4326"
MULTI = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}

Record = tuple[dict[str, str], Any]


def read_kml(paths: Iterable[Path]) -> "pa.Table":
    """The placemarks of one KML, or of all in a KMZ, as text columns with ``ROW`` and ``WKB`` (EPSG:4326).

    Raises:
        InputError: a document type or entity, broken XML, or coordinates that are no numbers.
    """
    records = [record for path in paths for record in _records(path)]
    headings = list(dict.fromkeys(heading for values, _ in records for heading in values))
    columns = [pa.array([values.get(heading) for values, _ in records], pa.string()) for heading in headings]
    shapes = pa.array([None if shape is None else shapely.to_wkb(shape) for _, shape in records], pa.binary())
    rows = pa.array(range(1, len(records) + 1), pa.int64())
    return pa.Table.from_arrays([*columns, rows, shapes], names=[*headings, ROW, WKB])


def _records(path: Path) -> list[Record]:
    from defusedxml import DefusedXmlException, ElementTree  # type: ignore[import-untyped]

    records: list[Record] = []
    try:
        for _, element in ElementTree.iterparse(path, forbid_dtd=True):
            if _tag(element) == "Placemark":
                records.append((_values(element), _shape(element, path.name)))
                element.clear()
    except DefusedXmlException as error:
        raise InputError(
            "{name} 里有 DTD 或外部实体（DOCTYPE/ENTITY），为安全不予读取。用奥维、Google Earth 重新导出。",
            name=path.name,
        ) from error
    except (ParseError, UnicodeDecodeError, LookupError) as error:
        raise InputError("{name} 不是完整的 KML：{why}。重新导出。", name=path.name, why=error) from error
    return records


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _values(placemark: Element) -> dict[str, str]:
    """Name, description and extended data, typed or not, as text."""
    values = {}
    for element in placemark.iter():
        tag, text = _tag(element), element.text or ""
        if element is not placemark and tag in ("name", "description") and tag not in values and text.strip():
            values[tag] = text
        elif tag == "SimpleData" and element.get("name"):
            values[str(element.get("name"))] = text
        elif tag == "Data" and element.get("name"):
            inner = next((child.text for child in element if _tag(child) == "value"), None)
            values[str(element.get("name"))] = inner or ""
    return values


def _shape(placemark: Element, name: str) -> Any:
    try:
        found = [shape for child in placemark for shape in _shapes(child)]
    except (ValueError, shapely.GEOSException) as error:
        raise InputError("{name} 里有读不懂的坐标：{why}", name=name, why=str(error)[:80]) from error
    kinds = {shape.geom_type for shape in found}
    if len(found) <= 1:
        return found[0] if found else None
    if len(kinds) == 1:
        return getattr(shapely, MULTI[kinds.pop()])(found)
    return shapely.GeometryCollection(found)


def _shapes(element: Element) -> list[Any]:
    tag = _tag(element)
    if tag == "MultiGeometry":
        return [shape for child in element for shape in _shapes(child)]
    if tag == "Point":
        return [shapely.Point(_pairs(element)[0])]
    if tag == "LineString":
        return [shapely.LineString(_pairs(element))]
    if tag == "Polygon":
        shells = [_pairs(child) for child in element if _tag(child) == "outerBoundaryIs"]
        holes = [_pairs(child) for child in element if _tag(child) == "innerBoundaryIs"]
        return [shapely.Polygon(shells[0], holes)] if shells and shells[0] else []
    return []


def _pairs(element: Element) -> list[tuple[float, float]]:
    """Longitude and latitude of the coordinates below an element; heights are dropped."""
    text = next((child.text or "" for child in element.iter() if _tag(child) == "coordinates"), "")
    pairs = []
    for triple in text.split():
        lon, lat, *_ = triple.split(",")
        pairs.append((float(lon), float(lat)))
    if not pairs:
        raise ValueError("没有坐标")
    return pairs
