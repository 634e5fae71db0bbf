"""A sheet measured on its marks: scale, bar, legend, colours, classes, furniture, footer, fingerprint."""

import math
import re
from datetime import timedelta
from itertools import combinations

import numpy as np
import pytest

from exports.sheets.draw import draw
from exports.sheets.page import Box, Shape, Words, flat
from exports.sheets.panel.result import rooms_of
from exports.sheets.papers import layout
from exports.sheets.plan import sheet_plan
from exports.sheets.sheet import Sheet
from layers.county import County
from layers.symbology import classes
from tests.county import METRIC, villages
from tests.exports.sheets.drawn import (
    OPERATOR,
    PLANNER,
    TODAY,
    VALUES,
    classes_on,
    names_on,
    on_map,
    shapes,
    sheet_of,
    symbols,
    texts,
    words_box,
)

EVERYTHING = "counties,townships,villages,grids,orchards,own-values,roads,rivers,party-service-centres"
LEAST_EM = 1.75
PAPERS = [
    ("A3", "landscape"), ("A3", "portrait"), ("A4", "landscape"), ("A4", "portrait"), ("slide", "landscape"), ("figure", "landscape"),
]  # fmt: skip


@pytest.fixture(scope="module")
def full(drawn_county: County) -> Sheet:
    """Everything at once, with all parts."""
    return sheet_of(
        drawn_county, layers=EVERYTHING,
        parts="legend,histogram,names,village-names,point-names,graticule,km-grid,locator,grids,li,mu",
    )  # fmt: skip


@pytest.fixture(scope="module", params=PAPERS, ids=" ".join)
def any_paper(request: pytest.FixtureRequest, drawn_county: County) -> Sheet:
    paper, orientation = request.param
    return sheet_of(drawn_county, layers=EVERYTHING, paper=paper, orientation=orientation)


def legend_of(sheet: Sheet) -> set[str]:
    marks = flat(sheet.page.marks)
    return {name.removeprefix("legend.") for name in classes_on(marks) if name.startswith("legend.")}


def drawn_on(sheet: Sheet) -> set[str]:
    return classes_on(on_map(sheet))


# ---- scale ----


def test_the_scale_is_round_and_stands_on_the_sheet(full: Sheet) -> None:
    assert full.scale == 15_000
    assert "1:15\u2009000" in texts(full, "scale")


def test_the_map_is_to_scale(full: Sheet) -> None:
    """The county is 3,002 m wide and 3,000 m high; its land on paper is that divided by the scale."""
    (land,) = shapes(full, "land")
    width, height = np.ptp(np.vstack(land.paths), axis=0)
    assert (width, height) == pytest.approx((3002 / 15, 3000 / 15), abs=0.02)


@pytest.mark.parametrize(("name", "metres"), [("scale-bar", 1000.0), ("scale-bar.li", 500.0)])
def test_the_bar_is_as_long_as_it_says(full: Sheet, name: str, metres: float) -> None:
    parts = shapes(full, name)
    corners = np.vstack([path for part in parts for path in part.paths])
    left, right = corners[:, 0].min(), corners[:, 0].max()
    top = corners[:, 1].min()
    above = [word for word in full.page.words() if word.kind == "scale" and 0 < top - word.y < 2]
    numbers = {word.x: float(word.text) for word in above if re.fullmatch(r"[\d.,]+", word.text)}
    assert min(numbers) == pytest.approx(left)
    assert max(numbers) == pytest.approx(right)
    assert numbers[max(numbers)] * metres == pytest.approx((right - left) * full.scale / 1000)


def test_the_square_of_mu_is_as_large_as_it_says(full: Sheet) -> None:
    (square,) = shapes(full, "area-square")
    side_m = np.ptp(square.paths[0][:, 0]) * full.scale / 1000
    (said,) = [text for text in texts(full, "scale") if text.endswith("亩")]
    assert side_m**2 * 15 / 10_000 == pytest.approx(float(said.removesuffix(" 亩").replace(",", "")))


def test_a_scale_that_was_asked_for_is_kept(drawn_county: County) -> None:
    assert sheet_of(drawn_county, scale="40000").scale == 40_000


# ---- legend ----


def test_the_legend_explains_what_is_drawn_and_nothing_else(any_paper: Sheet) -> None:
    assert legend_of(any_paper) == drawn_on(any_paper)
    assert {"own-values.0", "own-values.3", "orchards.0", "orchards.1", "roads.0", "villages.0"} <= drawn_on(
        any_paper
    )


