"""Values of a column as the type of its field; what cannot be read becomes empty and is reported."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from geo.checks import Problem
from geo.files.headings import normal
from layers.editions.schema import DTYPES
from layers.intake.headings import field_title
from layers.spec import CodeList, FieldSpec

YES = frozenset(
    normal(text)
    for text in (
        "是",
        "有",
        "对",
        "已",
        "达标",
        "合格",
        "通过",
        "完成",
        "√",
        "✓",
        "yes",
        "y",
        "true",
        "t",
        "1",
    )
)
NO = frozenset(
    normal(text)
    for text in (
        "否",
        "无",
        "没有",
        "不是",
        "未",
        "不达标",
        "未达标",
        "不合格",
        "未通过",
        "未完成",
        "×",
        "✗",
        "x",
        "no",
        "n",
        "false",
        "f",
        "0",
    )
)
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(10_000, 80_000)
SEPARATORS = re.compile(r"[;；、,，/|\n]+")
_NUMBER = re.compile(r"^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$", re.IGNORECASE)
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[T ][\d:.+Z-]*)?$")
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YEAR = re.compile(r"^(\d{4})(年|\.0+|[-/.年]\d.*)?$")
_FLOAT_CODE = re.compile(r"^(\d+)\.0+$")
_SCIENTIFIC_CODE = re.compile(r"^(\d)(?:\.(\d+))?e\+?(\d+)$", re.IGNORECASE)

PLAIN_CODE = r"[0-9]+|[A-Za-z_][A-Za-z0-9_-]*"

Parse = Callable[[str], Any]


class UnreadableError(ValueError):
    """A text that is no value of the field's type; caught in this module."""


def coerce(
    one: FieldSpec, column: "pd.Series", *, codes: CodeList | None, factor: float = 1.0, is_code: bool = False
) -> "tuple[pd.Series, list[Problem]]":
    """A column in the dtype of its field, and what was found.

    Each different value is read once. Text stays exactly as it is, but for blank text, which is missing;
    ``is_code`` columns lose the spaces around them and what spreadsheets do to whole numbers
    (``140822103201.0``, full-width digits). ``factor`` multiplies numbers. Values that are not in ``codes``
    are kept and reported.
    """
    if passes_through(one, column, factor=factor, is_code=is_code):
        return column.astype(DTYPES[one.type]), []
    parse = _parser(one, codes, is_code)
    places, index = pd.factorize(column, use_na_sentinel=True)
    different = list(index)
    parsed: list[Any] = []
    complaints: dict[int, str] = {}
    for number, value in enumerate(different):
        result, rule = _read(parse, value, as_is=one.type in ("text", "phone"))
        if rule is None and result is not None:
            result, rule = _within(one, _scaled(one, result, factor))
        parsed.append(result)
        if rule is not None:
            complaints[number] = rule
    values = pd.Series([*parsed, None], dtype=object).iloc[places].set_axis(column.index)
    bad = []
    if complaints:
        rows = [(at, number) for at, number in enumerate(places.tolist()) if number in complaints]
        bad = [
            Problem(at, "warning", complaints[number], _say(one, complaints[number], different[number]))
            for at, number in rows
        ]
    return values.astype(DTYPES[one.type]), bad


def passes_through(one: FieldSpec, column: "pd.Series", *, factor: float, is_code: bool) -> bool:
    """Whether a column already has its field's type and needs no reading value by value."""
    kind = column.dtype
    if one.type in ("text", "phone"):
        if not isinstance(kind, pd.StringDtype):
            return False
        texts = column.dropna()
        plain = texts.str.fullmatch(PLAIN_CODE) if is_code else texts.str.strip() != ""
        return bool(plain.all())
    if factor != 1.0 or one.minimum is not None or one.maximum is not None:
        return False
    if one.type == "number":
        return bool(pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind))
    if one.type == "integer":
        return bool(pd.api.types.is_integer_dtype(kind))
    return one.type == "boolean" and bool(pd.api.types.is_bool_dtype(kind))


