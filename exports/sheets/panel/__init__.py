"""The panel beside or below the map: locator, legend, scale, notes."""

from exports.sheets.panel.arranging import panel_of
from exports.sheets.panel.result import Panel

__all__ = ["Panel", "panel_of"]
