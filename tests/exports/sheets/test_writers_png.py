"""The PNG: exact sizes, its resolution, and pixels where the marks are."""

import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exports.sheets.page import Box, Group, Mark, Shape, Stroke, Words
from exports.sheets.writers import png, to_png
from layers.symbology import SYMBOL_PATHS
from tests.exports.sheets.marks import A3, A4, box, page, picture, square

WHITE, BLACK = [255, 255, 255], [0, 0, 0]


@pytest.mark.parametrize(
    ("size", "dpi", "pixels"),
    [
        (A3, 300, (4960, 3507)),
        (A4, 300, (2480, 3507)),
        ((156.0, 105.0), 300, (1842, 1240)),
        (A3, 60, (992, 701)),
    ],
)
def test_size_and_resolution(size: tuple[float, float], dpi: int, pixels: tuple[int, int]) -> None:
    image = Image.open(BytesIO(to_png(page(size=size), dpi=dpi)))
    assert (image.size, image.mode) == (pixels, "RGB")
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.01)
    assert set(image.info) == {"dpi"}


@settings(max_examples=25)
@given(st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}"))
def test_a_fill_has_just_the_colour_that_was_asked_for(colour: str) -> None:
    pixels = picture(page(box(1, 1, 2, colour), size=(4.0, 4.0)))
    assert f"#{bytes(pixels[20, 20]).hex().upper()}" == colour


def test_edges_are_where_the_millimetres_are() -> None:
    pixels = picture(page(box(10, 5, 20, "#000000")))
    dark = np.argwhere((pixels == 0).all(axis=2))
    assert (dark.min(axis=0).tolist(), dark.max(axis=0).tolist()) == ([50, 100], [249, 299])


def test_holes_stay_open() -> None:
    ring = Shape((square(5, 5, 20), square(10, 10, 10)), fill="#000000")
    pixels = picture(page(ring))
    assert (pixels[70, 70].tolist(), pixels[150, 150].tolist()) == (BLACK, WHITE)


def test_opacity_lets_the_ground_through() -> None:
    pixels = picture(page(box(5, 5, 20, "#000000", opacity=0.25), box(30, 5, 5, "#000000")))
    assert pixels[150, 150].tolist() == pytest.approx([191] * 3, abs=1)
    assert pixels[70, 320].tolist() == BLACK


def test_nothing_shows_outside_a_clip() -> None:
    pixels = picture(
        page(Group((box(5, 5, 30, "#000000"),), clip=Box(10, 10, 20, 20)), box(50, 5, 5, "#000000"))
    )
    dark = np.argwhere((pixels[:, :400] == 0).all(axis=2))
    assert (dark.min(axis=0).tolist(), dark.max(axis=0).tolist()) == ([100, 100], [199, 199])
    assert pixels[70, 520].tolist() == BLACK


def test_dashes_are_as_long_as_asked() -> None:
    line = Shape((np.array([[10.0, 10.0], [50.0, 10.0]]),), False, stroke=Stroke("#000000", 1, (3, 2)))
    row = picture(page(line))[100, 100:500, 0]
    assert [row[at] for at in (5, 25, 35, 45, 55, 75, 85, 95)] == [0, 0, 255, 255, 0, 0, 255, 255]


@pytest.mark.parametrize("kind", ["diagonal", "cross", "dots", "horizontal"])
def test_a_hatch_is_crisp_and_stays_within_its_shape(kind: str) -> None:
    pixels = picture(page(box(8, 8, 24, "#FFF5D6", hatch=kind, hatch_colour="#203040")))
    inside = pixels[80:320, 80:320].reshape(-1, 3)
    inked = (inside < 128).all(axis=1).mean()
    assert 0.03 < inked < 0.3
    assert (inside == [0xFF, 0xF5, 0xD6]).all(axis=1).mean() > 0.45
    pixels[79:321, 79:321] = 255
    assert (pixels == 255).all()


