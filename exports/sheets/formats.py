"""Files that a sheet can be; light, since the command line names them at its start."""

from geo.errors import ArgumentError
from geo.phrases import listing

FORMATS = ("pdf", "png", "svg")
USUAL_DPI = 300
LEAST_DPI, MOST_DPI = 72, 600


def checked_format(name: str) -> str:
    """Raises ArgumentError for a format that no sheet has."""
    if name not in FORMATS:
        raise ArgumentError("没有格式 {format}，可选：{all}。", format=name[:20], all=listing(FORMATS))
    return name
