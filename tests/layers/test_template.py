"""The spreadsheet to fill in: headings, lists, text codes, and nothing that a spreadsheet would run."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from layers.catalog import Catalog
from layers.spec import LayerSpec, Text
from layers.template import write_template


def template(spec: LayerSpec, catalog: Catalog) -> Workbook:
    file = BytesIO()
    write_template(spec, catalog, file)
    return load_workbook(file)


def headings(book: Workbook) -> list[str]:
    return [cell.value for cell in book["数据"][1]]


def rules(book: Workbook) -> dict[str, tuple[str, str | None, str | None]]:
    """heading → type and limits of what may be typed."""
    found = {}
    for rule in book["数据"].data_validations.dataValidation:
        column = str(rule.sqref).split("2:")[0]
        found[book["数据"][f"{column}1"].value] = (rule.type, rule.formula1, rule.formula2)
    return found


def test_headings_of_a_point_layer_end_in_its_coordinates(catalog: Catalog) -> None:
    found = headings(template(catalog.layer("cold-stores"), catalog))
    assert found == [
        "编号", "名称", "村代码", "地址", "办公电话", "开放时间", "建成年份", "库容", "冷间", "经营主体", "经度", "纬度",
    ]  # fmt: skip
    assert headings(template(catalog.layer("orchards"), catalog))[-2:] == ["示范基地", "经营主体"]


def test_notes_say_whether_required_and_which_unit(catalog: Catalog) -> None:
    sheet = template(catalog.layer("orchards"), catalog)["数据"]
    notes = {cell.value: cell.comment.text for cell in sheet[1]}
    assert notes["编号"] == "必填；文字"
    assert notes["面积"] == "选填；数字；单位：亩"
    assert notes["三新"] == "选填；选几项；几项之间用分号隔开"


def test_a_long_list_is_offered_from_a_hidden_sheet(catalog: Catalog) -> None:
    book = template(catalog.layer("disputes"), catalog)
    assert book["代码表"].sheet_state == "hidden"
    assert rules(book)["事件类别"] == ("list", "'代码表'!$A$2:$A$21", None)
    offered = [cell.value for cell in book["代码表"]["A"] if cell.value]
    assert offered[0] == "纠纷类别"
    assert offered[1:3] == ["婚姻家庭纠纷", "邻里纠纷"]
    assert len(offered) == 21


def test_numbers_and_yes_or_no_are_checked_while_typing(catalog: Catalog) -> None:
    found = rules(template(catalog.layer("party-service-centres"), catalog))
    assert found["建设标准达标"] == ("list", '"是,否"', None)
    assert found["开门天数"] == ("whole", "0", "366")
    assert found["经度"] == ("decimal", "73", "136")
    assert found["纬度"] == ("decimal", "3", "54")


def test_codes_are_text_columns_so_that_zeros_stay(catalog: Catalog) -> None:
    sheet = template(catalog.layer("villages"), catalog)["数据"]
    formats = {cell.value: sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]}
    assert (formats["编号"], formats["乡镇代码"], formats["人口"]) == ("@", "@", "0")


def test_the_instructions_list_every_column(catalog: Catalog) -> None:
    book = template(catalog.layer("idle-assets"), catalog)
    guide = [[cell.value for cell in row] for row in book["填表说明"].iter_rows()]
    assert guide[0][0] == "闲置资产：闲置校园等集体资产，盘活前后的用途。"
    assert ["状态", "必填；选一项", "闲置、改造中、已盘活"] in guide


@pytest.mark.parametrize("hostile", ["=1+1", "@SUM(A1)", "+1", "-1", '=HYPERLINK("http://x","y")'])
def test_a_heading_is_never_a_formula(catalog: Catalog, hostile: str) -> None:
    spec = catalog.layer("cold-stores")
    first = spec.fields[0].model_copy(update={"title": Text(zh=hostile, en="Code")})
    book = template(spec.model_copy(update={"fields": (first, *spec.fields[1:])}), catalog)
    cell = book["数据"]["A1"]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (hostile, "s", True)


def test_every_layer_has_a_template(catalog: Catalog, tmp_path: Path) -> None:
    for spec in catalog:
        write_template(spec, catalog, tmp_path / f"{spec.id}.xlsx")
    assert {path.stem for path in tmp_path.iterdir()} == set(catalog.layers)
