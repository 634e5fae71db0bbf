"""Profiles of the county, its townships, villages and grids."""

from layers.areas.asked import EVERYTHING, Asked
from layers.areas.figures import Figure
from layers.areas.profile import Areas
from layers.areas.register import Area, Register

__all__ = ["EVERYTHING", "Area", "Areas", "Asked", "Figure", "Register"]
