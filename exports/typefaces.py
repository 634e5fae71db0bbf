"""Where the typefaces of sheets and reports lie; ``python -m webmap.front.assets`` puts them there."""

from pathlib import Path

from geo.errors import StoreError

FONTS = Path(__file__).parent / "vendor" / "fonts"
"""20 MB that no browser asks for."""
SERIF = "NotoSerifSC-Regular.otf"
"""Of the titles of reports; comes with a Python package."""


def missing_font(path: Path) -> StoreError:
    """What to say when a typeface is not where it belongs."""
    return StoreError(
        "缺少字体 {file}，图件和报告画不出来。把安装包里的 exports/vendor 一并复制过来，或重新安装。",
        file=path.name,
    )
