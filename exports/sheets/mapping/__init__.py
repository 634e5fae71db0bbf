"""Content in metres → marks on the page."""

from exports.sheets.mapping.drawing import Mapped, Shown, map_content

__all__ = ["Mapped", "Shown", "map_content"]
