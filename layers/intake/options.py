"""How a file is to be imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.intake.merge import Mode


@dataclass(frozen=True)
class ImportOptions:
    """``mode`` None replaces, unless rows would be removed. ``area`` is a code prefix. ``mapping`` is heading →
    field; an empty field leaves the column out. ``period`` is the time that the data speak of.
    """

    mode: Mode | None = None
    area: str | None = None
    crs: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    period: str | None = None
    by: str = "operator"
