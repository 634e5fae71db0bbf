"""The one rule for days: an instant is of the day that the county's clocks show."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

TIME_ZONE = "Asia/Shanghai"
"""Where the settings of a county name no other."""
_INSTANT = re.compile(
    r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*"
    r"(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)\s*",
    re.IGNORECASE,
)


def today(zone: str = TIME_ZONE) -> date:
    """What day it is there."""
    return datetime.now(ZoneInfo(zone)).date()


def local_day(value: Any, zone: str) -> Any:
    """The day of an instant that says in which zone it is told, as text; anything else as it is."""
    if isinstance(value, datetime):
        told = None if value.tzinfo is None else value
    else:
        told = _read(value) if isinstance(value, str) else None
    return value if told is None else told.astimezone(ZoneInfo(zone)).date().isoformat()


def _read(text: str) -> datetime | None:
    found = _INSTANT.fullmatch(text)
    if found is None:
        return None
    day, clock, second, offset = (
        "-".join(found.group(1, 2, 3)),
        ":".join(found.group(4, 5)),
        found[6] or "00",
        found[7],
    )
    offset = offset.replace(":", "") if offset[0] in "+-" else "+0000"
    try:
        return datetime.strptime(f"{day} {clock}:{second} {offset:0<5}", "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None
