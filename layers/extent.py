"""From when to when a data set covers what it is about: the one place that says whether a period can be told.

What is not covered is not zero: it is neither compared nor counted as a month of silence.
"""

import calendar
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from layers.editions.manifest import Edition

RARE = 0.01
"""A silence is taken for one in the records, not in the county, when it is rarer than this at the usual rate."""
DAY = timedelta(days=1)
NAMED = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?|Q([1-4]))?")
"""2026, 2026Q3, 2026-10 or 2026-10-03."""
Span = tuple[date, date]
Days = Sequence[date]


@dataclass(frozen=True)
class Extent:
    """Covered days, both ends included; None for both where nothing has a day. ``missing`` are whole months within,
    as ``2026-04``, of which nothing was collected."""

    since: date | None = None
    until: date | None = None
    missing: tuple[str, ...] = ()

    def covers(self, first: date, last: date) -> bool:
        """Whether all of these days are covered."""
        if self.since is None or self.until is None or first < self.since or last > self.until:
            return False
        return not set(self.missing) & set(months_of(first, last))

    def part(self, first: date, last: date) -> Span | None:
        """The covered part of a time, from its first to its last covered day; None where there is none."""
        if self.since is None or self.until is None:
            return None
        begin, end = max(first, self.since), min(last, self.until)
        return (begin, end) if begin <= end else None

    def collected(self, first: date, last: date) -> bool:
        """Whether anything of a time was collected: it is covered in part, and not only by months that are missing."""
        span = self.part(first, last)
        return span is not None and not set(months_of(*span)) <= set(self.missing)

    def whole_months(self, first: date, last: date) -> tuple[str, ...]:
        """Months of a time of which every day is covered, oldest first."""
        return tuple(month for month in _whole(first, last) if self.covers(*month_span(month)))


NOTHING = Extent()


def extent_of(edition: Edition, days: "pd.Series[date]") -> Extent:
    """What an edition covers, by its records' days and by what was said when it was published.

    Said (``2026-03-28/2026-10-03``, a day, a month, a quarter, a year) comes before guessed. Where nothing is said,
    the first and the last month count as whole while the silence at their end is no rarer than ``RARE``, a month that
    was not over as far as there are records. The day of publication is not over, and so never covered.
    """
    stamps = pd.to_datetime(days).dropna()
    known = sorted(stamp.date() for stamp in stamps.dt.normalize().unique())
    said = _said(edition.period)
    published = date.fromisoformat(edition.published_at[:10]) - DAY
    if not known:
        return NOTHING
    longest = _longest_silence(known, len(stamps))
    since, until = _since(known[0], longest, said), _until(known[-1], longest, (said, published))
    return Extent(since, max(since, until), _missing(known, longest, (since, until)))


def days_of(rows: "pd.DataFrame", field: str | None) -> Span | None:
    """First and last day of rows in a field; None where they have none."""
    if field not in rows.columns:
        return None
    days = rows[field].to_numpy(dtype="datetime64[D]")
    days = days[~np.isnat(days)]
    return (days.min().item(), days.max().item()) if len(days) else None


def state_of(edition: Edition) -> date:
    """The day whose state the records show: the last that was said to be covered, else the day of publication."""
    said, published = _said(edition.period), date.fromisoformat(edition.published_at[:10])
    return published if said is None else min(published, said[1])


def months_of(first: date, last: date) -> list[str]:
    """Calendar months that a time touches, as ``2026-04``, oldest first."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(begin, end + 1)]


def month_span(month: str) -> Span:
    """First and last day of ``2026-04``."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def _said(text: str | None) -> Span | None:
    """The days that a period names; one day stands for “up to this day”."""
    first, slash, last = (text or "").partition("/")
    begin, end = _span(first), _span(last if slash else first)
    return (begin[0], end[1]) if begin and end else None


def _span(text: str) -> Span | None:
    match = NAMED.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, quarter = match.groups()
    try:
        if day:
            return date(int(year), int(month), int(day)), date(int(year), int(month), int(day))
    except ValueError:
        return None
    if month:
        return month_span(f"{year}-{month}")
    first, last = (3 * int(quarter) - 2, 3 * int(quarter)) if quarter else (1, 12)
    return date(int(year), first, 1), month_span(f"{year}-{last:02d}")[1]


def _longest_silence(known: Days, records: int) -> float:
    """Days without a record that are still to be expected.

    As many as lie between records elsewhere, where no whole month is empty (some offices write all of a month on one
    day), and at least as many as have exp(−rate · days) = ``RARE`` for a Poisson process. The rate is that of the months
    with records; those that were not collected would make any silence usual.
    """
    observed = (month_span(f"{known[-1]:%Y-%m}")[1] - known[0].replace(day=1)).days + 1
    between = [
        (after - before).days - 1
        for before, after in pairwise(known)
        if not _whole(before + DAY, after - DAY)
    ]
    return max(-math.log(RARE) * observed / records, *between, 0)


def _whole(first: date, last: date) -> list[str]:
    """Months that lie in a time from their first to their last day."""
    return [
        month
        for month in months_of(first, last)
        if first <= month_span(month)[0] and month_span(month)[1] <= last
    ]


def _since(first: date, longest: float, said: Span | None) -> date:
    """Said where a time with a length was said that begins earlier, else the first of the month or the first record."""
    if said is not None and said[0] < said[1] and said[0] <= first:
        return said[0]
    begin = first.replace(day=1)
    return begin if (first - begin).days <= longest else first


def _until(last: date, longest: float, told: tuple[Span | None, date]) -> date:
    """Said, else the end of a month that was over at publication, else the last record; ``told`` is what was said and
    the last day that was over."""
    said, published = told
    if said is not None:
        return min(said[1], published)
    end = month_span(f"{last:%Y-%m}")[1]
    return end if end <= published and (end - last).days <= longest else min(last, published)


def _missing(known: Days, longest: float, span: Span) -> tuple[str, ...]:
    """Whole months without a record that are rarer than a silence of the county."""
    days = sorted({*known, span[0] - DAY, span[1] + DAY})
    silent = [(before + DAY, after - DAY) for before, after in pairwise(days)]
    return tuple(
        month for first, last in silent if (last - first).days + 1 > longest for month in _whole(first, last)
    )
