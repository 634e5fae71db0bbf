"""The order of names wherever they stand one below the other: by number within them, then by the pinyin of each character."""

import re
from functools import lru_cache

from layers.language.readings import fold, usual_reading

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
HAN = "\x7f"
"""Before the reading of a character, so that digits and Latin letters stand before Chinese."""
_NUMERAL = "[零〇一二三四五六七八九十百千两]+"
_COUNTED = re.compile(
    rf"(?<=第){_NUMERAL}|{_NUMERAL}(?=[号组队区期层楼栋片网格级季月班场座幢排单园小中街巷村\)]|社(?!区)|$)"
)
"""Chinese numerals that count something: 第二, 十号, 一组; not those of 五一社区 or 三文村."""
_DIGITS = re.compile(r"\d+", re.ASCII)


class _Weights(dict[int, str]):
    """What stands for a character: itself before Chinese ones, else its reading, its tone and itself."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        reading = "" if character.isascii() else usual_reading(character)
        weight = f"{HAN}{reading}{character}" if reading else character
        self[point] = weight
        return weight


_WEIGHTS = _Weights()


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """A text that sorts as the name should: 第二 before 第十, 2号 before 10号, 闫 among the Y."""
    plain = _COUNTED.sub(lambda found: str(number_of(found[0])), fold(text))
    return _DIGITS.sub(lambda found: _padded(found[0]), plain).translate(_WEIGHTS)


def _padded(digits: str) -> str:
    """Digits with their number before them, so that text order is that of the numbers."""
    plain = digits.lstrip("0") or "0"
    return f"{len(plain):03}{plain}"


def number_of(numeral: str) -> int:
    """一百零二 is 102, 二〇二六 is 2026; digits are themselves."""
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    if not set(numeral) & set(TENS):
        return int("".join(str(DIGITS[character]) for character in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
        else:
            total, digit = total + (digit or 1) * TENS[character], 0
    return total + digit
