"""Texts that a spreadsheet would take for a formula: guarded by an apostrophe in what is written, freed of it in what is read."""

import unicodedata

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
APOSTROPHE = "'"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
"""Signs of no width, before which a spreadsheet may look as it does behind white space."""


def is_formula(text: str) -> bool:
    """Whether a text begins like a formula, behind white space or full-width signs (＝) too."""
    if text.startswith(STARTS):
        return True
    bare = text.strip(UNSEEN).lstrip().lstrip(UNSEEN)
    return unicodedata.normalize("NFKC", bare[:1]).startswith(STARTS)


def guarded(text: str) -> str:
    """A text as it may stand in a file for spreadsheets; one that looks guarded already is guarded again."""
    return APOSTROPHE + text if is_formula(text.lstrip(APOSTROPHE)) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    looks_so = text.startswith(APOSTROPHE) and is_formula(text.lstrip(APOSTROPHE))
    return text[len(APOSTROPHE) :] if looks_so else text


def disguised(text: str) -> str:
    """A text for cells that hold no formulas: guarded only where a reader would take its own apostrophe for a guard."""
    return guarded(text) if text.startswith(APOSTROPHE) else text