def as_text(value: object) -> str:
    """A value of any column as text: whole floats without ``.0``, days as ISO dates."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if (value.hour, value.minute, value.second) == (0, 0, 0)
            else value.isoformat(sep=" ")
        )
    return str(value)


def _read(parse: Parse, value: object, *, as_is: bool) -> tuple[Any, str | None]:
    text = as_text(value)
    if not text.strip() or (not as_is and not normal(text)):
        return None, None
    try:
        return parse(text), None
    except UnreadableError as error:
        kept, rule = error.args
        return kept, rule


def _parser(one: FieldSpec, codes: CodeList | None, is_code: bool) -> Parse:
    if one.type in ("integer", "number"):
        return lambda text: _number(text, one)
    if codes is not None:
        known = _known(codes)
        return (
            (lambda text: _several(text, known))
            if one.type == "codes"
            else (lambda text: _one_of(text, known))
        )
    plain: dict[str, Parse] = {"year": _year, "date": _date, "boolean": _boolean, "phone": str.strip}
    return plain.get(one.type, _code if is_code else _as_it_is)


def _as_it_is(text: str) -> str:
    return text


def _code(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = plain.replace(" ", "").removeprefix("'")
    if found := _FLOAT_CODE.match(digits):
        return found[1]
    if digits.isdigit():
        return digits
    if found := _SCIENTIFIC_CODE.match(digits):
        decimals, power = found[2] or "", int(found[3])
        if len(decimals) == power:
            return found[1] + decimals
        raise UnreadableError(text, "code-rounded")
    return text.strip()


def _number(text: str, one: FieldSpec) -> float | int:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").strip()
    if one.unit:
        plain = plain.removesuffix(unicodedata.normalize("NFKC", one.unit))
    if not _NUMBER.match(plain):
        raise UnreadableError(None, "value-unreadable")
    value = float(plain)
    if value in (float("inf"), float("-inf")):
        raise UnreadableError(None, "value-unreadable")
    return int(plain) if re.fullmatch(r"[-+]?\d+", plain) else value


def _scaled(one: FieldSpec, value: Any, factor: float) -> Any:
    return value * factor if factor != 1.0 and one.type in ("integer", "number") else value


def _within(one: FieldSpec, value: Any) -> tuple[Any, str | None]:
    """Whole numbers where the field wants them, and limits: what lies beyond is kept and reported."""
    if one.type == "integer" and isinstance(value, float):
        if not value.is_integer():
            return None, "value-not-whole"
        value = int(value)
    if one.type not in ("integer", "number", "year"):
        return value, None
    low, high = one.minimum, one.maximum
    outside = (low is not None and value < low) or (high is not None and value > high)
    return value, "value-range" if outside else None


def _year(text: str) -> int:
    found = _YEAR.match(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise UnreadableError(None, "value-unreadable")
    return int(found[1])


def _date(text: str) -> datetime:
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.isdigit() and int(plain) in EXCEL_DAYS:
        day = EXCEL_DAY_ZERO + timedelta(days=int(plain))
        return datetime(day.year, day.month, day.day)
    found = _DATE.match(plain) or _COMPACT_DATE.match(plain)
    if found is None:
        raise UnreadableError(None, "value-unreadable")
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError as error:
        raise UnreadableError(None, "value-unreadable") from error


def _boolean(text: str) -> bool:
    plain = normal(text)
    if plain in YES or plain in NO:
        return plain in YES
    raise UnreadableError(None, "value-unreadable")


def _known(codes: CodeList) -> dict[str, str]:
    known: dict[str, str] = {}
    for item in codes.items:
        for text in (item.value, item.title.zh, item.title.en, *item.aliases):
            known.setdefault(normal(text), item.value)
    return known


def _one_of(text: str, known: dict[str, str]) -> str:
    if normal(text) in known:
        return known[normal(text)]
    raise UnreadableError(text, "code-unknown")


def _several(text: str, known: dict[str, str]) -> str:
    parts = [part.strip() for part in SEPARATORS.split(text) if part.strip()]
    if normal(text) in known:
        return known[normal(text)]
    read = ";".join(dict.fromkeys(known.get(normal(part), part) for part in parts))
    if all(normal(part) in known for part in parts):
        return read
    raise UnreadableError(read, "code-unknown")


_SAYINGS = {
    "value-unreadable": "“{field}”的值“{value}”读不懂，按空值处理。",
    "value-not-whole": "“{field}”应是整数，“{value}”按空值处理。",
    "value-range": "“{field}”的值“{value}”超出合理范围，核对后重填。",
    "code-unknown": "“{field}”的值“{value}”不在代码表里，原样保留。",
    "code-rounded": "“{field}”的值“{value}”是被表格软件四舍五入过的编号，把这一列设为文本后重填。",
}


def _say(one: FieldSpec, rule: str, value: object) -> str:
    return _SAYINGS[rule].format(field=field_title(one), value=as_text(value)[:60])
