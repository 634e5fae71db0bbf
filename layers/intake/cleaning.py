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
_SUSPECT = rf"^'|\r|{_UNPRINTED.pattern}|{CONTROLS.pattern}"


def cleaned(title: str, column: "pd.Series", kind: str) -> "tuple[pd.Series, list[Problem]]":
    """A column of a file of some kind without such signs; what turns words round is reported by row."""
    if not (isinstance(column.dtype, pd.StringDtype) or column.dtype == object):
        return column, []
    texts = column[column.map(lambda value: isinstance(value, str)).astype(bool)].astype("str")
    suspect = texts[texts.str.contains(_SUSPECT, regex=True)]
    if suspect.empty:
        return column, []
    changed = column.copy()
    problems = []
    for label, text in suspect.items():
        changed[label] = plain = _plain(text, kind)
        if CONTROLS.search(text):
            position = int(column.index.get_indexer([label])[0])
            said = f"“{title}”的值“{plain[:60]}”里有看不见的控制符，会把文字倒过来，已去掉。"
            problems.append(Problem(position, "warning", "text-controls", said))
    return changed, problems


def _plain(text: str, kind: str) -> str:
    free = unguarded(text) if kind in SHEETS else text
    return _UNPRINTED.sub("", _NEWLINE.sub("\n", CONTROLS.sub("", free)))
