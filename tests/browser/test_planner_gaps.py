"""Who is not reached, on the map and in lists: circles, gaps, symbols, and that nothing in view belongs to another question."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.waiting import still

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
ELDERS = "services=village-clinics&within=15min&mode=road&demand=population_60_plus"
MODES = {
    "straight": "services=village-clinics&within=1500m&mode=straight",
    "detour": "services=village-clinics&within=2000m&mode=detour",
    "walking": "services=village-clinics&within=20min&mode=straight",
    "road": ELDERS,
}
SETTLED = """() => document.documentElement.dataset.mapState === 'ready'
  && map_county.app?.planner && !document.querySelector('[data-stale]') && !map_county.app.planner.answers.staleMap()"""
ANSWER = "() => map_county.app.planner.answers.coverage.answer"
LIT = "() => map_county.app.painter.marked.lit?.key ?? ''"
ON_SCREEN = "(node) => { const {top, bottom} = node.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"
OVERLAPS = """() => {
  const seen = (node) => {
    const [{left, right, top, bottom}, room] = [node.getBoundingClientRect(), parseFloat(getComputedStyle(node).paddingLeft)];
    return {left: left + room, right: right - room, top: top + room, bottom: bottom - room};
  };
  const boxes = [...document.querySelectorAll('.gap-badge:not([hidden])')].map(seen);
  const map = document.getElementById('map-holder').getBoundingClientRect();
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const out = boxes.filter((box) => box.left < map.left || box.right > map.right || box.top < map.top || box.bottom > map.bottom);
  return {shown: boxes.length, out: out.length, over: boxes.filter((a, i) => boxes.some((b, j) => j > i && meet(a, b))).length};
}"""


def ask(open_map: Opener, query: str, size: str = "desk") -> Page:
    """Open the page of a question and wait for all that it says."""
    return settle(open_map(f"/map/coverage?lang=zh&{query}", size))


def settle(page: Page) -> Page:
    page.wait_for_function(SETTLED, timeout=60_000)
    return page


def slide(page: Page, value: int) -> None:
    page.locator("#planner-limit").evaluate(
        "(node, value) => { node.value = value; node.dispatchEvent(new Event('input', {bubbles: true})); }",
        value,
    )


def where(page: Page, lat: float, lng: float) -> tuple[float, float]:
    """Where a place of the map lies in the window."""
    x, y = page.evaluate(
        "([lat, lng]) => { const p = map_county.latLngToContainerPoint([lat, lng]);"
        " const box = map_county.getContainer().getBoundingClientRect(); return [p.x + box.left, p.y + box.top]; }",
        [lat, lng],
    )
    return x, y


@pytest.mark.parametrize("mode", MODES)
def test_the_legend_adds_up_to_who_is_not_reached(open_map: Opener, mode: str) -> None:
    page = ask(open_map, MODES[mode])
    answer = page.evaluate(ANSWER)
    rows = page.locator("#legend-body [data-people]").all()
    people = {
        int(row.get_attribute("data-cls") or 0): int(row.get_attribute("data-people") or 0) for row in rows
    }
    assert sum(value for cls, value in people.items() if cls < 4) == round(
        answer["total"] - answer["covered"]
    )
    for row in rows:
        said = re.search(r"，([\d,]+) 人$", row.inner_text())
        assert said is not None
        assert said[1].replace(",", "") == row.get_attribute("data-people")
    expect(page.locator(".legend-size")).to_have_count(3)


def test_circles_keep_their_scale_while_the_slider_moves(open_map: Opener) -> None:
    page = ask(open_map, MODES["straight"])
    sides = """() => Object.fromEntries(map_county.app.painter.placed.filter((one) => one.entry.id === 'left')
      .map((one) => [one.shapes.names[one.index], one.size]))"""
    before = page.evaluate(sides)
    slide(page, 1000)
    after = page.evaluate(sides) if settle(page) else {}
    common = set(before) & set(after)
    assert len(common) > 10
    assert all(before[name] == pytest.approx(after[name]) for name in common)


def test_row_badge_and_hull_light_up_together(open_map: Opener) -> None:
    page = ask(open_map, ELDERS)
    row, badge = page.locator(".gap-row[data-rank='2']"), page.locator(".gap-badge[data-rank='2']")
    row.hover()
    expect(badge).to_have_class(re.compile(r"\blit\b"))
    assert page.evaluate(LIT) == "2"
    badge.hover()
    expect(row).to_have_class(re.compile(r"\blit\b"))
    page.locator(".gap-row[data-rank='3'] .gap-main").focus()
    expect(page.locator(".gap-badge[data-rank='3']")).to_have_class(re.compile(r"\blit\b"))
    gap = page.evaluate("() => map_county.app.planner.answers.shapes.answer.gaps[0]")
    page.mouse.move(*where(page, gap["lat"], gap["lon"]))
    expect(page.locator(".gap-row[data-rank='1']")).to_have_class(re.compile(r"\blit\b"))
    assert page.evaluate(LIT) == "1"
    zoom = page.evaluate("() => map_county.getZoom()")
    page.locator(".gap-row[data-rank='2'] .gap-main").press("Enter")
    settle(page)
    assert page.evaluate("() => map_county.getZoom()") > zoom


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_names_of_gaps_stand_clear_of_each_other_and_on_the_map(open_map: Opener, size: str) -> None:
    page = ask(open_map, ELDERS, size)
    page.wait_for_function(f"() => ({OVERLAPS})().over === 0")  # names are placed with the next painting
    found = page.evaluate(OVERLAPS)
    assert (found["out"], found["over"]) == (0, 0)
    assert found["shown"] >= 8
    if size == "desk":
        assert page.locator(".gap-badge:not(.bare):not([hidden])").count() >= 8


def test_all_gaps_can_be_seen(open_map: Opener) -> None:
    page = ask(open_map, ELDERS)
    many = page.evaluate("() => map_county.app.planner.answers.shapes.answer.gaps.length")
    expect(page.locator(".gap-row")).to_have_count(10)
    page.locator("#planner-gaps").get_by_role("button", name="看全部").click()
    expect(page.locator(".gap-row")).to_have_count(many)


def test_a_new_centre_is_put_where_a_gap_says(open_map: Opener) -> None:
    page = ask(open_map, ELDERS)
    site = page.evaluate("() => map_county.app.planner.answers.shapes.answer.gaps[0].site")
    page.locator(".gap-row[data-rank='1'] .gap-site").click()
    settle(page)
    expect(page.locator(".place-card")).to_contain_text(f"新增到达 {round(site['gain']):,} 人")
    gained = page.locator("#legend-body [data-cls='4']")
    assert int(gained.get_attribute("data-people") or 0) == round(site["gain"])


@pytest.mark.parametrize("mode", MODES)
def test_the_curve_goes_through_what_the_headline_says(open_map: Opener, mode: str) -> None:
    page = ask(open_map, MODES[mode].replace("1500m", "1730m").replace("2000m", "1930m"))
    value = page.locator(".hero-value").inner_text()
    assert page.locator(".planner-mark span").inner_text().replace(" ", "") == re.sub(r"\s", "", value)
    shares = page.evaluate(
        "() => { const {answer} = map_county.app.planner.answers.coverage; return [answer.share, answer.covered / answer.total]; }"
    )
    assert shares[0] == pytest.approx(shares[1])


def test_what_is_of_another_question_is_grey(open_map: Opener) -> None:
    page = ask(open_map, MODES["straight"])
    held: list[Route] = []
    page.route("**/api/coverage*within=2350m*", lambda route: held.append(route))
    page.route("**/api/coverage/shapes*within=2350m*", lambda route: held.append(route))
    slide(page, 2350)
    for box in ("#drawer", "#legend"):
        expect(page.locator(box)).to_have_attribute("data-stale", "")
        expect(page.locator(f"{box} > .pending-chip")).to_have_text("正在算 2,350 米…")
    for _ in range(2):
        page.wait_for_timeout(50)
        while held:
            held.pop().continue_()
    settle(page)
    expect(page.locator(".pending-chip:visible")).to_have_count(0)


def test_places_are_put_until_that_is_ended(open_map: Opener) -> None:
    page = ask(open_map, ELDERS)
    button = page.get_by_role("button", name="手工放点")
    button.click()
    for number, (x, y) in enumerate(((640, 420), (760, 480), (860, 380)), start=1):
        page.mouse.click(x, y)
        expect(page.locator(".proposal")).to_have_count(number)
        expect(button).to_have_attribute("aria-pressed", "true")
        settle(page)
        expect(page.locator(".place-card")).to_contain_text(f"拟建点 {number}")
        expect(page.locator(".place-card")).to_contain_text(re.compile("新增到达 [\\d,]+ 人"))
        page.locator(".place-card").get_by_label("关闭").click()
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.mouse.click(640, 520)
    expect(page.locator(".proposal")).to_have_count(3)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_saving_and_comparing_never_scroll_away(open_map: Opener, size: str) -> None:
    page = ask(open_map, ELDERS, size)
    if size == "phone":
        page.locator("[data-tab=layers]").click()
        still(page)
    for name in ("保存方案", "对比"):
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_in_viewport(ratio=1)
        assert button.evaluate(ON_SCREEN)


def test_two_services_have_two_symbols(open_map: Opener) -> None:
    page = ask(open_map, "services=village-clinics,neighbour-centres&within=2500m")
    paints: list[dict[str, Any]] = page.evaluate(
        "() => { const {classes} = map_county.app.painter.entries.find((one) => one.id === 'centres');"
        " return [0, 1, 3, 4].map((at) => classes[at].paint); }"
    )
    looks = {(paint["symbol"], paint["fill"], paint["line"]) for paint in paints}
    assert len(looks) == 4
    assert paints[0]["symbol"] != paints[2]["symbol"]
    expect(page.locator("#legend-body")).to_contain_text("乡邻中心（老年食堂），县外（也算）")


def test_a_link_names_its_township_and_lets_one_choose_another(open_map: Opener) -> None:
    page = ask(open_map, "services=village-clinics&within=1000m&code=140822103")
    area = page.locator("[data-name=area]")
    assert area.evaluate("(node) => node.selectedOptions[0].textContent") == "荣河镇"
    assert area.locator("option").count() == 15
    expect(page.locator("#map-subtitle")).to_contain_text("荣河镇")
    area.select_option(label="高村镇")
    settle(page)
    expect(page.locator("#map-subtitle")).to_contain_text("高村镇")


@pytest.mark.parametrize(("query", "words"), [("code=140822999", "140822999"), ("link=0", "连片的距离")])
def test_what_a_link_cannot_ask_is_said_and_the_usual_is_shown(
    open_map: Opener, query: str, words: str
) -> None:
    page = open_map(f"/map/coverage?lang=zh&{query}")
    expect(page.locator("#notices")).to_contain_text(words)
    expect(page.locator("#map-title")).to_contain_text("2,000 米")


def test_who_could_close_can_be_seen_to_the_last(open_map: Opener) -> None:
    page = ask(open_map, "services=village-clinics&within=2000m&mode=straight")
    needs = page.locator(".planner-needs")
    needs.locator("summary").click()
    expect(needs.locator("li:visible")).to_have_count(6)
    button = needs.get_by_role("button", name="看全部")
    many = int(re.sub(r"\D", "", button.inner_text()))
    button.click()
    expect(needs.locator("li:visible")).to_have_count(many)


def test_figures_stay_when_the_shapes_do_not_come(page: Page, open_map: Opener) -> None:
    page.route("**/api/coverage/shapes?*", lambda route: route.fulfill(status=503, body="{}"))
    open_map(f"/map/coverage?lang=zh&{ELDERS}")
    expect(page.locator("#planner-gaps .state")).to_contain_text("没有取到")
    expect(page.locator(".hero-value")).to_be_visible()
    expect(page.locator("#legend")).to_be_hidden()
    page.unroute("**/api/coverage/shapes?*")
    page.locator("#planner-gaps").get_by_role("button", name="重试").click()
    settle(page)
    expect(page.locator(".gap-row")).to_have_count(10)
    expect(page.locator("#legend")).to_be_visible()
