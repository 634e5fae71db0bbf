"""Numbers in files: hundredths of a millimetre, near points as one, neighbours alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.sheets.writers import outlines
from layers.symbology import SYMBOL_PATHS
from tests.exports.sheets.marks import square

walks = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=2, max_size=60).map(
    lambda steps: np.cumsum(np.array(steps, np.int64), axis=0)
)


def test_a_ring_is_whole_hundredths_without_its_repeated_point() -> None:
    assert outlines.rings((square(1, 2, 3.004),), True) == [[100, 200, 400, 200, 400, 500, 100, 500]]


def test_a_path_without_length_is_no_path() -> None:
    dot = np.array([[1.0, 1.0]])
    assert outlines.rings((dot, np.empty((0, 2))), False) == []


def test_points_closer_than_a_quarter_pixel_are_one() -> None:
    crowded = np.column_stack([np.linspace(0, 1, 1001), np.zeros(1001)])
    (kept,) = outlines.rings((crowded,), False)
    assert len(kept) / 2 == 51


@given(walks)
def test_a_thinned_path_stays_within_a_fiftieth_of_a_millimetre(path: np.ndarray) -> None:
    kept = outlines.thinned(path)
    gaps = np.abs(path[:, None] - kept[None]).max(axis=2).min(axis=1)
    assert gaps.max() < outlines.NEAR_UNITS
    assert {tuple(point) for point in kept} <= {tuple(point) for point in path}


@given(walks)
def test_the_other_direction_keeps_the_same_points(path: np.ndarray) -> None:
    assert outlines.thinned(path[::-1]).tolist() == outlines.thinned(path)[::-1].tolist()


@pytest.mark.parametrize("symbol", SYMBOL_PATHS)
def test_a_symbol_has_numbers_for_each_of_its_letters(symbol: str) -> None:
    counts = {"M": 2, "L": 2, "C": 6, "Z": 0}
    assert all(len(numbers) == counts[letter] for letter, numbers in outlines.symbol_steps(symbol))
