"""Notes name what has no data; where there is no room the list is cut and says how many there are."""

from hypothesis import given
from hypothesis import strategies as st

from exports.sheets.fonts import text_width
from exports.sheets.notes import MOST_LISTED, Note
from layers.county import County
from layers.language.tongue import Tongue
from tests.county import village_code
from tests.exports.sheets.drawn import PLANNER, sheet_of

ZH = Tongue("zh")
NAMES = tuple(f"{number}号村" for number in range(1, 41))


def test_a_list_that_fits_is_whole() -> None:
    assert "".join(Note("不公布", NAMES[:3]).lines(50, 2, ZH, 1)) == "不公布：1号村、2号村、3号村"


def test_a_list_that_does_not_fit_says_how_many_there_are() -> None:
    lines = Note("不公布", NAMES).lines(50, 2, ZH, 2)
    assert len(lines) == 2
    assert "".join(lines).startswith("不公布：1号村、2号村")
    assert "".join(lines).endswith("等 40 个")


def test_a_list_that_is_too_long_for_any_note_is_cut_in_the_result_too() -> None:
    names = tuple(map(str, range(MOST_LISTED + 1)))
    assert Note("不公布", names).text(ZH).endswith(f"{MOST_LISTED - 1}等 {MOST_LISTED + 1} 个")


def test_english_lists_are_english() -> None:
    assert Note("Withheld", ("A", "B", "C")).text(Tongue("en"), 2) == "Withheld: A, B and 1 more"


@given(count=st.integers(0, 40), width=st.floats(12, 60), most=st.integers(0, 6))
def test_a_note_keeps_to_its_room(count: int, width: float, most: int) -> None:
    lines = Note("不公布", NAMES[:count]).lines(width, 2, ZH, most)
    assert len(lines) <= most
    assert all(text_width(line, 2) <= width for line in lines)


def test_own_layers_call_their_areas_by_the_village(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PLANNER, layers="counties,villages,own-values")
    name = drawn_county.areas.name_of(village_code(9))
    assert f"自有指标没有采集：{name}" in sheet.notes
    assert sheet.no_data == ("V8",)
