"""Symbols of points: moved apart where they share a place, gathered with their number, smaller where they are many."""

import math
from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from exports.sheets.mapping.symbols import (
    FAR_MM,
    FEW,
    HIDES,
    SAME,
    SMALLEST,
    Symbol,
    count_size,
    place_symbols,
)
from exports.sheets.page import Box
from exports.sheets.scale import View
from exports.sheets.strata import Stratum
from layers.spec import Paint, Text
from layers.symbology import LegendRow

VIEW = View(Box(0, 0, 100, 100), 1000, 0.0, 100.0)
"""One metre is a millimetre; north is up."""
RED = Paint(symbol="triangle", size_mm=3.0, fill="#B3261E")
BLUE = Paint(symbol="circle", size_mm=2.0, fill="#2563A8")


def points(
    name: str, places: list[tuple[float, float]], classes: list[int] | None = None, *, gathers: bool = False
) -> Stratum:
    legend = tuple(
        LegendRow(at, Text(zh=text, en=text), paint, None)
        for at, (text, paint) in enumerate([("红", RED), ("蓝", BLUE)])
    )
    return Stratum(
        name, name, name, "point", 1.0, "services", np.array(shapely.points(places) if places else [], dtype=object),
        np.array(classes or [0] * len(places), dtype=np.int64), legend, tuple(map(str, range(len(places)))), ("",) * len(places),
        gathers=gathers,
    )  # fmt: skip


def at(symbol: Symbol) -> tuple[float, float]:
    return symbol.x, symbol.y


def test_points_lie_where_they_are() -> None:
    placed, moved = place_symbols([points("a", [(10, 90), (50, 50)])], VIEW)
    assert [at(symbol) for symbol in placed] == [(10.0, 10.0), (50.0, 50.0)]
    assert (moved.count, moved.most_mm) == (0, 0.0)


def test_what_lies_beyond_the_frame_is_not_placed() -> None:
    placed, _ = place_symbols([points("a", [(-1, 50), (50, 101), (100, 0)])], VIEW)
    assert [symbol.row for symbol in placed] == [2]


def test_two_layers_at_one_place_move_apart() -> None:
    placed, moved = place_symbols([points("a", [(50, 50)]), points("b", [(50, 50.2)])], VIEW)
    assert moved.count == 2
    assert moved.most_mm == pytest.approx(0.54 * 3, abs=0.15)
    assert math.dist(at(placed[0]), at(placed[1])) >= 3.0


def test_a_symbol_half_hidden_by_another_moves() -> None:
    _, moved = place_symbols([points("a", [(50, 50)]), points("b", [(51.3, 50)])], VIEW)
    assert moved.count == 2
    _, moved = place_symbols([points("a", [(50, 50)]), points("b", [(51.4, 50)])], VIEW)
    assert moved.count == 0


def test_a_crowd_that_only_overlaps_stays_but_for_what_shares_a_place() -> None:
    row = [(50.0 + at, 50.0) for at in range(FEW + 1)]
    placed, moved = place_symbols([points("a", row)], VIEW)
    assert [symbol.x for symbol in placed] == [x for x, _ in row]
    assert moved.count == 0
    placed, moved = place_symbols([points("a", row), points("b", row[:1])], VIEW)
    assert moved.count >= 2
    assert all(math.dist(at(one), at(two)) >= SAME * RED.size_mm for one, two in combinations(placed, 2))


@given(st.lists(st.tuples(st.integers(2, 8), st.integers(2, 8)), min_size=1, max_size=40))
def test_no_symbol_hides_another_that_shares_its_place(places: list[tuple[int, int]]) -> None:
    placed, moved = place_symbols([points("a", [(x * 10, y * 10) for x, y in places])], VIEW)
    assert len(placed) == len(places)
    for one, two in combinations(placed, 2):
        together = places[one.row] == places[two.row]
        assert math.dist(at(one), at(two)) > (SAME * RED.size_mm if together else 0) or not together
    assert moved.count >= sum(places.count(place) > 1 for place in places)


def test_who_moves_onto_another_moves_once_more_and_not_far() -> None:
    """Three at one place stand on a ring, the first of them on a fourth."""
    radius = 0.54 * RED.size_mm / math.sin(math.pi / 3)
    placed, moved = place_symbols([points("a", [(50, 50)] * 3), points("b", [(50 - radius, 50)])], VIEW)
    apart = min(math.dist(at(one), at(two)) for one, two in combinations(placed, 2))
    assert apart >= HIDES * RED.size_mm
    assert moved.count == 4
    assert moved.most_mm <= FAR_MM


def test_gathered_points_take_the_worst_class_and_count() -> None:
    places = [(20, 20), (21, 20), (20, 21), (80, 80)]
    placed, _ = place_symbols([points("a", places, [1, 0, 1, 1], gathers=True)], VIEW)
    assert sorted((symbol.index, symbol.count) for symbol in placed) == [(0, 3), (1, 1)]
    several = next(symbol for symbol in placed if symbol.count == 3)
    assert at(several) == pytest.approx((61 / 3, 100 - 61 / 3))
    assert several.size == count_size(RED, 3) > RED.size_mm


@given(st.lists(st.tuples(st.floats(1, 99), st.floats(1, 99), st.integers(0, 1)), min_size=1, max_size=60))
def test_gathering_loses_nobody(rows: list[tuple[float, float, int]]) -> None:
    places = [(x, y) for x, y, _ in rows]
    placed, _ = place_symbols([points("a", places, [index for *_, index in rows], gathers=True)], VIEW)
    assert sum(symbol.count for symbol in placed) == len(rows)
    assert min(symbol.index for symbol in placed) == min(index for *_, index in rows)


def test_many_symbols_are_smaller_but_not_too_small() -> None:
    crowd = [(2.0 * x + 1, 2.0 * y + 1) for x in range(40) for y in range(40)]
    placed, _ = place_symbols([points("a", crowd)], VIEW)
    assert {symbol.size for symbol in placed} == {RED.size_mm * SMALLEST}


def test_a_large_number_has_room() -> None:
    sizes = [count_size(BLUE, count) for count in (1, 9, 99, 999)]
    assert sizes == sorted(sizes)
    assert sizes[0] == BLUE.size_mm
