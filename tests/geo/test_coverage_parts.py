"""Clusters that are wider than a centre can reach: whole ones stay, wide ones are divided round places that serve most."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage import clusters, parts
from geo.errors import LimitError, PositionsError

ROW = [(0.0, 0.0), (1000.0, 0.0), (2000.0, 0.0), (3000.0, 0.0), (4000.0, 0.0)]
ONE = np.zeros(5, dtype=np.int64)
"""All five are one cluster."""


def test_what_one_place_has_around_it_stays_whole() -> None:
    assert parts(ROW, [1, 1, 1, 1, 1], ONE, 2000).tolist() == [0, 0, 0, 0, 0]
    assert parts(ROW, [1, 1, 1, 1, 1], ONE, 1999).tolist() != [0, 0, 0, 0, 0]


def test_the_first_middle_is_where_most_people_are() -> None:
    # The fourth has 50 + 60 + 50 around it: it is a middle, then the first two are left, of which the first is taken.
    assert parts(ROW, [10, 10, 50, 60, 50], ONE, 1000).tolist() == [0, 0, 1, 1, 1]
    # Round the second there are 50 + 60 + 50.
    assert parts(ROW, [50, 60, 50, 10, 10], ONE, 1000).tolist() == [0, 0, 0, 1, 1]


def test_each_place_goes_to_the_nearest_middle() -> None:
    row = [(0.0, 0.0), (900.0, 0.0), (1000.0, 0.0), (2000.0, 0.0), (2100.0, 0.0)]
    # The third reaches the first four and is a middle; the last one is another, and nearer to the fourth.
    assert parts(row, [1, 1, 9, 1, 1], ONE, 1000).tolist() == [0, 0, 0, 1, 1]


def test_clusters_are_never_joined() -> None:
    assert parts(ROW, [1, 1, 1, 1, 1], np.array([0, 1, 0, 1, 0]), 9000).tolist() == [0, 1, 0, 1, 0]


def test_places_without_people_lie_in_a_part_too() -> None:
    assert parts(ROW, [0, 0, 0, 0, 5], ONE, 1000).tolist() == [0, 0, 1, 1, 1]
    assert parts([], [], np.array([], dtype=np.int64), 1000).tolist() == []


@pytest.mark.parametrize("radius", [0, -1, float("nan")])
def test_a_radius_is_a_length(radius: float) -> None:
    with pytest.raises(LimitError):
        parts(ROW, [1, 1, 1, 1, 1], ONE, radius)


def test_positions_are_known() -> None:
    with pytest.raises(PositionsError):
        parts([(0, float("nan"))], [1], np.zeros(1, dtype=np.int64), 1000)


def whole(xy: np.ndarray, radius: float) -> bool:
    """Whether all lie within the radius of one of them."""
    return bool((np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1)).max(axis=1) <= radius + 1e-6).any())


Spots = list[tuple[int, int]]
SPOTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=40)


@given(spots=SPOTS, radius=st.integers(3, 40))
def test_no_part_is_wider_and_none_is_divided_that_need_not_be(spots: Spots, radius: int) -> None:
    xy = np.array(spots, dtype=float)
    home = clusters(xy, 8)
    found = parts(xy, np.arange(len(xy)), home, radius)
    assert list(dict.fromkeys(found.tolist())) == list(range(found.max() + 1))
    for part in range(found.max() + 1):
        (own,) = set(home[found == part])
        assert whole(xy[found == part], radius)
        assert set(found[home == own]) == {part} or not whole(xy[home == own], radius)


@given(spots=SPOTS, radius=st.integers(3, 40))
def test_with_a_great_many_places_some_are_tried_and_all_lie_near_one(spots: Spots, radius: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("geo.coverage.parts"), "MOST_PAIRS", 1)
        found = parts(spots, np.arange(len(spots)), np.zeros(len(spots), dtype=np.int64), radius)
    assert all(whole(np.array(spots, dtype=float)[found == part], radius) for part in set(found.tolist()))
