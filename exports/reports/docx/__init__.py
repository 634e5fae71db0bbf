"""Reports as DOCX."""

from exports.reports.docx.writer import to_docx

__all__ = ["to_docx"]
