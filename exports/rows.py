"""Disclosed rows as files: spreadsheet, CSV, GeoJSON, GeoPackage."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from exports.notes import ORIGIN, Notes
from exports.tables import FORMATS as TABLE_FORMATS
from exports.tables import write_csv, write_geojson
from layers.catalog import Catalog
from layers.disclosure import Disclosed
from layers.disclosure.geojson import feature_texts
from layers.disclosure.tables import cells, columns, order
from layers.disclosure.values import plain

DEGREES = ("经度", "纬度")


@dataclass(frozen=True)
class Extract:
    """What goes into a file: rows, names of townships and villages by code, and the lines of the notes."""

    given: Disclosed
    catalog: Catalog
    names: Mapping[str, str]
    notes: Notes


def to_xlsx(extract: Extract) -> bytes:
    """A workbook with typed cells, a frozen header, and a sheet of notes."""
    from exports.workbook import Sheet, write_xlsx

    dates = {number for number, column in enumerate(columns(extract.given, "zh")) if column.type == "date"}
    return write_xlsx([Sheet(*_table(extract), dates=frozenset(dates))], extract.notes)


def to_csv(extract: Extract) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read Chinese; the first row holds the headings.

    A comment line would be data to most programs, so every row says in its last cell where it comes from.
    """
    heading, rows = _table(extract)
    said = dict(extract.notes)
    origin = "；".join(f"{name}：{said[name]}" for name in ORIGIN if name in said)
    return write_csv([*heading, "数据说明"], ([*row, origin] for row in rows))


def to_geojson(extract: Extract) -> bytes:
    """A feature collection in longitude and latitude, with the notes as a member."""
    head = {
        "type": "FeatureCollection",
        "name": extract.given.spec.id,
        "edition": extract.given.edition.id,
        "notes": dict(extract.notes),
    }
    return write_geojson(head, feature_texts(extract.given, slice(None)))


def to_gpkg(extract: Extract) -> bytes:
    """A GeoPackage with one layer in EPSG:4490 and a table of notes."""
    from exports.geopackage import Layer, write_gpkg

    rows = extract.given.rows
    places = rows["geometry"].to_numpy() if "geometry" in rows.columns else None
    crs = None if places is None else rows.crs
    return write_gpkg([Layer(extract.given.spec.id, _fields(extract), places, crs)], extract.notes)


FORMATS: Mapping[str, tuple[str, Callable[[Extract], bytes]]] = {
    "xlsx": (TABLE_FORMATS["xlsx"][0], to_xlsx),
    "csv": (TABLE_FORMATS["csv"][0], to_csv),
    "geojson": (TABLE_FORMATS["geojson"][0], to_geojson),
    "gpkg": (TABLE_FORMATS["gpkg"][0], to_gpkg),
}


def _table(extract: Extract) -> tuple[list[str], Iterable[list[Any]]]:
    """Headings and rows for people: Chinese titles, codes as words; point layers get longitude and latitude."""
    given = extract.given
    heading = [column.title for column in columns(given, "zh")]
    positions = order(given, extract.catalog, None)
    rows = cells(given, extract.catalog, positions, dict(extract.names), "zh")
    if given.spec.geometry == "point" and given.visibility != "counts":
        heading += list(DEGREES)
        rows = [[*row, *place] for row, place in zip(rows, _degrees(given), strict=True)]
    return heading, rows


def _degrees(given: Disclosed) -> list[tuple[float | None, float | None]]:
    places = given.rows.geometry
    return [
        (None, None) if place is None or place.is_empty else (round(place.x, 7), round(place.y, 7))
        for place in places
    ]


def _fields(extract: Extract) -> pd.DataFrame:
    """The disclosed rows with field names and codes, as types that a GeoPackage knows."""
    given = extract.given
    made: dict[str, Any] = {}
    for field in given.fields:
        if field.name not in given.rows.columns:
            continue
        values = plain(field, given.rows[field.name])
        if field.type in ("integer", "year"):
            made[field.name] = pd.array(values, dtype="Int64")
        elif field.type == "boolean":
            made[field.name] = pd.array(values, dtype="boolean")
        elif field.type == "number":
            made[field.name] = pd.array(values, dtype="float64")
        elif field.type == "date":
            # Objects of the day, not instants: GDAL writes them as DATE.
            made[field.name] = pd.Series(
                [value and date.fromisoformat(value) for value in values], dtype="object"
            )
        else:
            made[field.name] = pd.Series(values, dtype="object").to_numpy()
    return pd.DataFrame(made)
