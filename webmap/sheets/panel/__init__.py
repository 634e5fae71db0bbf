"""The panel beside or below the map: locator, legend, scale, notes."""

from webmap.sheets.panel.arranging import panel_of
from webmap.sheets.panel.result import Panel

__all__ = ["Panel", "panel_of"]
