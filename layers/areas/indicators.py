"""Indicators rolled up by the rule of their definition."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from layers.areas.figures import AS_GIVEN, SUMMED, Figure
from layers.catalog import Catalog
from layers.disclosure import Disclosed
from layers.divisions import Divisions
from layers.spec import IndicatorSpec

if TYPE_CHECKING:
    import pandas as pd

LAYER = "indicators"


@dataclass
class Total:
    """Values of one indicator added up in one area, or what the area itself reported."""

    value: float = 0.0
    numerator: float = 0.0
    denominator: float = 0.0
    rows: int = 0
    choices: dict[str, int] = field(default_factory=dict)
    period: str = ""
    source: str = ""


def totals(given: Disclosed, catalog: Catalog) -> dict[tuple[str, str], Total]:
    """Totals of the latest period by (indicator, area code)."""
    answer: dict[tuple[str, str], Total] = {}
    for name, rows in given.rows.groupby("indicator"):
        definition = catalog.indicators.get(str(name))
        if definition is not None:
            _add(answer, definition, rows, catalog.divisions)
    return answer


def figures(
    found: dict[tuple[str, str], Total], catalog: Catalog, code: str, edition: str
) -> list[tuple[IndicatorSpec, Figure, dict[str, int]]]:
    """Definition, figure and, for indicators that choose from a list, rows per item, of one area."""
    answer = []
    for definition in catalog.indicators.values():
        total = found.get((definition.code, code))
        if total is not None:
            answer.append((definition, _figure(definition, total, edition), total.choices))
    return answer


def _add(
    answer: dict[tuple[str, str], Total],
    definition: IndicatorSpec,
    rows: "pd.DataFrame",
    divisions: Divisions,
) -> None:
    latest = str(rows["period"].max())
    length = divisions.named("village" if definition.level == "none" else definition.level).digits
    for row in rows[rows["period"] == latest].to_dict("records"):
        code = str(row["area_code"])
        if len(code) == length and definition.rollup != "none":
            for prefix in divisions.prefixes(code):
                _sum(answer.setdefault((definition.code, prefix), Total(period=latest)), row)
    for row in rows[(rows["period"] == latest) & (rows["area_code"].str.len() != length)].to_dict("records"):
        total = Total(period=latest)
        _sum(total, row)
        answer[(definition.code, str(row["area_code"]))] = total


def _sum(total: Total, row: dict[Any, Any]) -> None:
    total.rows += 1
    total.value += _number(row["value"])
    total.numerator += _number(row["numerator"])
    total.denominator += _number(row["denominator"])
    total.source = str(row["source"])
    choice = row["choice"]
    if isinstance(choice, str) and choice:
        total.choices[choice] = total.choices.get(choice, 0) + 1


def _figure(definition: IndicatorSpec, total: Total, edition: str) -> Figure:
    share = definition.rollup in ("ratio", "mean") and total.denominator > 0
    value = total.numerator / total.denominator if share else total.value
    if definition.rollup == "count":
        value = float(total.rows)
    return Figure(
        id=definition.code,
        label=definition.title,
        value=value,
        unit="" if definition.rollup == "ratio" and share else definition.unit,
        layer=LAYER,
        edition=edition,
        method=AS_GIVEN if total.rows == 1 else SUMMED,
        numerator=total.numerator if share else None,
        denominator=total.denominator if share else None,
        period=total.period,
        source=total.source,
    )


def _number(value: Any) -> float:
    return 0.0 if value is None or value != value else float(value)
