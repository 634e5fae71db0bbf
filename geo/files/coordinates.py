"""Coordinates as people write them, as numbers."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_MARKS = str.maketrans({"′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "″": '"', "”": '"', "“": '"', "〃": '"',
                        "º": "°", "˚": "°", "度": "°", "分": "'", "秒": '"', "，": ",", "。": "."})  # fmt: skip
_WORDS = re.compile(r"东经|北纬|经度|纬度|[EN]", re.IGNORECASE)
_DEGREES = re.compile(
    r"^(?P<sign>[-+WS])?(?P<degrees>\d{1,3}(?:\.\d+)?)(?:°(?:(?P<minutes>\d{1,2}(?:\.\d+)?)'?(?:(?P<seconds>\d{1,2}(?:\.\d+)?)(?:\"|'')?)?)?)?(?P<after>[WS])?$"
)


def parse_degrees(texts: Iterable[str | None]) -> NDArray[np.float64]:
    """Degrees from texts such as ``110.8348``, ``112°18′37.6″``, ``E110°49′``, ``１１０．８３``; NaN for what
    is empty or cannot be read. West and south are negative.
    """
    return np.array([_degrees(text) for text in texts], dtype=np.float64)


def parse_metres(texts: Iterable[str | None]) -> NDArray[np.float64]:
    """Metres from texts such as ``37485000.12``, ``485,000``, ``３９２００００``; NaN for what cannot be read."""
    return np.array([_metres(text) for text in texts], dtype=np.float64)


def _plain(text: str) -> str:
    marked = text.translate(_MARKS).replace("''", '"')
    return "".join(unicodedata.normalize("NFKC", marked).split()).translate(_MARKS)


def _degrees(text: str | None) -> float:
    if text is None or not text.strip():
        return np.nan
    plain = _WORDS.sub("", _plain(text)).upper()
    found = _DEGREES.match(plain)
    if found is None:
        return np.nan
    minutes, seconds = float(found["minutes"] or 0), float(found["seconds"] or 0)
    if minutes >= 60 or seconds >= 60:
        return np.nan
    value = float(found["degrees"]) + minutes / 60 + seconds / 3600
    negative = (found["sign"] or "") in ("-", "W", "S") or found["after"] is not None
    return -value if negative and value else value


def _metres(text: str | None) -> float:
    if text is None or not text.strip():
        return np.nan
    try:
        metres = float(_plain(text).replace(",", "").removesuffix("m").removesuffix("米"))
    except ValueError:
        return np.nan
    return metres if np.isfinite(metres) else np.nan
