"""What a declaration may say, and what it is told when it is wrong."""

from typing import Any

import pytest
from pydantic import ValidationError

from layers.spec import FieldSpec, IndicatorSpec, LayerSpec, Paint, Text

WELLS: dict[str, Any] = {
    "id": "wells",
    "title": {"zh": "水井", "en": "Wells"},
    "description": {"zh": "机井。", "en": "Wells."},
    "group": "base",
    "geometry": "point",
    "fields": [
        {"name": "code", "title": {"zh": "编号", "en": "Code"}, "required": True},
        {"name": "name", "title": {"zh": "名称", "en": "Name"}, "required": True},
        {"name": "village_code", "title": {"zh": "村代码", "en": "Village code"}},
    ],
    "style": {"kind": "single", "paint": {"symbol": "drop", "fill": "#2b7fb0"}},
    "access": {"operator": "exact"},
    "source": {"owner": {"zh": "水利局", "en": "Water bureau"}},
}


def wells(**changes: Any) -> LayerSpec:
    return LayerSpec.model_validate(WELLS | changes)


def test_a_village_code_is_the_area_field_without_saying_so() -> None:
    assert wells().area_field == "village_code"
    assert wells(fields=WELLS["fields"][:2]).area_field is None


def test_colours_are_written_in_capitals() -> None:
    paint = wells().style.paint
    assert paint is not None
    assert paint.fill == "#2B7FB0"


def test_access_that_is_left_out_is_none() -> None:
    access = wells().access
    assert [access.of(role) for role in ("public", "planner", "operator")] == ["none", "none", "exact"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"key": "nummer"}, "key names 'nummer'"),
        ({"popup": {"fields": ["depth"]}}, r"popup.fields\[0\] names 'depth'"),
        ({"fields": [*WELLS["fields"], WELLS["fields"][0]]}, "a field name stands twice"),
        (
            {"fields": [*WELLS["fields"], {"name": "no", "title": {"zh": "编号", "en": "No."}}]},
            "'编号' is a heading of both code and no",
        ),
        ({"style": {"kind": "categories", "field": "name"}}, "categories need 'classes'"),
        ({"id": "Wells"}, "String should match pattern"),
        ({"colour": "blue"}, "Extra inputs are not permitted"),
    ],
)
def test_a_wrong_declaration_says_what_is_wrong(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        wells(**changes)


def test_code_lists_belong_to_the_types_code_and_codes() -> None:
    title = Text(zh="作物", en="Crop")
    with pytest.raises(ValidationError, match="'codes' belongs to the types code and codes"):
        FieldSpec(name="crop", title=title, type="code")
    with pytest.raises(ValidationError, match="'codes' belongs to the types code and codes"):
        FieldSpec(name="crop", title=title, type="text", codes="crop")


def test_a_paint_wider_than_20_mm_is_refused() -> None:
    with pytest.raises(ValidationError, match="less than or equal to 20"):
        Paint(line="#000000", line_mm=21)


def test_a_share_must_name_both_its_parts() -> None:
    text = Text(zh="率", en="Rate")
    with pytest.raises(ValidationError, match="a ratio needs 'numerator' and 'denominator'"):
        IndicatorSpec(
            code="rate", title=text, meaning=text, unit="%", numerator=text, rollup="ratio", owner=text
        )


def test_models_never_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        wells().id = "springs"
