"""Names of areas on squares drawn by hand."""

import pytest
import shapely

from exports.sheets.fonts import text_width
from exports.sheets.labels import Dropped, place
from exports.sheets.page import Box
from tests.exports.sheets.names import PAGE, check, ground, polygon, symbol, township, village

SQUARE = shapely.box(40, 40, 60, 60)


def test_a_name_stands_in_the_middle_of_its_square() -> None:
    found = place([village("1", "乌停村", SQUARE)], [], PAGE)
    [plate], [words] = found.boxes, found.words
    assert (plate.x, plate.y) == (50, 50)
    assert (plate.width, plate.height) == pytest.approx((6.6, 2.2))
    # the body of a Chinese character reaches 0.88 em above its base line, 0.12 em below it
    assert (words.x, words.y, words.align) == pytest.approx((50, 50 - 1.1 + 0.88 * 2.2, "middle"))
    assert (words.text, words.size, words.kind, words.of) == ("乌停村", 2.2, "village", "1")
    assert (found.placed, found.dropped) == (("1",), ())


def test_a_symbol_in_the_middle_is_left_free() -> None:
    found = place([village("1", "乌停村", SQUARE)], [symbol(50, 50)], PAGE)
    [plate] = found.boxes
    assert SQUARE.contains(ground(plate))
    assert not ground(plate).intersects(polygon(symbol(50, 50)))


@pytest.mark.parametrize(
    ("side", "size"),
    [(20, 2.2), (7.4, 2.2), (6.4, 1.98), (5.8, 1.75)],
    ids=["roomy", "just", "less", "least"],
)
def test_a_name_shrinks_before_it_leaves_its_area_when_others_stand_around(side: float, size: float) -> None:
    around = [
        Box(50 - side / 2 - 8, 20, 50 - side / 2, 80),
        Box(50 + side / 2, 20, 50 + side / 2 + 8, 80),
    ]
    area = shapely.box(50 - side / 2, 40, 50 + side / 2, 60)
    [words] = place([village("1", "乌停村", area)], around, PAGE).words
    assert words.size == size


def test_a_long_name_is_broken_before_its_suffix_where_it_does_not_fit() -> None:
    narrow = shapely.box(47, 40, 53, 60)
    walls = [Box(40, 30, 47, 70), Box(53, 30, 60, 70)]
    found = place([village("1", "飞云新社区", narrow)], walls, PAGE)
    assert [words.text for words in found.words] == ["飞云新", "社区"]
    assert len(found.boxes) == 1
    assert [words.x for words in found.words] == [50, 50]


def test_a_small_village_keeps_the_middle_of_its_name_inside() -> None:
    small = shapely.box(48, 48, 52.5, 52.5)
    found = place([village("1", "乌停村", small)], [], PAGE)
    [plate] = found.boxes
    assert small.contains(shapely.Point(plate.x, plate.y))
    assert not small.contains(ground(plate))


def test_a_crescent_is_named_in_its_body_and_not_in_its_middle() -> None:
    crescent = shapely.Point(50, 50).buffer(15).difference(shapely.Point(56, 50).buffer(14))
    assert not crescent.contains(crescent.centroid)
    found = place([village("1", "乌停", crescent)], [], PAGE)
    check(found, [village("1", "乌停", crescent)], [])
    assert found.placed == ("1",)


def test_a_hole_is_not_part_of_the_area() -> None:
    ring = shapely.box(30, 30, 70, 70).difference(shapely.box(35, 35, 65, 65))
    [plate] = place([village("1", "环", ring)], [], PAGE).boxes
    assert ring.contains(ground(plate))


