"""A month, a quarter or a year that a report is about, and the ones that it is compared with."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from geo.errors import ArgumentError

Span = Literal["month", "quarter", "year"]
PATTERN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])|Q([1-4]))?")
MONTHS: dict[Span, int] = {"month": 1, "quarter": 3, "year": 12}
NOUNS: dict[Span, tuple[str, str]] = {
    "month": ("本月", "上月"), "quarter": ("本季度", "上季度"), "year": ("本年", "上年"),
}  # fmt: skip
ORDINALS = "一二三四"


@dataclass(frozen=True)
class Period:
    """``months`` of a span from the first of a month on; ``index`` counts spans since year 0."""

    span: Span
    index: int

    @cached_property
    def since(self) -> date:
        """Its first day."""
        return self._first(self.index)

    @cached_property
    def until(self) -> date:
        """Its last day."""
        return self._first(self.index + 1) - timedelta(days=1)

    @property
    def text(self) -> str:
        """``2026-10``, ``2026Q3`` or ``2026``."""
        if self.span == "month":
            return f"{self.since:%Y-%m}"
        return str(self.since.year) if self.span == "year" else f"{self.since.year}Q{self.index % 4 + 1}"

    @property
    def words(self) -> str:
        """2026年10月, 2026年第三季度, 2026年."""
        year = f"{self.since.year}年"
        if self.span == "month":
            return f"{year}{self.since.month}月"
        return year if self.span == "year" else f"{year}第{ORDINALS[self.index % 4]}季度"

    @property
    def noun(self) -> str:
        return NOUNS[self.span][0]

    @property
    def noun_before(self) -> str:
        return NOUNS[self.span][1]

    @property
    def before(self) -> "Period":
        """The one just before."""
        return Period(self.span, self.index - 1)

    @property
    def year_before(self) -> "Period | None":
        """The same one of the year before; None for a year, where it is the one just before."""
        return None if self.span == "year" else Period(self.span, self.index - 12 // MONTHS[self.span])

    def _first(self, index: int) -> date:
        year, month = divmod(index * MONTHS[self.span], 12)
        return date(year, month + 1, 1)


def read_period(text: str) -> Period:
    """The period of ``2026-10``, ``2026Q3`` or ``2026``.

    Raises:
        ArgumentError: not of that form, or before any data could be.
    """
    match = PATTERN.fullmatch(text.strip())
    if match is None or not 1900 <= int(match[1]) <= 9990:
        raise ArgumentError("时段“{text}”不对，写成 2026-10、2026Q3 或 2026。", text=text[:40])
    year = int(match[1])
    if match[2]:
        return Period("month", year * 12 + int(match[2]) - 1)
    return Period("quarter", year * 4 + int(match[3]) - 1) if match[3] else Period("year", year)
