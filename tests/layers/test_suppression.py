"""An attacker who adds and subtracts everything that is published recovers no hidden cell."""

import time
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from layers.divisions import divisions_of
from layers.suppression import Cell, Protection, protect

YEAR = ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
MORE = [*YEAR, "2026Q1"]


def table(values: list[list[int]], quarters: list[str], townships: int) -> pd.DataFrame:
    codes = [f"1408221{row % townships:02d}{200 + row:03d}" for row in range(len(values))]
    return pd.DataFrame(values, index=codes, columns=quarters)


def members(cell: Cell, codes: list[str], quarters: list[str]) -> list[tuple[str, str]]:
    """The village × quarter cells that a cell adds up."""
    return [
        (code, quarter)
        for code, quarter in product(codes, quarters)
        if code.startswith(cell.area) and quarter.startswith(cell.period)
    ]


def intervals(
    protection: Protection, counts: pd.DataFrame, *, informed: bool = False
) -> dict[tuple[str, str], tuple[float, float]]:
    """What linear programming finds for each hidden cell from the published ones, and from knowing which are zero;
    ``informed`` knows besides which cells are 1 or 2."""
    codes, quarters = list(counts.index), list(counts.columns)
    place = {cell: index for index, cell in enumerate(product(codes, quarters))}
    rows = np.zeros((len(protection.cells), len(place)))
    for index, cell in enumerate(protection.cells):
        rows[index, [place[member] for member in members(cell, codes, quarters)]] = 1
    shown = np.array([not cell.hidden for cell in protection.cells])
    totals = np.array([cell.value for cell in protection.cells if not cell.hidden], dtype=float)
    floors = [(min(1, counts.at[code, quarter]), None) for code, quarter in place]
    small = rows[[cell.primary for cell in protection.cells]] if informed else np.zeros((0, len(place)))
    within = np.vstack([small, -small]), np.concatenate([np.full(len(small), 2.0), np.full(len(small), -1.0)])
    answer = {}
    for index, cell in enumerate(protection.cells):
        if cell.hidden:
            ends = []
            for sign in (1, -1):
                found = linprog(
                    sign * rows[index], A_ub=within[0], b_ub=within[1], A_eq=rows[shown] if shown.any() else None,
                    b_eq=totals if shown.any() else None, bounds=floors, method="highs",
                )  # fmt: skip
                ends.append(float("inf") if found.status == 3 else sign * found.fun)
            answer[(cell.area, cell.period)] = (ends[0], ends[1])
    return answer


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), townships=st.integers(1, 3), quarters=st.sampled_from([YEAR, MORE, ["2026Q2"]]))
def test_no_hidden_cell_can_be_recovered(data: st.DataObject, townships: int, quarters: list[str]) -> None:
    small = st.sampled_from([0, 0, 0, 1, 1, 2, 2, 3, 4, 9, 30])
    size = len(quarters)
    values = data.draw(st.lists(st.lists(small, min_size=size, max_size=size), min_size=1, max_size=6))
    counts = table(values, quarters, townships)
    protection = protect(counts)
    found = intervals(protection, counts)
    for (area, period), (least, most) in found.items():
        assert most - least >= 1 - 1e-6, (area, period, least, most)
    narrowest = min((round(min(most - least, 2)) for least, most in found.values()), default=None)
    assert protection.narrowest == narrowest
    open_still = intervals(protection, counts, informed=True)
    primary = [(cell.area, cell.period) for cell in protection.cells if cell.primary]
    assert protection.firm <= sum(
        open_still[place][1] - open_still[place][0] >= 1 - 1e-6 for place in primary
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), quarters=st.sampled_from([YEAR, ["2026Q2"]]))
def test_nor_where_counties_add_up_to_a_prefecture(data: st.DataObject, quarters: list[str]) -> None:
    """Villages in three townships of two counties: each county's year is one more sum that an attacker has."""
    small = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 9])
    size = len(quarters)
    values = data.draw(st.lists(st.lists(small, min_size=size, max_size=size), min_size=2, max_size=6))
    towns = ("140822100", "140823100", "140823101")
    codes = [f"{towns[row % 3]}{200 + row:03d}" for row in range(len(values))]
    counts = pd.DataFrame(values, index=codes, columns=quarters)
    protection = protect(counts, divisions_of("1408"))
    assert {"1408", "140822", "140823"} <= {cell.area for cell in protection.cells}
    for (area, period), (least, most) in intervals(protection, counts).items():
        assert most - least >= 1 - 1e-6, (area, period, least, most)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=5, max_size=5), min_size=1, max_size=12), st.integers(1, 4)
)
def test_what_is_shown_is_true_and_never_1_or_2(values: list[list[int]], townships: int) -> None:
    counts = table(values, MORE, townships)
    for cell in protect(counts).cells:
        inside = counts[counts.index.str.startswith(cell.area)]
        total = int(inside[[name for name in MORE if name.startswith(cell.period)]].to_numpy().sum())
        assert cell.value == total
        assert cell.hidden or cell.value not in (1, 2)


