"""Thinning keeps neighbours together, whole numbers come back to the same places."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.thin import QUARTERS, clip, encode, label_points, project, quarter_pixels, thin, to_degrees, to_world


def decode(rings: list[list[int]]) -> list[np.ndarray]:
    return [np.cumsum(np.array(ring).reshape(-1, 2), axis=0) for ring in rings]


@given(st.floats(-179.9, 179.9), st.floats(-84, 84), st.integers(0, 18))
def test_world_pixels_and_back(lon: float, lat: float, zoom: int) -> None:
    there = to_world(np.array([[lon, lat]]), zoom)
    assert to_degrees(there, zoom) == pytest.approx(np.array([[lon, lat]]), abs=1e-7)


def test_the_origin_of_the_world_is_in_the_north_west() -> None:
    world = to_world(np.array([[-180.0, 85.0511287798066], [0.0, 0.0], [180.0, -85.0511287798066]]), 2)
    assert world == pytest.approx(np.array([[0.0, 0.0], [512.0, 512.0], [1024.0, 1024.0]]), abs=1e-6)


def wavy_neighbours() -> np.ndarray:
    """Two squares whose shared edge winds through 200 points."""
    y = np.linspace(0, 100, 200)
    edge = np.column_stack([50 + np.sin(y) * 0.1, y])
    left = shapely.Polygon([(0, 0), *edge, (0, 100)])
    right = shapely.Polygon([*edge, (100, 100), (100, 0)])
    return np.array([left, right], dtype=object)


def test_neighbours_keep_the_same_edge() -> None:
    thinned = thin(wavy_neighbours(), coverage=True)
    assert shapely.get_num_coordinates(thinned).sum() < 80
    assert thinned[0].intersection(thinned[1]).length > 99
    assert thinned[0].intersection(thinned[1]).area == 0
    assert shapely.area(thinned).sum() == pytest.approx(10_000)


def test_nothing_disappears() -> None:
    tiny = shapely.box(10, 10, 10.01, 10.01)
    hair = shapely.LineString([(0, 0), (0.001, 0)])
    assert not shapely.is_empty(thin(np.array([tiny, hair], dtype=object), coverage=False)).any()
    assert encode(np.array([tiny], dtype=object), "polygon") == [[[40, 40]]]


def test_a_square_with_a_hole_has_two_closed_rings() -> None:
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (8, 2), (8, 8), (2, 8)]])
    rings = decode(encode(np.array([ring], dtype=object), "polygon")[0])
    assert [tuple(part[0]) == tuple(part[-1]) for part in rings] == [True, True]
    areas = [shapely.Polygon(part / QUARTERS).area for part in rings]
    assert areas == [100, 36]


def test_small_parts_go_and_the_largest_stays() -> None:
    parts = shapely.MultiPolygon([shapely.box(0, 0, 5, 5), shapely.box(20, 20, 20.5, 20.5)])
    specks = shapely.MultiPolygon([shapely.box(0, 0, 0.5, 0.5), shapely.box(20, 20, 20.7, 20.7)])
    shapes = encode(np.array([parts, specks], dtype=object), "polygon")
    assert [len(rings) for rings in shapes] == [1, 1]
    assert shapes[1][0][:2] == [80, 80] or shapes[1][0][:2] == [83, 80]


def test_lines_come_in_parts_and_points_as_pairs() -> None:
    lines = shapely.MultiLineString([[(0, 0), (1, 0), (1, 1)], [(5, 5), (6, 6)]])
    assert encode(np.array([lines], dtype=object), "line") == [[[0, 0, 4, 0, 0, 4], [20, 20, 4, 4]]]
    points = np.array([shapely.Point(1.5, 2.26), shapely.Point()], dtype=object)
    assert encode(points, "point") == [[6, 9], []]


def test_an_empty_layer_has_no_shapes() -> None:
    nothing = np.array([], dtype=object)
    assert [encode(nothing, kind) for kind in ("polygon", "line", "point")] == [[], [], []]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(2, 60)), min_size=1, max_size=30)
)
def test_encoding_is_exact_on_quarter_pixels(squares: list[tuple[int, int, int]]) -> None:
    boxes = np.array(
        [shapely.box(x / 4, y / 4, (x + s) / 4, (y + s) / 4) for x, y, s in squares], dtype=object
    )
    for rings, (x, y, side) in zip(encode(boxes, "polygon"), squares, strict=True):
        (ring,) = decode(rings)
        assert (ring.min(axis=0).tolist(), ring.max(axis=0).tolist()) == ([x, y], [x + side, y + side])


def test_a_shape_is_cut_at_its_tile() -> None:
    cut = clip(
        np.array([shapely.box(0, 0, 100, 100), shapely.box(300, 0, 400, 9)], dtype=object), (50, 50, 200, 200)
    )
    assert shapely.area(cut).tolist() == [2500, 0]
    assert shapely.is_empty(cut).tolist() == [False, True]


def test_labels_stand_inside_their_shape() -> None:
    horseshoe = shapely.Polygon([(0, 0), (30, 0), (30, 30), (20, 30), (20, 8), (10, 8), (10, 30), (0, 30)])
    points = label_points(np.array([horseshoe, shapely.box(0, 0, 4, 4)], dtype=object))
    assert horseshoe.contains(points[0])
    assert quarter_pixels(points)[1] == [8, 8]
    assert quarter_pixels(np.array([shapely.Point()], dtype=object)) == [None]


def test_degrees_are_projected() -> None:
    moved = project(np.array([shapely.Point(0, 0)], dtype=object), 0)
    assert (moved[0].x, moved[0].y) == pytest.approx((128, 128))
