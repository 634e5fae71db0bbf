"""Tables as files: spreadsheet, CSV, GeoJSON, GeoPackage.

Text stays text in all of them: a cell that begins like a formula is a string cell in a spreadsheet and gets an
apostrophe in CSV.
"""

import csv
import io
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely

from exports.notes import NOTES, Notes
from geo.files.formulas import guarded
from geo.wording import LESS, based, tenths

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
class Part:
    """Rows of one kind. ``rows`` hold None where there is no value; ``geometry`` is EPSG:4490, one a row."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    geometry: Any = None

    @property
    def heading(self) -> list[str]:
        return [column.title for column in self.columns]

    @property
    def percents(self) -> frozenset[int]:
        """Columns of shares."""
        return frozenset(place for place, column in enumerate(self.columns) if column.parts)

    def worded(self) -> Iterator[list[Any]]:
        """Rows whose shares are as a report would write them; none where the base is too small."""
        names = [column.name for column in self.columns]
        for row in self.rows:
            cells = list(row)
            for place in self.percents:
                column = self.columns[place]
                if column.parts is None or row[place] is None:
                    continue
                n, of = (row[names.index(name)] for name in column.parts)
                shown = tenths(n, of)
                cells[place] = LESS if shown is None else float(shown / 100)
                if not based(of, column.unit):
                    cells[place] = None
            yield cells

    def features(self, **more: str) -> Iterator[str]:
        """GeoJSON features with the columns as properties, and others before them."""
        names = [column.name for column in self.columns]
        rounded = shapely.transform(self.geometry, lambda degrees: np.round(degrees, DECIMALS))
        for row, shape in zip(self.rows, shapely.to_geojson(rounded), strict=True):
            properties = more | dict(zip(names, row, strict=True))
            text = json.dumps({"type": "Feature", "properties": properties}, ensure_ascii=False)
            yield f'{text[:-1]}, "geometry": {shape or "null"}}}'

    def frame(self) -> pd.DataFrame:
        """The rows under the names for programs."""
        values = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        types = {"text": "object", "number": "float64"}
        return pd.DataFrame(
            {
                column.name: pd.Series(list(cells), dtype=types[column.type])
                for column, cells in zip(self.columns, values, strict=True)
            }
        )


@dataclass(frozen=True)
class Table:
    """A result to take away: its rows, the notes that go with them, and further parts of other columns, for which a
    spreadsheet has sheets, a GeoPackage layers, and GeoJSON features of another ``kind``; CSV has no place for them.
    """

    main: Part
    notes: Notes
    more: tuple[Part, ...] = ()

    @property
    def title(self) -> str:
        return self.main.title

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.main, *self.more)

    def to_xlsx(self) -> bytes:
        """A workbook with a sheet of notes; shares are in per cent, with the digits of a report."""
        from exports.workbook import SHEET, Sheet, write_xlsx

        titles = (SHEET, *(part.title for part in self.more))
        sheets = (
            Sheet(part.heading, part.worded(), title, percents=part.percents)
            for part, title in zip(self.parts, titles, strict=True)
        )
        return write_xlsx(sheets, self.notes)

    def to_csv(self) -> bytes:
        """UTF-8 with a byte order mark; the notes stand in a last column, in its first row."""
        words = "；".join(f"{label}：{text}" for label, text in self.notes)
        rows = ([*row, words if number == 0 else None] for number, row in enumerate(self.main.rows))
        return write_csv([*self.main.heading, NOTES], rows)

    def to_geojson(self) -> bytes:
        """A feature collection in longitude and latitude, with the notes as a member; of several parts each feature
        names its own as ``kind``."""
        head = {"type": "FeatureCollection", "name": self.main.id, "notes": dict(self.notes)}
        kinds = ({"kind": part.id} if self.more else {} for part in self.parts)
        features = (part.features(**kind) for part, kind in zip(self.parts, kinds, strict=True))
        return write_geojson(head, itertools.chain.from_iterable(features))

    def to_gpkg(self) -> bytes:
        """A GeoPackage with a layer in EPSG:4490 for each part that has rows, and a table of notes."""
        from exports.geopackage import Layer, write_gpkg

        parts = (self.main, *(part for part in self.more if part.rows))
        layers = (Layer(part.id, part.frame(), part.geometry, "EPSG:4490") for part in parts)
        return write_gpkg(layers, self.notes)


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
    return guarded(value) if isinstance(value, str) else value
