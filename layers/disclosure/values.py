"""Cells of a table as plain values: None, bool, int, float, ISO dates and text."""

from typing import Any

import pandas as pd

from layers.catalog import Catalog
from layers.spec import FieldSpec


def plain(field: FieldSpec, column: "pd.Series[Any]") -> list[Any]:
    """One column as plain values; what is missing is None."""
    missing = column.isna().to_numpy(dtype=bool).tolist()
    if field.type == "date":
        texts: list[Any] = pd.to_datetime(column).dt.strftime("%Y-%m-%d").tolist()
    elif field.type in ("integer", "year"):
        texts = [None if gone else int(value) for value, gone in zip(column, missing, strict=True)]
    elif field.type == "boolean":
        texts = [None if gone else bool(value) for value, gone in zip(column, missing, strict=True)]
    elif field.type == "number":
        texts = [None if gone else _number(value) for value, gone in zip(column, missing, strict=True)]
    else:
        texts = column.astype(object).tolist()
    return [None if gone else value for value, gone in zip(texts, missing, strict=True)]


def shown(field: FieldSpec, value: Any, catalog: Catalog, language: str) -> Any:
    """A plain value as people read it: titles of codes instead of codes."""
    codes = catalog.codes_of(field)
    if codes is None or value is None:
        return value
    parts = [codes.title_of(part, language) for part in str(value).split(";")]
    return ("、" if language == "zh" else ", ").join(parts)


def _number(value: Any) -> float | None:
    number = float(value)
    return number if abs(number) != float("inf") else None
