"""Days of a period: a year, a quarter or a month."""

import re
from datetime import date, timedelta

from geo.errors import LimitsReversedError

PERIOD = re.compile(r"(19|20)\d{2}(Q[1-4]|-(0[1-9]|1[0-2]))?")


def is_period(text: str) -> bool:
    """Whether a text is ``2026``, ``2026Q3`` or ``2026-09``."""
    return PERIOD.fullmatch(text) is not None


def span_of(period: str) -> tuple[date, date]:
    """First and last day of ``2026``, ``2026Q3`` or ``2026-09``."""
    year = int(period[:4])
    if len(period) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    last = 3 * int(period[-1]) if "Q" in period else int(period[5:])
    first = last - 2 if "Q" in period else last
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)


def check_days(since: date | None, until: date | None) -> None:
    """A time turned round is a mistake: an empty answer would say that there is nothing.

    Raises:
        LimitsReversedError: the first day is after the last.
    """
    if since and until and since > until:
        raise LimitsReversedError("时段不对：{since} 在 {until} 之后。", since=since, until=until)
