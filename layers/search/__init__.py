"""Finding places by name, code, full pinyin or initials."""

from layers.search.index import Search

__all__ = ["Search"]