def test_the_township_stands_within_its_line_and_villages_give_way() -> None:
    names = [township("140822100", "解店镇", shapely.box(20, 20, 60, 60))]
    names += [
        village(f"14082210020{row}{column}", f"{row}{column}村", shapely.box(x, y, x + 10, y + 10))
        for row, y in enumerate(range(20, 60, 10))
        for column, x in enumerate(range(20, 60, 10))
    ]
    found = place(names, [], PAGE)
    check(found, names, [])
    assert found.dropped == ()
    big = next(plate for plate in found.boxes if plate.code == "140822100")
    assert names[0].area.contains(ground(big))
    assert {words.size for words in found.words if words.kind == "village"} == {2.2}


def test_townships_are_named_in_one_size() -> None:
    wide, narrow = shapely.box(0, 0, 60, 40), shapely.box(60, 0, 70.3, 100)
    names = [township("140822100", "解店镇", wide), township("140822101", "通化镇", narrow)]
    assert [words.size for words in place(names, [], PAGE).words] == [3.2, 3.2]


@pytest.mark.parametrize(
    ("text", "area", "reason"),
    [
        ("", SQUARE, "empty"),
        ("\u202e\u200b \n", SQUARE, "empty"),
        ("乌停村", shapely.Polygon(), "outside"),
        ("乌停村", shapely.box(120, 20, 140, 40), "outside"),
        ("乌停村", shapely.box(-50, -50, 150, 150).difference(shapely.box(-10, -10, 160, 160)), "outside"),
        ("乌停村", shapely.box(100, 20, 140, 40), "small"),
        ("乌停村", shapely.box(40, 40, 60, 40.01), "small"),
        ("乌停村", shapely.box(50, 50, 51, 51), "small"),
        ("一" * 40, shapely.box(40, 40, 50, 50), "small"),
    ],
    ids=[
        "nothing",
        "controls",
        "no area",
        "beyond the frame",
        "around a corner",
        "at the frame",
        "sliver",
        "tiny",
        "forty letters",
    ],
)
def test_a_name_that_cannot_be_printed_says_why(text: str, area: shapely.Geometry, reason: str) -> None:
    found = place([village("1", text, area)], [], PAGE)
    assert found.dropped == (Dropped("1", "village", reason),)  # type: ignore[arg-type]
    assert (found.words, found.boxes, found.placed) == ((), (), ())


def test_a_name_whose_room_is_taken_is_crowded_out() -> None:
    found = place([village("1", "乌停村", SQUARE)], [Box(35, 35, 65, 65)], PAGE)
    assert found.dropped == (Dropped("1", "village", "crowded"),)


def test_hostile_names_are_letters_like_others() -> None:
    texts = ["<img src=x onerror=alert(1)>村", "{{7*7}}村", "قرية أحمد", "a\nb\tc", "𠮷村", "😀村"]
    names = [
        village(str(row), text, shapely.box(0, 15 * row, 100, 15 * row + 15))
        for row, text in enumerate(texts)
    ]
    found = place(names, [], PAGE)
    check(found, names, [])
    assert found.dropped == ()
    assert [words.text for words in found.words] == [*texts[:3], "a b c", *texts[4:]]


def test_what_is_cut_by_the_frame_is_named_in_its_visible_part() -> None:
    cut = shapely.box(85, -50, 160, 150)
    [plate] = place([village("1", "乌停村", cut)], [], PAGE).boxes
    assert (plate.x, plate.y) == (92.5, 50)


def test_forty_letters_are_set_in_lines_where_there_is_room() -> None:
    text = "一二三四五六七八九十" * 4
    found = place([village("1", text, shapely.box(30, 30, 70, 70))], [], PAGE)
    assert "".join(words.text for words in found.words) == text
    assert len(found.words) == 3
    assert max(text_width(words.text, words.size) for words in found.words) <= 40


def test_nothing_wanted_is_nothing_printed() -> None:
    found = place([], [Box(0, 0, 10, 10)], PAGE)
    assert (found.words, found.leaders, found.shields, found.boxes) == ((), (), (), ())
    assert (found.placed, found.dropped, found.marks) == ((), (), ())
