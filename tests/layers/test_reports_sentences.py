"""Every sentence of a report follows from figures by rule; these are the rules."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.areas.figures import COUNTED, Figure
from layers.reports import sentences, tables
from layers.reports.changes import Change
from layers.reports.periods import read_period
from layers.reports.words import shown, with_unit
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


def test_what_is_not_known_says_why() -> None:
    assert shown(cases(None)) == "—"
    assert shown(cases(None, hidden=True)) == "不公开"
    assert shown(cases(0)) == "0"


def test_a_share_never_stands_without_its_parts() -> None:
    assert with_unit(share(19, 27)) == "70.4 %（19 / 27）"
    assert with_unit(share(0, 27)) == "0.0 %（0 / 27）"
    assert with_unit(share(3, 4)) == "3 / 4"
    assert with_unit(share(0, 0)) == "—"


@pytest.mark.parametrize(
    ("compared", "words"),
    [
        (change(27, 24), "比上季度增加 3 件，增长 12.5 %"),
        (change(24, 27), "比上季度减少 3 件，下降 11.1 %"),
        (change(1204, 4), "比上季度增加 1,200 件"),
        (change(0, 5), "比上季度减少 5 件"),
        (change(0, 10), "比上季度减少 10 件，下降 100.0 %"),
        (change(2, 1), "比上季度增加 1 件"),
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
        (change(15, 15), ("15", "0", "0.0 %")),
        (change(5, 5), ("5", "0", "")),
        (change(2, 1), ("1", "+1", "")),
        (change(0, 0), ("0", "0", "基数为 0")),
        (change(5, 0), ("0", "+5", "基数为 0")),
        (change(5, None, missing=True), ("—", "—", "—")),
        (change(5, None, hidden=True), ("不公开", "不公开", "不公开")),
        (change(None, 5, hidden=True), ("5", "不公开", "不公开")),
    ],
)
def test_cells_of_a_comparison(compared: Change, cells: tuple[str, str, str]) -> None:
    assert (tables.then(compared).text, tables.amount(compared).text, tables.growth(compared).text) == cells


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
    assert tables.adds_up([10, 10, 10], 30) == ("因四舍五入，占比相加不等于 100.0 %。",)
    assert tables.adds_up([5, 15], 20) == tables.adds_up([0], 20) == tables.adds_up([1, 1, 1], 3) == ()


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
        "与上月相比，2 个乡镇增加，1 个乡镇减少，1 个持平；增加较多的是丁乡（8 件）；减少的是乙镇（5 件）。"
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
    assert (
        sentences.most(known[:2], cases(11), "乡镇")
        == "件数最多的乡镇是乙镇 9 件，占全部的 81.8 %（9 / 11 件）。"
    )
    assert sentences.most(known[:1], cases(2), "乡镇") == "只涉及甲镇 2 件。"
    assert sentences.most(known[-1:], cases(0), "乡镇") == ""


def test_hidden_members_are_counted_and_no_more() -> None:
    members = [("甲镇", cases(None, hidden=True)), ("乙镇", cases(0)), ("丙镇", cases(None))]
    assert sentences.withheld(members, "乡镇") == "1 个乡镇的件数不公开，没有参与比较和排序，也没有推算。"
    assert sentences.withheld(members[1:], "乡镇") == ""


def test_resolution() -> None:
    said = sentences.resolution(QUARTER, DAY, share(18, 28), cases(10), cases(3))
    assert said == (
        "截至 2026年11月20日，本季度发生的矛盾纠纷已结案 18 件，化解率 64.3 %（18 / 28）；未结案 10 件，"
        "其中超过化解时限的 3 件，占未结案的 30.0 %（3 / 10）。"
    )
    assert sentences.resolution(QUARTER, DAY, share(3, 4), cases(1), None) == (
        "截至 2026年11月20日，本季度发生的矛盾纠纷已结案 3 件；未结案 1 件，化解时限没有采集，不计超期。"
    )
    assert sentences.resolution(QUARTER, DAY, share(18, 24), cases(6), cases(3)).endswith(
        "其中超过化解时限的 3 件。"
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
    members = [
        ("甲镇", share(10, 20)),
        ("乙镇", share(30, 40)),
        ("丙镇", share(40, 40)),
        ("丁乡", share(0, 0)),
    ]
    assert sentences.lowest_shares(members, "覆盖率") == (
        "覆盖率最低的是甲镇 50.0 %（10 / 20）、乙镇 75.0 %（30 / 40）；最高的是丙镇，100.0 %（40 / 40）。"
    )
    tied = [*members[:1], members[2], ("戊乡", share(20, 20))]
    assert sentences.lowest_shares(tied, "覆盖率") == (
        "覆盖率最低的是甲镇 50.0 %（10 / 20）；最高的是丙镇、戊乡，都是 100.0 %。"
    )
    assert sentences.lowest_shares([members[2]] * 2, "覆盖率") == "各乡镇覆盖率相同，都是 100.0 %。"
    assert sentences.lowest_shares(members[:1], "覆盖率") == ""


def test_small_bases_have_no_rank_among_shares() -> None:
    members = [("甲镇", share(1, 4)), ("乙镇", share(30, 40)), ("丙镇", share(40, 40))]
    assert sentences.lowest_shares(members, "覆盖率") == (
        "在基数不少于 10 的 2 个乡镇中，覆盖率最低的是乙镇 75.0 %（30 / 40）；最高的是丙镇，100.0 %（40 / 40）。"
    )
    assert sentences.lowest_shares([members[0], ("丁乡", share(3, 4))], "覆盖率") == ""
    assert (
        sentences.slowest(members)
        == "在发生不少于 10 件的 2 个乡镇中，化解率较低的是乙镇 75.0 %（30 / 40）。"
    )


def test_slower_are_only_those_really_slower() -> None:
    full = [(name, share(20, 20)) for name in ("乙镇", "丙镇", "丁镇", "戊镇")]
    assert sentences.slowest([("甲镇", share(18, 20)), *full]) == "化解率较低的是甲镇 90.0 %（18 / 20）。"
    assert sentences.slowest(full) == "化解率各乡镇相同，都是 100.0 %。"
    three = [("八镇", share(0, 12)), ("重庆乡", share(0, 10)), ("阿镇", share(20, 20))]
    assert sentences.slowest(three) == "化解率较低的是八镇 0.0 %（0 / 12）、重庆乡 0.0 %（0 / 10）。"
    five = [(name, share(5, 10)) for name in "甲乙丙丁戊"]
    assert sentences.slowest([*five, *full]) == "化解率较低的有 5 个，都是 50.0 %。"
    assert sentences.slowest([("甲镇", share(1, 4)), ("乙镇", share(2, 2))]) == ""


def moves(**amounts: int) -> list[tuple[str, Change]]:
    return [(name, change(10 + amount, 10)) for name, amount in amounts.items()]


def test_all_that_changed_alike_are_named_or_counted() -> None:
    both = [("乡镇", moves(甲镇=5, 乙镇=-5, 丙镇=1))]
    assert sentences.movers("上季度", both) == "与上季度相比，乡镇中变化最大的是甲镇（+5）、乙镇（−5）。"
    five = moves(甲镇=1, 乙镇=1, 丙镇=1, 丁镇=1, 戊镇=1)
    assert sentences.movers("上季度", [("乡镇", five)]) == ""
    assert sentences.rises_and_falls("上季度", five, "乡镇") == "与上季度相比，5 个乡镇各增加 1 件。"
    four = moves(甲镇=1, 乙镇=-1, 丙镇=-1, 丁镇=-1, 戊镇=-1)
    assert (
        sentences.rises_and_falls("上季度", four, "乡镇")
        == "与上季度相比，1 个乡镇增加 1 件，4 个乡镇各减少 1 件。"
    )
    many = moves(甲镇=4, 乙镇=4, 丙镇=4, 丁镇=4, 戊镇=-4)
    assert (
        sentences.movers("上季度", [("乡镇", many)]) == "与上季度相比，变化最大的有 5 个乡镇，增减都是 4 件。"
    )
    assert sentences.rises_and_falls("上季度", many, "乡镇") == (
        "与上季度相比，4 个乡镇各增加 4 件（甲镇、乙镇、丙镇、丁镇），1 个乡镇减少；减少的是戊镇（4 件）。"
    )
    assert sentences.movers("上季度", [("乡镇", many[:4] + moves(己镇=4))]) == (
        "与上季度相比，变化最大的有 5 个乡镇，各增加 4 件。"
    )


def most(*values: int) -> str:
    members = [(f"{name}镇", cases(value)) for name, value in zip("甲乙丙丁戊己", values, strict=False)]
    return sentences.most(members, cases(sum(values)), "乡镇")


def test_who_shares_a_place_is_named_or_counted() -> None:
    assert most(9, 5, 3, 3, 3) == "件数最多的乡镇是甲镇 9 件、乙镇 5 件，并列第三的有 3 个（各 3 件）。"
    assert most(9, 5, 3, 3) == "件数最多的乡镇是甲镇 9 件、乙镇 5 件、丙镇 3 件、丁镇 3 件。"
    assert most(4, 4, 4, 4, 4, 0) == "件数最多的乡镇有 5 个，各 4 件。"
    assert most(4, 4, 4) == "各乡镇件数相同，都是 4 件。"
    assert most(2, 1, 1) == "涉及 3 个乡镇，都不足 3 件，不排名次。"
    assert most(4, 1, 1, 1) == "件数最多的乡镇是甲镇 4 件。"
    assert most(4, 3, 1, 1) == "件数最多的乡镇是甲镇 4 件、乙镇 3 件，合计 7 / 9 件。"


def test_yearly_figures_without_a_year_before_stand_together() -> None:
    income, debts = (
        replace(cases(20.5), unit="万元"),
        replace(cases(3), unit="万元", label=Text(zh="化解债务", en="debts")),
    )
    assert sentences.yearly(
        "2025年", "2024年", [(income, replace(income, value=20.0)), (debts, None), (debts, None)]
    ) == (
        "集体经济指标按年统计，最近一期是2025年：全县矛盾纠纷 20.5 万元，比2024年增加 0.5 万元，增长 2.5 %；"
        "化解债务 3 万元、化解债务 3 万元（2024年没有采集，不作比较）。"
    )
    assert sentences.yearly("2025年", "2024年", []) == ""
