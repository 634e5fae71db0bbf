"""The exact test of boxes, the graph of what excludes what, and the search for the best choice."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from exports.sheets.labels.choosing import NOWHERE, choose
from exports.sheets.labels.crossing import GAP_MM, Ground, cross, ground, outer
from exports.sheets.labels.name import Ways
from exports.sheets.labels.rasters import rasters

RECTANGLES = st.tuples(
    st.floats(0, 20), st.floats(0, 20), st.floats(0.2, 6), st.floats(0.2, 3), st.floats(-3.2, 3.2)
)


def polygon(row: tuple[float, ...]) -> shapely.Geometry:
    x, y, half_x, half_y, angle = row
    return affinity.rotate(
        shapely.box(x - half_x, y - half_y, x + half_x, y + half_y), angle, origin=(x, y), use_radians=True
    )


@settings(max_examples=200)
@given(RECTANGLES, RECTANGLES)
def test_turned_boxes_cross_exactly_when_they_share_ground(
    one: tuple[float, ...], other: tuple[float, ...]
) -> None:
    [crosses] = cross(np.array([one]), np.array([other]))
    shared = polygon(one).intersection(polygon(other)).area
    apart = polygon(one).distance(polygon(other))
    assert crosses or shared < 1e-6
    assert not crosses or apart < 1e-6


def test_boxes_that_touch_do_not_cross() -> None:
    one = np.array([[0.0, 0.0, 2.0, 1.0, 0.0]])
    assert not cross(one, np.array([[4.0, 0.0, 2.0, 1.0, 0.0]])).any()
    assert cross(one, np.array([[3.99, 0.0, 2.0, 1.0, 0.0]])).all()


@given(RECTANGLES)
def test_the_upright_box_about_a_turned_one_is_its_bounds(row: tuple[float, ...]) -> None:
    assert outer(np.array([row]))[0] == pytest.approx(np.array(polygon(row).bounds))


@settings(max_examples=40)
@given(st.lists(st.lists(RECTANGLES, max_size=4), min_size=1, max_size=6))
def test_the_graph_holds_the_pairs_that_cross(wishes: list[list[tuple[float, ...]]]) -> None:
    ways = [Ways(np.zeros(len(rows)), np.array(rows).reshape(-1, 5), np.arange(len(rows))) for rows in wishes]
    table = ground(ways)
    gap = np.array([0, 0, GAP_MM[0] / 2, GAP_MM[1] / 2, 0])
    rows = np.concatenate([way.boxes for way in ways]) + gap
    owner = np.repeat(np.arange(len(ways)), [len(way) for way in ways])
    expected = {
        (one, other)
        for one, other in itertools.permutations(range(len(rows)), 2)
        if owner[one] != owner[other] and cross(rows[[one]], rows[[other]]).all()
    }
    assert set(zip(*(axis.tolist() for axis in table.clashes.nonzero()), strict=True)) == expected


def best_worth(table: Ground, weights: list[float]) -> float:
    """The largest weight that can be printed, by trying everything."""
    choices = [[NOWHERE, *range(first, last)] for first, last in itertools.pairwise(table.starts.tolist())]
    excluded = table.clashes.toarray().astype(bool)
    best = 0.0
    for picked in itertools.product(*choices):
        ways = [way for way in picked if way != NOWHERE]
        if not excluded[np.ix_(ways, ways)].any():
            best = max(
                best, sum(weight for weight, way in zip(weights, picked, strict=True) if way != NOWHERE)
            )
    return best


@pytest.mark.parametrize("seed", range(12))
def test_the_search_finds_what_trying_everything_finds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    ways = [
        Ways(np.sort(chance.random(3)), np.column_stack([chance.uniform(0, 9, (3, 2)), np.tile((1.5, 0.8, 0), (3, 1))]), np.arange(3))
        for _ in range(7)
    ]  # fmt: skip
    weights = chance.choice([2.0, 10.0, 40.0], 7).tolist()
    table = ground(ways)
    chosen = choose(table, weights)
    printed = [int(table.starts[wish]) + way for wish, way in enumerate(chosen) if way != NOWHERE]
    assert not table.clashes.toarray()[np.ix_(printed, printed)].any()
    worth = sum(weight for weight, way in zip(weights, chosen, strict=True) if way != NOWHERE)
    assert worth == best_worth(table, weights)


def places(*ways: tuple[float, float, float]) -> Ways:
    """Ways of one name: cost and middle of a box of 2 × 1 mm, the cheapest first."""
    rows = [(x, y, 1.0, 0.5, 0.0) for _, x, y in ways]
    return Ways(np.array([cost for cost, _, _ in ways]), np.array(rows), np.arange(len(ways)))


def test_a_name_goes_back_to_its_cheapest_place_when_that_is_free() -> None:
    table = ground([places((0.0, 0, 0), (3.0, 10, 0)), places((0.5, 0, 20), (0.7, 10, 20))])
    assert choose(table, [1.0, 1.0], before=[1, 1]) == [0, 0]


@pytest.mark.parametrize(
    ("aside", "chosen"),
    [
        (0.1, [0, 1]),  # 0 + 0.1 is less than 5 + 0
        (4.9, [0, 1]),
        (5.0, [1, 0]),  # no better than it was, so nothing moves
        (9.0, [1, 0]),
    ],
)
def test_a_name_steps_aside_for_another_where_both_together_cost_less(
    aside: float, chosen: list[int]
) -> None:
    stands_well = places((0.0, 0.5, 0), (aside, 10, 0))
    stands_badly = places((0.0, 0, 0), (5.0, 0, 20))
    table = ground([stands_badly, stands_well])
    assert choose(table, [1.0, 1.0], before=[1, 0]) == chosen


def test_an_image_of_a_polygon_is_exact_in_the_middles_of_its_pixels() -> None:
    star = shapely.Polygon([(0, 0), (10, 4), (20, 0), (14, 9), (18, 20), (9, 13), (2, 19), (6, 9)])
    holed = star.difference(shapely.box(8, 8, 11, 10))
    middles = np.array([[10.03, 9.97], [9.83, 10.29]])
    for image, area in zip(rasters([star, holed], middles, (-5, -5, 25, 15)), [star, holed], strict=True):
        x, y = np.meshgrid(image.x, image.y)
        assert (image.inside == shapely.contains_xy(area, x, y)).all()
        assert image.inside.sum() * image.pixel**2 == pytest.approx(
            area.intersection(shapely.box(-5, -5, 25, 15)).area, rel=0.02
        )


def test_the_share_of_a_box_inside_is_counted_in_pixels() -> None:
    [image] = rasters([shapely.box(0, 0, 16, 16)], np.array([[8.0, 8.0]]), (0, 0, 16, 16))
    share = image.share(4, 2)
    middle = np.argmin(np.abs(image.x - 8.0))
    assert share[middle, middle] == 1
    assert share[middle, 1] == pytest.approx(0.5, abs=0.1)
