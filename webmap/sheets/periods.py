"""Days of a period: a year or a quarter."""

from datetime import date, timedelta


def span_of(period: str) -> tuple[date, date]:
    """First and last day of ``2026`` or ``2026Q3``."""
    year = int(period[:4])
    if "Q" not in period:
        return date(year, 1, 1), date(year, 12, 31)
    quarter = int(period[-1])
    after = date(year + quarter // 4, (3 * quarter) % 12 + 1, 1)
    return date(year, 3 * quarter - 2, 1), after - timedelta(days=1)
