"""Coverage reports and profiles of areas: the numbers of their pages, in sentences and tables."""

from datetime import date

import pytest

from geo.errors import ArgumentError, UnknownAreaError
from layers.disclosure import PUBLIC, Viewer
from layers.editions import Store
from layers.planning import coverage_plan
from layers.planning.planning import Planning
from layers.planning.standards import Standard
from layers.reports import Report, report_plan
from layers.reports.compose import compose
from layers.reports.coverage import standard_words
from layers.reports.periods import read_period
from layers.reports.plans import ReportPlan
from layers.spec import Text
from tests import disputes
from tests.county import COUNTY, HOSTILE, village_code
from tests.planning import planning_of

OPERATOR = Viewer("operator", COUNTY)
QUESTION = {"report": "coverage", "services": "party-service-centres", "within": "800m"}
MIDDLE = "140822101"


def report(planner: Planning, words: dict[str, str], viewer: Viewer = OPERATOR) -> Report:
    return compose(planner, viewer, report_plan(words), made_on=date(2026, 11, 25))


def texts(given: Report, key: str) -> list[tuple[str, ...]]:
    found = next(item for item in given.tables() if item.key == key)
    return [tuple(cell.text for cell in row) for row in found.rows]


def test_coverage_says_who_is_reached_and_on_what_ground(planner: Planning) -> None:
    lines = report(planner, QUESTION).text().splitlines()
    assert lines[0] == "手画县党群服务中心覆盖情况报告"
    assert lines[2:4] == [
        "人口 4,500 人，其中 2,800 人在党群服务中心的阈值以内，覆盖率 62.2 %（2,800 / 4,500）；没有覆盖的 1,700 人。"
        "直线距离不超过 800 米（含）算覆盖。阈值改变，覆盖率随之改变：400 米时 0.0 %（0 / 4,500），1600 米时 93.3 %（4,200 / 4,500）。",
        "阈值 800 米由提问的人定，没有对应的标准条款。",
    ]


def test_townships_stand_from_the_lowest_share(planner: Planning) -> None:
    assert texts(report(planner, QUESTION), "coverage") == [
        ("东乡", "1,800", "900", "50.0 %", "900", "1,089"),
        ("中镇", "1,500", "1,050", "70.0 %", "450", "643"),
        ("西镇", "1,200", "850", "70.8 %", "350", "670"),
        ("合计", "4,500", "2,800", "62.2 %", "1,700", ""),
    ]


def test_villages_out_of_reach_name_the_smallest_limit(planner: Planning) -> None:
    given = report(planner, QUESTION)
    assert texts(given, "unreached") == [
        ("6号村", "东乡", "600", "5号村党群服务中心", "1,218"),
        ("3号村", "东乡", "300", "5号村党群服务中心", "1,812"),
        ("2号村", "中镇", "200", "1号村党群服务中心", "1,218"),
    ]


def test_gaps_are_named_after_their_villages_and_have_a_site(planner: Planning) -> None:
    given = report(planner, QUESTION)
    # 5 east, 6, 3 and 2; 3 east is 1,650 and 1,400 m from centre 5, and only 6 east and 5 east are within 800 m of 6 west
    assert texts(given, "gaps") == [
        ("6号村等 4 村", "1,350", "2,164", "6号村第1网格", "850"),
        ("7号村", "350", "939", "7号村第1网格", "350"),
    ]
    assert (
        "没有覆盖的地点相距不超过 1,500 米的连成一片，共 2 片，是6号村等 4 村（1,350 人）、7号村（350 人）。"
        "在6号村等 4 村这一片的6号村第1网格新建一处，阈值以内可新增覆盖 850 人。详见表 3。"
    ) in given.text()
    assert given.text().count("名次") == 0


def test_a_threshold_in_minutes_is_a_time_and_not_a_distance(planner: Planning) -> None:
    given = report(planner, QUESTION | {"within": "15min", "mode": "detour"})
    assert (
        "步行时间（直线距离 × 1.3（绕行系数），时速 4 公里）不超过 15 分钟（含）算覆盖"
        in given.text().splitlines()[2]
    )


