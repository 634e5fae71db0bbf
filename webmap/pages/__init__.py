"""Pages that people open: maps, data, help. Parse, look up, render; no data work here."""

from webmap.pages import data, exports, figures, guide, maps, offline, wellknown, words
from webmap.pages.blueprint import blueprint

__all__ = ["blueprint", "data", "exports", "figures", "guide", "maps", "offline", "wellknown", "words"]
