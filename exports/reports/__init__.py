"""Reports as files: DOCX to be edited, PDF to be printed, XLSX of their tables; all from the same report as data."""

from exports.reports.make import FORMATS, Made, make_report, report_plan

__all__ = ["FORMATS", "Made", "make_report", "report_plan"]