def test_the_numbers_are_those_of_the_coverage_page(planner: Planning) -> None:
    words = {name: word for name, word in QUESTION.items() if name != "report"}
    answer = planner.coverage(OPERATOR, coverage_plan(words))
    given = report(planner, QUESTION)
    rows = {row[0].text: row for item in given.tables() if item.key == "coverage" for row in item.rows}
    for town in answer.townships:
        share = rows[town.name][3].figure
        assert share is not None
        assert (share.numerator, share.denominator, share.value) == (town.covered, town.demand, town.share)
        assert share.editions == answer.editions


def test_everybody_reached_leaves_no_tables_of_gaps(planner: Planning) -> None:
    given = report(planner, QUESTION | {"within": "5km"})
    assert [item.key for item in given.tables()] == ["coverage", "sources"]
    assert "每个村（社区）都至少有一部分覆盖到了。" in given.text()
    assert "没有空白片区，阈值以外没有人。" in given.text()
    assert "各乡镇覆盖率相同，都是 100.0 %。" in given.text()


def test_what_proposals_change_stands_first(planner: Planning) -> None:
    closed = report(planner, QUESTION | {"close": "party-service-centres:PSC001"})
    assert closed.text().splitlines()[2].startswith("与现状相比，覆盖的减少 ")


def test_several_limits_and_services_are_told_apart(planner: Planning) -> None:
    words = report(planner, QUESTION | {"within": "800m,1600m"}).text()
    assert (
        "换用其他阈值：1600 米时 93.3 %（4,200 / 4,500）。阈值改变，覆盖率随之改变：400 米时 0.0 %（0 / 4,500）。"
        in words
    )


def test_one_township_gives_its_name_to_the_title(planner: Planning) -> None:
    given = report(planner, QUESTION | {"code": MIDDLE})
    assert given.title == "中镇党群服务中心覆盖情况报告"
    assert [row[0] for row in texts(given, "coverage")] == ["中镇"]


def standard(basis: str, **more: object) -> Standard:
    fields = {
        "id": "own",
        "title": Text(zh="标准", en="standard"),
        "within": 800,
        "unit": "m",
        "basis": basis,
    }
    return Standard.model_validate(fields | more)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (standard("suggestion"), "阈值 800 米是建议值，没有标准条款，只作起点。"),
        (standard("county"), "阈值 800 米是县里的规定。"),
        (
            standard("standard", document=Text(zh="GB 1-2020 标准", en="GB 1-2020"), clause="表 3", note=Text(zh="供对照。", en="–")),
            "阈值 800 米依据 GB 1-2020 标准 表 3。供对照。",
        ),
        (standard("county", services=("parks",)), "阈值 800 米由提问的人定，没有对应的标准条款。"),
        (standard("county", within=900), "阈值 800 米由提问的人定，没有对应的标准条款。"),
    ],
)  # fmt: skip
def test_the_clause_behind_a_threshold(given: Standard, words: str) -> None:
    plan = coverage_plan({"services": "party-service-centres", "within": "800m"})
    assert standard_words((given,), plan) == words


def test_a_township_is_described_by_its_profile(planner: Planning) -> None:
    given = report(planner, {"report": "profile", "code": MIDDLE})
    assert given.title == "手画县中镇基本情况"
    assert given.text().splitlines()[2] == (
        "中镇（代码 140822101）是手画县的乡镇，人口 1,500 人，60 岁以上人口 150 人，户数 450 户，面积 3.0 km²，村（社区）3 个，"
        "治理网格 6 个。各项的时点和来源见表 1，位置见图 1。"
    )
    assert texts(given, "services") == [("党群服务中心", "2", "3", "2 / 3", "—", "县委组织部")]
    assert texts(given, "children")[0] == ("2号村", "140822101001", "200", "20", "60", "1.0")
    (below,) = [item for item in given.tables() if item.key == "children"]
    assert below.source == "村（社区）界（县民政局）"
    profile = planner.areas.profile(MIDDLE, OPERATOR).to_json("zh")
    assert texts(given, "disputes")[-1] == ("合计", str(profile["disputes"]["total"]))


