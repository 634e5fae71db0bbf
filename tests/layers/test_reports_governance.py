"""The governance report of the hand-drawn county: exact sentences and tables, and what the public does not get."""

import re
from dataclasses import replace
from datetime import date
from unittest.mock import Mock

import geopandas as gpd
import pandas as pd
import pytest

from geo.errors import FilterError, ForbiddenError, UnknownAreaError, UnknownEditionError
from layers.disclosure import PUBLIC, RowFilter, Viewer
from layers.disclosure.look import legend
from layers.disclosure.timeline import months
from layers.editions import Store
from layers.planning import HotspotPlan
from layers.planning.planning import Planning
from layers.reports import Report, report_plan
from layers.reports.compose import check, compose
from layers.reports.counts import Disputes
from layers.reports.document import Table
from layers.reports.hotspots import townships
from layers.reports.periods import read_period
from tests import disputes
from tests.county import COUNTY, TOWNSHIPS, village_code
from tests.disputes import COUNTS, INTERNAL, PERSONAL, QUARTERS
from tests.planning import planning_of

OPERATOR = Viewer("operator", COUNTY)
PLANNER = Viewer("planner", COUNTY)
DAY = date(2026, 11, 25)
HIDDEN = "不公开"


def report(planner: Planning, period: str, viewer: Viewer = OPERATOR) -> Report:
    return compose(planner, viewer, report_plan({"period": period}), made_on=DAY)


def table(given: Report, key: str) -> Table:
    return next(item for item in given.tables() if item.key == key)


def texts(given: Report, key: str) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in table(given, key).rows]


def test_the_first_words_say_how_many_and_what_changed(planner: Planning) -> None:
    lines = report(planner, "2024Q4").text().splitlines()
    assert lines[:4] == [
        "手画县2024年第四季度基层治理情况报告",
        "一、总体情况",
        "2024年第四季度，全县发生矛盾纠纷 36 件，比上季度增加 4 件，增长 12.5 %；上年同期没有完整数据，不作比较。主要数字见表 1。",
        "与上季度相比，乡镇中变化最大的是西镇（+4）、中镇（−4）、东乡（+4）；类别中变化最大的是邻里纠纷，增加 4 件（由 32 件到 36 件）；"
        "预警等级中变化最大的是红色预警，增加 3 件（由 9 件到 12 件）。",
    ]


def test_headings_are_numbered_as_the_form_asks(planner: Planning) -> None:
    lines = report(planner, "2024Q4").text().splitlines()
    assert [line for line in lines if re.match(r"[一二三四五六]、|（[一二]）", line)] == [
        "一、总体情况", "二、分布情况", "（一）乡镇分布", "（二）类别分布", "三、化解情况", "四、热点情况", "五、数据和方法",
    ]  # fmt: skip


def test_townships_stand_by_their_number(planner: Planning) -> None:
    assert texts(report(planner, "2024Q4"), "townships") == [
        ("西镇", "13", "9", "+4", "", "1,200", "10.83"),
        ("中镇", "12", "16", "−4", "−25.0 %", "1,500", "8.00"),
        ("东乡", "11", "7", "+4", "", "1,800", "6.11"),
        ("合计", "36", "32", "+4", "+12.5 %", "4,500", "8.00"),
    ]


def test_the_year_before_is_compared_where_data_exist(planner: Planning) -> None:
    given = report(planner, "2025Q1")
    assert texts(given, "overview")[0] == ("矛盾纠纷", "25", "36", "−11", "−30.6 %", "30", "−16.7 %")
    assert "比上季度减少 11 件，下降 30.6 %；比上年同期减少 5 件，下降 16.7 %。" in given.text()


def test_resolution_has_its_parts_beside_it(planner: Planning) -> None:
    given = report(planner, "2024Q4")
    assert texts(given, "resolution")[-1] == ("合计", "36", "26", "72.2 %", "10", "—")
    assert (
        "已结案 26 件，化解率 72.2 %（26 / 36）；未结案 10 件，化解时限没有采集，不计超期。" in given.text()
    )


def test_every_number_knows_its_period_source_and_editions(planner: Planning) -> None:
    edition = planner.door.store.current("disputes")
    assert edition is not None
    found = list(report(planner, "2024Q4").figures())
    assert len(found) > 40
    for figure in found:
        assert figure.method.zh
        assert not figure.share or figure.denominator is not None
        if figure.unit == "人":
            continue
        assert figure.editions["disputes"] == edition.id
        assert figure.period in ("2024Q4", "2024Q3")


