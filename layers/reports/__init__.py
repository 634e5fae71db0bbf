"""Reports as data: figures, sentences, tables and maps of a governance, coverage or area report; no file format.

Here stand the question and the document; ``compose.compose`` makes the one into the other.
"""

from layers.reports.document import Report
from layers.reports.plans import ReportPlan, report_plan

__all__ = ["Report", "ReportPlan", "report_plan"]
