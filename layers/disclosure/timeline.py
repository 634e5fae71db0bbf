"""Counts over time of what a viewer gets."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.errors import FilterError
from layers.disclosure.door import Disclosed
from layers.disclosure.published import Published
from layers.extent import Extent, Span, month_span, months_of


@dataclass(frozen=True)
class Month:
    """One calendar month, as ``2026-04``. ``count`` is None where nothing was collected; ``covered`` are the days of
    it that the data cover, None for all of them."""

    month: str
    count: int | None
    covered: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """``state`` tells what was not collected from a true zero; ``since`` and ``until`` stand where the month is
        covered in part."""
        part = (
            {}
            if self.covered is None
            else {"since": self.covered[0].isoformat(), "until": self.covered[1].isoformat()}
        )
        state = "not-collected" if self.count is None else "value"
        return {"month": self.month, "count": self.count, "state": state, **part}


def months(given: Disclosed, extent: Extent) -> list[Month]:
    """Disclosed rows per calendar month, oldest first, from the first to the last that the layer covers or has rows of.

    Raises:
        FilterError: the layer has no date that the viewer may see.
    """
    name = given.spec.time_field
    if name is None or name not in given.rows.columns:
        raise FilterError("图层“{layer}”没有日期，没有时间轴。", layer=given.spec.title.zh)
    days = pd.to_datetime(given.rows[name]).dropna()
    if extent.since is None or extent.until is None:
        return []
    found = days.dt.to_period("M").value_counts()
    first, last = min([extent.since, *days.dt.date]), max([extent.until, *days.dt.date])
    return [month_of(month, int(found.get(pd.Period(month), 0)), extent) for month in months_of(first, last)]


def month_of(month: str, count: int | None, extent: Extent) -> Month:
    """A count of a month with what of it the data cover."""
    if month in extent.missing:
        return Month(month, None)
    whole = month_span(month)
    covered = extent.part(*whole)
    return Month(month, count, None if covered == whole else covered or whole)


def periods(table: Published, area: str) -> list[dict[str, Any]]:
    """Published periods of one area; ``count`` is None where it is withheld."""
    answer = []
    for period in table.periods:
        count, hidden = table.cell(area, period)
        answer.append({"period": period, "count": count, "suppressed": hidden})
    return answer
