"""A link is checked by existence: what is gone, or not for this viewer, is left out and said in one sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from layers.catalog import Catalog
from layers.county import County, CountySettings, open_county
from layers.editions import Store
from layers.links import Checked, check
from layers.spec import Text
from layers.viewer import PUBLIC, Viewer
from tests import county
from tests.disputes import put

GRID = "140822100001001"
OLD_VILLAGE, NEW_VILLAGE, GONE = "140822209001", "140822101001", "140822102999"
STAFF = "网格员、规划人员、调解人员、系统管理员"
MEDIATOR, WORKER = Viewer("mediator", county.COUNTY), Viewer("grid_worker", GRID)
Asking = Callable[..., Checked]


@pytest.fixture
def drawn(demo_store: Store, catalog: Catalog) -> County:
    """The hand-drawn county, whose village 2 had another code before."""
    villages = county.villages()
    villages["former_code"] = [OLD_VILLAGE if code == NEW_VILLAGE else None for code in villages["code"]]
    put(demo_store, "villages", villages, demo=True)
    settings = CountySettings(
        demo_store.home, county.COUNTY, Text(zh="手画县", en="Drawn"), Text(zh="图", en="Map"), county.METRIC
    )
    return replace(open_county(settings), catalog=catalog, store=demo_store)


@pytest.fixture
def asking(drawn: County) -> Asking:
    """``asking("industry", viewer, code="…")``."""

    def _asking(theme: str, viewer: Viewer = PUBLIC, **words: str) -> Checked:
        found = check(drawn, viewer, theme, {name.replace("__", "."): word for name, word in words.items()})
        assert found is not None
        return found

    return _asking


def said(found: Checked) -> list[str]:
    return [str(one.why) for one in found.left_out]


def test_a_link_that_holds_is_left_as_it_is(asking: Asking) -> None:
    found = asking("industry", code="140822100", layers="orchards", v="2", lang="zh")
    assert (found.query, said(found)) == ("code=140822100&layers=orchards&v=2", [])


def test_a_bare_address_asks_for_nothing(drawn: County) -> None:
    assert check(drawn, PUBLIC, "overview", {"lang": "en", "v": "2", "code": ""}) is None


@pytest.mark.parametrize(
    ("code", "why", "label", "instead"),
    [
        (OLD_VILLAGE, f"链接里的区划 {OLD_VILLAGE} 已改为 {NEW_VILLAGE} 2号村，显示全县", "看2号村", NEW_VILLAGE),
        ("140822209", "链接里的区划 140822209 已改为 140822101 中镇，显示全县", "看中镇", "140822101"),
        (GONE, f"链接里的区划 {GONE} 已撤并或不存在，显示全县", "看东乡", "140822102"),
        ("140822999", "链接里的区划 140822999 已撤并或不存在，显示全县", None, None),
        ("110101001", "链接里的区划 110101001 不在手画县，显示全县", None, None),
        ("abc", "链接里的区划 abc 不在手画县，显示全县", None, None),
    ],
)  # fmt: skip
def test_a_code_that_is_gone(
    asking: Asking, code: str, why: str, label: str | None, instead: str | None
) -> None:
    found = asking("overview", code=code, sel=f"villages:{code}")
    assert (found.query, said(found), found.bounds) == ("", [why], None)
    [left] = found.left_out
    assert (left.instead and left.instead.label) == label
    assert left.instead is None or left.instead.words == {"code": instead}


def test_what_is_selected_says_where_it_is_unless_the_link_does(asking: Asking) -> None:
    found = asking("overview", sel=f"villages:{NEW_VILLAGE}")
    assert found.bounds is not None
    west, south, east, north = found.bounds
    assert (round(east - west, 3), round(north - south, 3)) == (0.011, 0.009)
    assert asking("overview", sel=f"villages:{NEW_VILLAGE}", at="35.4,110.8,12").bounds is None


@pytest.mark.parametrize(
    ("words", "query", "why"),
    [
        ({"since": "2026-02-28", "until": "2026-02-01"}, "since=2026-02-01&until=2026-02-28",
         "链接里的起止日期写反了（2026-02-28 在 2026-02-01 之后），已对调"),
        ({"since": "2026-13-45", "until": "2026-12-31"}, "until=2026-12-31", "链接里的日期 2026-13-45 不存在，没有按它筛选"),
        ({"until": "2026-02-30"}, "", "链接里的日期 2026-02-30 不存在，没有按它筛选"),
        ({"period": "1999Q9"}, "", "链接里的时段 1999Q9 没有公布，显示最近一期"),
        ({"at": "999,0,5"}, "", "链接里的位置 999,0,5 不对，从全县看起"),
        ({"layers": "orchards,gone-layer"}, "layers=orchards", "链接里的图层 gone-layer 已不存在"),
        ({"layers": "gone-layer"}, "", "链接里的图层 gone-layer 已不存在"),
        ({"hide": "gone-layer:1,orchards:0"}, "hide=orchards:0", "链接里的图层 gone-layer 已不存在"),
        ({"f__orchards__nope": "1"}, "", "链接里的筛选 果园 · nope 已不存在，没有用上"),
        ({"f__orchards__crop": "durian"}, "", "链接里的筛选 果园 · 种类 没有“durian”这一项，没有用上"),
        ({"f__gone-layer__crop": "apple"}, "", "链接里的图层 gone-layer 已不存在"),
        ({"table": "gone-layer", "sort": "name"}, "", "链接里的图层 gone-layer 已不存在"),
        ({"table": "villages", "sort": "-nope"}, "table=villages", "链接里的排序 -nope 已不存在，按原来的顺序"),
        ({"table": "villages", "sort": "-population"}, "table=villages&sort=-population", None),
        ({"sel": "villages-of-old:1"}, "", "链接里的图层 villages-of-old 已不存在"),
        ({"sel": "party-service-centres:PSC999"}, "", "链接里的党群服务中心 PSC999 已不在数据里"),
    ],
)  # fmt: skip
def test_what_is_gone_is_left_out_and_the_rest_stays(
    asking: Asking, words: dict[str, str], query: str, why: str | None
) -> None:
    found = asking("industry", **words)
    assert (found.query, said(found)) == (query, [why] if why else [])


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ({"sel": "disputes:D0001", "at": "35.4,110.8,12"}, "at=35.4,110.8,12"),
        ({"f__disputes__warning_level": "red", "code": "140822100"}, "code=140822100"),
        ({"f__disputes__q": "甲"}, ""),
    ],
)
def test_what_others_may_see_is_left_out_and_said_for_whom_it_is(
    asking: Asking, words: dict[str, str], query: str
) -> None:
    found = asking("disputes", **words)
    assert (found.query, said(found)) == (query, [f"矛盾纠纷的明细只对{STAFF}开放，链接里的这一部分没有打开"])
    if "sel" not in words:
        assert said(asking("disputes", MEDIATOR, **words)) == []


def test_a_worker_is_told_that_another_grid_is_not_theirs(asking: Asking) -> None:
    found = asking("disputes", WORKER, code="140822102", layers="disputes,villages")
    assert found.query == "code=140822102&layers=villages"
    assert said(found) == ["矛盾纠纷只看得到第1网格，东乡的没有打开"]
    assert said(asking("disputes", WORKER, code="140822100", layers="disputes,villages")) == []
    gone = asking("disputes", WORKER, sel="disputes:D9999")
    assert said(gone) == ["链接里的矛盾纠纷 D9999 已不在数据里，或不在这个身份的查看范围"]


def test_the_question_of_a_planner(drawn: County, asking: Asking) -> None:
    missing = "0" * 32
    saved = drawn.scenarios.save(
        "南边", "services=party-service-centres&within=600m", editions={}, by="planner"
    )
    found = asking(
        "coverage", scenario=missing, compare=f"{saved.token},{missing}", services="party-service-centres,zzz", within="abc"
    )  # fmt: skip
    assert found.query == "services=party-service-centres"
    assert said(found) == [
        "链接里的方案已删除或链接不完整，按现状打开",
        "链接里要比较的方案已删除或链接不完整，没有比较",
        "链接里的服务 zzz 已不存在",
        "链接里的条件 within=abc 没有用上：阈值“abc”不对，写成 2000m、2km 或 15min，几个用逗号隔开",
    ]
    assert said(asking("coverage", scenario=saved.token, within="600m")) == []
    assert said(asking("disputes", compare="2024Q1,2024Q2", scenario=missing)) == []


@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ("disputes", {"by": "zzz"}), ("disputes", {"neighbours": "x"}), ("disputes", {"alpha": "9"}),
        ("disputes", {"band": "-5"}), ("disputes", {"show": "zzz"}), ("disputes", {"cases": "NOPE"}),
        ("coverage", {"show": "zzz"}), ("coverage", {"decay": "zzz"}), ("coverage", {"objective": "zzz"}),
        ("coverage", {"add": "many"}), ("coverage", {"candidates": "zzz"}),
    ],
)  # fmt: skip
def test_a_word_of_a_question_that_cannot_be_is_left_out_and_said(
    asking: Asking, theme: str, words: dict[str, str]
) -> None:
    found = asking(theme, **words)
    [(name, word)] = words.items()
    assert found.query == ""
    assert [text.split("：")[0] for text in said(found)] == [f"链接里的条件 {name}={word} 没有用上"]


def test_words_of_questions_that_hold_stay(asking: Asking) -> None:
    spots = {
        "by": "grid",
        "neighbours": "band",
        "band": "2000",
        "alpha": "0.1",
        "show": "compare",
        "cases": "view",
    }
    sought = {
        "show": "access",
        "decay": "gaussian",
        "objective": "max-cover:equity",
        "add": "5",
        "candidates": "gaps",
    }
    assert (said(asking("disputes", **spots)), said(asking("coverage", **sought))) == ([], [])


def test_a_closed_centre_that_is_gone_is_left_out(asking: Asking) -> None:
    found = asking("coverage", close="party-service-centres:PSC001;party-service-centres:GONE;gone:1")
    assert found.query == "close=party-service-centres:PSC001"
    assert said(found) == ["链接里假设关闭的服务点有的已不存在，没有算在内"]
