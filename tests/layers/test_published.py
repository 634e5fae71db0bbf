"""When a quarter is published: over when the edition was, and covered by the data from its first month to its last."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from layers.disclosure.published import complete_quarters
from layers.extent import extent_of
from tests.layers.test_extent import edition

DAYS = some.dates(date(2019, 1, 1), date(2029, 12, 31))


def quarters(first: str | date, last: str | date, published: str | date) -> list[str]:
    """Of records in every month from the first to the last day."""
    between = pd.date_range(first, last, freq="MS")[1:] + timedelta(days=14)
    days = [pd.Timestamp(first), *(day for day in between if day < pd.Timestamp(last)), pd.Timestamp(last)]
    return of(pd.Series(days), f"{published}T08:00:00+00:00")


def of(days: "pd.Series[Any]", published: str) -> list[str]:
    return complete_quarters(extent_of(edition(published), days))


def whole(text: str) -> tuple[date, date]:
    """First and last day of a quarter, worked out by months that follow each other."""
    year, number = int(text[:4]), int(text[5])
    first = date(year, [1, 4, 7, 10][number - 1], 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, [4, 7, 10][number - 1], 1)
    return first, after - timedelta(days=1)


@pytest.mark.parametrize(
    ("published", "known"),
    [
        ("2024-03-31", []),  # the last day of the quarter is not over
        ("2024-04-01", ["2024Q1"]),
        ("2024-06-30", ["2024Q1"]),
        ("2024-07-01", ["2024Q1", "2024Q2"]),
        ("2024-12-31", ["2024Q1", "2024Q2", "2024Q3"]),
        ("2025-01-01", ["2024Q1", "2024Q2", "2024Q3", "2024Q4"]),  # the year changes
        ("2025-02-28", ["2024Q1", "2024Q2", "2024Q3", "2024Q4"]),
    ],
)
def test_a_quarter_is_published_on_the_day_after_its_last(published: str, known: list[str]) -> None:
    assert quarters("2024-01-15", "2024-12-02", published) == known


@pytest.mark.parametrize(
    ("first", "last", "known"),
    [
        ("2024-01-31", "2024-03-01", ["2024Q1"]),  # the first and the last month, whatever the day
        ("2024-02-29", "2024-03-01", []),  # January is missing; the day is a leap day
        ("2024-01-31", "2024-02-29", []),  # March is missing
        ("2023-12-31", "2024-03-31", ["2024Q1"]),  # December alone is no fourth quarter
        ("2023-10-01", "2024-03-31", ["2023Q4", "2024Q1"]),
        ("2023-10-01", "2023-12-01", ["2023Q4"]),
        ("2023-10-01", "2023-11-30", []),
    ],
)
def test_the_data_cover_its_first_and_its_last_month(first: str, last: str, known: list[str]) -> None:
    assert quarters(first, last, "2025-06-01") == known


@given(DAYS, DAYS, DAYS)
def test_what_is_published_is_over_and_covered_and_nothing_else(
    one: date, other: date, published: date
) -> None:
    first, last = sorted((one, other))
    given_ = quarters(first, last, published)
    every = [f"{year}Q{number}" for year in range(first.year, last.year + 1) for number in range(1, 5)]
    for text in every:
        begin, end = whole(text)
        over = end < published
        covered = first.replace(day=1) <= begin and end.replace(day=1) <= last
        assert (text in given_) == (over and covered), text
    assert given_ == sorted(given_)


def test_the_day_of_publication_alone_counts_not_its_hour() -> None:
    days = pd.Series(pd.to_datetime(["2024-01-01", "2024-03-31"]))
    assert of(days, "2024-04-01T00:00:00+00:00") == ["2024Q1"]
    assert of(days, "2024-03-31T23:59:59+00:00") == []


def test_without_a_day_nothing_is_published() -> None:
    assert of(pd.Series([], dtype="datetime64[ns]"), "2024-04-01T00:00:00+00:00") == []
    assert of(pd.Series([pd.NaT, pd.NaT]), "2024-04-01T00:00:00+00:00") == []
