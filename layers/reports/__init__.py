"""Reports as data: figures, sentences, tables and maps of a governance, coverage or area report; no file format."""

from layers.reports.compose import check, compose
from layers.reports.document import Report
from layers.reports.plans import ReportPlan, report_plan

__all__ = ["Report", "ReportPlan", "check", "compose", "report_plan"]