def test_what_lies_outside_the_frame_is_not_in_the_legend(drawn_county: County) -> None:
    """Square 6 has no orchard and is far from the river; the road runs through it."""
    sheet = sheet_of(drawn_county, code="140822102002", layers=EVERYTHING, paper="figure")
    assert legend_of(sheet) == drawn_on(sheet)
    assert not {name for name in drawn_on(sheet) if name.startswith(("orchards", "rivers"))}
    assert "roads.0" in legend_of(sheet)


def test_classes_that_are_switched_off_are_gone(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, layers=EVERYTHING, hide="orchards:0,own-values:3")
    assert "orchards.0" not in drawn_on(sheet) | legend_of(sheet)
    assert "own-values.3" not in drawn_on(sheet) | legend_of(sheet)


def test_counts_add_up_to_the_rows(full: Sheet) -> None:
    counts = texts(full, "legend-count")
    areas = [int(text.removesuffix(" 个")) for text in counts if text.endswith(" 个")]
    assert "2 块" in counts
    assert "1 块" in counts
    assert sum(areas) == len(VALUES) + 4, "ten areas in four classes, and four centres"


def test_class_titles_leave_no_gap(full: Sheet) -> None:
    titles = texts(full, "legend")
    assert [title for title in titles if title.endswith(("分", "分以上"))] == [
        "低于 6.5 分",
        "6.5–21 分",
        "21 分以上",
    ]


def test_no_data_is_hatched_and_listed(full: Sheet) -> None:
    drawn = shapes(full, "own-values.3")
    assert drawn
    assert all(mark.hatch == "diagonal" and mark.hatch_colour for mark in drawn)
    assert "没有采集" in texts(full, "legend")


def test_colours_are_those_of_the_symbology(full: Sheet, drawn_county: County) -> None:
    for layer in ("own-values", "orchards"):
        spec = drawn_county.catalog.layer(layer)
        for row in classes(spec, drawn_county.store.current(layer), drawn_county.catalog):
            on_paper = [*shapes(full, f"{layer}.{row.index}"), *shapes(full, f"legend.{layer}.{row.index}")]
            assert all(mark.fill == row.paint.fill for mark in on_paper)
            assert all(
                mark.stroke is not None and mark.stroke.width == row.paint.line_mm for mark in on_paper
            )


def test_symbols_have_the_size_of_their_declaration(full: Sheet, drawn_county: County) -> None:
    paint = drawn_county.catalog.layer("party-service-centres").style.paint
    assert paint is not None
    drawn = symbols(full, "party-service-centres")
    assert len(drawn) == 4
    assert {(mark.symbol, mark.size, mark.fill) for mark in drawn} == {
        (paint.symbol, paint.size_mm, paint.fill)
    }


def test_the_histogram_counts_every_value_once(full: Sheet) -> None:
    bars = shapes(full, "histogram.bar")
    heights = [float(np.ptp(bar.paths[0][:, 1])) for bar in bars]
    (caption,) = [text for text in texts(full, "histogram") if "最高" in text]
    tallest = int(re.search(r"(\d+) 个", caption)[1])  # type: ignore[index]
    counts = [height / max(heights) * tallest for height in heights]
    assert sum(counts) == pytest.approx(sum(value is not None for value in VALUES))
    assert len(shapes(full, "histogram.limit")) == 2
    assert {bar.fill for bar in bars} == {
        mark.fill for index in range(3) for mark in shapes(full, f"own-values.{index}")
    }


# ---- boundaries ----


def test_every_edge_is_drawn_once(full: Sheet) -> None:
    """Twelve inner edges of 1 km between villages; those between townships are the townships'. The hole is nobody's."""
    kilometre = 1000 / 15
    inner = sum(map(length, one_mark(full, "villages.0").paths))
    assert inner == pytest.approx(6 * kilometre, rel=0.01), "two across each of three columns"
    between = sum(map(length, one_mark(full, "townships.0").paths))
    hole, sliver = 4 * 200 / 15, 0.0
    assert between == pytest.approx(6 * kilometre + hole + sliver, rel=0.01)


def test_shared_edges_are_joined_before_they_are_dashed(full: Sheet) -> None:
    assert len(one_mark(full, "counties.0").paths) == 1
    assert len(one_mark(full, "townships.0").paths) == 3, "two lines between columns, and the hole"


def test_the_county_lies_over_townships_over_villages_over_grids(full: Sheet) -> None:
    order = [
        name
        for name in names_on(on_map(full))
        if name in ("grids.0", "villages.0", "townships.0", "counties.0")
    ]
    assert order == ["grids.0", "villages.0", "townships.0", "counties.0"]


