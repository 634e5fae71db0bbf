"""Headings and values, without files."""

from datetime import datetime

import pandas as pd
import pytest

from geo.errors import ArgumentError
from layers.catalog import Catalog
from layers.intake.headings import known_headings, match
from layers.intake.values import coerce
from layers.spec import CodeItem, CodeList, FieldSpec, Text
from tests import county

LABEL = Text(zh="字段", en="Field")


def field(kind: str, **more: object) -> FieldSpec:
    codes = "some_list" if kind in ("code", "codes") else None
    return FieldSpec(name="field", title=LABEL, type=kind, codes=codes, **more)


def read(kind: str, *values: object, is_code: bool = False, factor: float = 1.0, **more: object):
    codes = CROPS if kind in ("code", "codes") else None
    column, problems = coerce(
        field(kind, **more), pd.Series(list(values)), codes=codes, factor=factor, is_code=is_code
    )
    return column.astype(object).where(column.notna(), None).tolist(), [
        (one.position, one.rule) for one in problems
    ]


CROPS = CodeList(
    id="some_list",
    title=LABEL,
    items=(
        CodeItem(value="apple", title=Text(zh="苹果", en="Apple"), aliases=("红富士",)),
        CodeItem(value="peach", title=Text(zh="桃", en="Peach")),
    ),
)


@pytest.mark.parametrize(
    "layer", ["villages", "grids", "party-service-centres", "orchards", "disputes", "townships"]
)
def test_every_layer_takes_the_common_headings(catalog: Catalog, layer: str) -> None:
    spec = catalog.layer(layer)
    headings = ["编号", "名称"]
    headings += ["村代码"] * spec.has("village_code") + ["网格编码"] * spec.has("grid_code")
    headings += ["乡镇代码"] * spec.has("township_code")
    found = match(spec, headings, {})
    assert found.unmapped == ()
    assert set(found.fields) == {
        spec.key, "name", *(name for name in ("village_code", "grid_code", "township_code") if spec.has(name))
    }  # fmt: skip


def test_every_shipped_field_is_found_by_its_title_name_and_aliases(catalog: Catalog) -> None:
    for spec in catalog:
        for one in spec.fields:
            for heading in (one.title.zh, one.name, *one.aliases):
                assert match(spec, [heading], {}).fields == {one.name: heading}, (spec.id, heading)


def test_width_spaces_brackets_and_case_do_not_count(catalog: Catalog) -> None:
    spec = catalog.layer("orchards")
    headings = ["ＣＯＤＥ", "* 名 称", "面积(亩)", "Crop", "品种：", "村 代 码"]
    found = match(spec, headings, {})
    assert dict(found.fields) == {
        "code": "ＣＯＤＥ", "name": "* 名 称", "village_code": "村 代 码", "crop": "Crop", "variety": "品种：", "area_mu": "面积(亩)",
    }  # fmt: skip
    assert found.factors == {}


def test_units_in_brackets_are_converted_and_said(catalog: Catalog) -> None:
    found = match(catalog.layer("orchards"), ["编号", "面积（公顷）"], {})
    assert found.factors == {"area_mu": 15.0}
    assert [problem.rule for problem in found.problems] == ["unit-converted"]


def test_coordinates_unmapped_columns_and_repeats(catalog: Catalog) -> None:
    found = match(
        catalog.layer("party-service-centres"), ["编号", "中心名称", "名称", "经度", "纬度", "备注"], {}
    )
    assert found.place == ("经度", "纬度")
    assert found.degrees
    assert found.fields["name"] == "中心名称"
    assert found.unmapped == ("名称", "备注")
    assert found.mapping == {"编号": "code", "中心名称": "name", "经度": "geometry", "纬度": "geometry"}
    polygons = match(catalog.layer("villages"), ["编号", "经度", "纬度"], {})
    assert polygons.place == ()
    assert match(catalog.layer("disputes"), ["X坐标", "Y坐标"], {}).place == ("X坐标", "Y坐标")
    assert match(catalog.layer("disputes"), ["经纬度"], {}).place == ("经纬度",)


def test_map_wins_and_can_leave_out(catalog: Catalog) -> None:
    spec = catalog.layer("villages")
    found = match(spec, ["序号", "编号", "名称"], {"序号": "code", "名称": ""})
    assert dict(found.fields) == {"code": "序号"}
    assert found.unmapped == ("编号",)
    with pytest.raises(ArgumentError, match="没有，有：序号"):
        match(spec, ["序号"], {"编码": "code"})
    with pytest.raises(ArgumentError, match="图层 villages 没有"):
        match(spec, ["序号"], {"序号": "colour"})


@pytest.mark.parametrize(
    ("heading", "name"), [("所在村", None), ("统计用区划", "code"), ("township_c", "township_code"), ("population", "population")]
)  # fmt: skip
def test_headings_cut_by_dbf(catalog: Catalog, heading: str, name: str | None) -> None:
    assert list(match(catalog.layer("villages"), [heading], {}).fields) == ([] if name is None else [name])


