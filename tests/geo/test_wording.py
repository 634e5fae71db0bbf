"""Ranks, ties and rounding: the rules, and the cases that the browser is held to as well."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo import wording
from geo.wording import change, growth, lower, number, percent, ranked, ratio, share, signed

CASES: dict[str, list[Any]] = json.loads((Path(__file__).parents[1] / "wording.json").read_text("utf-8"))
WHOLE = st.integers(0, 10**9)


@pytest.mark.parametrize(("value", "decimals", "text"), CASES["number"])
def test_numbers(value: float | None, decimals: int | None, text: str) -> None:
    assert number(value, decimals) == text


@pytest.mark.parametrize(("n", "of", "cell", "spoken"), CASES["percent"])
def test_percentages(n: float | None, of: float | None, cell: str, spoken: str) -> None:
    assert percent(n, of, cell=True) == cell
    assert percent(n, of) == spoken


@pytest.mark.parametrize(("n", "of", "text"), CASES["measured"])
def test_what_is_measured_needs_no_base(n: float, of: float, text: str) -> None:
    assert percent(n, of, unit="km²") == text


@pytest.mark.parametrize(("before", "now", "cell", "words"), CASES["growth"])
def test_changes(before: float, now: float, cell: str, words: str) -> None:
    assert growth(before, now, "件") == cell
    assert change(before, now, "件") == words


@pytest.mark.parametrize(("amount", "decimals", "text"), CASES["signed"])
def test_signs(amount: float, decimals: int | None, text: str) -> None:
    assert signed(amount, decimals) == text


def test_what_is_not_known_has_no_change() -> None:
    assert growth(None, 3, "件") == growth(3, None, "件") == growth(float("nan"), 3) == "—"
    assert change(None, 3, "件") == change(3, None, "件") == ""


def test_money_grows_from_any_base() -> None:
    assert growth(1, 2, "万元") == "+100.0 %"
    assert change(1, 2, "万元") == "增加 1 万元，增长 100.0 %"


def test_a_share_stands_with_its_parts() -> None:
    assert share(19, 27) == "70.4 %（19 / 27）"
    assert share(3, 4) == "3 / 4"
    assert share(1, 10_000) == "不足 0.1 %（1 / 10,000）"
    assert share(None, 4) == "—"


def test_numbers_of_tables_are_read_like_others() -> None:
    assert percent(np.int64(1), np.float64(16)) == "6.3 %"
    assert number(np.float64("inf")) == number(float("nan"), 2) == "—"
    assert (signed(Fraction(5, 2)), signed(None)) == ("+2.5", "—")


def test_a_ratio_is_rounded_once() -> None:
    assert number(ratio(1, 1600, 1000), 2) == "0.63"
    assert ratio(3, 0) is None
    assert ratio(None, 3) is None


@given(WHOLE, WHOLE)
def test_nobody_is_rounded_away(n: int, of: int) -> None:
    assume(of >= wording.BASE and n <= of)
    text = percent(n, of, cell=True)
    assert (text == "100.0 %") == (n == of)
    assert (text == "0.0 %") == (n == 0)


@given(WHOLE, st.integers(wording.BASE, 10**9))
def test_half_goes_up(n: int, of: int) -> None:
    tenths = wording.rounded(Fraction(100 * n, of), 1)
    assert 0 <= tenths - Fraction(100 * n, of) + Fraction(1, 20) <= Fraction(1, 10)
    assert tenths - Fraction(100 * n, of) != -Fraction(1, 20)


def items(**values: int) -> list[tuple[str, int]]:
    return list(values.items())


def words(given: list[tuple[str, int]], **how: Any) -> str:
    return ranked(given, **how).words(lambda name, value: f"{name} {value} 件", lambda value: f"{value} 件")


def test_all_tied_are_named_or_counted() -> None:
    assert words(items(甲=9, 乙=5, 丙=3, 丁=3, 戊=3)) == "甲 9 件、乙 5 件，并列第三的有 3 个（各 3 件）"
    assert words(items(丁=3, 甲=9, 丙=3, 乙=5)) == "甲 9 件、乙 5 件、丁 3 件、丙 3 件"
    assert words(items(甲=9, 乙=5, 丙=4, 丁=3)) == "甲 9 件、乙 5 件、丙 4 件"
    assert words(items(甲=9, 乙=9, 丙=9, 丁=9, 戊=9)) == "并列第一的有 5 个（各 9 件）"
    assert words(items(甲=9, 乙=8, 丙=8, 丁=8, 戊=8)) == "甲 9 件，并列第二的有 4 个（各 8 件）"
    assert words([]) == ""


def test_lower_are_only_those_really_lower() -> None:
    assert lower(items(甲=90, 乙=100, 丙=100, 丁=100, 戊=100)) == [("甲", 90)]
    assert lower(items(甲=0, 乙=0, 丙=100)) == [("甲", 0), ("乙", 0)]
    assert lower(items(甲=5, 乙=5)) == []


@given(st.lists(st.integers(0, 6), max_size=12))
def test_nobody_is_left_out_of_a_tie(values: list[int]) -> None:
    given = [(str(place), value) for place, value in enumerate(values)]
    found = ranked(given)
    named = dict(found.named)
    assert len(named) <= wording.MOST_TIED
    if named:
        least = min(named.values())
        assert {name for name, value in given if value >= least} == set(named)
    if found.tied:
        assert found.tied == values.count(found.value)
        assert found.place == len(named) + 1
