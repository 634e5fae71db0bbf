"""Nothing is called public without a review number, or somebody with that right who says why it needs none."""

import pytest

from geo.errors import ArgumentError, ForbiddenError
from layers.disclosure import PUBLIC, Viewer
from tests.webmap.sheets.drawn import COUNTY, OPERATOR, PLANNER, classes_on, on_map, shapes, sheet_of, texts
from webmap.house import House

NUMBER = "晋S(2026)012号"
LINES = {"townships.0", "villages.0", "grids.0"}
WITH_LINES = {
    "layers": "counties,townships,villages,grids,own-values",
    "parts": "legend,locator,names,village-names",
}


def test_sheets_are_internal_unless_asked(drawing_house: House) -> None:
    sheet = sheet_of(drawing_house)
    assert texts(sheet, "handling") == ["内部用图"]
    assert "审图号：（未经审核，不得公开）" in texts(sheet, "footer")
    assert "内部用图" in sheet.page.about["keywords"]


@pytest.mark.parametrize("viewer", [PUBLIC, PLANNER, OPERATOR], ids=lambda viewer: viewer.role)
def test_public_needs_a_review_number(drawing_house: House, viewer: Viewer) -> None:
    with pytest.raises(ArgumentError, match="审图号"):
        sheet_of(drawing_house, viewer, handling="public")


def test_a_reviewed_sheet_says_its_number_and_leaves_lines_out(drawing_house: House) -> None:
    sheet = sheet_of(drawing_house, handling="public", review_number=NUMBER, **WITH_LINES)
    assert texts(sheet, "handling") == ["公开用图"]
    assert f"审图号：{NUMBER}" in texts(sheet, "footer")
    assert not LINES & classes_on(on_map(sheet))
    assert "counties.0" in classes_on(on_map(sheet))
    assert shapes(sheet, "own-values.0"), "what is classed by village still is"
    assert shapes(sheet, "locator.townships") == []


@pytest.mark.parametrize(
    "viewer", [PUBLIC, PLANNER, Viewer("mediator", COUNTY)], ids=lambda viewer: viewer.role
)
def test_not_everybody_may_confirm(drawing_house: House, viewer: Viewer) -> None:
    with pytest.raises(ForbiddenError, match="权限"):
        sheet_of(drawing_house, viewer, handling="public", confirmed="1", reason="示意图")


def test_who_confirms_says_why(drawing_house: House) -> None:
    with pytest.raises(ArgumentError, match="理由"):
        sheet_of(drawing_house, handling="public", confirmed="1")
    sheet = sheet_of(drawing_house, handling="public", confirmed="1", reason="只含示意性图形", **WITH_LINES)
    assert "审图号：无，只含示意性图形" in texts(sheet, "footer")
    assert classes_on(on_map(sheet)) >= LINES
    assert "reason=" in sheet.plan.key
