"""Disclosed rows as files: spreadsheet, CSV, GeoJSON, GeoPackage.

Text of records stays text in all of them: a cell that begins like a formula is a string cell in a spreadsheet and
gets an apostrophe in CSV.
"""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layers.catalog import Catalog
from layers.disclosure import Disclosed
from layers.disclosure.tables import cells, columns, order
from layers.disclosure.values import plain

if TYPE_CHECKING:
    import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
TYPED = ("=", "#")
"""What openpyxl would take for a formula or an error."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAX_CELL = 32_767
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DEGREES = ("经度", "纬度")
SHEET, NOTES = "数据", "说明"


@dataclass(frozen=True)
class Export:
    """What goes into a file: rows, names of townships and villages by code, and the lines of the notes."""

    given: Disclosed
    catalog: Catalog
    names: Mapping[str, str]
    notes: tuple[tuple[str, str], ...]


def to_xlsx(export: Export) -> bytes:
    """A workbook with typed cells, a frozen header, and a sheet of notes."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    heading, rows = _table(export)
    for number, words in enumerate(heading):
        sheet.column_dimensions[_letter(number)].width = max(10, min(30, 2.2 * len(words) + 4))
    sheet.append([_cell(sheet, words, font=Font(bold=True)) for words in heading])
    dates = {number for number, column in enumerate(columns(export.given, "zh")) if column.type == "date"}
    for row in rows:
        sheet.append([_cell(sheet, value, date=number in dates) for number, value in enumerate(row)])
    notes = book.create_sheet(NOTES)
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 16, 80
    for label, words in export.notes:
        notes.append([_cell(notes, label, font=Font(bold=True)), _cell(notes, words)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def to_csv(export: Export) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read Chinese; the first row holds the headings."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    heading, rows = _table(export)
    writer.writerow([_inert(words) for words in heading])
    writer.writerows([_inert(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def to_geojson(export: Export) -> bytes:
    """A feature collection in longitude and latitude, with the notes as a member."""
    import json

    from webmap.api.features import feature_texts

    head = {
        "type": "FeatureCollection",
        "name": export.given.spec.id,
        "edition": export.given.edition.id,
        "notes": dict(export.notes),
    }
    features = ",\n".join(feature_texts(export.given, slice(None)))
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{features}\n]}}\n'.encode()


def to_gpkg(export: Export) -> bytes:
    """A GeoPackage with one layer in EPSG:4490 and a table of notes."""
    import pandas as pd
    import pyogrio

    with tempfile.TemporaryDirectory(prefix="govmap-") as folder:
        file = Path(folder) / "export.gpkg"
        pyogrio.write_dataframe(_fields(export), file, driver="GPKG", layer=export.given.spec.id)
        notes = pd.DataFrame(export.notes, columns=["label", "text"])
        pyogrio.write_dataframe(notes, file, driver="GPKG", layer="notes", append=True)
        return file.read_bytes()


FORMATS: Mapping[str, tuple[str, Callable[[Export], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "csv": ("text/csv", to_csv),
    "geojson": ("application/geo+json", to_geojson),
    "gpkg": ("application/geopackage+sqlite3", to_gpkg),
}


def _table(export: Export) -> tuple[list[str], Iterable[list[Any]]]:
    """Headings and rows for people: Chinese titles, codes as words; point layers get longitude and latitude."""
    given = export.given
    heading = [column.title for column in columns(given, "zh")]
    positions = order(given, export.catalog, None)
    rows = cells(given, export.catalog, positions, dict(export.names), "zh")
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


def _fields(export: Export) -> "pd.DataFrame":
    """The disclosed rows with field names and codes, as types that a GeoPackage knows."""
    import geopandas as gpd
    import pandas as pd

    given = export.given
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
            made[field.name] = pd.to_datetime(pd.Series(values, dtype="object")).to_numpy()
        else:
            made[field.name] = pd.Series(values, dtype="object").to_numpy()
    table = pd.DataFrame(made)
    if "geometry" not in given.rows.columns:
        return table
    return gpd.GeoDataFrame(table, geometry=given.rows["geometry"].to_numpy(), crs=given.rows.crs)


def _cell(sheet: Any, value: Any, *, font: Any = None, date: bool = False) -> Any:
    """A cell of the right type; text is never a formula."""
    import datetime

    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, bool):
        value = "是" if value else "否"
    text = isinstance(value, str)
    if text:
        value = CONTROLS.sub("", value)[:MAX_CELL]
    if date and text and DATE.fullmatch(value):
        cell = WriteOnlyCell(sheet, datetime.date.fromisoformat(value))
        cell.number_format = "yyyy-mm-dd"
        return cell
    if font is None and not (text and value.startswith(TYPED)):
        return value
    cell = WriteOnlyCell(sheet, "")
    cell.value = value
    if text:
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


def _inert(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number + 1))
