"""The columns of the table of areas: makers by the names that themes declare."""

from exports.sheets.columns.column import Column, Missing, given
from exports.sheets.columns.making import Making
from exports.sheets.columns.named import Named

__all__ = ["Column", "Making", "Missing", "Named", "given"]
