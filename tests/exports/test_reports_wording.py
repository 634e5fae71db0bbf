"""Ranks, ties and rounding in whole reports: the same words in DOCX, PDF and the cells of XLSX."""

import io
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from exports.coverage import coverage_table
from exports.reports.make import make_report, report_plan
from exports.sheets.area_table import area_table
from exports.sheets.plan import sheet_plan
from layers.catalog import Catalog
from layers.county import County, open_county
from layers.disclosure import Viewer
from layers.planning import coverage_plan
from layers.reports.compose import compose
from tests.county import COUNTY
from tests.towns import Town, build, town_code
from webmap.settings import load_settings

OPERATOR = Viewer("operator", COUNTY)
DAY = date(2026, 11, 25)
MONTH = {"period": "2025-03"}
COVERAGE = {"report": "coverage", "services": "party-service-centres", "within": "100m"}
Making = Callable[..., County]
Rows = list[tuple[object, ...]]


@pytest.fixture
def towns(tmp_path: Path, catalog: Catalog) -> Making:
    """``towns(Town(…), …, centres=…)`` is a county of them."""

    def made(*given: Town, centres: Iterable[int] = ()) -> County:
        build(tmp_path / "home", catalog, given, centres)
        return open_county(load_settings(home=tmp_path / "home").of_county())

    return made


def packed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\ufffe", "-"))


class Made:
    """One report in its forms."""

    def __init__(self, county: County, words: dict[str, str]) -> None:
        self.county, self.plan = county, report_plan(words, county, OPERATOR)
        self.text = compose(county.planning, OPERATOR, self.plan, made_on=DAY).text()

    def file(self, form: str) -> io.BytesIO:
        return io.BytesIO(make_report(self.county, OPERATOR, self.plan, form, made_on=DAY).body)

    def says(self, *sentences: str) -> None:
        """In every form that has sentences."""
        docx = packed("".join(paragraph.text for paragraph in Document(self.file("docx")).paragraphs))
        pages = pypdfium2.PdfDocument(self.file("pdf"))
        pdf = packed("".join(page.get_textpage().get_text_range() for page in pages))
        for sentence in sentences:
            assert sentence in self.text
            assert packed(sentence) in docx
            assert packed(sentence) in pdf

    def docx_rows(self, table: int) -> Rows:
        found = Document(self.file("docx")).tables[table]
        return [tuple(cell.text.replace("\u00a0", " ") for cell in row.cells) for row in found.rows][1:]

    def xlsx_rows(self, table: int) -> Rows:
        sheet = load_workbook(self.file("xlsx")).worksheets[table]
        return [
            tuple(shown(cell.value, cell.number_format) for cell in row) for row in sheet.iter_rows(min_row=2)
        ]


def shown(value: object, form: str) -> object:
    """A share as a spreadsheet shows it: with the digits of its number, which needs no rounding."""
    if isinstance(value, int | float) and "%" in form:
        assert round(value, 3) == value, "the cell holds what it shows"
        return f"{value * 100:.1f} %"
    return value


def month(*counts: int, closed: tuple[int, ...] | None = None) -> list[Town]:
    """Towns with ten disputes in February and so many in March."""
    return [
        Town({"2025-01": 1, "2025-02": 10, "2025-03": count}, closed[place] if closed else None)
        for place, count in enumerate(counts)
    ]


def test_only_who_is_slower_is_called_slow(towns: Making) -> None:
    given = Made(towns(*month(20, 20, 20, 20, 20, closed=(18, 20, 20, 20, 20))), MONTH)
    given.says("化解率较低的是甲镇 90.0 %（18 / 20）。")
    assert "乙镇 100.0 %" not in given.text


def test_two_at_nothing_are_both_named(towns: Making) -> None:
    given = Made(towns(*month(12, 10, 20, closed=(0, 0, 20))), MONTH)
    given.says("化解率较低的是甲镇 0.0 %（0 / 12）、乙镇 0.0 %（0 / 10）。")
    assert "丙镇 100.0 %" not in given.text


def test_nobody_is_slower_where_all_are_alike(towns: Making) -> None:
    Made(towns(*month(20, 20, closed=(18, 18))), MONTH).says("化解率各乡镇相同，都是 90.0 %。")


def test_one_of_four_is_no_finding(towns: Making) -> None:
    given = Made(towns(*month(4, 20, 20, closed=(1, 18, 20))), MONTH)
    given.says("在发生不少于 10 件的 2 个乡镇中，化解率较低的是乙镇 90.0 %（18 / 20）。")
    assert "1 / 4）" not in given.text
    assert ("甲镇", "4", "1", "1 / 4", "3", "—") in given.docx_rows(3)
    assert ("甲镇", 4, 1, None, 3, "—") in given.xlsx_rows(3)


def test_the_largest_changes_of_both_signs_stand_together(towns: Making) -> None:
    Made(towns(*month(15, 5, 11)), MONTH).says("乡镇中变化最大的是甲镇（+5）、乙镇（−5）")


def test_five_that_changed_alike_are_counted(towns: Making) -> None:
    given = Made(towns(*month(11, 11, 11, 11, 11)), MONTH)
    given.says("5 个乡镇各增加 1 件。")
    assert not re.search("[甲乙丙丁戊]镇（", given.text)
    assert "乡镇中变化最大" not in given.text


def test_four_that_fell_alike_are_counted(towns: Making) -> None:
    Made(towns(*month(11, 9, 9, 9, 9)), MONTH).says("1 个乡镇增加 1 件，4 个乡镇各减少 1 件。")


def test_a_tie_for_the_third_place_is_counted(towns: Making) -> None:
    given = Made(towns(*month(9, 5, 3, 3, 3)), MONTH)
    given.says("件数最多的乡镇是甲镇 9 件、乙镇 5 件，并列第三的有 3 个（各 3 件）。")


