"""From a file to an edition: headings matched to fields, values coerced, findings, publication."""

from layers.intake.findings import Finding
from layers.intake.options import ImportOptions
from layers.intake.result import ImportResult
from layers.intake.run import Intake

__all__ = ["Finding", "ImportOptions", "ImportResult", "Intake"]
