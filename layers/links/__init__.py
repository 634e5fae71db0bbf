"""Links: whether what they name is still there, and what of it a viewer may see."""

from layers.links.check import Checked, check
from layers.links.parts import Instead, LeftOut

__all__ = ["Checked", "Instead", "LeftOut", "check"]
