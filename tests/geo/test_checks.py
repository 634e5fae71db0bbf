"""Findings on geometry."""

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPoint, Point, Polygon, box

from geo.checks import check_shapes, overlaps
from tests import county

BOWTIE = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])


def shapes(*items):
    result = np.empty(len(items), dtype=object)
    result[:] = items
    return result


def rules(problems) -> list[tuple]:
    return [(problem.position, problem.severity, problem.rule) for problem in problems]


def test_the_hand_drawn_county_is_clean() -> None:
    checked, problems = check_shapes(county.villages().geometry.to_numpy(), "polygon")
    assert problems == []
    assert shapely.equals_identical(checked, county.villages().geometry.to_numpy()).all()


def test_missing_and_empty_rows_block() -> None:
    _, problems = check_shapes(shapes(None, Polygon(), box(0, 0, 1, 1)), "polygon")
    assert rules(problems) == [(0, "blocking", "geometry-missing"), (1, "blocking", "geometry-missing")]


def test_a_bowtie_is_mended_and_said() -> None:
    checked, problems = check_shapes(shapes(box(0, 0, 1, 1), BOWTIE), "polygon")
    assert rules(problems) == [(1, "warning", "geometry-invalid")]
    assert "边界自己相交，在 (1, 1)" in problems[0].message
    assert checked[1].is_valid
    assert checked[1].area == pytest.approx(2.0)


def test_what_cannot_be_mended_blocks() -> None:
    flat = Polygon([(0, 0), (1, 1), (2, 2), (0, 0)])
    nowhere = Point(np.nan, 1.0), Point(np.inf, 1.0)
    _, problems = check_shapes(shapes(flat), "polygon")
    assert rules(problems) == [(0, "blocking", "geometry-unreadable")]
    _, problems = check_shapes(shapes(*nowhere), "point")
    assert {rule for _, _, rule in rules(problems)} <= {"geometry-unreadable", "geometry-missing"}
    assert len(problems) == 2


def test_kinds_that_do_not_fit_block() -> None:
    _, problems = check_shapes(shapes(Point(0, 0), box(0, 0, 1, 1), LineString([(0, 0), (1, 1)])), "polygon")
    assert rules(problems) == [(0, "blocking", "geometry-type"), (2, "blocking", "geometry-type")]
    assert "要面，文件里是 Point" in problems[0].message


def test_single_points_come_out_of_multipoints_and_heights_go() -> None:
    checked, problems = check_shapes(shapes(MultiPoint([(1, 2)]), Point(3, 4, 5)), "point")
    assert problems == []
    assert [point.wkt for point in checked] == ["POINT (1 2)", "POINT (3 4)"]
    _, problems = check_shapes(shapes(MultiPoint([(1, 2), (3, 4)])), "point")
    assert rules(problems) == [(0, "blocking", "geometry-type")]


def test_the_same_polygon_twice_is_said() -> None:
    turned = Polygon([(1, 1), (0, 1), (0, 0), (1, 0)])
    _, problems = check_shapes(shapes(box(0, 0, 1, 1), box(5, 5, 6, 6), turned), "polygon")
    assert rules(problems) == [(2, "warning", "geometry-duplicate")]
    assert "第 1 个要素" in problems[0].message


def test_overlaps_are_measured_and_shared_edges_are_not_overlaps() -> None:
    squares = county.villages(county.METRIC).geometry.to_numpy()
    assert overlaps(squares) == []
    wide = squares.copy()
    wide[0] = shapely.buffer(squares[0], 10, join_style="mitre")
    found = {(a, b): m2 for a, b, m2 in overlaps(wide)}
    assert found == pytest.approx({(0, 1): 10_000.0, (0, 3): 10_000.0, (0, 4): 100.0})
