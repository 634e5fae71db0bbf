"""What holds whatever is named: nothing over anything, villages inside themselves, nothing forgotten."""

from collections.abc import Iterator

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.sheets.labels import Name, place
from exports.sheets.page import Box
from tests.exports.sheets.names import PAGE, check, point, symbol, township, village

TEXTS = st.text(st.sampled_from("乌停村解店镇后土社区abg汾1 \u202e"), max_size=12)
PLACES = st.tuples(st.floats(5, 95), st.floats(5, 95))
WALLS = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    st.floats(0, 90),
    st.floats(0, 90),
    st.floats(0.5, 15),
    st.floats(0.5, 8),
)


def parcels(seeds: list[tuple[float, float]]) -> Iterator[shapely.Polygon]:
    """The page shared out among seeds: villages without gaps."""
    cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=shapely.box(0, 0, 100, 100))
    for cell in shapely.get_parts(cells):
        part = cell.intersection(shapely.box(0, 0, 100, 100))
        if part.area > 0:
            yield part


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[Name], list[Box]]:
    """Villages, one township over them, symbols with names, a river, a road, and furniture."""
    seeds = draw(st.lists(PLACES, min_size=2, max_size=12, unique=True))
    areas = list(parcels(seeds))
    names = [village(f"v{row}", draw(TEXTS), area) for row, area in enumerate(areas)]
    names.append(township("t", "解店镇", shapely.box(0, 0, 100, 100)))
    at = draw(st.lists(PLACES, max_size=5))
    names += [point(f"p{row}", draw(TEXTS), x, y) for row, (x, y) in enumerate(at)]
    bends = [(x, draw(st.floats(20, 80))) for x in range(0, 101, 25)]
    line = shapely.LineString(bends)
    names.append(
        Name("r", "汾河", "river", 8, 2.6, 1.75, line=line, offset=draw(st.sampled_from([0.0, 2.0])))
    )
    names.append(Name("g", "G209", "road", 5, 1.9, 1.75, line=line.reverse(), plate="#B3261E", every=40))
    return names, [*(symbol(x, y) for x, y in at), *draw(st.lists(WALLS, max_size=4))]


@settings(max_examples=60)
@given(maps())
def test_every_placement_is_lawful(case: tuple[list[Name], list[Box]]) -> None:
    names, obstacles = case
    check(place(names, obstacles, PAGE), names, obstacles)


@settings(max_examples=20)
@given(maps())
def test_the_same_names_are_placed_the_same(case: tuple[list[Name], list[Box]]) -> None:
    assert place(*case, PAGE).words == place(*case, PAGE).words


@settings(max_examples=30)
@given(maps(), WALLS)
def test_one_obstacle_more_keeps_all_in_order(case: tuple[list[Name], list[Box]], wall: Box) -> None:
    names, obstacles = case
    check(place(names, [*obstacles, wall], PAGE), names, [*obstacles, wall])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(10, 90), st.floats(10, 90)), min_size=3, max_size=3, unique=True))
def test_letters_of_a_river_keep_their_order_and_their_heads_up(bends: list[tuple[float, float]]) -> None:
    line = shapely.LineString([bends[0], bends[1], bends[2]])
    found = place([Name("r", "涧河道", "river", 8, 2.6, 1.75, line=line)], [], PAGE)
    for first, second, third in zip(*(found.words[start::3] for start in range(3)), strict=True):
        assert (first.text, second.text, third.text) == ("涧", "河", "道")
        assert max(abs(words.angle) for words in (first, second, third)) <= 62
        for one, other in ((first, second), (second, third)):
            assert other.x > one.x or other.y > one.y


@pytest.mark.parametrize("count", [1, 40])
def test_many_villages_are_all_named_where_there_is_room(count: int) -> None:
    chance = np.random.default_rng(count)
    areas = (
        parcels(chance.uniform(5, 95, (count, 2)).tolist()) if count > 1 else [shapely.box(0, 0, 100, 100)]
    )
    names = [village(str(row), "乌停村", area) for row, area in enumerate(areas)]
    found = place(names, [], PAGE)
    check(found, names, [])
    assert found.dropped == ()
