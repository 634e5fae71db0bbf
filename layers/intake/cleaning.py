"""Signs in texts that no one typed: guards against formulas, and marks that nobody sees."""

import re

import pandas as pd

from geo.checks import Problem
from geo.files.formulas import unguarded
from layers.language.marks import CONTROLS

SHEETS = frozenset({"csv", "xlsx", "xls", "ods"})
"""Kinds of files in which an apostrophe may stand before a text so that it is no formula."""
_NEWLINE = re.compile("\r\n?")
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SUSPECT = re.compile(rf"^'|\r|{_UNPRINTED.pattern}|{CONTROLS.pattern}")


def cleaned(title: str, column: "pd.Series", kind: str) -> "tuple[pd.Series, list[Problem]]":
    """A column of a file of some kind without such signs; what turns words round is reported by row."""
    if not (isinstance(column.dtype, pd.StringDtype) or column.dtype == object):
        return column, []
    values = column.tolist()
    suspect = [
        place for place, value in enumerate(values) if isinstance(value, str) and _SUSPECT.search(value)
    ]
    problems = []
    for place in suspect:
        text = values[place]
        values[place] = plain = _plain(text, kind)
        if CONTROLS.search(text):
            said = f"“{title}”的值“{plain[:60]}”里有看不见的控制符，会把文字倒过来，已去掉。"
            problems.append(Problem(place, "warning", "text-controls", said))
    return (pd.Series(values, index=column.index, dtype=column.dtype) if suspect else column), problems


def _plain(text: str, kind: str) -> str:
    free = unguarded(text) if kind in SHEETS else text
    return _UNPRINTED.sub("", _NEWLINE.sub("\n", CONTROLS.sub("", free)))
