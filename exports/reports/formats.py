"""The files that a report can be."""

from geo.errors import ArgumentError

FORMATS = ("docx", "pdf", "xlsx")


def checked_format(name: str) -> str:
    """Raises ArgumentError for a format that no report has."""
    if name not in FORMATS:
        raise ArgumentError("报告没有格式 {format}，可选：{all}。", format=name[:20], all="、".join(FORMATS))
    return name