def test_overlapping_shapes_are_filled_each_for_itself(full: Sheet) -> None:
    """Two apple orchards overlap: as one even-odd shape they would have a hole."""
    assert len(shapes(full, "orchards.0")) == 2
    assert len(shapes(full, "orchards.1")) == 1


def test_neighbours_of_a_township_lie_under_a_veil(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, code="140822101", layers=EVERYTHING)
    names = list(names_on(on_map(sheet)))
    assert (
        names.index("own-values.0") < names.index("villages.0") < names.index("veil") < names.index("area.0")
    )
    assert {word.text for word in sheet.page.words() if word.kind == "neighbour"} == {"西镇", "东乡"}
    assert len(np.vstack(shapes(sheet, "own-values.0")[0].paths)) == len(
        villages(METRIC).geometry[1].exterior.coords
    )


# ---- furniture ----


def grounds(sheet: Sheet) -> dict[str, Box]:
    """Boxes of what stands on the sheet beside the map."""
    found = {}
    placed = layout(sheet.plan.paper, sheet.plan.orientation)
    for name in ("locator.frame", "panel"):
        for shape in shapes(sheet, name):
            (left, top), (right, bottom) = shape.paths[0].min(axis=0), shape.paths[0].max(axis=0)
            found[name] = Box(left, top, right, bottom)
    found["frame"], found["footer"] = placed.frame, placed.footer
    return found


def test_furniture_does_not_overlap(any_paper: Sheet) -> None:
    assert not any(one.crosses(two) for one, two in combinations(grounds(any_paper).values(), 2))


def test_no_line_of_text_lies_on_another(any_paper: Sheet) -> None:
    """Text is set with a body of one em; neighbours in a legend may touch, not cross."""
    loose = ("stamp", "count", "village", "township", "grid", "river", "road", "neighbour", "point")
    lines = [word for word in any_paper.page.words() if word.kind not in loose and not word.angle]
    boxes = [(word, words_box(word).inset(0.12 * word.size)) for word in lines]
    crossing = [(one.text, two.text) for (one, a), (two, b) in combinations(boxes, 2) if a.crosses(b)]
    assert crossing == []


def test_everything_is_on_the_page(any_paper: Sheet) -> None:
    page = Box(0, 0, any_paper.page.width, any_paper.page.height)
    flat_words = [word for word in any_paper.page.words() if not word.angle]
    assert [word.text for word in flat_words if not page.holds(words_box(word))] == []


def test_text_is_large_enough(any_paper: Sheet) -> None:
    assert min(word.size for word in any_paper.page.words()) >= LEAST_EM


def test_the_title_is_the_largest_and_in_the_middle(any_paper: Sheet) -> None:
    title = [word for word in any_paper.page.words() if word.kind == "title"]
    if any_paper.plan.paper == "figure":
        assert title == [], "its caption stands in the report"
        return
    others = [word.size for word in any_paper.page.words() if word.kind not in ("title", "stamp")]
    assert [word.text for word in title] == [any_paper.title]
    assert title[0].size > max(others)
    assert (title[0].x, title[0].align) == (any_paper.page.width / 2, "middle")


def test_two_neatlines_the_outer_one_heavier(full: Sheet) -> None:
    (outer,), (inner,) = shapes(full, "neatline.outer"), shapes(full, "neatline")
    assert outer.stroke is not None
    assert inner.stroke is not None
    assert outer.stroke.width >= 3 * inner.stroke.width


def test_the_graticule_is_labelled_on_four_sides(full: Sheet) -> None:
    box = layout("A3", "landscape").map
    labels = [word for word in full.page.words() if word.kind == "graticule" and "′" in word.text]
    sides = {
        "top": [word for word in labels if word.y < box.top], "bottom": [word for word in labels if word.y > box.bottom],
        "left": [word for word in labels if word.x < box.left], "right": [word for word in labels if word.x > box.right],
    }  # fmt: skip
    assert all(len(found) >= 3 for found in sides.values())
    assert all(re.fullmatch(r"1?\d\d°\d\d′(\d\d″)?", word.text) for word in labels)
    assert len(shapes(full, "graticule")) == len(shapes(full, "km-grid")) == 1


def test_the_kilometre_grid_is_true(full: Sheet) -> None:
    """Lines of the grid are a round number of metres apart."""
    (grid,) = shapes(full, "km-grid")
    across = sorted(path[0, 0] for path in grid.paths if path[0, 0] == path[1, 0])
    metres = np.diff(across) * full.scale / 1000
    assert metres == pytest.approx(np.full(len(metres), 500.0))