def test_every_table_says_where_its_numbers_come_from(planner: Planning) -> None:
    feet = {item.key: item.foot for item in report(planner, "2024Q4").tables()}
    assert feet["overview"] == "注：基数不足 10 的不写百分比。来源：矛盾纠纷（县综治中心）。"
    assert (
        feet["townships"]
        == "注：基数不足 10 的不写百分比。来源：矛盾纠纷（县综治中心）；村（社区）界（县民政局）。"
    )
    assert feet["resolution"].startswith("注：化解率 = 已结案 ÷ 发生。来源：")
    assert "来源：" not in feet["sources"]


def test_every_number_says_how_it_was_worked_out(planner: Planning) -> None:
    (first, *_) = table(report(planner, "2024Q4"), "categories").rows
    made = [cell.figure.method.zh for cell in first if cell.figure]
    assert made == [
        "逐行计数",
        "该类 ÷ 全部",
        "逐行计数",
        "本期减上季度（2024Q3）",
        "增减 ÷ 上季度（2024Q3）",
    ]
    closed = next(cell.figure for cell in table(report(planner, "2024Q4"), "resolution").rows[0][2:3])
    assert closed is not None
    assert (closed.label.zh, closed.method.zh) == ("已结案", "逐行计数")


def test_what_cannot_be_compared_has_no_column(planner: Planning) -> None:
    first = report(planner, "2024Q1")
    for key in ("overview", "townships", "categories"):
        assert not {"上季度", "增减", "上年同期"} & {column.title for column in table(first, key).columns}
    assert "都没有的类别不列" not in "".join(table(first, "categories").notes)


def test_who_signs_stands_in_the_report_and_its_key(planner: Planning) -> None:
    plan = report_plan({"period": "2024Q4", "maker": " 县综治\n中心 "})
    assert plan.key == "report=governance&period=2024Q4&maker=%E5%8E%BF%E7%BB%BC%E6%B2%BB+%E4%B8%AD%E5%BF%83"
    own = compose(planner, OPERATOR, plan, made_on=DAY, maker="一张图")
    usual = compose(planner, OPERATOR, report_plan({"period": "2024Q4"}), made_on=DAY, maker="一张图")
    assert (own.maker, usual.maker) == ("县综治 中心", "一张图")
    assert own.fingerprint != usual.fingerprint


def test_maps_of_a_public_report_are_not_yet_public(planner: Planning) -> None:
    assert "图没有审图号" in report(planner, "2024Q4", PUBLIC).text()
    assert "审图号" not in report(planner, "2024Q4").text()


def test_what_cannot_be_had_is_known_before_any_work(planner: Planning) -> None:
    with pytest.raises(FilterError, match="对公众只公布整季和整年的件数，没有 2024-10"):
        check(planner, PUBLIC, report_plan({"period": "2024-10"}))
    with pytest.raises(FilterError, match="2031Q1 没有矛盾纠纷记录"):
        check(planner, OPERATOR, report_plan({"period": "2031Q1"}))
    with pytest.raises(ForbiddenError, match="只看本网格的身份"):
        check(planner, Viewer("grid_worker", f"{village_code(1)}001"), report_plan({}))
    with pytest.raises(UnknownAreaError, match="没有区划代码 140822999"):
        check(planner, OPERATOR, report_plan({"report": "profile", "code": "140822999"}))
    check(planner, PUBLIC, report_plan({}))


def test_the_public_signs_nothing(planner: Planning) -> None:
    plan = report_plan({"period": "2024Q4", "maker": "县人民政府"})
    for ask in (check, lambda *asked: compose(*asked, made_on=DAY)):
        with pytest.raises(ForbiddenError, match="署名（maker）由工作人员写"):
            ask(planner, PUBLIC, plan)


def test_a_public_report_says_why_it_has_no_hot_spots(planner: Planning) -> None:
    withheld, whole = (report(planner, period, PUBLIC) for period in ("2024Q1", "2024"))
    assert "本期没有算热点：2024-01-01 至 2024-03-31 有" in withheld.text()
    assert "算热点会把它们当成没有，所以不提供热点" in withheld.text()
    assert [block.key for block in withheld.maps() if "hotspots" in block.key] == []
    assert "没有显著的热点" in whole.text()


