"""The typeface: widths in millimetres, characters it lacks, rare characters of place names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.reports import pdf
from exports.sheets import fonts
from geo.errors import StoreError

RARE = "圪塔峁垣㘰堰崖"


def test_a_chinese_character_is_as_wide_as_the_em() -> None:
    assert fonts.text_width("万荣县", 2.5) == pytest.approx(7.5)
    assert fonts.text_width("万荣县", 2.5, "bold", 0.4) == pytest.approx(7.5 + 2 * 0.4)
    assert fonts.text_width("", 2.5, spacing=1) == 0


def test_bold_latin_is_wider_than_regular() -> None:
    assert fonts.text_width("1:50 000", 3, "bold") > fonts.text_width("1:50 000", 3)


@given(st.text("万荣 Ab1—", max_size=8), st.text("万荣 Ab1—", max_size=8), st.floats(0.5, 20))
def test_width_adds_up(left: str, right: str, size: float) -> None:
    whole = fonts.text_width(left + right, size)
    assert whole == pytest.approx(fonts.text_width(left, size) + fonts.text_width(right, size))


def test_rare_characters_of_place_names_are_there_in_both_weights() -> None:
    assert fonts.missing_glyphs(RARE + "直骨门²·℃㎡№①“”—～　") == ""
    for weight in ("regular", "bold"):
        font = fonts.face(weight)
        assert all(ord(sign) in font.charToGlyph and font.charToGlyph[ord(sign)] for sign in RARE)


def test_what_cannot_be_written_is_named_once_and_in_order() -> None:
    assert fonts.missing_glyphs("甲א😀乙😀") == "א😀"


def test_marks_of_direction_and_breaks_leave_no_ink() -> None:
    assert fonts.printed("a\u202eb\u200f\u0000c\td\ne　f") == "abc d e　f"
    assert fonts.missing_glyphs("\u202e\u200f\u0007") == ""
    assert fonts.text_width("\u202e甲\u200f", 2) == 2


def test_fonts_that_were_not_copied_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FILES", {"regular": tmp_path / "Text.ttf"})
    with pytest.raises(StoreError, match=r"Text\.ttf.*exports/vendor"):
        fonts.face.__wrapped__("regular")
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    with pytest.raises(StoreError, match=r"\.otf.*exports/vendor"):
        pdf.fonts.__wrapped__()
