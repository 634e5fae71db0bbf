"""What somebody writes on a report: its number and the unit, and what no file can hold."""

import pytest

from geo.errors import ArgumentError
from layers.reports import report_plan
from layers.reports.signed import maker_of, number_of


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("万社工〔2026〕12号", "万社工〔2026〕12号"),
        ("万社工[2026]12号", "万社工〔2026〕12号"),
        (" 万社工（ 2026 ）12号\n", "万社工〔2026〕12号"),
        ("第3期（总第12期）", "第3期（总第12期）"),
        ("万社工\u202e〔2026〕1号", "万社工〔2026〕1号"),
        ("", ""),
    ],
)
def test_a_number_has_its_year_in_the_brackets_of_the_form(typed: str, number: str) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("号" * 41, "文号有 41 字，太长，最多 40 字"),
        ("万社工\x07〔2026〕12号", r"U\+0007"),
        ("万社工\ufffe12号", r"U\+FFFE"),
        ("万社工\ud83012号", r"U\+D830"),
        ("=1+1", "文号以“=”开头，表格软件会当成公式"),
        (" @SUM(A1)", "文号以“@”开头"),
        ("－12号", "文号以“－”开头"),
    ],
)
def test_a_number_that_no_file_can_hold_is_refused(typed: str, said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        number_of(typed)


def test_a_unit_is_held_to_the_same() -> None:
    assert maker_of(" 县综治\n中心 ") == "县综治 中心"
    with pytest.raises(ArgumentError, match=r"单位里有文件存不下的字符 U\+0000"):
        maker_of("县\x00委")
    with pytest.raises(ArgumentError, match="单位以“\\+”开头"):
        maker_of("+86")


def test_the_number_is_a_part_of_the_key() -> None:
    plan = report_plan({"period": "2024Q4", "number": "万社工[2024]3号", "maker": "县委"})
    assert (plan.number, plan.maker) == ("万社工〔2024〕3号", "县委")
    assert "number=" in plan.key
    assert "number" not in report_plan({"period": "2024Q4"}).key
