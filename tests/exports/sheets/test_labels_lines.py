"""Names along rivers, numbers of roads."""

from typing import Any

import numpy as np
import pytest
import shapely

from exports.sheets.labels import Dropped, Name, Placement, place
from exports.sheets.page import Box
from tests.exports.sheets.names import PAGE, check, ground


def river(line: Any, text: str = "汾河", **more: Any) -> Name:
    return Name("SX", text, "river", 8, 2.6, 1.75, line=line, **more)


def road(line: Any, text: str = "G209", **more: Any) -> Name:
    return Name("G209", text, "road", 5, 1.9, 1.75, line=line, plate="#B3261E", edge="#FFFFFF", **more)


def letters(found: Placement) -> list[str]:
    return [words.text for words in found.words]


ACROSS = shapely.LineString([(10, 50), (90, 50)])
DOWN = shapely.LineString([(50, 10), (50, 90)])
WAVE = shapely.LineString([(x, 50 + 6 * np.sin(x / 9)) for x in np.linspace(5, 95, 90)])


@pytest.mark.parametrize("line", [ACROSS, ACROSS.reverse()], ids=["eastwards", "westwards"])
def test_a_line_across_is_read_from_left_to_right(line: shapely.LineString) -> None:
    found = place([river(line, "东谷涧河")], [], PAGE)
    assert letters(found) == ["东", "谷", "涧", "河"]
    assert [words.angle for words in found.words] == pytest.approx([0, 0, 0, 0])
    places = [words.x for words in found.words]
    assert places == sorted(places)
    assert {round(plate.y, 6) for plate in found.boxes} == {50}
    assert sum(places) / 4 == pytest.approx(50)


@pytest.mark.parametrize("line", [DOWN, DOWN.reverse()], ids=["southwards", "northwards"])
def test_a_steep_line_is_read_downwards_with_heads_up(line: shapely.LineString) -> None:
    found = place([river(line, "黄河")], [], PAGE)
    assert letters(found) == ["黄", "河"]
    assert [words.angle for words in found.words] == pytest.approx([0, 0])
    assert found.words[0].y < found.words[1].y
    assert {round(plate.x, 6) for plate in found.boxes} == {50}


@pytest.mark.parametrize("turn", range(0, 360, 15))
def test_no_letter_is_upside_down_whichever_way_the_river_runs(turn: int) -> None:
    line = shapely.affinity.rotate(WAVE, turn, origin=(50, 50))
    found = place([river(line, "涧河道")], [], PAGE)
    assert sorted(set(letters(found))) == sorted("涧河道")
    assert all(abs(words.angle) <= 62 for words in found.words)
    for said in (found.words[start : start + 3] for start in range(0, len(found.words), 3)):
        across, down = said[2].x - said[0].x, said[2].y - said[0].y
        assert "".join(words.text for words in said) == "涧河道"
        assert max(across, down) > 0
        assert across > 0 or abs(down) >= abs(across)


def test_letters_of_a_river_stand_beside_a_narrow_one() -> None:
    found = place([river(ACROSS, offset=2.0)], [], PAGE)
    assert {round(abs(plate.y - 50), 6) for plate in found.boxes} == {2}
    assert not any(ground(plate).intersects(ACROSS) for plate in found.boxes)


def test_latin_letters_follow_a_steep_line_and_are_not_stacked() -> None:
    found = place([river(DOWN, "Yellow River")], [], PAGE)
    assert "".join(letters(found)) == "YellowRiver"
    assert all(abs(words.angle) == pytest.approx(90, abs=1.5) for words in found.words)


def test_a_bend_is_left_to_the_line() -> None:
    hairpin = shapely.LineString([(50, 90), (50, 50), (52, 48), (54, 50), (54, 90)])
    found = place([river(hairpin)], [], PAGE)
    assert all(plate.y > 52 for plate in found.boxes)


def test_a_line_too_short_for_its_name_goes_without() -> None:
    assert place([river(shapely.LineString([(50, 50), (53, 50)]))], [], PAGE).dropped == (
        Dropped("SX", "river", "small"),
    )


def test_a_long_line_says_its_name_again() -> None:
    long = shapely.LineString([(5, 50), (395, 50)])
    found = place([river(long, every=120)], [], Box(0, 0, 400, 100))
    assert letters(found) == ["汾", "河"] * 3
    assert found.placed == ("SX",)


def test_only_what_is_on_the_map_is_named() -> None:
    line = shapely.LineString([(-500, 50), (500, 50)])
    found = place([river(line, every=500)], [], PAGE)
    check(found, [river(line)], [])
    assert np.mean([plate.x for plate in found.boxes]) == pytest.approx(50)


def test_a_shield_lies_on_its_road_and_is_repeated() -> None:
    found = place([road(ACROSS, every=40)], [], PAGE)
    assert letters(found) == ["G209", "G209"]
    assert [plate.x for plate in found.boxes] == pytest.approx([30, 70])
    assert [shield.fill for shield in found.shields] == ["#B3261E", "#B3261E"]
    outline = shapely.Polygon(found.shields[0].paths[0])
    assert outline.equals(ground(found.boxes[0]))
    assert outline.contains(shapely.Point(found.words[0].x, found.words[0].y))


def test_a_shield_slides_along_its_road_off_an_obstacle() -> None:
    bridge = Box(48, 45, 52, 55)
    found = place([road(ACROSS)], [bridge], PAGE)
    [plate] = found.boxes
    assert plate.y == 50
    check(found, [road(ACROSS)], [bridge])


def test_pieces_of_a_road_are_one_road() -> None:
    pieces = shapely.MultiLineString([[(10, 50), (40, 50)], [(40, 50), (70, 50)], [(70, 50), (90, 50)]])
    found = place([road(pieces)], [], PAGE)
    assert [plate.x for plate in found.boxes] == pytest.approx([50])