def test_the_arrow_points_to_true_north(full: Sheet) -> None:
    """15 km west of the central meridian it leans to the right by Δλ·sin φ."""
    (dark,) = shapes(full, "north.dark")
    tip, _, notch = dark.paths[0]
    leaning = math.degrees(math.atan2(tip[0] - notch[0], notch[1] - tip[1]))
    west_m = 500_000 - (485_000 + 1501)
    expected = math.degrees(west_m / 6_378_137) * math.tan(math.radians(35.42))
    assert leaning == pytest.approx(expected, abs=0.01)


def test_nothing_is_printed_on_the_arrow(any_paper: Sheet) -> None:
    corners = np.vstack(
        [
            path
            for name in ("north.dark", "north.light")
            for mark in shapes(any_paper, name)
            for path in mark.paths
        ]
    )
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    arrow = Box(left, top, right, bottom)
    names = [word for word in on_map(any_paper) if isinstance(word, Words) and word.of]
    assert not any(arrow.crosses(words_box(word)) for word in names if not word.angle)


# ---- what is said ----


def test_the_footer_says_where_it_comes_from(any_paper: Sheet) -> None:
    said = "".join(texts(any_paper, "footer"))
    assert "演示推算" in said
    assert "演示数据" in said
    assert "CGCS2000" in said
    assert "万荣县基层治理一张图" in said
    assert ("2026-11-23" if any_paper.plan.paper == "figure" else "2026年11月23日") in said
    assert any_paper.fingerprint in said
    assert "内部用图" in said
    assert "审图号" in said


def test_demo_data_are_stamped(full: Sheet) -> None:
    (stamp,) = [word for word in full.page.words() if word.kind == "stamp"]
    assert (stamp.text, full.demo) == ("演示数据", True)
    assert stamp.opacity < 0.35


def test_the_maker_can_be_named(drawn_county: County) -> None:
    assert "某镇政府" in "".join(texts(sheet_of(drawn_county, maker="某镇政府"), "footer"))


def test_names_that_found_no_room_are_listed(full: Sheet) -> None:
    assert full.dropped
    assert any(f"图上没有注出 {len(full.dropped)} 个名称" in note for note in full.notes)
    assert not set(full.named) & set(full.dropped)


def test_the_properties_of_the_file_say_no_more_than_the_sheet(full: Sheet) -> None:
    assert full.page.about["title"] == full.title
    assert set(full.page.about) == {"title", "subject", "keywords", "date", "lang"}
    assert full.fingerprint in full.page.about["keywords"]


# ---- the same again ----


def test_the_same_plan_gives_the_same_marks(drawn_county: County) -> None:
    one, two = (sheet_of(drawn_county, layers=EVERYTHING) for _ in range(2))
    assert one.fingerprint == two.fingerprint
    assert repr(one.page) == repr(two.page)


def test_the_fingerprint_tells_sheets_apart(drawn_county: County) -> None:
    plan = sheet_plan({"theme": "overview"}, drawn_county)
    prints = [
        draw(drawn_county, OPERATOR, plan, made_on=TODAY).fingerprint,
        draw(drawn_county, OPERATOR, plan, made_on=TODAY + timedelta(days=1)).fingerprint,
        draw(drawn_county, PLANNER, plan, made_on=TODAY).fingerprint,
        draw(drawn_county, OPERATOR, plan, made_on=TODAY, number=(1, 3)).fingerprint,
        sheet_of(drawn_county, paper="A4").fingerprint,
    ]
    assert len(set(prints)) == len(prints)
    assert all(re.fullmatch(r"[0-9a-f]{4}-[0-9a-f]{4}", found) for found in prints)


def test_editions_of_everything_shown_are_kept(full: Sheet, drawn_county: County) -> None:
    current = drawn_county.store.currents()
    assert set(EVERYTHING.split(",")) == set(full.editions)
    assert all(current[layer].id == edition for layer, edition in full.editions.items())


def length(path: np.ndarray) -> float:
    return float(np.hypot(*np.diff(path, axis=0).T).sum())


def one_mark(sheet: Sheet, name: str) -> Shape:
    (mark,) = shapes(sheet, name)
    return mark


@pytest.mark.parametrize(
    ("wanted", "most", "given"),
    [
        ([1, 2, 1], 9, [1, 2, 1]),
        ([1, 9, 2], 6, [1, 3, 2]),
        ([4, 4], 3, [2, 1]),
        ([3, 1, 1], 2, [1, 1, 0]),
        ([2, 2], 0, [0, 0]),
    ],
)
def test_every_note_is_begun_before_one_is_long(wanted: list[int], most: int, given: list[int]) -> None:
    assert rooms_of(wanted, most) == given
