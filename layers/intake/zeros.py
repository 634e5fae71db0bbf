"""What spreadsheets do to codes and telephone numbers that they take for numbers: 007 becomes 7, 1e5 becomes 100000."""

import re
from typing import Any

import pandas as pd

from geo.checks import Problem
from layers.intake.headings import field_title
from layers.spec import LayerSpec

_DIGITS = re.compile(r"\d+", re.ASCII)
_POWER = re.compile(r"(\d(?:\.\d+)?)e\+?(\d{1,2})", re.IGNORECASE | re.ASCII)
_FREE = ("400", "800")
_PHONE_DIGITS = (10, 11)


def check_zeros(spec: LayerSpec, rows: "pd.DataFrame", existing: Any) -> list[Problem]:
    """A warning for each row whose key or telephone number was probably another one, which it names."""
    problems = [] if existing is None or spec.key not in rows else _keys(spec, rows, existing)
    for one in spec.fields:
        if one.type == "phone" and one.name in rows:
            problems += _phones(field_title(one), rows[one.name])
    return problems


def _keys(spec: LayerSpec, rows: "pd.DataFrame", existing: "pd.DataFrame") -> list[Problem]:
    known = existing[spec.key].astype(str)
    held = frozenset(known)
    spoilt = {as_number(key): key for key in known if as_number(key) not in (None, key)}
    if not spoilt:
        return []
    title = field_title(spec.field(spec.key))
    problems = []
    for position, key in enumerate(rows[spec.key]):
        likely = spoilt.get(as_number(key)) if isinstance(key, str) and key not in held else None
        if likely is not None:
            text = f"“{title}”{key} 像是 {likely} 被表格软件当成了数。是的话改回 {likely}，把这一列设为文本。"
            problems.append(Problem(position, "warning", "code-zeros", text))
    return problems


def as_number(key: str) -> str | None:
    """The whole number that a spreadsheet makes of a code, None of one that stays a text."""
    if _DIGITS.fullmatch(key):
        return key.lstrip("0") or "0"
    found = _POWER.fullmatch(key)
    value = float(f"{found[1]}e{found[2]}") if found else 0.5
    return str(int(value)) if value.is_integer() else None


def _phones(title: str, column: "pd.Series") -> list[Problem]:
    return [
        Problem(
            position, "warning", "phone-zero",
            f"“{title}”{phone} 像是 0{phone} 丢了区号前的 0。是的话改回来，把这一列设为文本。",
        )
        for position, phone in enumerate(column)
        if isinstance(phone, str) and _without_zero(phone)
    ]  # fmt: skip


def _without_zero(phone: str) -> bool:
    """Whether digits are an area's number without its 0; mobile, free and short numbers are none."""
    if not _DIGITS.fullmatch(phone) or len(phone) not in _PHONE_DIGITS or phone.startswith(("0", *_FREE)):
        return False
    return phone[0] != "1" or (len(phone) == min(_PHONE_DIGITS) and phone.startswith("10"))
