"""Tables as files: spreadsheet, CSV, GeoJSON, GeoPackage.

Text stays text in all of them: a cell that begins like a formula is a string cell in a spreadsheet and gets an
apostrophe in CSV.
"""

import csv
import datetime
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
TYPED = ("=", "#")
"""What openpyxl would take for a formula or an error."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAX_CELL = 32_767
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
SHEET, NOTES = "数据", "说明"
DECIMALS = 7
Notes = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Column:
    """``name`` for programs, ``title`` for people."""

    name: str
    title: str
    type: Literal["text", "number"] = "text"


@dataclass(frozen=True)
class Table:
    """A result to take away. ``rows`` hold None where there is no value; ``geometry`` is EPSG:4490, one a row."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    notes: Notes
    geometry: Any = None

    @property
    def heading(self) -> list[str]:
        return [column.title for column in self.columns]

    def to_xlsx(self) -> bytes:
        """A workbook with a sheet of notes."""
        return write_xlsx(self.heading, self.rows, self.notes)

    def to_csv(self) -> bytes:
        """UTF-8 with a byte order mark; the notes stand in a last column, in its first row."""
        words = "；".join(f"{label}：{text}" for label, text in self.notes)
        rows = ([*row, words if number == 0 else None] for number, row in enumerate(self.rows))
        return write_csv([*self.heading, NOTES], rows)

    def to_geojson(self) -> bytes:
        """A feature collection in longitude and latitude, with the notes as a member."""
        names = [column.name for column in self.columns]
        rounded = shapely.transform(self.geometry, lambda degrees: np.round(degrees, DECIMALS))
        features = (
            json.dumps(
                {"type": "Feature", "properties": dict(zip(names, row, strict=True))}, ensure_ascii=False
            )[:-1]
            + f', "geometry": {shape or "null"}}}'
            for row, shape in zip(self.rows, shapely.to_geojson(rounded), strict=True)
        )
        head = {"type": "FeatureCollection", "name": self.id, "notes": dict(self.notes)}
        return write_geojson(head, features)

    def to_gpkg(self) -> bytes:
        """A GeoPackage with one layer in EPSG:4490 and a table of notes."""
        import geopandas as gpd

        values = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        types = {"text": "object", "number": "float64"}
        made = {
            column.name: pd.Series(list(cells), dtype=types[column.type])
            for column, cells in zip(self.columns, values, strict=True)
        }
        return write_gpkg(
            self.id, gpd.GeoDataFrame(made, geometry=self.geometry, crs="EPSG:4490"), self.notes
        )


FORMATS: Mapping[str, tuple[str, Callable[[Table], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Table.to_xlsx),
    "csv": ("text/csv", Table.to_csv),
    "geojson": ("application/geo+json", Table.to_geojson),
    "gpkg": ("application/geopackage+sqlite3", Table.to_gpkg),
}


ORIGIN = ("提示", "数据来源", "数据时点", "版本")
"""Notes that go with the rows themselves wherever they stand alone."""


def write_xlsx(
    heading: Sequence[str],
    rows: Iterable[Sequence[Any]],
    notes: Notes,
    *,
    dates: frozenset[int] = frozenset(),
) -> bytes:
    """A workbook with typed cells, a frozen header, and a sheet of notes; ``dates`` are columns of dates."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    # Printed alone, the rows still say what they are; & is the footer's own sign.
    origin = "；".join(f"{name}：{said}" for name, said in notes if name in ORIGIN).replace("&", "&&")
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = origin, "&P / &N"
    for number, words in enumerate(heading):
        sheet.column_dimensions[_letter(number)].width = max(10, min(30, 2.2 * len(words) + 4))
    sheet.append([typed_cell(sheet, words, font=Font(bold=True)) for words in heading])
    for row in rows:
        sheet.append([typed_cell(sheet, value, date=number in dates) for number, value in enumerate(row)])
    page = book.create_sheet(NOTES)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 16, 80
    for label, words in notes:
        page.append([typed_cell(page, label, font=Font(bold=True)), typed_cell(page, words)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write_csv(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read Chinese; the first row holds the headings."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_inert(words) for words in heading])
    writer.writerows([_inert(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def write_geojson(head: Mapping[str, Any], features: Iterable[str]) -> bytes:
    """A feature collection from the texts of its features; ``head`` are its other members."""
    joined = ",\n".join(features)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{joined}\n]}}\n'.encode()


def write_gpkg(layer: str, rows: "pd.DataFrame", notes: Notes) -> bytes:
    """A GeoPackage with one layer and a table of notes."""
    import pyogrio  # brings GDAL: 25 MB that a worker does without until somebody takes a GeoPackage

    with tempfile.TemporaryDirectory(prefix="govmap-") as folder:
        file = Path(folder) / "export.gpkg"
        pyogrio.write_dataframe(rows, file, driver="GPKG", layer=layer)
        table = pd.DataFrame(list(notes), columns=["label", "text"])
        pyogrio.write_dataframe(table, file, driver="GPKG", layer="notes", append=True)
        return file.read_bytes()


def typed_cell(sheet: Any, value: Any, *, font: Any = None, date: bool = False) -> Any:
    """A cell of the right type; text is never a formula."""
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