@pytest.mark.parametrize("kind", ["diagonal", "cross", "dots", "horizontal"])
def test_neighbours_with_one_hatch_match(kind: str) -> None:
    how = {"hatch": kind, "hatch_colour": "#203040"}
    whole = Shape((np.array([[5.0, 5.0], [35.0, 5.0], [35.0, 20.0], [5.0, 20.0]]),), fill="#FFFFFF", **how)
    left, right = box(5, 5, 15, "#FFFFFF", **how), box(20, 5, 15, "#FFFFFF", **how)
    assert (picture(page(whole)) == picture(page(left, right))).mean() > 0.999


@pytest.mark.parametrize("symbol", SYMBOL_PATHS)
def test_a_symbol_stands_at_its_place_in_its_colour(symbol: str) -> None:
    pixels = picture(page(Mark(symbol, 20, 20, 10, "#0B6470")))
    inked = np.argwhere((pixels == [0x0B, 0x64, 0x70]).all(axis=2))
    assert inked.size
    assert inked.min() >= 149
    assert inked.max() <= 250


def test_a_symbol_has_a_line_as_wide_as_asked_whatever_its_size() -> None:
    for size in (4, 16):
        edge = Mark("square", 20, 20, size, None, Stroke("#000000", 0.6))
        row = picture(page(edge))[200, :200, 0]
        assert (row < 128).sum() == pytest.approx(6, abs=1)


def test_letters_sit_on_the_base_line_and_turn_about_their_anchor() -> None:
    level = np.argwhere(picture(page(Words("田", 20, 20, 10)))[:, :, 0] < 128)
    assert level[:, 0].max() == pytest.approx(208, abs=3)
    assert level[:, 1].min() > 200
    down = np.argwhere(picture(page(Words("田", 20, 20, 10, angle=90)))[:, :, 0] < 128)
    assert down[:, 0].min() > 200
    assert down[:, 1].min() == pytest.approx(192, abs=3)


@pytest.mark.parametrize(
    ("align", "columns"), [("start", (200, 440)), ("middle", (80, 320)), ("end", (-40, 200))]
)
def test_lines_are_set_by_their_start_middle_or_end(align: str, columns: tuple[int, int]) -> None:
    line = Words("田田田", 30, 20, 6, align=align, spacing=3, weight="bold")
    inked = np.argwhere(picture(page(line))[:, :, 0] < 128)[:, 1]
    assert (inked.min(), inked.max()) == pytest.approx((columns[0] + 100, columns[1] + 100), abs=8)


def test_a_halo_clears_the_ground_around_its_letters() -> None:
    dark = box(0, 0, 60, "#0B6470")
    letters = Words("一", 20, 20, 10, "#000000", halo="#FFFFFF", halo_mm=1)
    plain = picture(page(dark, Words("一", 20, 20, 10, "#000000")))
    haloed = picture(page(dark, letters))
    column = haloed[:, 250]
    assert (column == 0).all(axis=1).sum() == (plain[:, 250] == 0).all(axis=1).sum() > 0
    assert 16 <= (column == 255).all(axis=1).sum() <= 20
    assert not (plain[:, 250] == 255).all(axis=1).any()


def test_pixels_survive_the_bands_they_are_compressed_in() -> None:
    rows = np.random.default_rng(1).integers(0, 255, (2 * png.BAND + 7, 1 + 3 * 11)).astype(np.uint8)
    rows[:, 0] = 0
    assert zlib.decompress(png.deflated(rows)) == rows.tobytes()
    assert (np.asarray(Image.open(BytesIO(png.png(rows, 300)))).reshape(len(rows), -1) == rows[:, 1:]).all()


def test_the_same_page_gives_the_same_bytes() -> None:
    drawn = page(box(1, 1, 5), Words("万荣", 10, 10, 5))
    assert to_png(drawn) == to_png(drawn)