def test_a_lone_small_cell_takes_three_others_with_it() -> None:
    """Two villages by a year: hiding one cell alone would leave it to subtraction."""
    protection = protect(table([[1, 5, 5, 5], [5, 5, 5, 5]], YEAR, 1))
    assert (protection.primary, protection.complementary, protection.firm) == (1, 3, 1)
    hidden = {(cell.area[-3:], cell.period) for cell in protection.cells if cell.hidden}
    assert ("200", "2025Q1") in hidden
    assert len(hidden) == 4
    assert all(len(area) == 3 for area, _ in hidden)


def test_the_cell_that_goes_with_a_small_one_is_the_one_with_the_fewest_cases() -> None:
    for values in ([1, 30, 9, 40], [40, 9, 30, 1]):
        counts = table([[value] for value in values], ["2026Q2"], 1)
        assert {cell.value for cell in protect(counts).cells if cell.hidden} == {1, 9}


def test_a_quarter_goes_before_its_year_and_a_village_before_its_township() -> None:
    """Three villages in each of two townships: nothing above the villages is given up for one small count."""
    counts = table([[1, 9, 9, 9], *[[9, 9, 9, 9]] * 5], YEAR, 2)
    hidden = [cell for cell in protect(counts).cells if cell.hidden]
    assert {len(cell.area) for cell in hidden} == {12}
    assert all("Q" in cell.period for cell in hidden)


def test_a_complete_year_is_added_and_an_incomplete_one_is_not() -> None:
    counts = table([[5, 5, 5, 5, 7]], MORE, 1)
    periods = {cell.period for cell in protect(counts).cells}
    assert periods == {*MORE, "2025"}


def test_the_only_dispute_of_a_county_hides_every_sum_with_it() -> None:
    counts = table([[1, 0, 0, 0], [0, 0, 0, 0]], YEAR, 2)
    hidden = {(cell.area, cell.period) for cell in protect(counts).cells if cell.hidden}
    assert {("140822", "2025"), ("140822", "2025Q1"), ("140822100", "2025")} <= hidden


def test_two_lone_disputes_are_not_told_from_their_sum() -> None:
    """Zeros are shown, so two hidden villages that sum to 2 would be 1 and 1: their sum must not stand beside them."""
    counts = table([[1], [1], [0], [9], [8]], ["2026Q2"], 1)
    protection = protect(counts)
    hidden = {cell.area for cell in protection.cells if cell.hidden}
    assert {"140822100200", "140822100201"} < hidden
    assert not any(cell.hidden for cell in protection.cells if cell.value == 0)


def test_nothing_small_hides_nothing() -> None:
    protection = protect(table([[0, 3, 9, 4], [0, 8, 0, 5]], YEAR, 1))
    assert protection.primary == protection.complementary == 0
    assert protection.narrowest is None


@pytest.mark.parametrize("level", [0.3, 1.5, 3.0])
def test_a_county_of_213_villages_and_9_quarters(level: float) -> None:
    """The shape of 万荣: under five seconds, the same twice, and no interval closed even to who knows the zeros."""
    rng = np.random.default_rng(7)
    quarters = [f"{year}Q{quarter}" for year in (2024, 2025, 2026) for quarter in range(1, 5)][1:10]
    size = (213, 1)
    values = rng.poisson(level * rng.gamma(2, 0.5, size) * np.ones((1, 9)))
    counts = table(values.tolist(), quarters, 14)
    start = time.process_time()
    protection = protect(counts)
    assert time.process_time() - start < 5
    assert protection.narrowest is not None and protection.narrowest >= 1
    assert protection.firm >= 0.6 * protection.primary
    assert protection.cells == protect(counts).cells
