"""What the planner's page says in words, where a bare number or an empty map would mislead; and what its cards keep clear of."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from layers.planning.usual import USUAL_SITING
from tests.browser.test_planner_gaps import ask, settle

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
CLOSE = "110.84,35.41;110.85,35.42;110.86,35.41"
NOT_COVERED = """(card) => {
  const own = card.getBoundingClientRect();
  return [...document.querySelectorAll('.proposal svg, .proposal-gain')].map((node) => node.getBoundingClientRect())
    .filter((box) => box.right > own.left && box.left < own.right && box.bottom > own.top && box.top < own.bottom).length;
}"""


def test_a_search_begins_as_that_of_the_command_does(open_map: Opener) -> None:
    page = ask(open_map, "within=1500m")
    plan = page.evaluate("() => map_county.app.planner.question.plan()")
    assert {name: plan[name] for name in USUAL_SITING} == USUAL_SITING
    expect(page.locator("#planner-solve")).to_have_text("求最优 3 处")
    expect(page.locator("[data-name=candidates]")).to_have_value("villages")


@pytest.mark.parametrize(("mode", "nearest"), [("detour", 46), ("road", 38)])
def test_a_threshold_that_reaches_nobody_is_said_in_the_title(
    open_map: Opener, mode: str, nearest: int
) -> None:
    page = ask(open_map, f"within=1m&mode={mode}")
    said = f"1 米内一个地点也没有到达，离中心最近的也要 {nearest} 米"
    expect(page.locator("#map-subtitle")).to_contain_text(said)
    page = ask(open_map, f"within={nearest}m&mode={mode}")
    expect(page.locator("#map-subtitle")).not_to_contain_text("没有到达，")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("link=0", "链接里的条件 link=0 没有用上：连片的距离 0 米不能用，要大于 0、不超过 20000 米"),
        ("services=weak-party-orgs", "软弱涣散党组织的明细只对系统管理员开放，链接里的这一部分没有打开"),
    ],
)
def test_what_cannot_be_asked_is_said_above_the_map(open_map: Opener, words: str, said: str) -> None:
    page = ask(open_map, f"v=2&{words}")
    expect(page.locator("#notices")).to_contain_text(said)
    expect(page.locator("#map-title")).to_have_text("党群服务中心：全部人口，2,000 米（绕行系数 1.3）")
    expect(page.locator("#stage")).not_to_contain_text("weak-party-orgs")


def test_people_and_villages_that_reach_nothing_are_told_apart(open_map: Opener) -> None:
    page = ask(open_map, "v=2&show=access")
    people, villages = page.locator("#planner-access-headline"), page.locator("#legend [data-cls='0']")
    expect(people).to_contain_text("45,335 人一个中心也够不着")
    expect(villages).to_contain_text("全村都够不着")
    expect(villages).to_contain_text("20 村，28,012 人")
    expect(page.locator("#stage")).not_to_contain_text("一个也够不着")


def test_accessibility_has_no_curve_of_who_is_reached(open_map: Opener) -> None:
    page = ask(open_map, "v=2&show=access")
    part = page.locator(".planner-part", has=page.locator("#planner-limit"))
    expect(part.locator(".planner-plot")).to_be_hidden()
    expect(part).not_to_contain_text("87.5 %")
    expect(part).not_to_contain_text("曲线")
    page.get_by_role("radio", name="到达", exact=True).click()
    settle(page)
    expect(part.locator(".planner-mark")).to_have_text("87.5 %")


def test_a_gap_without_a_site_says_why(open_map: Opener) -> None:
    page = ask(open_map, "v=2")
    page.locator("#planner-gaps").get_by_role("button", name="看全部 38 片").click()
    rows = page.locator(".gap-row")
    expect(rows).to_have_count(38)
    expect(rows.nth(29)).not_to_contain_text("没有算")
    expect(rows.nth(30)).to_contain_text("↳ 没有算建在哪里：只算人最多的前 30 片")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_card_of_a_point_covers_no_other(open_map: Opener, number: int) -> None:
    page = ask(open_map, f"v=2&place={CLOSE}")
    page.locator(".proposal").nth(number).press("Enter")
    card = page.locator(".place-card")
    expect(card).to_contain_text("新增到达")
    assert card.evaluate(NOT_COVERED) == 0


def test_area_and_period_stay_on_a_low_screen(open_map: Opener) -> None:
    page = ask(open_map, "v=2", "low")
    line = page.locator("#map-subtitle")
    expect(line).to_be_visible()
    box = line.bounding_box()
    assert box
    assert box["y"] + box["height"] < 110
    expect(line).to_contain_text("全县 213 个村（社区） · 全部人口 2020年11月1日")


def test_half_a_sheet_leaves_no_buttons_over_the_points(open_map: Opener) -> None:
    page = ask(open_map, f"v=2&place={CLOSE}", "phone")
    expect(page.locator(".phone-tools")).to_be_visible()
    page.locator("#sheet-grip").press("ArrowUp")
    expect(page.locator(".phone-tools")).to_be_hidden()
    page.locator("#sheet-grip").press("ArrowDown")
    expect(page.locator(".phone-tools")).to_be_visible()
