"""Disclosed rows as a table for people: columns with titles, cells as plain values, sorted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import FilterError
from geo.phrases import listing
from layers.catalog import Catalog
from layers.disclosure.door import Disclosed
from layers.disclosure.filters import finest_codes
from layers.disclosure.values import plain, shown
from layers.divisions import Divisions
from layers.language.order import name_key
from layers.spec import FieldSpec

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Order = NDArray[np.int64]

PLACE = "place"
"""The column with the names of the township and village, which no declaration has."""


@dataclass(frozen=True)
class TableColumn:
    name: str
    title: str
    type: str
    unit: str | None


def columns(given: Disclosed, language: str) -> list[TableColumn]:
    """The columns of the table, in the declared order; the place stands third."""
    found = [
        TableColumn(field.name, field.title.get(language), field.type, field.unit)
        for field in given.fields
        if field.name in given.rows.columns
    ]
    if given.spec.group not in ("divisions", "base", "indicators"):
        title = "所在地" if language == "zh" else "Place"
        found.insert(min(2, len(found)), TableColumn(PLACE, title, "text", None))
    return found


def order(given: Disclosed, catalog: Catalog, sort: str | None) -> "Order":
    """Positions of the rows, sorted by ``-area_mu,name``: a minus turns a column round; what is missing is last.

    Text goes by number within it and by pinyin (``layers.language.order``); codes by their list.

    Raises:
        FilterError: no such column.
    """
    positions = np.arange(len(given.rows), dtype=np.int64)
    for part in reversed((sort or "").split(",")):
        name = part.lstrip("-").strip()
        if name:
            ranks = _ranks(given, catalog, name)[positions]
            direction = -ranks if part.startswith("-") else ranks
            direction = np.where(np.isnan(ranks), np.inf, direction)
            positions = positions[np.argsort(direction, kind="stable")]
    return positions


def cells(
    given: Disclosed, catalog: Catalog, positions: "Order", names: dict[str, str], language: str
) -> list[list[Any]]:
    """Rows at some positions as lists of plain values, with titles for codes.

    ``names`` are those of townships and villages by code.
    """
    rows = given.rows.iloc[positions]
    wanted = {field.name: field for field in given.fields}
    table: list[list[Any]] = []
    for column in columns(given, language):
        if column.name == PLACE and PLACE not in wanted:
            codes = finest_codes(given.spec, rows).tolist()
            table.append([_place_name(code, names, catalog.divisions) for code in codes])
        else:
            field = wanted[column.name]
            table.append(
                [shown(field, value, catalog, language) for value in plain(field, rows[column.name])]
            )
    return [list(row) for row in zip(*table, strict=True)]


def _place_name(code: str, names: dict[str, str], divisions: Divisions) -> str | None:
    """“荣河镇荣河村” of a code; None where nothing is known."""
    return "".join(names[prefix] for prefix in divisions.prefixes(code)[1:] if prefix in names) or None


def _ranks(given: Disclosed, catalog: Catalog, name: str) -> "NDArray[np.float64]":
    """A number for each row that sorts like the column; NaN where the value is missing."""
    field = next((field for field in given.fields if field.name == name), None)
    if field is None and name == PLACE:
        field = FieldSpec(name=PLACE, title=given.spec.title)
        values: list[Any] = [code or None for code in finest_codes(given.spec, given.rows)]
    elif field is None or name not in given.rows.columns:
        raise FilterError(
            "不能按 {field} 排序，可用：{fields}。",
            field=name,
            fields=listing(known.name for known in given.fields),
        )
    else:
        values = plain(field, given.rows[name])
    if field.type in ("integer", "number", "year", "boolean"):
        return np.array([np.nan if value is None else float(value) for value in values])
    codes = catalog.codes_of(field)
    listed = {value: index for index, value in enumerate(codes.values())} if codes else {}
    texts = [None if value in (None, "") else str(value) for value in values]
    keys = {text: _text_key(text, listed) for text in set(texts) if text is not None}
    rank = {key: index for index, key in enumerate(sorted(set(keys.values())))}
    return np.array([np.nan if text is None else rank[keys[text]] for text in texts], dtype=np.float64)


def _text_key(value: str, listed: dict[str, int]) -> tuple[int, str]:
    first = value.split(";")[0]
    return listed.get(first, len(listed)), name_key(value)
