"""Tables as files: spreadsheet, CSV, GeoJSON, GeoPackage.

Text stays text in all of them: a cell that begins like a formula is a string cell in a spreadsheet and gets an
apostrophe in CSV.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely

from exports.notes import NOTES, Notes
from geo.wording import LESS, based, tenths

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
DECIMALS = 7


@dataclass(frozen=True)
class Column:
    """``name`` for programs, ``title`` for people; a share names the columns that it is made of, and their unit."""

    name: str
    title: str
    type: Literal["text", "number"] = "text"
    parts: tuple[str, str] | None = None
    unit: str = ""


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
        """A workbook with a sheet of notes; shares are in per cent, with the digits of a report."""
        from exports.workbook import write_xlsx

        percents = frozenset(place for place, column in enumerate(self.columns) if column.parts)
        return write_xlsx(self.heading, map(self._worded, self.rows), self.notes, percents=percents)

    def _worded(self, row: Sequence[Any]) -> list[Any]:
        """A row whose shares are as a report would write them; none where the base is too small."""
        names = [column.name for column in self.columns]
        cells = list(row)
        for place, column in enumerate(self.columns):
            if column.parts and row[place] is not None:
                n, of = (row[names.index(name)] for name in column.parts)
                shown = tenths(n, of)
                cells[place] = LESS if shown is None else float(shown / 100)
                if not based(of, column.unit):
                    cells[place] = None
        return cells

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
        from exports.geopackage import write_gpkg

        values = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        types = {"text": "object", "number": "float64"}
        made = {
            column.name: pd.Series(list(cells), dtype=types[column.type])
            for column, cells in zip(self.columns, values, strict=True)
        }
        return write_gpkg(self.id, pd.DataFrame(made), self.notes, geometry=self.geometry, crs="EPSG:4490")


FORMATS: Mapping[str, tuple[str, Callable[[Table], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Table.to_xlsx),
    "csv": ("text/csv", Table.to_csv),
    "geojson": ("application/geo+json", Table.to_geojson),
    "gpkg": ("application/geopackage+sqlite3", Table.to_gpkg),
}


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


def _inert(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
