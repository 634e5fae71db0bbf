"""What an import came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from layers.intake.findings import Finding


@dataclass(frozen=True)
class ImportResult:
    """Counts, CRS, encoding, mapping and findings of one import; ``edition`` is None when nothing was
    published. ``crs_…`` and ``encoding`` are None where they mean nothing for the file.
    """

    layer: str
    edition: str | None
    source: str
    mode: str
    rows_read: int
    rows_published: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    crs_declared: str | None = None
    crs_used: str | None = None
    crs_evidence: str = ""
    encoding: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    dry_run: bool = False

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "blocking")

    def to_json(self) -> dict[str, Any]:
        """The document of the interface contract."""
        raw = {name: getattr(self, name) for name in self.__dataclass_fields__}
        raw["mapping"] = dict(self.mapping)
        raw["unmapped"] = list(self.unmapped)
        raw["findings"] = [finding.to_json() for finding in self.findings]
        return raw
