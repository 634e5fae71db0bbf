"""How a name is set: its lines, its sizes, the rectangle it covers, and the marks it becomes."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from exports.sheets.fonts import ASCENT, DESCENT, printed, text_width
from exports.sheets.labels.name import Name
from exports.sheets.page import Words

TAIL = 0.24
"""What letters like g reach below the base line, in parts of an em."""
LEADING = 1.12
SUFFIXES = ("居民委员会", "村民委员会", "居委会", "村委会", "街道", "社区", "中心", "新村")
WRAP_FROM = 4
LINE_MOST = 3


@dataclass(frozen=True)
class Setting:
    """Lines of text at a size; ``width`` and ``height`` (mm) are those of the rectangle they cover."""

    lines: tuple[str, ...]
    size: float
    width: float
    height: float


@lru_cache(maxsize=4096)
def cleaned(text: str) -> str:
    """What of a text is printed, without blanks around it."""
    return " ".join(printed(text).split())


def setting(name: Name, lines: tuple[str, ...], size: float) -> Setting:
    """The lines at a size, with the rectangle they cover."""
    spacing = name.spacing * size / name.size
    width = max(text_width(line, size, name.weight, spacing) for line in lines)
    height = (len(lines) - 1) * LEADING * size + (ASCENT + tail(lines[-1])) * size
    return Setting(lines, size, width, height)


def sizes(name: Name) -> tuple[float, ...]:
    """The size, one between, and the least, in falling order and without doubles."""
    between = round((name.size + name.least) / 2, 2)
    return tuple(dict.fromkeys(max(name.least, size) for size in (name.size, between, name.least)))


@lru_cache(maxsize=4096)
def wraps(text: str) -> tuple[tuple[str, ...], ...]:
    """Ways to break a name in two or three lines, the fewer the better; none for a short one."""
    if len(text) < WRAP_FROM:
        return ()
    most = min(LINE_MOST, max(2, -(-len(text) // 8)))
    return tuple(dict.fromkeys(_broken(text, count) for count in range(2, most + 1)))


def _broken(text: str, count: int) -> tuple[str, ...]:
    if count == 2:
        return _halves(text)
    cut = _break_near(text, len(text) / count)
    return (text[:cut].strip(), *_broken(text[cut:].strip(), count - 1))


def _halves(text: str) -> tuple[str, ...]:
    suffix = next((end for end in SUFFIXES if text.endswith(end)), "")
    cut = len(text) - len(suffix) if 2 <= len(suffix) <= len(text) - 2 else _break_near(text, len(text) / 2)
    return text[:cut].strip(), text[cut:].strip()


def _break_near(text: str, wanted: float) -> int:
    """Where to cut: at the blank nearest to the wanted place, else just after it."""
    blanks = [place for place, sign in enumerate(text) if sign == " "]
    if blanks:
        return min(blanks, key=lambda place: (abs(place - wanted), place))
    return max(1, min(len(text) - 1, -int(-wanted // 1)))


@lru_cache(maxsize=4096)
def tail(text: str) -> float:
    """How far a line reaches below its base line, in parts of an em."""
    plain = all(sign.isupper() or sign.isdigit() or upright(sign) or sign in " .·-" for sign in text)
    return DESCENT if plain else TAIL


def upright(sign: str) -> bool:
    """Whether a character fills an em square, as Chinese ones do."""
    return unicodedata.east_asian_width(sign) in "WF"


def lines_of(name: Name, made: Setting, x: float, y: float) -> tuple[Words, ...]:
    """Centred lines whose rectangle has its middle at ``x``, ``y``."""
    top = y - made.height / 2
    return tuple(
        words(name, line, made.size, (x, top + (ASCENT + LEADING * row) * made.size))
        for row, line in enumerate(made.lines)
    )


def words(name: Name, text: str, size: float, at: tuple[float, float], *, angle: float = 0.0) -> Words:
    """A line of a name about the middle of its base line."""
    return Words(
        text,
        at[0],
        at[1],
        size,
        colour=name.colour,
        weight=name.weight,
        align="middle",
        angle=angle,
        halo=name.halo,
        halo_mm=name.halo_mm,
        spacing=name.spacing * size / name.size if len(text) > 1 else 0.0,
        kind=name.kind,
        of=name.code,
    )


def settings(name: Name) -> Iterator[tuple[Setting, float]]:
    """Every setting of a name with its cost: whole and full first, then smaller, then wrapped."""
    text = cleaned(name.text)
    for lines, broken in (((text,), 0.0), *((lines, 0.5 + 0.2 * len(lines)) for lines in wraps(text))):
        for step, size in enumerate(sizes(name)):
            yield setting(name, lines, size), broken + 0.35 * step
