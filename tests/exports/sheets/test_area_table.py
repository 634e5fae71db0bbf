"""The table under a page of an atlas: an area's divisions as the viewer may know them."""

import pandas as pd
import pytest

from exports.sheets.area_table import AreaTable, area_table
from exports.sheets.columns.answers import rate
from exports.sheets.content import layers_of
from exports.sheets.fonts import text_width
from exports.sheets.page import Box, Words
from exports.sheets.plan import sheet_plan
from exports.sheets.tabling import table_marks
from geo.wording import NOTHING as UNKNOWN
from layers.county import County
from layers.disclosure import PUBLIC, Viewer
from layers.language.tongue import Tongue
from tests.county import HOSTILE, village_code
from tests.disputes import COUNTS
from tests.exports.sheets.drawn import GRID_WORKER, OPERATOR, PLANNER, shapes, sheet_of, texts, words_box

WEST = "140822100"
ATLAS = {"paper": "A4", "orientation": "portrait"}


def table_of(county: County, code: str = WEST, viewer: Viewer = OPERATOR, **words: str) -> AreaTable:
    plan = sheet_plan({"theme": "overview", "code": code} | words, county)
    found = area_table(county, viewer, plan, layers_of(county, plan))
    assert found is not None
    return found


def test_villages_of_a_township(drawn_county: County) -> None:
    """Squares 1, 4 and 7 of 1 km² with 100, 400 and 700 people; a centre stands in square 1, three orchards as well, of
    which nobody says how large they are."""
    table = table_of(drawn_county)
    assert table.columns == ("村（社区）", "人口", "面积 km²", "党群服务中心 个", "果园 亩")
    assert table.rows == (
        ("7号村", "700", "1.0", "0", "0"),
        ("4号村", "400", "1.0", "0", "0"),
        ("1号村", "100", "1.0", "1", UNKNOWN),
    )
    assert table.total == ("合计", "1,200", "3.0", "1", UNKNOWN)
    assert table.notes == ("果园的亩：已报 0 / 3",)


def test_the_share_that_a_centre_reaches(drawn_county: County) -> None:
    """The centre of square 1 reaches half of it."""
    asked = {"services": "party-service-centres", "within": "500m", "mode": "straight"}
    table = table_of(drawn_county, theme="coverage", **asked)
    assert table.columns == ("村（社区）", "人口", "已覆盖的人口", "覆盖率")
    assert ("1号村", "100", "50", "50.0 %") in table.rows
    assert [row[0] for row in table.rows][-1] == "1号村", "the least covered first"


def test_a_table_counts_what_its_map_does(drawn_county: County) -> None:
    """Villages 1, 4 and 7 have 8, 5 and 7 red cases, and 6, 4 and 5 open ones."""
    red = table_of(drawn_county, theme="disputes", **{"f.disputes.warning_level": "red"})
    assert {row[0]: row[2] for row in red.rows} == {"1号村": "8", "4号村": "5", "7号村": "7"}
    symbols = table_of(drawn_county, theme="disputes", show="off", layers="disputes,villages")
    assert {row[0]: row[2] for row in symbols.rows} == {"1号村": "6", "4号村": "4", "7号村": "5"}


def test_disputes_stand_with_disputes_only(drawn_county: County) -> None:
    table = table_of(drawn_county, theme="disputes")
    assert table.columns == ("村（社区）", "人口", "纠纷 件", "件/千人")
    counts = {number: sum(COUNTS[number]) for number in (1, 4, 7)}
    assert sorted(table.rows) == [
        (f"{number}号村", f"{100 * number}", f"{count}", f"{count / number * 10:.1f}")
        for number, count in counts.items()
    ]
    for theme in ("overview", "services", "coverage", "industry", "organisations", "environment"):
        for viewer in (OPERATOR, PUBLIC):
            columns = table_of(drawn_county, viewer=viewer, theme=theme).columns
            assert not {"纠纷 件", "件/千人"} & set(columns), theme


def test_a_map_of_one_layer_has_only_its_columns(drawn_county: County) -> None:
    assert table_of(drawn_county, theme="industry", layers="orchards").columns == (
        "村（社区）", "苹果 亩", "桃、油桃 亩",
    )  # fmt: skip
    assert table_of(drawn_county, theme="services", layers="party-service-centres").columns == (
        "村（社区）", "人口", "党群服务中心 个", "人／党群服务中心",
    )  # fmt: skip
    assert table_of(drawn_county, layers="disputes").columns == ("村（社区）", "人口", "面积 km²", "纠纷 件")


def test_people_for_each_centre(drawn_county: County) -> None:
    table = table_of(drawn_county, theme="services", layers="party-service-centres")
    assert {row[0]: row[3] for row in table.rows} == {"1号村": "100", "4号村": UNKNOWN, "7号村": UNKNOWN}
    assert table.total[3] == "1,200"


