"""Disputes of one period counted for a report, as the viewer may know them: records for staff, published counts else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count as counting
from itertools import islice, takewhile
from typing import Any

import pandas as pd

from geo.errors import FilterError, ForbiddenError
from geo.phrases import listing
from layers.areas.figures import COUNTED, PUBLISHED, Figure
from layers.disclosure import Door, RowFilter, Viewer
from layers.disclosure.filters import finest_codes
from layers.editions import Edition
from layers.editions.manifest import source_of
from layers.extent import Extent, months_of, state_of
from layers.reports.periods import Period, read_period
from layers.spec import Text

LAYER = "disputes"
OPEN, CLOSED = "open", "closed"
RESOLVED = Text(zh="状态为结案的 ÷ 本期发生的", en="closed ÷ all that happened in the period")


@dataclass(frozen=True)
class Counts:
    """Disputes that happened in a period by township code (``""``: none that is known); None where withheld.

    The rest is empty for the public: by category and warning level, and of each township how many are closed, still
    open, and open beyond their due date. ``overdue`` is None where no due dates were collected; ``undated`` of the open
    ones have none.
    """

    period: Period
    total: int | None
    townships: Mapping[str, int | None]
    categories: Mapping[str, int]
    levels: Mapping[str, int]
    closed: Mapping[str, int]
    open: Mapping[str, int]
    overdue: Mapping[str, int] | None
    undated: int = 0


class Disputes:
    """Counts of any period for one viewer, and the figures that are made of them.

    Raises:
        ForbiddenError: the viewer sees only a part of the county, or nothing.
        UnknownEditionError: there are no disputes yet.
    """

    def __init__(self, door: Door, viewer: Viewer) -> None:
        if viewer.scope not in ("", door.county):
            raise ForbiddenError(
                "只看本网格的身份做不了{whole}的报告，需要时找县综治中心；本网格的情况做基本情况报告（profile）。",
                whole=door.divisions.whole,
            )
        self.door, self.viewer = door, viewer
        self.spec = door.catalog.layer(LAYER)
        self.public = door.access(self.spec, viewer) == "counts"
        self._given = door.rows(LAYER, viewer)
        self.edition: Edition = self._given.edition
        self.source = source_of(self.spec, self.edition)

    @cached_property
    def as_of(self) -> date:
        """The day whose state the records show."""
        return state_of(self.edition)

    @property
    def extent(self) -> Extent:
        """What the records cover."""
        return self.door.extent(LAYER)

    def usual(self) -> Period:
        """The latest complete quarter; raises FilterError where there is none."""
        return read_period(self.door.published(LAYER).default)

    def check(self, period: Period) -> None:
        """Raises FilterError for a period that this viewer cannot have a report of."""
        if self.public:
            known = self.door.periods(LAYER)
            if period.text not in known:
                raise FilterError(
                    "对公众只公布整季和整年的件数，没有 {period}。可选：{periods}；月报由工作人员登录后做。",
                    period=period.text, periods=listing(known) or "无",
                )  # fmt: skip
        elif self.extent.since is None or self.extent.until is None:
            raise FilterError("还没有矛盾纠纷记录，做不了治理情况报告。")
        elif self.extent.part(period.since, period.until) is None:
            raise FilterError(
                "{period} 没有矛盾纠纷记录，换一个时段；记录从 {since} 到 {until}。",
                period=period.text, since=self.extent.since.isoformat(), until=self.extent.until.isoformat(),
            )  # fmt: skip
        elif set(months_of(*self.seen(period)[:2])) <= set(self.extent.missing):
            raise FilterError(
                "{period} 没有采集矛盾纠纷（一件也没有），做不了报告，换一个时段。", period=period.text
            )

    def newest(self, last: Period, most: int) -> list[Period]:
        """The newest periods, no later than the last, that this viewer can have a report of."""
        if self.public:
            known = map(read_period, self.door.periods(LAYER))
            back = sorted((one for one in known if one.span == last.span), key=lambda one: -one.index)
            return [one for one in back if one.index <= last.index][:most]
        first = self.extent.since
        if first is None:
            return []
        every = takewhile(
            lambda one: one.until >= first, (Period(last.span, last.index - n) for n in counting())
        )
        return list(islice((one for one in every if self.extent.part(one.since, one.until)), most))

    def complete(self, period: Period) -> bool:
        """Whether the data cover all of the period."""
        if self.public:
            return period.text in self.door.periods(LAYER)
        return self.extent.covers(period.since, period.until)

    def seen(self, period: Period) -> tuple[date, date, tuple[str, ...]]:
        """The first and the last day of a period that the data cover, and the months between that they do not."""
        covered = None if self.public else self.extent.part(period.since, period.until)
        first, last = covered or (period.since, period.until)
        return first, last, tuple(month for month in self.extent.missing if month in months_of(first, last))

    def of(self, period: Period) -> Counts:
        """Counts of a period."""
        return self._published(period) if self.public else self._counted(period)

    def compared(self, period: Period | None) -> Counts | None:
        """Counts of an earlier period, None where the data do not cover it."""
        return self.of(period) if period is not None and self.complete(period) else None

    def figure(self, name: str, label: Text, value: int | None, period: Period) -> Figure:
        """A number of disputes."""
        method = PUBLISHED if self.public else COUNTED
        return Figure(
            name, label, value, self.spec.count_unit.zh, LAYER, self.edition.id, method,
            period=period.text, source=self.source, withheld=self.public and value is None,
        )  # fmt: skip

    def share(self, name: str, label: Text, parts: tuple[int, int], period: Period) -> Figure:
        """A share of disputes from its numerator and denominator."""
        part, whole = parts
        return Figure(
            name, label, part / whole if whole else None, "", LAYER, self.edition.id, RESOLVED,
            numerator=part, denominator=whole, period=period.text, source=self.source,
        )  # fmt: skip

    def _published(self, period: Period) -> Counts:
        county = self.door.counts(self.viewer, period.text, self.door.divisions.top.name, LAYER)
        towns = self.door.counts(self.viewer, period.text, "township", LAYER)
        known = {str(code): _plain(count) for code, count in zip(towns["code"], towns["count"], strict=True)}
        total = _plain(county["count"].iloc[0]) if len(county) else 0
        return Counts(period, total, known, {}, {}, {}, {}, None)

    def _counted(self, period: Period) -> Counts:
        rows = self.door.rows(LAYER, self.viewer, RowFilter(since=period.since, until=period.until)).rows
        digits = self.door.divisions.named("township").digits
        codes = finest_codes(self.spec, rows).str[:digits]
        tally = _tally(codes.where(codes.str.len() == digits, ""))
        status, due = _column(rows, "status"), _column(rows, "due_on")
        late, undated = self._late(due), int((due.isna() & (status == OPEN)).sum())
        return Counts(
            period, len(rows), tally(slice(None)), _values(_column(rows, "category")),
            _values(_column(rows, "warning_level")), tally(status == CLOSED), tally(status == OPEN),
            None if due.isna().all() else tally((status == OPEN) & late), undated,
        )  # fmt: skip

    def _late(self, due: "pd.Series[Any]") -> Any:
        return pd.to_datetime(due) < pd.Timestamp(self.as_of)


def _column(rows: "pd.DataFrame", name: str) -> "pd.Series[Any]":
    """A column, empty where the edition has none of that name."""
    return rows[name] if name in rows.columns else pd.Series(None, index=rows.index, dtype="object")


def _tally(codes: "pd.Series[Any]") -> Callable[[Any], dict[str, int]]:
    def count(chosen: Any) -> dict[str, int]:
        return {str(code): int(n) for code, n in codes[chosen].value_counts().items()}

    return count


def _values(column: "pd.Series[Any]") -> dict[str, int]:
    return {str(value): int(n) for value, n in column.fillna("").value_counts().items()}


def _plain(count: Any) -> int | None:
    """A published count; None where it is withheld."""
    return None if pd.isna(count) else int(count)
