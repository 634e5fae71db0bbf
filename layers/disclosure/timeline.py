"""Counts over time of what a viewer gets."""

from typing import Any

import pandas as pd

from geo.errors import FilterError
from layers.disclosure.door import Disclosed
from layers.disclosure.published import Published


def months(given: Disclosed) -> list[dict[str, Any]]:
    """Disclosed rows per calendar month, months without rows included, oldest first.

    Raises:
        FilterError: the layer has no date that the viewer may see.
    """
    name = given.spec.time_field
    if name is None or name not in given.rows.columns:
        raise FilterError("图层“{layer}”没有日期，没有时间轴。", layer=given.spec.title.zh)
    days = pd.to_datetime(given.rows[name]).dropna()
    if days.empty:
        return []
    found = days.dt.to_period("M").value_counts()
    every = pd.period_range(days.min(), days.max(), freq="M")
    return [{"month": str(month), "count": int(found.get(month, 0))} for month in every]


def periods(table: Published, area: str) -> list[dict[str, Any]]:
    """Published periods of one area; ``count`` is None where it is withheld."""
    answer = []
    for period in table.periods:
        count, hidden = table.cell(area, period)
        answer.append({"period": period, "count": count, "suppressed": hidden})
    return answer
