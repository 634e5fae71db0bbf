"""The SVG: well-formed whatever the text says, every line once, its own typeface, ids from names."""

import base64
import re
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from fontTools.ttLib import TTFont

from exports.sheets.page import Box, Group, Mark, Page, Stroke, Words
from exports.sheets.writers import to_svg
from tests.exports.sheets.marks import HOSTILE, box, page
from tests.exports.sheets.test_writers_pdf import RARE, rich

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


def drawn(page: Page) -> Element:
    return fromstring(to_svg(page))


def lines(root: Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def embedded(root: Element) -> list[TTFont]:
    style = root.find(f"{SVG}style")
    return [TTFont(BytesIO(base64.b64decode(data))) for data in re.findall(r"base64,([^)]+)\)", style.text)]


def test_it_is_as_large_as_the_paper() -> None:
    root = drawn(rich())
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == (
        "210mm",
        "297mm",
        "0 0 21000 29700",
    )


def test_hostile_text_is_text() -> None:
    root = drawn(page(*(Words(text, 5, 5, 3) for text in HOSTILE), title="<script>", subject="]]>"))
    assert lines(root) == [*HOSTILE[:-1], "甲乙 "]
    assert root.find(f"{SVG}title").text == "<script>"
    assert not [one for one in root.iter() if one.tag in (f"{SVG}script", f"{SVG}img")]


def test_a_halo_is_a_second_look_at_the_same_line() -> None:
    root = drawn(
        page(
            Words(RARE, 5, 5, 3, halo="#FFFFFF", halo_mm=0.5),
            Words(RARE, 5, 9, 3, halo="#FFFFFF", halo_mm=0.5),
        )
    )
    assert lines(root) == [RARE, RARE]
    seen = [use.get(LINK)[1:] for use in root.iter(f"{SVG}use")]
    assert seen == [text.get("id") for text in root.iter(f"{SVG}text")]
    assert {use.get("stroke-width") for use in root.iter(f"{SVG}use")} == {"100"}


def test_every_character_has_its_glyph_in_the_embedded_typeface() -> None:
    regular, bold = embedded(drawn(rich()))
    assert set(regular.getBestCmap()) == set(map(ord, RARE))
    assert set(bold.getBestCmap()) == set(map(ord, "万荣县"))
    assert all(regular["glyf"][name].numberOfContours > 0 for name in regular.getBestCmap().values())
    assert {regular["hmtx"][name][0] for name in regular.getBestCmap().values()} == {1000}


def test_ids_come_from_names_and_are_unique() -> None:
    root = drawn(
        page(
            box(1, 1, 5, name="villages.3"),
            box(9, 1, 5, name="villages.3"),
            Mark("star", 5, 5, 3, "#000000", name='3 "x"'),
        )
    )
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {"villages.3", "villages.3-2", "_3__x_", "symbol-star"} <= set(ids)


def test_every_reference_is_answered() -> None:
    root = drawn(rich())
    ids = {element.get("id") for element in root.iter()}
    asked = re.findall(r'(?:url\(#|href="#)([^)"]+)', to_svg(rich()).decode())
    assert asked
    assert set(asked) <= ids


def test_codes_of_what_is_named_are_not_written() -> None:
    file = to_svg(page(Words("甲", 5, 5, 3, kind="village", of="140822103201"))).decode()
    assert "140822103201" not in file
    assert "village" not in file


def test_paths_are_relative_whole_numbers() -> None:
    root = drawn(page(box(1.2345, 2, 10, stroke=Stroke("#333333", 0.2, (1, 0.5), 0.5))))
    (path,) = root.iter(f"{SVG}path")
    assert path.get("d") == "M123 200l1000 0 0 1000 -1000 0z"
    assert (path.get("stroke-width"), path.get("stroke-dasharray"), path.get("stroke-opacity")) == (
        "20",
        "100 50",
        "0.5",
    )


def test_a_clip_cuts_its_group() -> None:
    root = drawn(page(Group((box(1, 1, 5),), clip=Box(2, 2, 4, 4), name="map")))
    (group,) = root.iter(f"{SVG}g")
    (clip,) = root.iter(f"{SVG}clipPath")
    assert group.get("clip-path") == f"url(#{clip.get('id')})"
    assert dict(clip[0].attrib) == {"x": "200", "y": "200", "width": "200", "height": "200"}


def test_the_same_page_gives_the_same_bytes() -> None:
    assert to_svg(rich()) == to_svg(rich())


def test_a_character_without_glyph_is_refused() -> None:
    with pytest.raises(ValueError, match="😀"):
        to_svg(page(Words("甲😀", 5, 5, 3)))


def test_the_file_says_its_language() -> None:
    assert b' xml:lang="en" ' in to_svg(page(lang="en"))
    assert b"xml:lang" not in to_svg(page())
