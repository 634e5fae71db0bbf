"""Every sentence of a report follows from figures by rule; these are the rules."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.areas.figures import COUNTED, Figure
from layers.reports import sentences, tables
from layers.reports.changes import Change, largest
from layers.reports.periods import read_period
from layers.reports.words import number, percent, rate_of_change, shown, signed, with_unit
from layers.spec import Text

LABEL = Text(zh="矛盾纠纷", en="disputes")
QUARTER = read_period("2026Q3")
DAY = date(2026, 11, 20)


def cases(value: float | None, *, hidden: bool = False) -> Figure:
    return Figure("disputes", LABEL, value, "件", "disputes", "e1", COUNTED, period="2026Q3", withheld=hidden)


def share(part: int, whole: int) -> Figure:
    value = part / whole if whole else None
    return replace(cases(value), unit="", numerator=part, denominator=whole)


def change(now: float | None, then: float | None, *, missing: bool = False, hidden: bool = False) -> Change:
    earlier = None if missing else cases(then, hidden=then is None and hidden)
    return Change(cases(now, hidden=now is None and hidden), earlier, "上季度")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(1204, None, "1,204"), (0, None, "0"), (12.5, None, "12.5"), (3.0, None, "3"), (-0.04, 1, "0.0"),
     (2.345, 2, "2.35"), (float("inf"), None, "—"), (float("nan"), 1, "—")],
)  # fmt: skip
def test_numbers(value: float, decimals: int | None, text: str) -> None:
    assert number(value, decimals) == text


def test_what_is_not_known_says_why() -> None:
    assert shown(cases(None)) == "—"
    assert shown(cases(None, hidden=True)) == "不公开"
    assert shown(cases(0)) == "0"


def test_a_share_never_stands_without_its_parts() -> None:
    assert with_unit(share(19, 27)) == "70.4 %（19 / 27）"
    assert with_unit(share(0, 27)) == "0.0 %（0 / 27）"
    assert percent(float("nan")) == "—"


@pytest.mark.parametrize(
    ("compared", "words"),
    [
        (change(27, 24), "比上季度增加 3 件，增长 12.5 %"),
        (change(24, 27), "比上季度减少 3 件，下降 11.1 %"),
        (change(1204, 4), "比上季度增加 1,200 件，增长 30,000.0 %"),
        (change(0, 5), "比上季度减少 5 件，下降 100.0 %"),
        (change(5, 5), "与上季度持平"),
        (change(0, 0), "与上季度持平"),
        (change(5, 0), "上季度为 0 件，增加 5 件"),
        (change(100_001, 100_000), "比上季度增加 1 件，增长不足 0.1 %"),
        (change(5, None, missing=True), "上季度没有完整数据，不作比较"),
        (change(5, None, hidden=True), "上季度的数不公开，不作比较"),
        (change(None, 5, hidden=True), "本期的数不公开，不作比较"),
        (change(5, None), "上季度没有采集，不作比较"),
    ],
)
def test_comparisons(compared: Change, words: str) -> None:
    assert compared.words() == words


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_change_is_what_its_cells_say(now: int, then: int) -> None:
    compared = change(now, then)
    assert compared.amount == now - then
    assert compared.figure().value == now - then
    assert compared.growth().numerator == now - then
    if then:
        assert compared.growth().value == pytest.approx((now - then) / then)
        assert compared.growth().denominator == then
    else:
        assert compared.growth().value is None


@pytest.mark.parametrize(
    ("compared", "cells"),
    [
        (change(27, 24), ("24", "+3", "+12.5 %")),
        (change(24, 27), ("27", "−3", "−11.1 %")),
        (change(5, 5), ("5", "0", "0.0 %")),
        (change(0, 0), ("0", "0", "0.0 %")),
        (change(5, 0), ("0", "+5", "基数为 0")),
        (change(5, None, missing=True), ("—", "—", "—")),
        (change(5, None, hidden=True), ("不公开", "不公开", "不公开")),
        (change(None, 5, hidden=True), ("5", "不公开", "不公开")),
    ],
)
def test_cells_of_a_comparison(compared: Change, cells: tuple[str, str, str]) -> None:
    assert (tables.then(compared).text, tables.amount(compared).text, tables.growth(compared).text) == cells


def test_the_largest_change_stands_first_whatever_its_sign() -> None:
    small, large, none = change(3, 1), change(1, 9), change(4, 4)
    assert largest([small, none, large, change(1, None, missing=True)]) == [large, small]


def test_signs() -> None:
    assert [signed(12), signed(-3), signed(0)] == ["+12", "−3", "0"]
    assert rate_of_change(-0.25) == " 25.0 %"


def test_the_first_sentence() -> None:
    assert sentences.overview(QUARTER, change(27, 24), Change(cases(27), cases(30), "上年同期")) == (
        "2026年第三季度，全县发生矛盾纠纷 27 件，比上季度增加 3 件，增长 12.5 %；比上年同期减少 3 件，下降 10.0 %。"
    )
    assert sentences.overview(QUARTER, change(27, 24), None).endswith("增长 12.5 %。")
    assert (
        sentences.overview(QUARTER, change(None, 3, hidden=True), None)
        == "2026年第三季度全县矛盾纠纷的件数不公开。"
    )


def test_shares_that_do_not_add_up_say_why() -> None:
    assert tables.adds_up([1 / 3, 1 / 3, 1 / 3]) == ("因四舍五入，占比相加不等于 100.0 %。",)
    assert tables.adds_up([0.25, 0.75]) == tables.adds_up([0.0]) == ()


def test_names_that_hold_a_mark_are_set_apart_by_another() -> None:
    assert tables.enumerated(["苹果 3 亩", "桃 2 亩"]) == "苹果 3 亩、桃 2 亩"
    assert tables.enumerated(["苹果 3 亩", "桃、油桃 2 亩"]) == "苹果 3 亩，桃、油桃 2 亩"


def test_what_changed_most_of_each_group() -> None:
    groups = [
        ("乡镇", [("甲镇", change(3, 1)), ("乙镇", change(2, 7))]),
        ("类别", [("邻里纠纷", change(9, 1))]),
        ("预警等级", [("红色预警", change(2, 2))]),
    ]
    assert sentences.movers("上季度", groups) == (
        "与上季度相比，类别中变化最大的是邻里纠纷，增加 8 件（由 1 件到 9 件）；乡镇中变化最大的是乙镇，减少 5 件（由 7 件到 2 件）。"
    )
    assert sentences.movers("上季度", groups[2:]) == ""


def test_rises_and_falls() -> None:
    members = [("甲镇", change(3, 1)), ("乙镇", change(2, 7)), ("丙镇", change(4, 4)), ("丁乡", change(9, 1))]
    assert sentences.rises_and_falls("上月", members, "乡镇") == (
        "与上月相比，2 个乡镇增加，1 个乡镇减少，1 个持平；增加较多的是丁乡（8 件）、甲镇（2 件）；减少较多的是乙镇（5 件）。"
    )
    assert sentences.rises_and_falls("上月", [("甲镇", change(3, None, missing=True))], "乡镇") == ""


def test_who_has_the_most() -> None:
    known = [
        (name, cases(value))
        for name, value in (("甲镇", 2), ("乙镇", 9), ("丙镇", 4), ("丁乡", 5), ("戊乡", 0))
    ]
    assert sentences.most(known, cases(20), "乡镇") == (
        "件数最多的乡镇是乙镇 9 件、丁乡 5 件、丙镇 4 件，合计占全部的 90.0 %（18 / 20 件）。"
    )
    assert sentences.most(known[:2], cases(11), "乡镇") == "件数最多的乡镇是乙镇 9 件、甲镇 2 件。"
    assert sentences.most(known[:1], cases(2), "乡镇") == "只涉及甲镇 2 件。"
    assert sentences.most(known[-1:], cases(0), "乡镇") == ""


def test_hidden_members_are_counted_and_no_more() -> None:
    members = [("甲镇", cases(None, hidden=True)), ("乙镇", cases(0)), ("丙镇", cases(None))]
    assert sentences.withheld(members, "乡镇") == "1 个乡镇的件数不公开，没有参与比较和排序，也没有推算。"
    assert sentences.withheld(members[1:], "乡镇") == ""


def test_resolution() -> None:
    said = sentences.resolution(QUARTER, DAY, share(18, 24), cases(6), cases(3))
    assert said == (
        "截至 2026年11月20日，本季度发生的矛盾纠纷已结案 18 件，化解率 75.0 %（18 / 24）；未结案 6 件，"
        "其中超过化解时限的 3 件，占未结案的 50.0 %（3 / 6）。"
    )
    assert sentences.resolution(QUARTER, DAY, share(18, 24), cases(6), cases(6)).endswith(
        "未结案 6 件，都超过化解时限。"
    )
    assert sentences.resolution(QUARTER, DAY, share(23, 24), cases(1), cases(1)).endswith(
        "1 件，已超过化解时限。"
    )
    assert sentences.resolution(QUARTER, DAY, share(18, 24), cases(6), cases(0)).endswith(
        "超过化解时限的 0 件。"
    )
    assert sentences.resolution(QUARTER, DAY, share(24, 24), cases(0), cases(0)).endswith("未结案 0 件。")
    assert sentences.resolution(QUARTER, DAY, share(18, 24), cases(6), None).endswith(
        "化解时限没有采集，不计超期。"
    )
    assert "没有需要化解的纠纷" in sentences.resolution(QUARTER, DAY, share(0, 0), cases(0), None)


def test_the_lowest_and_the_highest_share() -> None:
    members = [("甲镇", share(1, 2)), ("乙镇", share(3, 4)), ("丙镇", share(4, 4)), ("丁乡", share(0, 0))]
    assert sentences.lowest_shares(members, "覆盖率") == (
        "覆盖率最低的是甲镇 50.0 %（1 / 2）、乙镇 75.0 %（3 / 4）；最高的是丙镇，100.0 %（4 / 4）。"
    )
    tied = [*members[:1], members[2], ("戊乡", share(2, 2))]
    assert sentences.lowest_shares(tied, "覆盖率") == (
        "覆盖率最低的是甲镇 50.0 %（1 / 2）；最高的是丙镇、戊乡，都是 100.0 %。"
    )
    assert sentences.lowest_shares([members[2]] * 2, "覆盖率") == "各乡镇覆盖率相同，都是 100.0 %。"
    assert sentences.lowest_shares(members[:1], "覆盖率") == ""


def test_yearly_figures_without_a_year_before_stand_together() -> None:
    income, debts = (
        replace(cases(20.5), unit="万元"),
        replace(cases(3), unit="万元", label=Text(zh="化解债务", en="debts")),
    )
    assert sentences.yearly(
        "2025年", "2024年", [(income, replace(income, value=20.0)), (debts, None), (debts, None)]
    ) == (
        "最近一期是2025年：全县矛盾纠纷 20.5 万元，比2024年增加 0.5 万元，增长 2.5 %；"
        "化解债务 3 万元、化解债务 3 万元（2024年没有采集，不作比较）。"
    )
    assert sentences.yearly("2025年", "2024年", []) == ""
