"""Nothing is called public without a review number, or somebody with that right who says why it needs none."""

import pytest

from exports.sheets.page import Shape, flat
from geo.errors import ArgumentError, ForbiddenError
from layers.county import County
from layers.disclosure import PUBLIC, Viewer
from tests.exports.sheets.drawn import (
    COUNTY,
    OPERATOR,
    PLANNER,
    classes_on,
    on_map,
    shapes,
    sheet_of,
    symbols,
    texts,
)

NUMBER = "晋S(2026)012号"
LINES = {"townships.0", "villages.0", "grids.0"}
WITH_LINES = {
    "layers": "counties,townships,villages,grids,disputes",
    "parts": "legend,locator,names,village-names",
}


def test_sheets_are_internal_unless_asked(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county)
    assert texts(sheet, "handling") == ["内部用图"]
    assert "审图号：（未经审核，不得公开）" in texts(sheet, "footer")
    assert "内部用图" in sheet.page.about["keywords"]


def test_what_the_public_sees_is_not_internal(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC)
    assert texts(sheet, "handling") == ["供公众查看"]
    assert "审图号：（未经审核，不得公开）" in texts(sheet, "footer"), "which it is not yet reviewed for"
    assert "内部用图" not in "".join([*texts(sheet), *map(str, sheet.page.about["keywords"])])


@pytest.mark.parametrize("viewer", [PUBLIC, PLANNER, OPERATOR], ids=lambda viewer: viewer.role)
def test_public_needs_a_review_number(drawn_county: County, viewer: Viewer) -> None:
    with pytest.raises(ArgumentError, match="审图号"):
        sheet_of(drawn_county, viewer, handling="public")


def test_a_reviewed_sheet_says_its_number_and_leaves_lines_out(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, handling="public", review_number=NUMBER, **WITH_LINES)
    assert texts(sheet, "handling") == ["公开用图"]
    assert f"审图号：{NUMBER}" in texts(sheet, "footer")
    assert not LINES & classes_on(on_map(sheet))
    assert "counties.0" in classes_on(on_map(sheet))
    assert shapes(sheet, "disputes.1"), "what is classed by village still is"
    assert shapes(sheet, "locator.townships") == []


@pytest.mark.parametrize(
    "viewer", [PUBLIC, PLANNER, Viewer("mediator", COUNTY)], ids=lambda viewer: viewer.role
)
def test_not_everybody_may_confirm(drawn_county: County, viewer: Viewer) -> None:
    with pytest.raises(ForbiddenError, match="权限"):
        sheet_of(drawn_county, viewer, handling="public", confirmed="1", reason="示意图")


def test_who_confirms_says_why(drawn_county: County) -> None:
    with pytest.raises(ArgumentError, match="理由"):
        sheet_of(drawn_county, handling="public", confirmed="1")
    sheet = sheet_of(drawn_county, handling="public", confirmed="1", reason="只含示意性图形", **WITH_LINES)
    assert "审图号：无，只含示意性图形" in texts(sheet, "footer")
    assert classes_on(on_map(sheet)) >= LINES
    assert "reason=" in sheet.plan.key


def test_a_public_sheet_shows_what_the_public_may_see_whoever_makes_it(drawn_county: County) -> None:
    words = {"layers": "counties,disputes,own-values", "handling": "public", "review_number": NUMBER}
    mine, theirs = (sheet_of(drawn_county, viewer, **words) for viewer in (OPERATOR, PUBLIC))
    assert "公开用图只画公众能看的内容" in mine.notes
    assert not list(symbols(mine, "disputes"))
    assert not shapes(mine, "own-values.0")
    assert classes_on(on_map(mine)) == classes_on(on_map(theirs))


@pytest.mark.parametrize("number", ["x", "...", "2026", "内部用图", "晋S(2026)号", "\u200b", "审图号"])
def test_anything_else_is_no_review_number(drawn_county: County, number: str) -> None:
    with pytest.raises(ArgumentError, match="审图号"):
        sheet_of(drawn_county, PUBLIC, handling="public", review_number=number)


@pytest.mark.parametrize(
    "number",
    ["GS(2024)0650号", "GS京（2022）0123号", "晋S(2026)012号", "ＧＳ（2023）2767号", "晋运S〔2026〕第3号"],
)
def test_numbers_as_they_are_given(drawn_county: County, number: str) -> None:
    sheet = sheet_of(drawn_county, handling="public", review_number=number, layers="counties", paper="A4")
    assert f"审图号：{number}" in texts(sheet, "footer")


PUBLISHED = {"handling": "public", "review_number": NUMBER, "paper": "A4"}
CONFIRMED = {"handling": "public", "confirmed": "1", "reason": "示意", "paper": "A4"}


@pytest.mark.parametrize(
    ("words", "layer"),
    [
        ({"layers": "counties,disputes"}, "disputes"),
        ({"theme": "disputes"}, "rates"),
        ({"theme": "coverage", "services": "party-service-centres", "within": "500m"}, "coverage"),
    ],
    ids=["layer", "disputes", "coverage"],
)
def test_edges_of_divisions_are_lines_of_divisions(
    drawn_county: County, words: dict[str, str], layer: str
) -> None:
    def edges(more: dict[str, str]) -> set[bool]:
        marks = flat(sheet_of(drawn_county, **words, **more).page.marks)
        return {
            mark.stroke is not None
            for mark in marks
            if isinstance(mark, Shape) and mark.name.removeprefix("legend.").startswith(f"{layer}.")
        }

    assert edges(PUBLISHED) == {False}
    assert edges(CONFIRMED) == {True}


def test_a_township_shows_no_line_of_its_own_on_a_public_sheet(drawn_county: County) -> None:
    words = {"code": "140822100", "layers": "counties,party-service-centres"}
    lines = {"area.0", "area.band", "veil", "legend.area.0"}
    drawn = {
        mark.name
        for mark in flat(sheet_of(drawn_county, **words, **PUBLISHED).page.marks)
        if isinstance(mark, Shape)
    }
    assert not lines & drawn
    (here,) = shapes(sheet_of(drawn_county, **words, **PUBLISHED), "locator.here")
    assert len(here.paths[0]) == 5, "a rectangle, not the township"
    drawn = {
        mark.name
        for mark in flat(sheet_of(drawn_county, **words, **CONFIRMED).page.marks)
        if isinstance(mark, Shape)
    }
    assert lines <= drawn


def test_what_only_an_edge_shows_is_neither_drawn_nor_explained_without_it(drawn_county: County) -> None:
    words = {"theme": "coverage", "services": "party-service-centres", "within": "500m", "demand": "area"}
    marks = flat(sheet_of(drawn_county, **words, **PUBLISHED).page.marks)
    unseen = [
        mark.name
        for mark in marks
        if isinstance(mark, Shape) and mark.name.endswith("gaps.1") and mark.stroke is None
    ]
    assert unseen == []


def test_a_swatch_without_edge_is_framed(drawn_county: County) -> None:
    framed = sheet_of(drawn_county, theme="disputes", **PUBLISHED)
    assert shapes(framed, "legend.frame")
    assert not shapes(sheet_of(drawn_county, theme="disputes", **CONFIRMED), "legend.frame")
