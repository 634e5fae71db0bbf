"""Which of the rows that a viewer may see were asked for. Works on redacted rows only."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.errors import FilterError, LimitsReversedError
from geo.phrases import listing
from layers.divisions import CODE_FIELDS
from layers.language.readings import fold
from layers.periods import check_days
from layers.spec import FieldSpec, LayerSpec

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Mask = NDArray[np.bool_]

RANGE = ".."


@dataclass(frozen=True)
class RowFilter:
    """A parsed query. ``bbox`` is west, south, east, north in degrees; ``since`` and ``until`` are inclusive
    and on the layer's time field; ``fields`` are pairs of a field and its accepted values, where ``""`` is
    empty and ``a..b`` a range; ``text`` is looked for in every text field, and ``find`` in what that leaves, as
    somebody looks in the table of a filtered map; ``period`` such as ``2026Q3`` is for layers of which only counts
    are given out.
    """

    code: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    since: date | None = None
    until: date | None = None
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    text: str = ""
    period: str | None = None
    find: str = ""

    def __post_init__(self) -> None:
        check_days(self.since, self.until)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is looked for; a row holds all of them."""
        return tuple(text for text in (self.text, self.find) if text)

    def empty(self) -> bool:
        return self == RowFilter()

    def only_code_and_period(self) -> bool:
        return self == RowFilter(code=self.code, period=self.period)


def finest_codes(spec: LayerSpec, rows: "pd.DataFrame") -> "pd.Series[Any]":
    """The finest division code that each row carries; ``""`` where it has none.

    For divisions that is their own code; elsewhere the grid's, else the village's and so on.
    """
    if spec.group == "divisions":
        return rows[spec.key].fillna("").astype(str)
    names = [name for name in (*CODE_FIELDS, spec.area_field or "") if name in rows.columns]
    finest = pd.Series("", index=rows.index, dtype="object")
    for name in dict.fromkeys(names):
        finest = finest.where(finest != "", rows[name].fillna("").astype(object))
    return finest.astype(str)


def within_area(
    spec: LayerSpec, rows: "gpd.GeoDataFrame", code: str, outline: "BaseGeometry | None"
) -> "Mask":
    """Rows in an area: by code, or by place where the rows' codes are coarser than the area's.

    ``outline`` is the area's polygon in the CRS of the rows; without it coarse rows are left out.
    """
    finest = finest_codes(spec, rows)
    inside = finest.str.startswith(code).to_numpy(dtype=bool)
    coarse = (finest.str.len() < len(code)).to_numpy(dtype=bool) & ~inside
    if outline is None or not coarse.any() or spec.geometry == "none":
        return np.asarray(inside)
    places = rows.geometry.to_numpy()[coarse]
    if spec.geometry == "polygon":
        places = shapely.point_on_surface(places)
    near = np.zeros(len(rows), dtype=bool)
    # Not prepared: the outline is the store's, and threads that use a prepared shape at once crash the process.
    near[np.flatnonzero(coarse)[shapely.STRtree(places).query(outline, predicate="intersects")]] = True
    if spec.group == "divisions":
        return np.asarray(inside)
    return np.asarray(inside | near)


def matching(
    spec: LayerSpec, fields: tuple[FieldSpec, ...], rows: "gpd.GeoDataFrame", wanted: RowFilter
) -> "Mask":
    """Rows that satisfy everything but the area; ``fields`` are those that the viewer may see.

    Raises:
        FilterError: a field, value or range that the layer does not have or the viewer may not use.
    """
    keep = np.ones(len(rows), dtype=bool)
    if wanted.bbox is not None:
        keep &= _in_box(spec, rows, wanted.bbox)
    if wanted.since is not None or wanted.until is not None:
        keep &= _in_time(spec, fields, rows, wanted)
    visible = {field.name: field for field in fields}
    for name, values in wanted.fields:
        if name not in visible:
            raise FilterError(
                "图层“{layer}”没有可筛选的字段 {field}，可用：{fields}。",
                layer=spec.title.zh, field=name, fields=listing(visible),
            )  # fmt: skip
        keep &= _has_value(visible[name], rows[name], values)
    for text in wanted.texts:
        keep &= _has_text(fields, rows, text)
    return np.asarray(keep)


