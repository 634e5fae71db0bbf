"""Coverage and disputes on paper are the answers of the screen, in the screen's colours."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from exports.sheets.overlays import looks
from exports.sheets.overlays.coverage import LEAST_MM
from exports.sheets.overlays.disputes import without_rate
from exports.sheets.page import Words
from exports.sheets.sheet import Sheet
from geo.errors import ArgumentError, FilterError
from layers.county import County
from layers.disclosure import PUBLIC
from layers.planning import CoveragePlan, HotspotPlan
from layers.planning.hotspots import Spot
from layers.planning.usual import usual_words
from layers.spec import Colour, Paint
from layers.symbology import LegendRow
from tests.county import SLIVER
from tests.disputes import COUNTS, QUARTERS
from tests.exports.sheets.drawn import OPERATOR, PLANNER, classes_on, on_map, shapes, sheet_of, symbols, texts
from tests.sight import DEUTAN, PROTAN, lab, linear
from webmap.front.assets import ROOT

SCRIPTS = ROOT / "webmap" / "static" / "js"
CENTRES = "party-service-centres"
STATES = {title.zh for title, _ in looks.STATES}
WORDS = {"theme": "coverage", "services": CENTRES, "within": "500m", "mode": "straight"}


def counted(sheet: Sheet, unit: str) -> list[int]:
    """Counts of the legend in a unit, in its order."""
    return [
        int(text.removesuffix(f" {unit}"))
        for text in texts(sheet, "legend-count")
        if text.endswith(f" {unit}")
    ]


# ---- coverage ----


def test_coverage_is_that_of_the_planner(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **WORDS)
    found = drawn_county.planning.coverage(OPERATOR, CoveragePlan((CENTRES,), (500.0,)))
    assert f"人口覆盖率 {found.share * 100:.1f} %，{found.covered:,.0f} / {found.total:,.0f} 人" in texts(
        sheet, "legend-summary"
    )
    kinds = Counter(
        looks.EMPTY
        if row.demand == 0
        else looks.NONE_REACHED
        if row.covered == 0
        else looks.ALL_REACHED
        if row.covered == row.demand
        else looks.SOME_REACHED
        for row in found.rows
    )
    assert counted(sheet, "村") == [kinds[at] for at in sorted(kinds)]
    assert sheet.title == "手画县党群服务中心覆盖图：人口，500 米，直线距离"
    assert dict(found.editions).items() <= dict(sheet.editions).items()


@pytest.mark.parametrize("theme", ["coverage", "disputes"])
def test_what_stands_under_a_heading_is_large_enough_in_a_figure(drawn_county: County, theme: str) -> None:
    sheet = sheet_of(drawn_county, theme=theme, paper="figure")
    assert texts(sheet, "legend-summary")
    assert min(word.size for word in sheet.page.words()) >= 1.75


def test_who_is_not_reached_is_drawn_where_people_live(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **WORDS)
    plan = CoveragePlan((CENTRES,), (500.0,))
    found, reach = (
        ask(OPERATOR, plan) for ask in (drawn_county.planning.coverage, drawn_county.planning.shapes)
    )
    circles = symbols(sheet, "left")
    assert len(circles) == len(reach.places.codes) > 3
    # Areas of the circles are to each other as the people are.
    drawn = sorted((circle.size for circle in circles), reverse=True)
    people = sorted(reach.places.amounts, reverse=True)
    large = [(size, amount) for size, amount in zip(drawn, people, strict=True) if size > LEAST_MM]
    assert len(large) > 3
    for size, amount in large:
        assert (size / large[0][0]) ** 2 == pytest.approx(amount / large[0][1], rel=0.01)
    told = [text for text in texts(sheet, "legend-count") if text.endswith(" 个")]
    assert sum(int(text.split("· ")[1].removesuffix(" 个")) for text in told) == len(circles)
    amounts = [float(text.split(" 人")[0].replace(",", "")) for text in told]
    assert sum(amounts) == found.total - found.covered == sum(reach.places.amounts)


def test_gaps_have_numbers_on_the_map_and_in_the_notes(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **WORDS)
    gaps = drawn_county.planning.shapes(OPERATOR, CoveragePlan((CENTRES,), (500.0,))).gaps
    assert len(symbols(sheet, "numbers")) == len(gaps)
    assert texts(sheet, "count") == [str(gap.rank) for gap in gaps]
    listed = next(note for note in sheet.notes if note.startswith("空白片区"))
    for gap in gaps:
        assert f"{gap.rank}. {gap.name} {gap.people:,.0f} 人" in listed
        assert gap.site is None or f"建在{gap.site.title}，新增 {gap.site.gain:,.0f} 人" in listed


def test_a_rate_needs_a_base() -> None:
    spot = Spot("1", "甲村", 9.0, 3, 333.3, None, None, None, None, "none", "", 0)
    assert looks.rates((1.0,))[2 + without_rate(spot)].title.zh == "基数不足 10"
    assert looks.rates((1.0,))[2 + without_rate(spot._replace(n=None, rate=None))].title.zh == "不公布"
    assert looks.rates((1.0,))[2 + without_rate(spot._replace(people=0.0, rate=None))].title.zh == "没有人口"


def test_gaps_and_centres_are_drawn_and_explained(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **WORDS)
    drawn = classes_on(on_map(sheet))
    assert {"coverage.0", "gaps.0", "reach.0", "centres.0"} <= drawn
    assert len(symbols(sheet, "centres")) == 4
    assert CENTRES not in {name.rpartition(".")[0] for name in drawn}, "centres are not drawn twice"


def test_proposals_and_closings_are_told_apart(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **WORDS, place="110.85,35.42", close=f"{CENTRES}:PSC001")
    assert {"centres.2", "centres.3"} <= classes_on(on_map(sheet))
    assert {"假设关闭的中心", "拟建中心"} <= set(texts(sheet, "legend"))


def test_a_township_has_its_own_coverage(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **WORDS, code="140822100")
    found = drawn_county.planning.coverage(OPERATOR, CoveragePlan((CENTRES,), (500.0,), code="140822100"))
    assert any(
        f"{found.covered:,.0f} / {found.total:,.0f} 人" in text for text in texts(sheet, "legend-summary")
    )
    assert "不在问题内" in texts(sheet, "legend")
    assert sum(counted(sheet, "村")[:-1]) == 3, "the rest was not asked about"


def test_the_usual_question_needs_no_words(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="coverage")
    assert usual_words(drawn_county.planning, OPERATOR)["services"] == CENTRES
    assert sheet.title.endswith("覆盖图：人口，2,000 米，绕行系数 1.3")


def test_that_nobody_is_reached_stands_in_the_title(drawn_county: County) -> None:
    said = "1 米内一个地点也没有到达，离中心最近的也要 413 米"
    words = WORDS | {"within": "1m"}
    assert said in sheet_of(drawn_county, **words).title
    assert said in sheet_of(drawn_county, **words, title="我的图").title


def test_how_it_was_made_stands_in_the_footer(drawn_county: County) -> None:
    said = "".join(texts(sheet_of(drawn_county, **WORDS), "footer"))
    assert "方法：" in said
    assert "不超过 500 米（含）算覆盖" in said


# ---- accessibility ----


def test_accessibility_is_that_of_the_planner(drawn_county: County) -> None:
    """Of a square of 100·i people each centre reaches half, which is 1,000 / (100·i) centres per 1,000."""
    sheet = sheet_of(drawn_county, **WORDS, show="access")
    assert sheet.title == "手画县党群服务中心可达性：人口，500 米，直线距离（2SFCA）"
    assert texts(sheet, "legend-heading")[0] == "村（可达性，处/千人）"
    said = "平均 0.89 处/千人；一个中心也够不着的 3,350 / 4,500 人；每处按 1 计"
    assert "".join(texts(sheet, "legend-summary")).replace(" ", "") == said.replace(" ", "")
    rows = dict(zip(texts(sheet, "legend"), texts(sheet, "legend-count"), strict=False))
    assert {title: rows[title] for title in list(rows)[:6]} == {
        "全村都够不着": "2,200 人 · 5 村", "低于 1.2": "900 人 · 1 村", "1.2–1.4": "800 人 · 1 村",
        "1.4–5.2": "500 人 · 1 村", "5.2以上": "100 人 · 1 村", "没有人住": "1 村",
    }  # fmt: skip
    drawn = classes_on(on_map(sheet))
    assert {f"access.{at}" for at in (0, 1, 2, 3, 4)} <= drawn
    assert len(symbols(sheet, "centres")) == 4
    assert not {"left.0", "gaps.0", "reach.0", "numbers.0"} & drawn


def test_how_accessibility_was_made_stands_in_the_footer(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **WORDS, show="access", decay="gaussian", place="110.0,35.0")
    assert sheet.title.endswith("（E2SFCA，高斯）")
    said = "".join(texts(sheet, "footer"))
    assert "E2SFCA，Dai，2010" in said
    assert "供给没有容量数据，每处按 1 计" in said
    assert "够得着的村按个数均分成几级" in said
    assert "没有人够得着的中心（1 处）：拟建 1" in sheet.notes


def test_a_township_has_the_classes_of_the_county(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **WORDS, show="access", code="140822101")
    rows = dict(zip(texts(sheet, "legend"), texts(sheet, "legend-count"), strict=False))
    assert (rows["1.2–1.4"], rows["1.4–5.2"]) == ("800 人 · 1 村", "500 人 · 1 村")
    assert "不在问题内" in rows


@pytest.mark.parametrize(
    ("words", "can"),
    [({"show": "spots"}, "reach、access"), ({"show": "access", "decay": "linear"}, "step、gaussian")],
)
def test_what_a_coverage_sheet_cannot_show_is_refused(
    drawn_county: County, words: dict[str, str], can: str
) -> None:
    with pytest.raises(ArgumentError, match=can):
        sheet_of(drawn_county, **WORDS, **words)


def test_reach_is_what_is_shown_without_a_word(drawn_county: County) -> None:
    assert sheet_of(drawn_county, **WORDS, show="reach").title == sheet_of(drawn_county, **WORDS).title


# ---- disputes ----


def test_rates_are_those_of_the_planner(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", since="2024-01-01", until="2024-12-31")
    found = drawn_county.planning.hotspots(
        OPERATOR, HotspotPlan(*(_day(text) for text in ("2024-01-01", "2024-12-31")))
    )
    known = [row.rate for row in found.rows if row.rate is not None]
    assert sheet.title == "手画县矛盾纠纷发生率分布图（全部状态，2024年）"
    assert sum(counted(sheet, "村")) == len(found.rows)
    assert counted(sheet, "村")[-1] == len(found.rows) - len(known), "nobody lives in the sliver"
    assert "rates.0" in classes_on(on_map(sheet))
    assert not symbols(sheet, "disputes"), "the rate stands for them"


def test_classes_hold_what_their_title_says(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", since="2024-01-01", until="2024-12-31")
    found = drawn_county.planning.hotspots(OPERATOR, HotspotPlan(_day("2024-01-01"), _day("2024-12-31")))
    titles = [text for text in texts(sheet, "legend") if re.search(r"\d", text)]
    limits = [_ends(title) for title in titles]
    assert [high for _, high in limits[:-1]] == [low for low, _ in limits[1:]], "no gap and no overlap"
    counts = [
        sum(row.rate is not None and low <= row.rate < high for row in found.rows) for low, high in limits
    ]
    assert counts == counted(sheet, "村")[: len(limits)]


def test_pages_of_an_atlas_share_their_classes(drawn_county: County) -> None:
    def titles(code: str) -> set[str]:
        sheet = sheet_of(drawn_county, theme="disputes", code=code)
        return {text for text in texts(sheet, "legend") if re.search(r"\d", text)}

    whole = titles("")
    assert all(titles(code) <= whole for code in ("140822100", "140822101", "140822102"))


def test_the_public_gets_the_published_quarter(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, theme="disputes", period="2024Q2")
    table = drawn_county.door.counts(PUBLIC, "2024Q2", "village")
    hidden = int(table["count"].isna().sum())
    assert sheet.title.endswith("（2024年第二季度）")
    assert any("只用公布" in note for note in sheet.notes)
    exact = {f"{sum(COUNTS[number][QUARTERS.index('2024Q2')] for number in COUNTS)} 件"}
    assert not exact & set(texts(sheet)) or not hidden


def test_the_public_gets_rates_and_why_in_place_of_hot_spots(drawn_county: County) -> None:
    rates, spots = (
        sheet_of(drawn_county, PUBLIC, theme="disputes", period="2025Q1", show=show) for show in ("rate", "spots")
    )  # fmt: skip
    assert spots.title == rates.title == "手画县矛盾纠纷发生率分布图（2025年第一季度）"
    assert texts(spots, "legend") == texts(rates, "legend")
    (why,) = set(spots.notes) - set(rates.notes)
    assert "算热点会把它们当成没有，所以不提供热点" in why
    told = sheet_of(drawn_county, PUBLIC, theme="disputes", period="2024", show="spots")
    assert told.title == "手画县矛盾纠纷热点图（2024年）"


def test_withheld_and_empty_villages_are_two_entries(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, theme="disputes", period="2025Q1")
    counts = drawn_county.door.counts(PUBLIC, "2025Q1", "village")
    people = drawn_county.door.rows("villages", PUBLIC).rows.set_index("code")["population"]
    hidden = [code for code in counts.loc[counts["count"].isna(), "code"] if people[code] > 0]
    nobody = [code for code, number in people.items() if number == 0]
    assert hidden
    assert nobody
    rows = dict(
        zip(
            [text for text in texts(sheet, "legend") if text in STATES],
            counted(sheet, "村")[-2:],
            strict=True,
        )
    )
    assert rows == {"不公布": len(hidden), "没有人口": len(nobody)}
    assert set(sheet.no_data) == {*hidden, *nobody}


def test_a_state_that_does_not_occur_has_no_entry(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", since="2024-01-01", until="2024-12-31")
    assert [text for text in texts(sheet, "legend") if text in STATES] == ["没有人口"]
    assert "没有人口：细条村" in sheet.notes
    assert sheet.no_data == (SLIVER,)


def test_an_area_that_cannot_be_judged_is_not_called_withheld(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", show="spots")
    assert [text for text in texts(sheet, "legend") if text in STATES] == ["没有人口", "没有作判断"]
    assert "没有作判断：5号村" in sheet.notes, "all others are its neighbours"


def test_states_without_data_have_hatches_of_their_own() -> None:
    hatches = [row.paint.hatch for row in looks.states(0)]
    assert "none" not in hatches
    assert len(set(hatches)) == len(looks.STATES)


def test_villages_nobody_is_known_to_live_in_are_named(drawn_county: County) -> None:
    assert "没有人住：细条村" in sheet_of(drawn_county, **WORDS).notes


def test_a_sum_of_published_counts_is_not_called_the_county(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, theme="disputes", period="2025Q1")
    counts = drawn_county.door.counts(PUBLIC, "2025Q1", "village")["count"]
    told = f"公布件数的 {counts.notna().sum()} 个村（社区）合计 {counts.sum()} 件"
    assert texts(sheet, "legend-summary") == [told]
    assert counts.isna().any()


def test_the_public_has_no_periods_of_its_own(drawn_county: County) -> None:
    with pytest.raises(FilterError, match="整季和整年"):
        sheet_of(drawn_county, PUBLIC, theme="disputes", since="2024-01-05", until="2024-02-01")


def test_hot_spots_and_density_can_be_asked_for(drawn_county: County) -> None:
    spots = sheet_of(drawn_county, PLANNER, theme="disputes", show="spots", by="grid")
    assert spots.title.startswith("手画县矛盾纠纷热点图")
    assert any("Gi*" in text for text in texts(spots, "legend-heading"))
    density = sheet_of(drawn_county, PLANNER, theme="disputes", show="density")
    assert density.title.startswith("手画县矛盾纠纷密度图")
    assert any(name.startswith("density.") for name in classes_on(on_map(density)))
    with pytest.raises(ArgumentError, match="rate、spots、density、compare、off"):
        sheet_of(drawn_county, theme="disputes", show="heat")


# ---- heat, comparison, nothing ----


@pytest.mark.parametrize("words", [{"show": "spots"}, {"layers": "disputes,villages"}, {}], ids=str)
def test_the_heat_of_a_map_is_the_density_of_its_sheet(drawn_county: County, words: dict[str, str]) -> None:
    sheet = sheet_of(drawn_county, PLANNER, theme="disputes", heat="disputes", **words)
    density = sheet_of(drawn_county, PLANNER, theme="disputes", show="density")
    assert sheet.title == density.title
    assert names(sheet, "density.") == names(density, "density.") != set()
    assert not symbols(sheet, "disputes"), "the density stands for them"


def test_heat_is_drawn_on_other_themes_too(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, layers="disputes,villages,counties", heat="disputes")
    assert names(sheet, "density.")
    assert sheet.title.startswith("手画县基层治理总览图")
    assert not names(sheet_of(drawn_county, layers="villages,counties", heat="disputes"), "density.")


def test_heat_follows_the_filter(drawn_county: County) -> None:
    words = {"theme": "disputes", "heat": "disputes"}
    every = sheet_of(drawn_county, **words)
    red = sheet_of(drawn_county, **words, **{"f.disputes.warning_level": "red"})
    assert shapes(every, "density.0")[0].paths[0].shape != shapes(red, "density.0")[0].paths[0].shape
    assert any("只画符合筛选的：矛盾纠纷：预警等级 红" in text for text in texts(red, "footer"))
    assert not any("不按筛选" in note for note in red.notes)
    hidden = sheet_of(drawn_county, **words, hide="disputes:0")
    assert "密度按全部类别计，包括图上关掉的类" in hidden.notes


def test_published_counts_have_no_heat(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, layers="disputes,counties", heat="disputes")
    assert names(sheet, "disputes.")
    assert "没有画“矛盾纠纷”的密度" in sheet.notes


def test_a_comparison_is_the_difference_of_two_periods(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", show="compare", compare="2024Q1,2024Q2")
    first, second = (QUARTERS.index(name) for name in ("2024Q1", "2024Q2"))
    change = Counter(_change(counts[second] - counts[first]) for counts in COUNTS.values())
    change["没有变化"] += len(drawn_county.door.rows("villages", OPERATOR).rows) - len(COUNTS)
    legend = dict(zip(texts(sheet, "legend"), texts(sheet, "legend-count"), strict=False))
    assert {title: legend[title] for title in change if change[title]} == {
        title: f"{count} 村" for title, count in change.items() if count
    }
    a, b = (sum(counts[at] for counts in COUNTS.values()) for at in (first, second))
    assert texts(sheet, "legend-summary") == [f"全县 {a} 件 → {b} 件（全部状态）"]
    assert sheet.title == "手画县矛盾纠纷变化图（全部状态，2024年第一季度 → 2024年第二季度）"
    assert any("没有作显著性检验" in text for text in texts(sheet, "footer"))


def test_the_public_compares_what_is_published(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, theme="disputes", show="compare", compare="2024Q4,2025Q1")
    tables = [drawn_county.door.counts(PUBLIC, name, "village") for name in ("2024Q4", "2025Q1")]
    hidden = {code for table in tables for code in table.loc[table["count"].isna(), "code"]}
    assert hidden
    assert set(sheet.no_data) == hidden
    (said,) = texts(sheet, "legend-summary")
    assert said.startswith(f"两期都公布的 {len(tables[0]) - len(hidden)} 个村（社区）：")


def test_the_last_two_periods_are_compared_unless_chosen(drawn_county: County) -> None:
    staff = sheet_of(drawn_county, theme="disputes", show="compare")
    assert re.search(r"（全部状态，20\d\d年\d+月 → 20\d\d年\d+月）$", staff.title)
    public = sheet_of(drawn_county, PUBLIC, theme="disputes", show="compare")
    assert re.search(r"（20\d\d年第.季度 → 20\d\d年第.季度）$", public.title)


@pytest.mark.parametrize("pair", ["2024Q1", "2024Q1,2024Q2,2024Q3", "2024Q1,x", "2024-13,2024-01"])
def test_what_cannot_be_compared_is_said(drawn_county: County, pair: str) -> None:
    with pytest.raises(ArgumentError, match="写两个时段"):
        sheet_of(drawn_county, theme="disputes", show="compare", compare=pair)


def test_nothing_is_shown_where_the_page_shows_nothing(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", show="off", layers="disputes,villages", all="disputes")
    assert not names(sheet, "rates.")
    assert symbols(sheet, "disputes")
    assert sheet.title == "手画县矛盾纠纷分布图（2024年1月10日–2025年3月15日）"


def names(sheet: Sheet, begin: str) -> set[str]:
    return {name for name in classes_on(on_map(sheet)) if name.startswith(begin)}


def _change(difference: int) -> str:
    if difference == 0:
        return "没有变化"
    much = "3 件以上" if abs(difference) >= 3 else "1–2 件"
    return f"{'增加' if difference > 0 else '减少'} {much}"


def test_cases_can_be_drawn_over_their_rate(drawn_county: County) -> None:
    sheet = sheet_of(
        drawn_county,
        theme="disputes",
        layers="disputes,villages,counties",
        **{"f.disputes.warning_level": "red"},
    )
    numbers = [int(word.text) for word in on_map(sheet) if isinstance(word, Words) and word.kind == "count"]
    alone = len(symbols(sheet, "disputes")) - len(numbers)
    red = len(drawn_county.door.rows("disputes", OPERATOR).rows.query("warning_level == 'red'"))
    assert sum(numbers) + alone == red
    assert any(f"矛盾纠纷共 {red} 件" in note for note in sheet.notes)
    assert sheet.title == "手画县矛盾纠纷发生率分布图（预警等级 红色、全部状态，2024年1月–2025年3月）"
    assert texts(sheet, "legend-summary")[0].startswith(f"全县 {red} 件，"), (
        "the rate beneath is of the same cases"
    )


# ---- conditions ----

RED = {"f.disputes.warning_level": "red"}
QUARTER = {"since": "2024-01-01", "until": "2024-03-31"}
"""Of its 30 cases 10 are red, of the 26 of the next quarter 9."""


@pytest.mark.parametrize(
    ("show", "title", "said"),
    [
        ("rate", "发生率分布图", "全县 10 件，每千人 2.2 件（预警等级 红色、全部状态）"),
        ("spots", "热点图", "全县 10 件，每千人 2.2 件（预警等级 红色、全部状态）"),
        ("density", "密度图", "10 件（预警等级 红色、全部状态）"),
    ],
)
def test_answers_count_by_the_conditions(drawn_county: County, show: str, title: str, said: str) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", show=show, **QUARTER, **RED)
    assert sheet.title == f"手画县矛盾纠纷{title}（预警等级 红色、全部状态，2024年第一季度）"
    assert "".join(texts(sheet, "legend-summary")) == said
    assert not any("不按筛选" in note for note in sheet.notes)


def test_a_comparison_counts_by_the_conditions(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", show="compare", compare="2024Q1,2024Q2", **RED)
    assert sheet.title == "手画县矛盾纠纷变化图（预警等级 红色、全部状态，2024年第一季度 → 2024年第二季度）"
    assert "".join(texts(sheet, "legend-summary")) == "全县 10 件 → 9 件（预警等级 红色、全部状态）"


def test_a_state_that_is_chosen_is_not_all_of_them(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, theme="disputes", **QUARTER, **{"f.disputes.status": "open"})
    assert sheet.title == "手画县矛盾纠纷发生率分布图（状态 已上报未化解，2024年第一季度）"
    assert "".join(texts(sheet, "legend-summary")) == "全县 8 件，每千人 1.8 件（状态 已上报未化解）"


@pytest.mark.parametrize("show", ["rate", "spots", "density", "compare", "off"])
def test_a_condition_that_there_is_not_is_refused(drawn_county: County, show: str) -> None:
    with pytest.raises(FilterError, match="没有可筛选的字段 bogus"):
        sheet_of(drawn_county, theme="disputes", show=show, layers="disputes", **{"f.disputes.bogus": "red"})


@pytest.mark.parametrize("show", ["rate", "compare"])
def test_published_counts_follow_no_condition_and_say_so(drawn_county: County, show: str) -> None:
    words = {"theme": "disputes", "period": "2024Q2", "show": show, "compare": "2024Q1,2024Q2"}
    sheet, whole = sheet_of(drawn_county, PUBLIC, **words, **RED), sheet_of(drawn_county, PUBLIC, **words)
    assert "（不按筛选，2024年第" in sheet.title
    assert "不按筛选" not in whole.title
    assert texts(sheet, "legend-summary") == texts(whole, "legend-summary")


# ---- one look ----


def fills(*classes: Paint) -> list[Colour | None]:
    return [paint.fill for paint in classes]


def test_coverage_looks_as_on_the_screen() -> None:
    script = (SCRIPTS / "planner" / "paints.js").read_text("utf-8")
    villages = re.findall(r't\("([^"]+?)"\), paint: area\("(#\w+)", "(\w+)"', script)
    shared = [row for row in looks.COVERAGE if row.index not in (looks.UNKNOWN, looks.EMPTY)]
    known = {title: (fill.upper(), hatch) for title, fill, hatch in villages}
    assert {row.title.zh: (row.paint.fill, row.paint.hatch) for row in shared}.items() <= known.items()
    assert {row.title.zh for row in looks.COVERAGE} == set(known)
    discs = re.findall(r'disc\("(#\w+)"', script)
    assert [fill.upper() for fill in discs] == [paint.fill for paint in looks.LEFT[:4]]
    assert f'GAP = "{looks.GAP}"' in script
    assert f'line: "{looks.REACH[0].paint.line}", line_mm: {looks.REACH[0].paint.line_mm}' in script


@pytest.mark.parametrize("count", range(1, 6))
def test_accessibility_looks_as_on_the_screen(count: int) -> None:
    script = (SCRIPTS / "planner" / "access-paints.js").read_text("utf-8")
    screen = dict(re.findall(r"^  (\d): \[(.+)\],$", script, re.MULTILINE))
    legend = looks.access(tuple(range(1, count)))
    assert re.findall(r'"(#\w+)"', screen[str(count)]) == [row.paint.fill for row in legend[1 : count + 1]]
    assert f'title: t("{legend[0].title.zh}")' in script
    villages = (SCRIPTS / "planner" / "paints.js").read_text("utf-8")
    assert (
        f'area("{legend[0].paint.fill}", "{legend[0].paint.hatch}", "{legend[0].paint.hatch_line}")'
        in villages
    )
    assert [row.title for row in legend[count + 1 :]] == [row.title for row in looks.COVERAGE[looks.APART :]]


def test_hot_spots_look_as_on_the_screen() -> None:
    script = (SCRIPTS / "hotspots" / "map.js").read_text("utf-8")
    spots = script[script.index("SPOTS") : script.index("CHANGES")]
    screen = [fill.upper() for fill in re.findall(r'area\("(#\w+)"', spots)]
    assert screen == fills(*(row.paint for row in looks.SPOTS[:3]))
    without = re.findall(r'without\("(\w+)"\), title: \(\) => t\("(\w+)"\)', spots)
    assert {title: hatch for hatch, title in without} == {title.zh: hatch for title, hatch in looks.STATES}


def test_changes_look_as_on_the_screen() -> None:
    script = (SCRIPTS / "hotspots" / "map.js").read_text("utf-8")
    kinds = script[script.index("CHANGES") :].partition("];")[0]
    screen = re.findall(r'area\("(#\w+)".*?t\("([^"]+)"\)', kinds, re.DOTALL)
    assert screen == [(row.paint.fill, row.title.zh) for row in looks.CHANGES[:4]]


@pytest.mark.parametrize("sight", [np.eye(3), DEUTAN, PROTAN], ids=["all", "deutan", "protan"])
@pytest.mark.parametrize(
    "classes",
    [looks.COVERAGE, *(looks.access(range(1, count)) for count in range(2, 6)), looks.SPOTS[:4]],
    ids=["coverage", *(f"access {count}" for count in range(2, 6)), "hot spots"],
)
def test_classes_of_answers_can_be_told_apart(classes: Sequence[LegendRow], sight: np.ndarray) -> None:
    """By their fill, in grey too, or by their pattern."""
    alike = [
        (one.paint.fill or "", other.paint.fill or "")
        for one, other in combinations(classes, 2)
        if one.paint.hatch == other.paint.hatch or classes == looks.SPOTS[:4]
    ]
    assert alike
    for pair in alike:
        one, other = (lab(sight @ linear(fill)) for fill in pair)
        assert float(np.linalg.norm(one - other)) >= 15, pair
        dark, light = sorted(lab(linear(fill))[0] for fill in pair)
        assert light - dark >= 15, pair


def test_how_far_places_are_can_be_told_apart_in_grey() -> None:
    grey = [lab(linear(paint.fill or ""))[0] for paint in looks.LEFT[:3]]
    assert min(abs(a - b) for a, b in combinations(grey, 2)) >= 15
    never, gained = looks.LEFT[3:]
    assert never.line == "#FFFFFF", "what reaches nothing has a white ring"
    assert gained.fill == "#FFFFFF", "what is newly reached is hollow"


def _day(text: str) -> object:
    from datetime import date

    return date.fromisoformat(text)


def _ends(title: str) -> tuple[float, float]:
    numbers = [float(number) for number in re.findall(r"[\d.]+", title)]
    if title.startswith("低于"):
        return 0.0, numbers[0]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (numbers[0], math.inf)