def test_who_may_not_see_a_layer_has_no_column_of_it(drawn_county: County) -> None:
    words = {"theme": "organisations", "layers": "village-status,weak-party-orgs"}
    assert table_of(drawn_county, viewer=PUBLIC, **words).columns == ("村（社区）", "人口")


@pytest.mark.parametrize(
    ("count", "people", "said"),
    [(3, 9, "3 / 9"), (0, 9, "0 / 9"), (3, 10, "300.0"), (3, 0, UNKNOWN), (0, 10, "0.0")],
)
def test_a_rate_of_few_people_is_told_by_its_parts(count: int, people: float, said: str) -> None:
    assert rate(count, people, Tongue("zh"))[1] == said


def test_the_worst_stands_first(drawn_county: County) -> None:
    rates = [float(row[3]) for row in table_of(drawn_county, theme="disputes").rows]
    assert rates == sorted(rates, reverse=True)
    people = [int(row[1].replace(",", "")) for row in table_of(drawn_county).rows]
    assert people == sorted(people, reverse=True)


def test_the_public_gets_no_small_counts(drawn_county: County) -> None:
    table = table_of(drawn_county, viewer=PUBLIC, theme="disputes", period="2024Q1", code="140822101")
    published = drawn_county.door.counts(PUBLIC, "2024Q1", "village").set_index("code")["count"]
    cells = {row[0]: row[2] for row in table.rows}
    for number in (2, 5, 8):
        count = published[village_code(number)]
        assert cells[f"{number}号村"] == ("不公开" if pd.isna(count) else str(count))
    assert "不公开" in cells.values()
    assert "不公开：1–2 件，或能由它推算出这样的数" in table.notes
    assert table.total[2] == table.total[3] == "不公开", "or the sum would give the withheld one away"


def test_a_village_without_people_has_a_count_and_no_rate(drawn_county: County) -> None:
    table = table_of(drawn_county, code="140822102", theme="disputes")
    assert next(row for row in table.rows if row[0] == "细条村")[1:] == ("0", "0", UNKNOWN)


def test_counting_cases_judges_none(drawn_county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def _never(*_: object) -> None:
        raise AssertionError("no test of significance for a table")

    monkeypatch.setattr(type(drawn_county.planning), "hotspots", _never)
    assert "纠纷 件" in table_of(drawn_county, theme="disputes").columns


def test_a_grid_worker_gets_no_disputes_of_others(drawn_county: County) -> None:
    assert table_of(drawn_county, viewer=GRID_WORKER, theme="disputes").columns == ("村（社区）", "人口")


def test_grids_of_a_village_and_townships_of_the_county(drawn_county: County) -> None:
    grids = table_of(drawn_county, village_code(2), PLANNER)
    assert [row[:2] for row in grids.rows] == [("第1网格", "100"), ("第2网格", "100")]
    townships = table_of(drawn_county, "140822")
    assert {row[0]: row[1] for row in townships.rows} == {"西镇": "1,200", "中镇": "1,500", "东乡": "1,800"}


def test_a_grid_has_no_table(drawn_county: County) -> None:
    plan = sheet_plan({"theme": "overview", "code": f"{village_code(1)}001"}, drawn_county)
    assert area_table(drawn_county, OPERATOR, plan, layers_of(drawn_county, plan)) is None


def test_a_page_of_an_atlas_has_number_table_and_locator(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, code=WEST, number=(2, 3), theme="disputes", **ATLAS)
    assert texts(sheet, "number") == ["第 2 幅 / 共 3 幅"]
    assert {"1号村", "4号村", "7号村", "合计"} <= set(texts(sheet, "table"))
    assert len(shapes(sheet, "locator.here")) == 1
    assert "disputes" in sheet.editions, "the table's editions are the sheet's"
    alone = sheet_of(drawn_county, code=WEST, theme="disputes", **ATLAS)
    assert texts(alone, "table", "number") == []


@pytest.mark.parametrize("rows", [1, 12, 27, 45, 60, 200])
def test_tables_of_any_length_stay_in_their_box(rows: int) -> None:
    body = tuple(
        (f"第{number}个很长名字的村（社区）{HOSTILE}", "1,234", "5.6", "7", "8.9", "1", "100.0 %")
        for number in range(rows)
    )
    table = AreaTable(
        ("村（社区）", "人口", "面积 km²", "纠纷", "件/千人", "中心", "覆盖率"),
        body,
        ("合计", *["—"] * 6),
        ("说明",),
    )
    box = Box(80, 200, 190, 290)
    words = [mark for mark in table_marks(table, box, 2.2, Tongue("zh")) if isinstance(mark, Words)]
    assert all(box.inset(-0.3).holds(words_box(word)) for word in words)
    assert min(word.size for word in words) >= 1.75
    shown = sum(word.text.startswith("第") for word in words)
    assert shown == rows or any(word.text == f"另有 {rows - shown} 行没有列出" for word in words)
    assert max(text_width(word.text, word.size) for word in words) < 60
