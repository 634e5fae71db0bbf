"""Months, quarters and years: their days, their words, and the ones they are compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ArgumentError
from layers.reports.periods import read_period

YEARS = st.integers(1900, 9990)
TEXTS = st.one_of(
    YEARS.map(str),
    st.tuples(YEARS, st.integers(1, 4)).map(lambda pair: f"{pair[0]}Q{pair[1]}"),
    st.tuples(YEARS, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02d}"),
)


@given(TEXTS)
def test_a_period_is_written_as_it_was_read(text: str) -> None:
    assert read_period(text).text == text


@given(TEXTS)
def test_periods_follow_each_other_without_a_gap(text: str) -> None:
    period = read_period(text)
    assert period.before.until + timedelta(days=1) == period.since <= period.until


@given(TEXTS)
def test_the_same_period_of_the_year_before(text: str) -> None:
    period = read_period(text)
    earlier = period.year_before
    if len(text) == 4:
        assert earlier is None
    else:
        assert earlier is not None
        assert earlier.since == period.since.replace(year=period.since.year - 1)


@pytest.mark.parametrize(
    ("text", "words", "nouns", "days"),
    [
        ("2026-10", "2026年10月", ("本月", "上月"), (date(2026, 10, 1), date(2026, 10, 31))),
        ("2024-02", "2024年2月", ("本月", "上月"), (date(2024, 2, 1), date(2024, 2, 29))),
        ("2026Q3", "2026年第三季度", ("本季度", "上季度"), (date(2026, 7, 1), date(2026, 9, 30))),
        ("2026", "2026年", ("本年", "上年"), (date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_words_and_days(text: str, words: str, nouns: tuple[str, str], days: tuple[date, date]) -> None:
    period = read_period(text)
    assert (period.words, (period.noun, period.noun_before), (period.since, period.until)) == (
        words,
        nouns,
        days,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026Q5",
        "2026-13",
        "2026-00",
        "26Q1",
        "2026-1",
        "2026 Q1",
        "0001",
        "9999",
        "2026Q3;x",
        "２０２６Q3Q",
    ],
)
def test_anything_else_is_refused_with_what_can_be_written(text: str) -> None:
    with pytest.raises(ArgumentError, match="写成 2026-10、2026Q3 或 2026"):
        read_period(text)
