"""Reports as DOCX."""

from webmap.reports.docx.writer import to_docx

__all__ = ["to_docx"]
