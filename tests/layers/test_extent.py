"""From when to when records cover, and which months are missing: what was said, and what their days give away."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from layers.editions import Edition
from layers.extent import NOTHING, Extent, extent_of, month_span, months_of, state_of

DAYS = some.dates(date(2019, 1, 1), date(2026, 12, 31))


def edition(published: str, period: str | None = None) -> Edition:
    return Edition(
        id="2026-11-30-00000000", layer="disputes", rows=1, crs="EPSG:4490", bounds=None, source="", source_sha256="",
        published_by="", published_at=published, demo=False, period=period,
    )  # fmt: skip


def extent(days: list[str], published: str = "2026-11-30", period: str | None = None) -> Extent:
    return extent_of(edition(f"{published}T08:00:00+00:00", period), pd.Series(pd.to_datetime(days)))


def spread(first: str, last: str, every: int = 1) -> list[str]:
    """A record every so many days, both ends included."""
    return [str(day.date()) for day in pd.date_range(first, last, freq=f"{every}D")]


def test_records_that_begin_late_in_a_month_do_not_cover_it() -> None:
    found = extent([*["2026-03-28"] * 3, *["2026-03-30"] * 2, *spread("2026-04-01", "2026-04-30") * 2])
    assert (found.since, found.until) == (date(2026, 3, 28), date(2026, 4, 30))
    assert not found.covers(*month_span("2026-03"))
    assert found.covers(*month_span("2026-04"))


def test_what_was_said_is_the_end() -> None:
    days = spread("2026-05-01", "2026-10-02", 2)
    found = extent(days, period="2026-10-03")
    assert (found.since, found.until) == (date(2026, 5, 1), date(2026, 10, 3))
    assert found.whole_months(date(2026, 5, 1), date(2026, 10, 31)) == (
        "2026-05",
        "2026-06",
        "2026-07",
        "2026-08",
        "2026-09",
    )


def test_a_year_that_was_said_covers_nothing_of_the_next() -> None:
    found = extent(spread("2025-01-09", "2025-12-20"), published="2026-05-01", period="2025")
    assert (found.since, found.until) == (date(2025, 1, 1), date(2025, 12, 31))
    assert found.part(date(2026, 1, 1), date(2026, 3, 31)) is None


@pytest.mark.parametrize(
    ("period", "since", "until"),
    [
        ("2026-03-02/2026-08-15", "2026-03-02", "2026-08-15"),
        ("2026-03/2026Q3", "2026-03-01", "2026-09-30"),
        ("2026Q3", "2026-03-10", "2026-09-30"),  # said of the end; the records begin before
        ("2026-08-15", "2026-03-10", "2026-08-15"),
        ("2026-08-01", "2026-03-10", "2026-08-01"),  # what was said comes before what is there
        ("2026-02-30", "2026-03-10", "2026-08-10"),  # no day
        ("夏天", "2026-03-10", "2026-08-10"),
        (None, "2026-03-10", "2026-08-10"),
    ],
)
def test_the_forms_of_what_is_said(period: str | None, since: str, until: str) -> None:
    found = extent(spread("2026-03-10", "2026-08-10"), period=period)
    assert (str(found.since), str(found.until)) == (since, until)


def test_the_day_of_publication_is_not_over() -> None:
    days = spread("2026-03-01", "2026-04-30")
    assert extent(days, published="2026-04-30").until == date(2026, 4, 29)
    assert extent(days, published="2026-05-01").until == date(2026, 4, 30)
    assert extent(days, published="2026-04-30", period="2026-04-30").until == date(2026, 4, 29)
    first = extent(["2026-04-30"] * 9, published="2026-04-30")
    assert (first.since, first.until) == (date(2026, 4, 30), date(2026, 4, 30)), "the first day of all"


def test_a_month_that_was_not_over_is_covered_as_far_as_there_are_records() -> None:
    days = [f"2026-{month:02d}-15" for month in (7, 8, 9, 10, 11)]
    assert extent(days, published="2026-11-30").until == date(2026, 11, 15)
    assert extent(days, published="2026-12-01").until == date(2026, 11, 30)


def test_months_without_a_record_are_missing_where_that_is_no_chance() -> None:
    days = [day for day in spread("2025-01-01", "2025-12-31") if day[5:7] not in ("04", "08", "09")]
    found = extent(days)
    assert found.missing == ("2025-04", "2025-08", "2025-09")
    assert found.whole_months(date(2025, 3, 2), date(2025, 10, 31)) == (
        "2025-05",
        "2025-06",
        "2025-07",
        "2025-10",
    )
    assert not found.covers(date(2025, 3, 1), date(2025, 5, 31))
    assert found.covers(date(2025, 5, 1), date(2025, 7, 31))


def test_a_quiet_county_has_months_of_true_zero() -> None:
    found = extent(["2025-01-20", "2025-04-02", "2025-09-11", "2025-12-05"])
    assert (found.since, found.until, found.missing) == (date(2025, 1, 1), date(2025, 12, 31), ())


def test_an_office_that_writes_all_of_a_month_on_one_day_covers_whole_months() -> None:
    days = [f"2026-{month:02d}-15" for month in (1, 2, 3, 5, 6)] * 9
    found = extent(days)
    assert (found.since, found.until) == (date(2026, 1, 1), date(2026, 6, 30))
    assert found.missing == ("2026-04",)


def test_a_month_at_the_end_that_was_said_but_not_collected_is_missing() -> None:
    found = extent(spread("2026-01-01", "2026-08-31"), period="2026-10-31")
    assert found.until == date(2026, 10, 31)
    assert found.missing == ("2026-09", "2026-10")


def test_nothing_covers_nothing() -> None:
    assert extent([]) == NOTHING
    assert not NOTHING.covers(date(2026, 1, 1), date(2026, 1, 1))
    assert NOTHING.part(date(2026, 1, 1), date(2026, 1, 1)) is None
    assert NOTHING.whole_months(date(2026, 1, 1), date(2026, 12, 31)) == ()


def test_the_state_of_records_is_of_the_day_that_was_said() -> None:
    assert state_of(edition("2026-11-30T08:00:00+00:00", "2026-10-03")) == date(2026, 10, 3)
    assert state_of(edition("2026-11-30T08:00:00+00:00")) == date(2026, 11, 30)
    assert state_of(edition("2026-11-30T08:00:00+00:00", "2026")) == date(2026, 11, 30)


@given(some.lists(DAYS, min_size=1, max_size=60), DAYS)
def test_records_lie_within_what_is_covered_and_never_in_a_missing_month(
    days: list[date], published: date
) -> None:
    found = extent([str(day) for day in days], str(max(published, *days) + timedelta(days=1)))
    assert found.since is not None
    assert found.until is not None
    assert found.since <= min(days)
    assert max(days) <= found.until
    assert not {f"{day:%Y-%m}" for day in days} & set(found.missing)
    assert set(found.missing) <= set(months_of(found.since, found.until))
    for month in months_of(found.since, found.until):
        whole = found.covers(*month_span(month))
        assert whole == (month in found.whole_months(found.since, found.until))
        assert not (whole and month in found.missing)
