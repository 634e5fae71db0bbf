"""Names of symbols: eight places beside them, then leader lines."""

import numpy as np
import pytest
import shapely

from exports.sheets.labels import Dropped, place
from exports.sheets.page import Box
from tests.exports.sheets.names import PAGE, check, ground, point, polygon, symbol


def test_a_symbol_has_its_name_on_the_right() -> None:
    found = place([point("1", "综治中心", 50, 50)], [symbol(50, 50)], PAGE)
    [plate] = found.boxes
    assert plate.x - plate.width / 2 == pytest.approx(51.45)
    assert plate.y == 50
    assert found.leaders == ()


def test_at_the_right_edge_the_name_stands_on_the_left() -> None:
    [plate] = place([point("1", "综治中心", 97, 50)], [symbol(97, 50)], PAGE).boxes
    assert plate.x + plate.width / 2 == pytest.approx(95.55)


def test_a_name_without_room_beside_its_symbol_is_led_to_it_by_a_line() -> None:
    ring = shapely.Point(50, 50).buffer(4).difference(shapely.Point(50, 50).buffer(1.2))
    walls = [Box(47, 44, 49, 56), Box(51, 44, 53.5, 49.5), Box(51, 50.5, 54, 56), Box(40, 49, 48, 51)]
    names, taken = [point("1", "综治中心", 50, 50)], [symbol(50, 50), *walls]
    found = place(names, taken, PAGE)
    check(found, names, taken)
    [leader] = found.leaders
    [path] = leader.paths
    assert found.placed == ("1",)
    assert ring.buffer(0.1).contains(shapely.Point(path[0]))
    assert len(found.boxes) == 2
    assert ground(found.boxes[0]).distance(shapely.Point(path[-1])) < 0.5
    assert not any(polygon(wall).intersects(shapely.LineString(path)) for wall in walls)


def test_symbols_close_together_share_the_room_around_them() -> None:
    at = [(50 + 4 * column, 50 + 3 * row) for row in range(2) for column in range(2)]
    names = [point(str(number), "综治中心", x, y) for number, (x, y) in enumerate(at)]
    taken = [symbol(x, y) for x, y in at]
    found = place(names, taken, PAGE)
    check(found, names, taken)
    assert found.dropped == ()


def test_a_symbol_outside_the_map_is_not_named() -> None:
    assert place([point("1", "综治中心", 101, 50)], [], PAGE).dropped == (Dropped("1", "point", "outside"),)


def test_leader_lines_do_not_cross() -> None:
    chance = np.random.default_rng(4)
    at = chance.uniform(40, 60, (25, 2))
    names = [point(str(number), "矛盾调解室", x, y) for number, (x, y) in enumerate(at.tolist())]
    taken = [symbol(x, y, 0.5) for x, y in at.tolist()]
    found = place(names, taken, PAGE)
    check(found, names, taken)
    lines = [shapely.LineString(leader.paths[0]) for leader in found.leaders]
    assert len(lines) >= 3
    assert not any(one.intersects(other) for row, one in enumerate(lines) for other in lines[:row])