def _in_box(spec: LayerSpec, rows: "gpd.GeoDataFrame", bbox: tuple[float, float, float, float]) -> "Mask":
    if spec.geometry == "none":
        raise FilterError("图层“{layer}”没有位置，不能按范围筛选。", layer=spec.title.zh)
    keep = np.zeros(len(rows), dtype=bool)
    keep[rows.sindex.query(shapely.box(*bbox), predicate="intersects")] = True
    return keep


def _in_time(
    spec: LayerSpec, fields: tuple[FieldSpec, ...], rows: "gpd.GeoDataFrame", wanted: RowFilter
) -> "Mask":
    if spec.time_field is None or spec.time_field not in {field.name for field in fields}:
        raise FilterError("图层“{layer}”没有日期，不能按时段筛选。", layer=spec.title.zh)
    days = pd.to_datetime(rows[spec.time_field])
    keep = days.notna()
    if wanted.since is not None:
        keep &= days >= pd.Timestamp(wanted.since)
    if wanted.until is not None:
        keep &= days < pd.Timestamp(wanted.until) + pd.Timedelta(days=1)
    return np.asarray(keep, dtype=bool)


def _has_value(field: FieldSpec, column: "pd.Series[Any]", values: tuple[str, ...]) -> "Mask":
    keep = np.zeros(len(column), dtype=bool)
    for value in values:
        if value == "":
            keep |= (column.isna() | (column.astype(str) == "")).to_numpy(dtype=bool)
        elif field.type in ("integer", "number", "year"):
            keep |= _in_numbers(field, column, value)
        elif field.type == "date":
            keep |= _in_dates(field, column, value)
        elif field.type == "boolean":
            keep |= (column == _boolean(field, value)).fillna(False).to_numpy(dtype=bool)
        elif field.type == "codes":
            parts = ";" + column.fillna("").astype(str) + ";"
            keep |= parts.str.contains(f";{value};", regex=False).to_numpy(dtype=bool)
        else:
            keep |= (column == value).fillna(False).to_numpy(dtype=bool)
    return keep


def _in_numbers(field: FieldSpec, column: "pd.Series[Any]", value: str) -> "Mask":
    low, high = _ends(value)
    try:
        least = float(low) if low else -np.inf
        most = float(high) if high else np.inf
    except ValueError as error:
        raise FilterError("字段 {field} 的值 {value} 不是数。", field=field.name, value=value) from error
    if np.isnan(least) or np.isnan(most):
        raise FilterError("字段 {field} 的值 {value} 不是数。", field=field.name, value=value)
    _in_order(field, value, forwards=least <= most)
    numbers = column.astype("float64").to_numpy(dtype=float, na_value=np.nan)
    return np.asarray((numbers >= least) & (numbers <= most))


def _in_dates(field: FieldSpec, column: "pd.Series[Any]", value: str) -> "Mask":
    low, high = _ends(value)
    try:
        least = date.fromisoformat(low) if low else date(1, 1, 1)
        most = date.fromisoformat(high) if high else date(9999, 12, 31)
    except ValueError as error:
        raise FilterError(
            "字段 {field} 的值 {value} 不是日期，写成 2026-01-31。", field=field.name, value=value
        ) from error
    _in_order(field, value, forwards=least <= most)
    days = pd.to_datetime(column).dt.date
    return days.map(lambda day: pd.notna(day) and least <= day <= most).to_numpy(dtype=bool)


def _in_order(field: FieldSpec, value: str, *, forwards: bool) -> None:
    """As for days; raises LimitsReversedError."""
    if not forwards:
        raise LimitsReversedError(
            "字段 {field} 的范围 {value} 前面的大，后面的小，调过来。", field=field.name, value=value
        )


def _ends(value: str) -> tuple[str, str]:
    """Both ends of ``a..b``; a plain value is its own range."""
    if RANGE in value:
        low, _, high = value.partition(RANGE)
        return low, high
    return value, value


def _boolean(field: FieldSpec, value: str) -> bool:
    known = {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}
    if value.lower() not in known:
        raise FilterError("字段 {field} 只认 true 或 false，收到 {value}。", field=field.name, value=value)
    return known[value.lower()]


def _has_text(fields: tuple[FieldSpec, ...], rows: "gpd.GeoDataFrame", text: str) -> "Mask":
    keep, wanted = np.zeros(len(rows), dtype=bool), fold(text)
    for field in fields:
        if field.type in ("text", "phone") and field.name in rows.columns:
            places, different = pd.factorize(rows[field.name])
            holds = np.array([*(wanted in fold(str(value)) for value in different), False])
            keep |= holds[places]
    return keep
