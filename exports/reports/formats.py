"""The files that a report can be."""

from geo.errors import ArgumentError
from geo.phrases import listing

FORMATS = ("docx", "pdf", "xlsx")


def checked_format(name: str) -> str:
    """Raises ArgumentError for a format that no report has."""
    if name not in FORMATS:
        raise ArgumentError("报告没有格式 {format}，可选：{all}。", format=name[:20], all=listing(FORMATS))
    return name
