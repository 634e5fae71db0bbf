"""The PDF: sizes, text that can be found once, vectors, and nothing that was not asked for."""

import getpass
import re
import socket
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from exports.sheets.page import Box, Group, Mark, Page, Shape, Stroke, Words
from exports.sheets.writers import to_pdf
from exports.sheets.writers.pdf import written
from layers.symbology import SYMBOL_PATHS
from tests.exports.sheets.marks import A3, A4, HOSTILE, box, page, square, text_of

RARE = "圪塔峁垣㘰堰崖"


def rich(size: tuple[float, float] = A4) -> Page:
    """A mark of every kind."""
    hatched = [
        box(20 + 20 * at, 20, 15, hatch=kind, hatch_colour="#8A97A0", stroke=Stroke("#333333", 0.2, (1, 0.5)))
        for at, kind in enumerate(("none", "diagonal", "cross", "dots", "horizontal"))
    ]
    symbols = [Mark(name, 10 + 8 * at, 60, 5, "#0B6470") for at, name in enumerate(SYMBOL_PATHS)]
    names = [
        Words(RARE, 20, 100, 4, halo="#FFFFFF", halo_mm=0.5, angle=30),
        Words("万荣县", 20, 120, 6, weight="bold", spacing=1, opacity=0.5),
    ]
    return page(*hatched, Group((*symbols, *names), clip=Box(5, 5, 200, 150)), size=size, title="万荣县")


def content(drawn: Page) -> str:
    """The operators of a page that has nothing but lines and fills."""
    found = re.search(rb"stream\n(.*?)endstream", written([drawn], compressed=False), re.DOTALL)
    assert found
    return found.group(1).decode("ascii")


@pytest.mark.parametrize(("size", "points"), [(A3, (1190.5512, 841.8898)), (A4, (595.2756, 841.8898))])
def test_the_media_box_is_the_paper(size: tuple[float, float], points: tuple[float, float]) -> None:
    document = pypdfium2.PdfDocument(to_pdf([rich(size)]))
    assert document[0].get_mediabox() == pytest.approx((0, 0, *points), abs=1e-4)
    document.close()


def test_the_same_pages_give_the_same_bytes_and_others_do_not() -> None:
    first, second = to_pdf([rich(), rich(A3)]), to_pdf([rich(), rich(A3)])
    assert first == second
    assert to_pdf([rich(A3), rich()]) != first


def test_pages_of_one_file_share_one_typeface() -> None:
    one, many = to_pdf([rich()]), to_pdf([rich()] * 5)
    assert many.count(b"/FontFile2") == one.count(b"/FontFile2") == 2
    assert len(pypdfium2.PdfDocument(many)) == 5


def test_text_is_found_once_though_a_halo_repeats_it() -> None:
    names = [
        Words(
            f"{RARE} {at}",
            5 + 4 * at,
            6 + 5 * at,
            2,
            halo="#FFFFFF",
            halo_mm=0.4,
            angle=15 * at,
            align="middle",
        )
        for at in range(6)
    ]
    found = text_of(to_pdf([page(*names)]))
    assert [found.count(name.text) for name in names] == [1] * 6


def test_a_line_whose_letters_stand_apart_is_found_as_one_word() -> None:
    name = Words("荣河镇 (乙)", 5, 20, 4, spacing=4, halo="#FFFFFF", halo_mm=0.5)
    assert text_of(to_pdf([page(name)])) == "荣河镇 (乙)"


def test_rare_and_hostile_characters_can_be_copied() -> None:
    lines = [Words(text, 2, 5 + 6 * at, 2) for at, text in enumerate((*HOSTILE, RARE, "𫍯"))]
    found = text_of(to_pdf([page(*lines)])).splitlines()
    assert found == [*HOSTILE[:-1], "甲乙 ", RARE, "𫍯"]


def test_a_character_without_glyph_is_refused_and_not_boxed() -> None:
    with pytest.raises(ValueError, match="😀"):
        to_pdf([page(Words("甲😀", 5, 5, 3))])


def test_lengths_are_hundredths_from_the_top_left_corner() -> None:
    drawn = content(
        page(
            box(1.234, 2, 10, "#FF0000"), Shape((square(0, 0, 1)[:2],), False, stroke=Stroke("#00FF00", 0.25))
        )
    )
    assert "0.0283464567 0 0 -0.0283464567 0 113.3858 cm" in drawn
    assert "1 0 0 rg\n123 200 m\n1123 200 l\n1123 1200 l\n123 1200 l\nh\nf*" in drawn
    assert "0 1 0 RG\n25 w\n[] 0 d\n1 J\n0 0 m\n100 0 l\nS" in drawn


def test_what_holds_already_is_not_said_again() -> None:
    drawn = content(page(*(box(at, at, 5, stroke=Stroke("#000000", 0.1)) for at in range(9))))
    assert (drawn.count(" rg"), drawn.count(" w\n"), drawn.count("B*")) == (1, 1, 9)
    inside = Group((box(1, 1, 1, "#FF0000"),), clip=Box(0, 0, 9, 9))
    assert content(page(box(0, 0, 1, "#FF0000"), inside, box(2, 2, 1, "#FF0000"))).count("1 0 0 rg") == 1


def test_an_invisible_mark_leaves_nothing() -> None:
    nothing = content(page())
    assert (
        content(
            page(
                box(1, 1, 5, None),
                Mark("star", 5, 5, 3),
                Mark("star", 5, 5, 0, "#000000"),
                Words("", 1, 1, 2),
            )
        )
        == nothing
    )


def test_the_properties_are_those_of_the_page() -> None:
    about = {"title": "万荣县（演示）", "subject": "村庄", "keywords": ["20261123-1a2b3c4d", "演示数据"]}
    document = pypdfium2.PdfDocument(to_pdf([page(**about, date=date(2026, 11, 23), maker="张三")]))
    said = {key: value for key, value in document.get_metadata_dict().items() if value}
    document.close()
    assert said == {
        "Title": "万荣县（演示）",
        "Subject": "村庄",
        "Keywords": "20261123-1a2b3c4d，演示数据",
        "CreationDate": "D:20261123",
    }


def test_nothing_of_this_machine_or_of_codes_stands_in_the_file() -> None:
    file = written(
        [page(Words("甲", 5, 5, 3, kind="village", of="140822103201"), box(1, 1, 5, name="villages.3"))],
        compressed=False,
    )
    for secret in (
        getpass.getuser(),
        socket.gethostname(),
        str(Path.home()),
        str(Path.cwd()),
        "140822103201",
        "/usr",
        ".ttf",
    ):
        if len(secret) > 3:
            assert secret.encode() not in file
    assert b"ModDate" not in file


@pytest.mark.parametrize(
    ("about", "lang"), [({}, b"zh-CN"), ({"lang": "zh-CN"}, b"zh-CN"), ({"lang": "en"}, b"en")]
)
def test_the_file_says_its_language(about: dict[str, str], lang: bytes) -> None:
    body = to_pdf([page(title="X", keywords=["a", "b"], **about)])
    assert b"/Lang (%s)" % lang in body
    said = pypdfium2.PdfDocument(body).get_metadata_dict()["Keywords"]
    assert said == ("a, b" if lang == b"en" else "a，b")
