"""The table of counts that is all the public gets of a layer with ``counts`` access."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from geo.errors import FilterError
from geo.phrases import listing
from layers.divisions import STANDARD, Divisions
from layers.extent import Extent, month_span
from layers.spec import FieldSpec, LayerSpec, Text
from layers.suppression import Protection, protect

FIELDS = (
    FieldSpec(name="code", title=Text(zh="村代码", en="Village code")),
    FieldSpec(name="name", title=Text(zh="村（社区）", en="Village")),
    FieldSpec(name="period", title=Text(zh="时段", en="Period")),
    FieldSpec(name="count", title=Text(zh="件数", en="Count"), type="integer", unit="件"),
    FieldSpec(name="suppressed", title=Text(zh="不显示", en="Withheld"), type="boolean"),
)


@dataclass(frozen=True)
class Published:
    """Counts by area and period after suppression; ``table`` has code, name, period, count, suppressed."""

    table: "pd.DataFrame"
    periods: tuple[str, ...]
    protection: Protection
    divisions: Divisions = STANDARD

    @property
    def default(self) -> str:
        """The latest complete quarter.

        Raises:
            FilterError: there is no complete quarter yet.
        """
        quarters = [period for period in self.periods if "Q" in period]
        if not quarters:
            raise FilterError("还没有完整的季度，暂无可公布的件数。")
        return quarters[-1]

    def of(self, period: str, level: str) -> "pd.DataFrame":
        """Rows of one period and level; raises FilterError when it is not published."""
        if period not in self.periods:
            raise FilterError(
                "没有公布时段 {period}，可选：{periods}。",
                period=period,
                periods=listing(self.periods) or "无",
            )
        lengths = self._lengths
        if level not in lengths:
            raise FilterError("没有层级 {level}，可选：{levels}。", level=level, levels=listing(lengths))
        return self._by_place[(period, lengths[level])]

    def cell(self, code: str, period: str) -> tuple[int | None, bool]:
        """Count and whether it is suppressed, for one area and period; (0, False) where nothing happened."""
        return self._cells.get((code, period), (0, False))

    @cached_property
    def _by_place(self) -> dict[tuple[str, int], "pd.DataFrame"]:
        lengths = self.table["code"].str.len()
        return {
            (period, length): self.table[(self.table["period"] == period) & (lengths == length)].reset_index(
                drop=True
            )
            for period in self.periods
            for length in self._lengths.values()
        }

    @property
    def _lengths(self) -> dict[str, int]:
        """Digits of the levels that counts are published for: villages and larger ones."""
        return {level.name: level.digits for level in self.divisions.upwards("village")}

    @cached_property
    def _cells(self) -> dict[tuple[str, str], tuple[int | None, bool]]:
        columns = zip(
            self.table["code"],
            self.table["period"],
            self.table["count"],
            self.table["suppressed"],
            strict=True,
        )
        return {
            (code, period): (None if hidden else int(count), bool(hidden))
            for code, period, count, hidden in columns
        }


def publish(
    spec: LayerSpec,
    extent: Extent,
    rows: "pd.DataFrame",
    names: dict[str, str],
    divisions: Divisions,
) -> Published:
    """Count rows by village and period that is covered as a whole, add them up, and hide what must not be shown.

    ``names`` are those of all villages and what they lie in, by code. Rows without a village among them or without a
    date are not counted.
    """
    village = divisions.named("village")
    codes = sorted(code for code in names if len(code) == village.digits)
    days = pd.to_datetime(rows[spec.time_field])
    quarters = complete_quarters(extent)
    counted = pd.DataFrame(
        {
            "village": rows[village.field].astype(str),
            "quarter": days.dt.year.astype("Int64").astype(str)
            + "Q"
            + days.dt.quarter.astype("Int64").astype(str),
        }
    )
    counts = counted.groupby(["village", "quarter"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=codes, columns=quarters, fill_value=0).astype("int64")
    protection = protect(counts, divisions)
    table = _table(protection, names)
    return Published(
        table, tuple(_in_order({str(period) for period in table["period"]})), protection, divisions
    )


def complete_quarters(extent: Extent) -> list[str]:
    """Quarters that the data cover as a whole, oldest first, as ``2026Q3``."""
    if extent.since is None or extent.until is None:
        return []
    years = range(extent.since.year, extent.until.year + 1)
    every = [(year, quarter) for year in years for quarter in range(1, 5)]
    return [f"{year}Q{quarter}" for year, quarter in every if extent.covers(*_span(year, quarter))]


def _span(year: int, quarter: int) -> tuple[date, date]:
    return month_span(f"{year}-{3 * quarter - 2:02d}")[0], month_span(f"{year}-{3 * quarter:02d}")[1]


def _in_order(periods: set[str]) -> list[str]:
    """Quarters by time, each complete year after its fourth quarter."""
    return sorted(periods, key=lambda period: (period[:4], period[4:] or "Z"))


def _table(protection: Protection, names: dict[str, str]) -> "pd.DataFrame":
    cells = protection.cells
    return pd.DataFrame(
        {
            "code": [cell.area for cell in cells],
            "name": [names.get(cell.area, cell.area) for cell in cells],
            "period": [cell.period for cell in cells],
            "count": pd.array([None if cell.hidden else cell.value for cell in cells], dtype="Int64"),
            "suppressed": [cell.hidden for cell in cells],
        }
    )