def test_known_headings_are_normal_and_know_map(catalog: Catalog) -> None:
    known = known_headings(catalog.layer("party-service-centres"), {"地方 名": "name"})
    assert {"编号", "中心名称", "经度", "地方名"} <= set(known)


def test_text_passes_untouched() -> None:
    texts = [county.HOSTILE, " 前后空格 ", "=SUM(A1)", "换\n行", "ＡＢＣ"]
    assert read("text", *texts) == (texts, [])
    assert read("text", "  ", None, "x") == ([None, None, "x"], [])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (140822103201.0, "140822103201"),
        (140822103201, "140822103201"),
        ("140822103201.0", "140822103201"),
        (" １４０８２２１０３２０１ ", "140822103201"),
        ("140822 103201", "140822103201"),
        ("1.40822103201E+11", "140822103201"),
        ("'140822103201", "140822103201"),
        ("PSC-001", "PSC-001"),
        (" PSC 001 ", "PSC 001"),
        ("００１", "001"),
        ("001", "001"),
    ],
)
def test_codes_are_restored(given: object, code: str) -> None:
    assert read("text", given, is_code=True) == ([code], [])


def test_codes_that_a_spreadsheet_rounded_are_said() -> None:
    assert read("text", "1.40822E+11", "001", is_code=True) == (["1.40822E+11", "001"], [(0, "code-rounded")])


def test_numbers() -> None:
    given = ["1,234", "１２．５", "12亩", "-3", "1e3", "约12", "—", None, "inf"]
    values, problems = read("number", *given, unit="亩")
    assert values == [1234.0, 12.5, 12.0, -3.0, 1000.0, None, None, None, None]
    assert problems == [(5, "value-unreadable"), (8, "value-unreadable")]
    assert read("number", 1.5, None, 2) == ([1.5, None, 2.0], [])
    assert read("number", "2", "３", factor=15.0)[0] == [30.0, 45.0]


def test_whole_numbers_and_limits() -> None:
    assert read("integer", "12", "12.0", "12.5", "１２人", unit="人") == (
        [12, 12, None, 12],
        [(2, "value-not-whole")],
    )
    assert read("integer", "5", "-1", minimum=0) == ([5, -1], [(1, "value-range")])
    assert read("integer", 3, 4) == ([3, 4], [])
    assert read("integer", 3.0, None) == ([3, None], [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-05", (2026, 3, 5)),
        ("2026/3/5", (2026, 3, 5)),
        ("2026.3.5", (2026, 3, 5)),
        ("2026年3月5日", (2026, 3, 5)),
        ("２０２６年３月５日", (2026, 3, 5)),
        ("2026年3月", (2026, 3, 1)),
        ("20260305", (2026, 3, 5)),
        ("2026-03-05 14:30:00", (2026, 3, 5)),
        ("46086", (2026, 3, 5)),
        (datetime(2026, 3, 5), (2026, 3, 5)),
    ],
)
def test_dates(text: object, day: tuple[int, int, int]) -> None:
    assert read("date", text) == ([pd.Timestamp(*day)], [])


@pytest.mark.parametrize("text", ["2026-13-01", "三月", "5", "2026-02-30"])
def test_what_is_no_date(text: str) -> None:
    assert read("date", text) == ([None], [(0, "value-unreadable")])


def test_years_truth_and_phones() -> None:
    assert read("year", "2019", "2019年", "2019.0", "2019-05-01", "去年") == ([2019, 2019, 2019, 2019, None], [(4, "value-unreadable")])  # fmt: skip
    words = ["是", "否", "达标", "未达标", "√", "×", "1", "0", "true", "N", "有", "也许", ""]
    assert read("boolean", *words) == (
        [True, False, True, False, True, False, True, False, True, False, True, None, None], [(11, "value-unreadable")],
    )  # fmt: skip
    assert read("phone", "0359-4520000 ", 13800000000.0) == (["0359-4520000", "13800000000"], [])


def test_code_lists_take_titles_values_and_aliases() -> None:
    assert read("code", "苹果", "apple", "Apple", "红富士", " 桃 ", "梨", None) == (
        ["apple", "apple", "apple", "apple", "peach", "梨", None], [(5, "code-unknown")],
    )  # fmt: skip
    assert read("codes", "苹果、桃", "apple;peach", "桃", "桃，梨") == (
        ["apple;peach", "apple;peach", "peach", "peach;梨"], [(3, "code-unknown")],
    )  # fmt: skip


def test_hostile_values_in_typed_fields_are_quoted_not_run() -> None:
    _, problems = coerce(field("number"), pd.Series(["{0.__class__} {{7*7}}"]), codes=None)
    assert "“{0.__class__} {{7*7}}”" in problems[0].message