def test_a_sixteenth_is_the_same_everywhere(towns: Making) -> None:
    given = Made(towns(*month(16, 16, closed=(1, 15))), MONTH)
    given.says("化解率较低的是甲镇 6.3 %（1 / 16）。")
    assert ("甲镇", "16", "1", "6.3 %", "15", "—") in given.docx_rows(3)
    assert ("甲镇", 16, 1, "6.3 %", 15, "—") in given.xlsx_rows(3)
    assert ("乙镇", 16, 15, "93.8 %", 1, "—") in given.xlsx_rows(3)
    pdf = packed(
        "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(given.file("pdf")))
    )
    assert "甲镇1616.3%15—" in pdf


def test_growth_needs_a_base(towns: Making) -> None:
    before = (1, 0, 0, 16)
    given = Made(
        towns(
            *(
                Town({"2025-01": 1, "2025-02": b, "2025-03": n})
                for b, n in zip(before, (2, 20, 0, 17), strict=True)
            )
        ),
        MONTH,
    )
    cells = {row[0]: row[2:5] for row in given.docx_rows(1)}
    assert cells["甲镇"] == ("1", "+1", "")
    assert cells["乙镇"] == ("0", "+20", "基数为 0")
    assert cells["丙镇"] == ("0", "0", "基数为 0")
    assert cells["丁镇"] == ("16", "+1", "+6.3 %")
    numbers = {row[0]: row[2:5] for row in given.xlsx_rows(1)}
    assert numbers["甲镇"] == (1, 1, None)
    assert numbers["乙镇"] == (0, 20, "基数为 0")
    assert numbers["丙镇"] == (0, 0, "基数为 0")
    assert numbers["丁镇"] == (16, 1, "6.3 %")
    assert "100.0 %" not in " ".join(map(str, cells.values()))


def test_a_small_county_has_no_per_cent(towns: Making) -> None:
    given = Made(towns(*month(3, 1, closed=(3, 0))), MONTH)
    given.says("本月发生的矛盾纠纷已结案 3 件；未结案 1 件")
    assert "化解率 7" not in given.text
    assert "化解率较低" not in given.text


def test_nobody_is_rounded_away(towns: Making) -> None:
    people = (99_960, 30)
    given = Made(towns(*(Town({"2025-03": 1}, people=some) for some in people), centres=[0]), COVERAGE)
    given.says("覆盖率 99.9 %（99,960 / 99,990）；没有覆盖的 30 人")
    assert given.docx_rows(0)[-1][:4] == ("合计", "99,990", "99,960", "99.9 %")
    assert given.xlsx_rows(0)[-1][:4] == ("合计", 99_990, 99_960, "99.9 %")
    assert "100.0 %（99,960 / 99,990" not in given.text
    given.says("1 个村（社区）完全没有覆盖，共 30 人，是乙村（30 人）。")


def test_a_few_are_not_nobody(towns: Making) -> None:
    given = Made(towns(*(Town({"2025-03": 1}, people=some) for some in (12, 119_988)), centres=[0]), COVERAGE)
    given.says("覆盖率 不足 0.1 %（12 / 120,000）")
    assert given.docx_rows(0)[-1][3] == "<0.1 %"
    assert given.xlsx_rows(0)[-1][3] == "<0.1 %"


def test_a_month_has_no_figures_of_a_year(towns: Making) -> None:
    assert "集体经济" not in Made(towns(*month(20, 20)), MONTH).text


def test_a_service_of_townships_is_said_of_townships(sample_home: Path) -> None:
    county = open_county(load_settings(home=sample_home).of_county())
    text = Made(county, {"report": "profile", "code": COUNTY}).text
    (said,) = re.findall(r"每个乡镇都有的服务 1 类：([^。]*)。", text)
    assert said == "党建办"
    assert "党建办" not in "".join(re.findall(r"每个村都有的服务[^。]*。", text))
    own = Made(county, {"report": "profile", "code": town_code(0)}).text
    assert "乡镇有的服务 1 类：党建办。" in own


def test_a_coverage_to_take_away_shows_the_same_digits(towns: Making) -> None:
    people = (16, 9, 99_990)
    county = towns(*(Town({"2025-03": 1}, people=some) for some in people), centres=[0])
    words = {"services": "party-service-centres", "within": "100m", "by": "township"}
    table = coverage_table(
        county.planning, OPERATOR, county.planning.coverage(OPERATOR, coverage_plan(words))
    )
    share = [column.name for column in table.main.columns].index("share")
    sheet = load_workbook(io.BytesIO(table.to_xlsx())).worksheets[0]
    cells = {row[1].value: row[share] for row in sheet.iter_rows(min_row=2)}
    assert {name: shown(cell.value, cell.number_format) for name, cell in cells.items()} == {
        "甲镇": "100.0 %",
        "乙镇": None,
        "丙镇": "0.0 %",
    }
    assert [row[share] for row in table.main.rows] == [1.0, 0.0, 0.0], "programs get the numbers themselves"


def test_a_table_of_an_area_words_shares_like_a_report(towns: Making) -> None:
    county = towns(*(Town({"2025-03": 1}, people=some) for some in (99_960, 30, 9)), centres=[0])
    plan = sheet_plan({"theme": "coverage", "services": "party-service-centres", "within": "100m"}, county)
    table = area_table(county, OPERATOR, plan, COUNTY)
    assert table is not None
    share = table.columns.index("覆盖率")
    cells = {row[0]: row[share] for row in (*table.rows, table.total)}
    assert cells == {"甲镇": "100.0 %", "乙镇": "0.0 %", "丙镇": "0 / 9", "合计": "99.9 %"}