def test_a_village_has_a_service_or_not(planner: Planning) -> None:
    given = report(planner, {"report": "profile", "code": village_code(2)})
    assert texts(given, "services") == [("党群服务中心", "没有", "—", "县委组织部")]
    assert "下辖 2 个网格，名单见表" in given.text()


def test_a_month_within_which_the_data_end_says_so(county_store: Store) -> None:
    county_store.publish(
        "disputes", disputes.disputes(), source="手画", source_sha256="0" * 64, by="test", period="2025-03-20"
    )
    given = report(planning_of(county_store), {"report": "profile", "code": MIDDLE})
    assert texts(given, "disputes")[-2][0] == "2025年3月（截至 20 日）"
    assert "2024年12月至2025年2月发生矛盾纠纷" in given.text()


def test_months_for_staff_start_with_the_change(planner: Planning) -> None:
    words = report(planner, {"report": "profile", "code": village_code(9)}).text()
    assert "2025年1月至3月发生矛盾纠纷 6 件，比前 3 个月增加 3 件。" in words


def test_the_public_gets_published_periods(planner: Planning) -> None:
    given = report(planner, {"report": "profile", "code": village_code(2)}, PUBLIC)
    published = planner.areas.profile(village_code(2), PUBLIC).to_json("zh")["disputes"]["periods"]
    assert texts(given, "disputes") == [
        (read_period(item["period"]).words, "不公开" if item["suppressed"] else str(item["count"]))
        for item in published
    ]
    assert texts(given, "disputes")[0] == ("2024年第一季度", "不公开")
    assert any("＜3" in note for table in given.tables() for note in table.notes)


def test_a_grid_worker_reads_of_the_own_grid(planner: Planning) -> None:
    grid = f"{village_code(1)}001"
    given = report(planner, {"report": "profile", "code": grid}, Viewer("grid_worker", grid))
    assert "只含本网格的纠纷。" in given.text()
    other = report(planner, {"report": "profile", "code": village_code(9)}, Viewer("grid_worker", grid))
    assert "矛盾纠纷不在这个身份的查看范围。" in other.text()
    assert "disputes" not in [item.key for item in other.tables()]


def test_a_hostile_name_is_a_name(planner: Planning) -> None:
    given = report(planner, {"report": "profile", "code": village_code(9)})
    assert HOSTILE in given.title


def test_an_unknown_area_is_refused(planner: Planning) -> None:
    with pytest.raises(UnknownAreaError, match="没有区划代码 140822999"):
        report(planner, {"report": "profile", "code": "140822999"})


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"report": "annual"}, "可选：governance、coverage、profile"),
        ({"period": "2026-13"}, "写成 2026-10、2026Q3 或 2026"),
        ({"code": MIDDLE}, "只做全县的"),
        ({"report": "profile"}, "要写明是哪里"),
        ({"report": "profile", "code": MIDDLE, "period": "2026Q3"}, "不用写 period"),
        ({"report": "governance", "services": "parks"}, "不认识 services"),
        ({"report": "coverage", "services": "parks", "within": "0m"}, "要大于 0"),
        ({"report": "coverage", "within": "800m"}, "没有选服务"),
        ({"lang": "en"}, "报告只有中文的，没有 lang=en"),
        ({"maker": "局" * 61}, "maker 有 61 字，太长，最多 60 字"),
    ],
)
def test_a_wrong_plan_says_what_can_be(words: dict[str, str], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        report_plan(words)


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"period": "2026Q3"},
        {"report": "profile", "code": MIDDLE},
        QUESTION | {"mode": "detour", "code": MIDDLE},
    ],
)
def test_a_plan_is_read_back_from_its_key(words: dict[str, str]) -> None:
    from urllib.parse import parse_qsl

    plan = report_plan(words)
    assert report_plan(dict(parse_qsl(plan.key))) == plan
    assert isinstance(plan, ReportPlan)
