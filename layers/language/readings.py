"""How the characters of names are read: every reading for who looks something up, the usual one for order and romanised names."""

import sys
import unicodedata
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

USUAL = {
    "长": "chang", "翟": "zhai", "单": "shan", "仇": "qiu", "曾": "zeng", "查": "zha", "盖": "gai", "都": "du", "卜": "bu",
    "覃": "qin", "缪": "miao", "任": "ren", "解": "jie", "厦": "sha", "薄": "bo", "秘": "mi", "沓": "ta", "尉": "wei",
}  # fmt: skip
"""Readings that place names and surnames have where a dictionary of single characters names another one first."""


def fold(text: str) -> str:
    """A text as it is compared: full-width forms as plain ones, capitals as small letters, blanks at the ends gone."""
    return unicodedata.normalize("NFKC", text).lower().strip()


@lru_cache(maxsize=16384)
def readings(character: str) -> tuple[str, ...]:
    """Every reading of a character without tones, the usual one first; itself where it has none."""
    toned = _toned(character)
    return tuple(dict.fromkeys(reading.rstrip("12345") for reading in toned)) or (character.lower(),)


@lru_cache(maxsize=16384)
def usual_reading(character: str) -> str:
    """Its usual reading with the tone behind it (``yan2``); empty for what has none."""
    return next(iter(_toned(character)), "")


def _toned(character: str) -> list[str]:
    pypinyin = _pypinyin()
    found = pypinyin.pinyin(character, style=pypinyin.Style.TONE3, heteronym=True, errors=lambda _: [])
    toned = [reading.lower() for reading in found[0] if reading] if found else []
    usual = USUAL.get(character)
    return sorted(toned, key=lambda reading: reading.rstrip("12345") != usual) if usual else toned


@lru_cache(maxsize=1)
def _pypinyin() -> Any:
    """pypinyin without its dictionary of phrases: every reading is looked up anyway, and it takes 60 MB and a second."""
    phrases: Any = ModuleType("pypinyin.phrases_dict")
    phrases.phrases_dict = {}
    sys.modules.setdefault(phrases.__name__, phrases)
    return import_module("pypinyin")
