"""The table under a page of an atlas: an area's divisions as the viewer may know them."""

import pandas as pd
import pytest

from layers.disclosure import PUBLIC
from tests.county import HOSTILE, village_code
from tests.disputes import COUNTS
from tests.webmap.sheets.drawn import GRID_WORKER, OPERATOR, PLANNER, shapes, sheet_of, texts
from webmap.house import House
from webmap.sheets.area_table import UNKNOWN, AreaTable, area_table
from webmap.sheets.fonts import text_width
from webmap.sheets.page import Box, Words
from webmap.sheets.plan import sheet_plan
from webmap.sheets.tabling import table_marks
from webmap.sheets.text import words_box
from webmap.sheets.tongue import Tongue

WEST = "140822100"
ATLAS = {"paper": "A4", "orientation": "portrait"}


def table_of(house: House, code: str = WEST, viewer: object = OPERATOR, **words: str) -> AreaTable:
    found = area_table(house, viewer, sheet_plan({"theme": "overview"} | words, house), code)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_villages_of_a_township(drawing_house: House) -> None:
    """Squares 1, 4 and 7 of 1 km² with 100, 400 and 700 people; the centre of square 1 reaches half of it."""
    table = table_of(
        drawing_house, services="party-service-centres", within="500m", mode="straight", theme="coverage"
    )
    assert table.columns == ("村（社区）", "人口", "面积 km²", "纠纷", "件/千人", "中心", "覆盖率")
    counts = {number: sum(COUNTS[number]) for number in (1, 4, 7)}
    assert sorted(table.rows) == sorted(
        (
            f"{number}号村",
            f"{100 * number}",
            "1.0",
            f"{counts[number]}",
            f"{counts[number] / number * 10:.1f}",
            f"{int(number == 1)}",
            share,
        )
        for number, share in ((1, "50.0 %"), (4, share_of(table, "4号村")), (7, share_of(table, "7号村")))
    )
    assert table.total[:4] == ("合计", "1,200", "3.0", f"{sum(counts.values())}")


def test_the_worst_stands_first(drawing_house: House) -> None:
    rates = [float(row[4]) for row in table_of(drawing_house, theme="disputes").rows]
    assert rates == sorted(rates, reverse=True)
    people = [int(row[1].replace(",", "")) for row in table_of(drawing_house).rows]
    assert people == sorted(people, reverse=True)


def test_the_public_gets_no_small_counts(drawing_house: House) -> None:
    table = table_of(drawing_house, viewer=PUBLIC, period="2024Q1", code="140822101")
    published = drawing_house.door.counts(PUBLIC, "2024Q1", "village").set_index("code")["count"]
    cells = {row[0]: row[3] for row in table.rows}
    for number in (2, 5, 8):
        count = published[village_code(number)]
        assert cells[f"{number}号村"] == ("不公布" if pd.isna(count) else str(count))
    assert "不公布" in cells.values()
    assert "不公布：1–2 件，或能由它推算出这样的数" in table.notes
    assert table.total[3] == UNKNOWN, "or the sum would give the withheld one away"


def test_a_village_without_people_has_a_count_and_no_rate(drawing_house: House) -> None:
    row = next(row for row in table_of(drawing_house, code="140822102").rows if row[0] == "细条村")
    assert row[1:5] == ("0", "0.0", "0", UNKNOWN)


def test_counting_cases_judges_none(drawing_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def _never(*_: object) -> None:
        raise AssertionError("no test of significance for a table")

    monkeypatch.setattr(type(drawing_house.planning), "hotspots", _never)
    assert "纠纷" in table_of(drawing_house).columns


def test_a_grid_worker_gets_no_disputes_of_others(drawing_house: House) -> None:
    assert "纠纷" not in table_of(drawing_house, viewer=GRID_WORKER).columns


def test_grids_of_a_village_and_townships_of_the_county(drawing_house: House) -> None:
    grids = table_of(drawing_house, village_code(2), PLANNER)
    assert [row[:2] for row in grids.rows] == [("第1网格", "100"), ("第2网格", "100")]
    townships = table_of(drawing_house, "140822")
    assert {row[0]: row[1] for row in townships.rows} == {"西镇": "1,200", "中镇": "1,500", "东乡": "1,800"}


def test_a_grid_has_no_table(drawing_house: House) -> None:
    plan = sheet_plan({"theme": "overview"}, drawing_house)
    assert area_table(drawing_house, OPERATOR, plan, f"{village_code(1)}001") is None


def test_a_page_of_an_atlas_has_number_table_and_locator(drawing_house: House) -> None:
    sheet = sheet_of(drawing_house, code=WEST, number=(2, 3), theme="disputes", **ATLAS)
    assert texts(sheet, "number") == ["第 2 幅 / 共 3 幅"]
    assert {"1号村", "4号村", "7号村", "合计"} <= set(texts(sheet, "table"))
    assert len(shapes(sheet, "locator.here")) == 1
    assert "party-service-centres" in sheet.editions, "the table's editions are the sheet's"
    alone = sheet_of(drawing_house, code=WEST, theme="disputes", **ATLAS)
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


def share_of(table: AreaTable, name: str) -> str:
    return next(row[-1] for row in table.rows if row[0] == name)