def test_numbers_are_those_of_the_map_page(planner: Planning) -> None:
    """Timeline, legend and hot spots count the same rows as the report."""
    period, door = read_period("2024Q4"), planner.door
    wanted = RowFilter(since=period.since, until=period.until)
    given = door.rows("disputes", OPERATOR, wanted)
    counts = Disputes(door, OPERATOR).of(period)
    assert counts.total == sum(month.count or 0 for month in months(given, door.extent("disputes"))) == 36
    by_level = {row["value"]: row["count"] for row in legend(given, door.catalog, "zh") if row["value"]}
    assert counts.levels == by_level
    spots = planner.hotspots(OPERATOR, HotspotPlan(since=period.since, until=period.until))
    for code in TOWNSHIPS:
        assert counts.townships[code] == sum(row.n or 0 for row in spots.rows if row.code.startswith(code))


@pytest.mark.parametrize("viewer", [OPERATOR, PLANNER, Viewer("mediator", COUNTY)])
@pytest.mark.parametrize("quarter", QUARTERS)
def test_totals_are_the_sums_of_their_parts(planner: Planning, quarter: str, viewer: Viewer) -> None:
    counts = Disputes(planner.door, viewer).of(read_period(quarter))
    assert counts.total == sum(row[QUARTERS.index(quarter)] for row in COUNTS.values())
    for parts in (counts.townships, counts.categories, counts.levels):
        assert sum(filter(None, parts.values())) == counts.total
    assert sum(counts.closed.values()) + sum(counts.open.values()) == counts.total


def test_nothing_personal_or_internal_stands_in_a_report(planner: Planning) -> None:
    given = report(planner, "2024Q4")
    words = given.text() + "".join(cell.text for item in given.tables() for row in item.rows for cell in row)
    assert PERSONAL not in words
    assert INTERNAL not in words


def test_the_public_gets_published_counts_and_nothing_else(planner: Planning) -> None:
    given = report(planner, "2024Q4", PUBLIC)
    assert not given.staff
    assert [item.key for item in given.tables()] == ["overview", "townships", "sources"]
    county = planner.door.counts(PUBLIC, "2024Q4", "county")["count"].iloc[0]
    assert texts(given, "overview") == [("矛盾纠纷", str(county), "32", "+4", "+12.5 %")]
    for word in ("化解率", "邻里纠纷", "红色"):
        assert word not in given.text()


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_public_reads_no_number_that_is_not_published(planner: Planning, quarter: str) -> None:
    towns = planner.door.counts(PUBLIC, quarter, "township").set_index("name")["count"]
    for name, count, *_ in texts(report(planner, quarter, PUBLIC), "townships")[:-1]:
        assert count == (HIDDEN if pd.isna(towns[name]) else f"{towns[name]:,}")


@pytest.mark.parametrize("period", ["2024-10", "2025Q2", "2025", "2023"])
def test_a_month_or_an_unpublished_period_is_refused_to_the_public(planner: Planning, period: str) -> None:
    with pytest.raises(
        FilterError, match=r"对公众只公布整季和整年的件数.*可选：2024Q1、.*月报由工作人员登录后做"
    ):
        report(planner, period, PUBLIC)


def test_the_usual_period_is_the_latest_complete_quarter(planner: Planning) -> None:
    assert report(planner, "").title == "手画县2025年第一季度基层治理情况报告"


def test_a_month_is_for_staff(planner: Planning) -> None:
    assert (
        "2024年1月，全县发生矛盾纠纷 12 件，上月没有完整数据，不作比较" in report(planner, "2024-01").text()
    )


@pytest.mark.parametrize("period", ["2023Q4", "2031Q1"])
def test_a_period_outside_the_data_is_refused(planner: Planning, period: str) -> None:
    with pytest.raises(FilterError, match=f"{period} 没有矛盾纠纷记录"):
        report(planner, period)


def test_who_sees_one_grid_gets_no_report_of_the_county(planner: Planning) -> None:
    with pytest.raises(ForbiddenError, match="只看本网格的身份做不了全县的报告"):
        report(planner, "2024Q4", Viewer("grid_worker", f"{village_code(1)}001"))


