"""The one place where query strings are read: ``code=…&bbox=w,s,e,n&since=…&until=…&f.crop=apple&q=…&period=…``."""

import re
from collections.abc import Iterable
from datetime import date

from flask import request

from geo.errors import FilterError
from layers.disclosure import RowFilter
from webmap.service import the_county

FILTERS = ("code", "bbox", "since", "until", "q", "period")
ALWAYS = ("lang", "v")
FIELD = "f."
MAX_TEXT = 200
MAX_VALUES = 200


def row_filter(extra: Iterable[str] = ()) -> RowFilter:
    """The filter of this request; ``extra`` are parameters that the route reads itself.

    Raises:
        FilterError: a parameter is unknown, given twice, or has a value that cannot be.
    """
    check_names((*FILTERS, *extra), fields=True)
    return RowFilter(
        code=_code(text_of("code")),
        bbox=_bbox(text_of("bbox")),
        since=_day("since"),
        until=_day("until"),
        fields=tuple(_fields()),
        text=(text_of("q") or "").strip(),
        period=_period(text_of("period")),
    )


def check_names(known: Iterable[str], *, fields: bool = False) -> None:
    """Raises FilterError for a parameter that is not known or comes twice."""
    names = (*known, *ALWAYS)
    for name, values in request.args.lists():
        if name not in names and not (fields and name.startswith(FIELD)):
            raise FilterError(
                "不认识参数 {name}，可用：{all}。",
                name=name[:MAX_TEXT],
                all="、".join((*known, *(["f.字段"] if fields else []))),
            )
        if len(values) > 1:
            raise FilterError("参数 {name} 出现了两次，多个值用逗号隔开。", name=name)


def text_of(name: str) -> str | None:
    """A parameter as text, None when absent or empty; raises FilterError when it is too long."""
    value = request.args.get(name)
    if value is not None and len(value) > MAX_TEXT * 10:
        raise FilterError("参数 {name} 太长。", name=name)
    return value or None


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number within limits."""
    text = text_of(name)
    if text is None:
        return default
    if not re.fullmatch(r"-?\d{1,12}", text) or not text.isascii() or not least <= int(text) <= most:
        raise FilterError(
            "参数 {name} 应是 {least} 到 {most} 的整数，收到 {value}。",
            name=name, least=least, most=most, value=text,
        )  # fmt: skip
    return int(text)


def _code(text: str | None) -> str | None:
    if text is None:
        return None
    county = the_county()
    if not county.areas.known(text):
        raise FilterError(
            "没有区划代码 {code}，用县 {county}、乡镇 {township}、村 {village} 或网格 {grid} 位代码。",
            code=text, **county.divisions.lengths,
        )  # fmt: skip
    return text


def _bbox(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    wrong = FilterError("bbox 应是 西,南,东,北 四个经纬度，收到 {value}。", value=text)
    parts = text.split(",")
    if len(parts) != 4:
        raise wrong
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError as error:
        raise wrong from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise wrong
    return west, south, east, north


def _day(name: str) -> date | None:
    text = text_of(name)
    if text is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise FilterError(
            "{name} 应是 2026-01-31 这样的日期，收到 {value}。", name=name, value=text
        ) from error


def _period(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"\d{4}(Q[1-4])?", text):
        raise FilterError("period 应是 2026Q3 或 2026，收到 {value}。", value=text)
    return text


def _fields() -> Iterable[tuple[str, tuple[str, ...]]]:
    for name, value in request.args.items():
        if name.startswith(FIELD):
            values = tuple(value.split(","))
            if len(values) > MAX_VALUES:
                raise FilterError(
                    "字段 {field} 的值太多，最多 {most} 个。", field=name[len(FIELD) :], most=MAX_VALUES
                )
            yield name[len(FIELD) :], values
