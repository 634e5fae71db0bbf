"""Findings as results print them: one row each, with the row's code, name and place."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geo.checks import Problem, Severity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROWLESS = None


@dataclass(frozen=True)
class Finding:
    """One thing found. ``row`` is the row number of the file, None for the file as a whole; ``lon`` and
    ``lat`` are degrees (EPSG:4490), None where the place is unknown. ``remedy`` is for those who show it, who
    say it in their own words; it is no part of the document.
    """

    severity: Severity
    rule: str
    row: int | None
    code: str | None
    name: str | None
    message: str
    lon: float | None = None
    lat: float | None = None
    remedy: str = ""

    def to_json(self) -> dict[str, Any]:
        return {name: said for name, said in asdict(self).items() if name != "remedy"}


@dataclass(frozen=True)
class Rows:
    """What is needed to say which row a problem is about; one length. ``shapes`` are in EPSG:4490, or None."""

    numbers: "NDArray[np.int64]"
    codes: "Sequence[Any] | NDArray[Any]"
    names: "Sequence[Any] | NDArray[Any]"
    shapes: "NDArray[Any] | None" = None


def to_findings(problems: Iterable[Problem], rows: Rows) -> list[Finding]:
    """Problems with the row that each is about, blocking ones first, then by row."""
    found = [_finding(problem, rows) for problem in problems]
    return sorted(found, key=lambda one: (one.severity != "blocking", one.row is not None, one.row or 0))


def by_rule(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each rule."""
    return dict(Counter(finding.rule for finding in findings))


def _finding(problem: Problem, rows: Rows) -> Finding:
    at = problem.position
    if at is None:
        return Finding(
            problem.severity, problem.rule, ROWLESS, None, None, problem.message, remedy=problem.remedy
        )
    lon, lat = problem.place or ((None, None) if rows.shapes is None else _place(rows.shapes[at]))
    return Finding(
        problem.severity, problem.rule, int(rows.numbers[at]), _text(rows.codes[at]), _text(rows.names[at]),
        problem.message, lon, lat, problem.remedy,
    )  # fmt: skip


def _place(shape: Any) -> tuple[float | None, float | None]:
    """The middle of a shape; None where there is no place."""
    if shape is None or shape.is_empty:
        return None, None
    centre = shape.centroid
    if not (math.isfinite(centre.x) and math.isfinite(centre.y)):
        return None, None
    return float(centre.x), float(centre.y)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