def test_without_disputes_it_says_so(county_store: Store) -> None:
    with pytest.raises(UnknownEditionError, match="还没有数据"):
        report(planning_of(county_store), "2024Q4")


@pytest.fixture
def changed(county_store: Store) -> "Changed":
    return Changed(county_store)


class Changed:
    """The county with other disputes."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def planner(self, rows: gpd.GeoDataFrame, period: str | None = None) -> Planning:
        self.store.publish(
            "disputes", rows, source="手画", source_sha256="0" * 64, by="test", period=period
        )  # fmt: skip
        return planning_of(self.store)


def test_small_counts_stay_hidden_in_words_and_tables(changed: Changed) -> None:
    """The east gets one dispute in the quarter: its number is hidden, and another with it."""
    rows = disputes.disputes()
    east = rows["village_code"].str.startswith("140822102")
    quarter = rows["happened_on"].between("2024-10-01", "2024-12-31")
    kept = rows[~(east & quarter) | (rows.index == rows.index[east & quarter][0])]
    given = report(changed.planner(kept), "2024Q4", PUBLIC)
    hidden = [row[0] for row in texts(given, "townships") if row[1] == HIDDEN]
    assert "东乡" in hidden
    assert len(hidden) >= 2
    assert f"{len([name for name in hidden if name != '合计'])} 个乡镇的件数不公开" in given.text()
    for row in texts(given, "townships"):
        if row[0] in hidden:
            assert (row[3], row[4], row[6]) == (HIDDEN, HIDDEN, HIDDEN)
    assert any("＜3" in note for note in table(given, "townships").notes)


def test_a_quarter_that_is_not_over_is_not_compared(changed: Changed) -> None:
    given = report(changed.planner(disputes.disputes(), period="2025-02-20"), "2025Q1")
    assert (
        "2025年第一季度（截至 2025年2月20日），全县发生矛盾纠纷 25 件；本季度的数据不完整，不与往期比较。"
        in given.text()
    )
    assert [column.title for column in table(given, "townships").columns] == [
        "乡镇",
        "件数",
        "人口（人）",
        "每千人件数",
    ]


def test_a_year_in_which_the_records_begin_is_no_whole_year(changed: Changed) -> None:
    rows = disputes.disputes()
    given = report(changed.planner(rows[rows["happened_on"] >= "2024-11-01"]), "2024")
    assert "2024年（2024年11月1日起有数据），全县发生矛盾纠纷" in given.text()
    assert "2024-11-01 至 2024-12-31 的件数" in given.text()
    assert "不足 3 个整月，没有算趋势" in given.text()


def test_overdue_is_counted_to_the_day_of_the_data(changed: Changed) -> None:
    rows = disputes.disputes().assign(due_on=lambda cases: cases["happened_on"] + pd.Timedelta(days=30))
    rows.loc[rows.index[rows["status"] == "open"][-1:], "due_on"] = None
    late = rows["happened_on"].ge("2025-01-01") & (rows["status"] == "open") & rows["due_on"].lt("2025-03-31")
    assert late.sum() == 4
    given = report(changed.planner(rows, period="2025-03-31"), "2025Q1")
    assert texts(given, "resolution")[-1] == ("合计", "25", "17", "68.0 %", "8", "4")
    assert "未结案 8 件，其中超过化解时限的 4 件。" in given.text()
    assert "1 件未结案的没有写化解时限，不算超期。" in given.text()


def test_a_zero_is_a_zero(changed: Changed) -> None:
    """Three disputes a quarter, so that one without any is no wonder."""
    rows = disputes.disputes()
    quiet = rows.groupby(rows["happened_on"].dt.to_period("Q")).head(3)
    gone = quiet["happened_on"].between("2024-07-01", "2024-09-30")
    given = report(changed.planner(quiet[~gone]), "2024Q3")
    assert texts(given, "overview")[0] == ("矛盾纠纷", "0", "3", "−3", "")
    assert "本季度没有需要化解的纠纷" in given.text()
    assert "本期没有算热点：这个时段没有矛盾纠纷记录" in given.text()
    after = report(planning_of(changed.store), "2024Q4")
    assert texts(after, "overview")[0][3:5] == ("+3", "基数为 0")
    assert "上季度为 0 件，增加 3 件" in after.text()


def test_what_was_not_collected_is_no_zero(changed: Changed) -> None:
    """Some twelve a month, and then none in the whole county for three: nobody wrote them down."""
    rows = disputes.disputes()
    gone = rows["happened_on"].between("2024-07-01", "2024-09-30")
    planner = changed.planner(rows[~gone])
    with pytest.raises(FilterError, match="2024Q3 没有采集"):
        report(planner, "2024Q3")
    assert "上季度没有完整数据，不作比较" in report(planner, "2024Q4").text()
    year = report(planner, "2024").text()
    assert "2024年7月、2024年8月、2024年9月没有采集" in year
    assert "不与往期比较" in year


def test_demo_rows_are_named_as_such(county_store: Store) -> None:
    disputes.put(county_store, "disputes", disputes.disputes(), demo=True)
    given = report(planning_of(county_store), "2024Q4")
    assert given.demo
    assert "本报告含有演示数据，不是真实情况" in given.text()
    assert texts(given, "sources")[0][3] == "演示推算"


def indicator(area: str, year: str, value: float) -> dict[str, object]:
    return {
        "code": f"collective_income:{area}:{year}", "name": "集体经济收入", "indicator": "collective_income",
        "area_code": area, "period": year, "value": value, "numerator": value, "unit": "万元", "source": "手画",
    }  # fmt: skip


def test_the_collective_economy_of_the_latest_year(county_store: Store) -> None:
    disputes.put(county_store, "disputes", disputes.disputes())
    rows = [indicator(village_code(number), "2024", 10.0 * number) for number in range(1, 10)]
    rows += [indicator(village_code(number), "2025", 11.0 * number) for number in range(1, 10)]
    rows += [indicator(village_code(number), "2026", 99.0) for number in range(1, 10)]
    disputes.put(county_store, "indicators", pd.DataFrame(rows))
    given = report(planning_of(county_store), "2024")
    assert "最近一期是2024年：全县集体经济收入 450 万元（2023年没有采集，不作比较）。" in given.text()
    assert texts(given, "economy")[0] == ("东乡", "180.0", "—", "—", "—")


def test_figures_of_a_year_stand_in_the_report_of_a_year_alone(county_store: Store) -> None:
    disputes.put(county_store, "disputes", disputes.disputes())
    disputes.put(county_store, "indicators", pd.DataFrame([indicator(village_code(1), "2024", 10.0)]))
    planner = planning_of(county_store)
    for period in ("2024Q4", "2024-10"):
        given = report(planner, period)
        assert "economy" not in {getattr(block, "id", "") for block in given.blocks}
        assert "集体经济是全年的数，只列入全年的报告。" in given.text()
        assert "indicators" not in given.editions
    assert "只列入全年的报告" not in report(planner, "2024").text()


def test_the_same_question_has_the_same_answer(planner: Planning) -> None:
    assert report(planner, "2024Q4") == report(planner, "2024Q4")
    assert report(planner, "2024Q4").fingerprint != report(planner, "2024Q3").fingerprint
    assert report(planner, "2024Q4").fingerprint != report(planner, "2024Q4", PUBLIC).fingerprint


def test_a_village_of_one_case_is_no_hot_spot(planner: Planning, monkeypatch: pytest.MonkeyPatch) -> None:
    period = read_period("2024Q4")
    real = planner.hotspots(OPERATOR, HotspotPlan(since=period.since, until=period.until))
    first, second, third, *others = real.rows
    made = (
        first._replace(side="hot", n=1), second._replace(side="hot", n=2), third._replace(side="hot", n=3),
        *(row._replace(side="none") for row in others),
    )  # fmt: skip
    monkeypatch.setattr(planner, "hotspots", lambda *_asked: replace(real, rows=made))
    given = report(planner, "2024Q4")
    assert f"1 个是热点，没有冷点（q 不超过 0.05）。热点是{third.name}，在" in given.text()
    assert "另有 2 个村（社区）周围多发、本身不足 3 件，不作热点。" in given.text()
    assert [row[0] for row in texts(given, "hotspots")] == [third.name]


def test_townships_in_a_sentence_stand_by_their_pinyin() -> None:
    names = {"1": "卓镇", "2": "闫镇", "3": "安镇"}
    areas = Mock(name_within=lambda code, level: names[code] if level == "township" else "")
    spots = [Mock(code=code) for code in ("1", "2", "3", "2")]
    assert townships(areas, spots) == ["安镇", "闫镇", "卓镇"]
