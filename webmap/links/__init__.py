"""Links: whether what they name is still there, and what of it this viewer may see."""

from webmap.links.check import Checked, check
from webmap.links.parts import Instead, LeftOut

__all__ = ["Checked", "Instead", "LeftOut", "check"]
