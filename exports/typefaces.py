"""Where the typefaces of sheets and reports lie; ``python -m webmap.front.assets`` puts them there."""

from pathlib import Path

FONTS = Path(__file__).parent / "vendor" / "fonts"
"""20 MB that no browser asks for."""
SERIF = "NotoSerifSC-Regular.otf"
"""Of the titles of reports; comes with a Python package."""
