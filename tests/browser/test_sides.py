"""Two scenarios of coverage beside each other on one map: what stands on each side, the line, the link, and the ways out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Watched
from tests.browser.waiting import query

Become = Callable[..., None]
DRAWN = """() => shapes_county.entries.filter((one) => one.side).map((one) => `${one.side} ${one.id}`)"""
SAYS = """(side) => {
  const { shapes: [shapes], words } = shapes_county.entries.find((one) => one.side === side && one.id === "villages");
  return shapes.keys.map((key, i) => words(key, shapes.names[i])).sort();
}"""
PLACED = """() => [shapes_county.view.seam, shapes_county.placed.filter((one) => one.entry.side).map((one) => [one.entry.side, one.px])]"""


@pytest.fixture
def beside(watched: Watched, become: Become, saved: tuple[str, str]) -> Callable[..., Page]:
    """``beside("&swipe=50")`` opens the comparison of both scenarios as a planner."""
    become("planner")
    first, second = saved

    def _open(words: str = "") -> Page:
        page = watched.open(f"/map/coverage?lang=zh&v=2&scenario={first}&compare={first},{second}{words}")
        expect(page.locator("#planner-compare .compare")).to_be_attached()
        watched.settle()
        return page

    return _open


def test_each_side_has_its_name_its_question_and_its_legend(beside: Callable[..., Page]) -> None:
    page = beside()
    assert page.evaluate(DRAWN) == []
    page.get_by_role("checkbox", name="左右对看").check()
    words = page.locator(".swipe-words")
    expect(words).to_have_count(2)
    near, far = words.all_text_contents()
    assert near.startswith("近 党群服务中心，600 米，")
    assert far.startswith("远 党群服务中心，900 米，")
    titles = page.locator("#legend .legend-side > h3 bdi").all_text_contents()
    assert titles == ["左边 近", "右边 远"]
    assert page.locator("#title-card").inner_text().startswith("近和远左右对看")
    assert query(page)["swipe"] == ["50"]


def test_each_side_answers_for_its_own_question(beside: Callable[..., Page]) -> None:
    page = beside("&swipe=50")
    said = [next(one for one in page.evaluate(SAYS, side) if one[0] == "8") for side in ("left", "right")]
    assert said == ["8号村 到达 50.0 %，未到达 400 人", "8号村 到达 100.0 %，未到达 0 人"]
    seam, placed = page.evaluate(PLACED)
    assert {side for side, _ in placed} == {"left", "right"}
    assert all((x < seam) == (side == "left") for side, x in placed), "a symbol stands on its own side alone"


def test_keys_move_the_line_and_the_link_carries_it(beside: Callable[..., Page]) -> None:
    page = beside("&swipe=30")
    line = page.get_by_role("slider", name="左右对看")
    expect(line).to_have_attribute("aria-valuenow", "30")
    line.focus()
    page.keyboard.press("PageUp")
    expect(line).to_have_attribute("aria-valuenow", "40")
    assert query(page)["swipe"] == ["40"]
    assert query(page)["scenario"] == query(page)["compare"][0].split(",")[:1], "still the opened scenario"


@pytest.mark.parametrize("way", ["uncheck", "one", "shut", "forget"])
def test_the_line_leaves_with_what_it_compares(beside: Callable[..., Page], way: str) -> None:
    page = beside("&swipe=50")
    line = page.locator(".swipe")
    expect(line).to_have_count(1)
    if way == "uncheck":
        page.get_by_role("checkbox", name="左右对看").uncheck()
    elif way == "one":
        page.locator("#planner-compare .segments button", has_text="远").click()
    elif way == "shut":
        page.locator("#planner-compare [aria-label=关闭比较]").click()
    else:
        page.locator("#planner-scenarios [aria-label='从列表拿掉“远”']").click()
    expect(line).to_have_count(0)
    assert "swipe" not in query(page)
    assert page.evaluate("() => shapes_county.split") is None
    assert ("compare" in query(page)) == (way in ("uncheck", "one"))


def test_a_link_to_a_deleted_scenario_has_no_line(
    watched: Watched, become: Become, saved: tuple[str, str]
) -> None:
    become("planner")
    watched.allowed += ["404"]
    page = watched.open(f"/map/coverage?lang=zh&v=2&compare={saved[0]},{'0' * 32}&swipe=50")
    expect(page.locator("#notices")).to_contain_text("链接里要比较的方案已删除")
    expect(page.locator(".swipe")).to_have_count(0)
    assert {"compare", "swipe"}.isdisjoint(query(page))


def test_a_phone_has_both_too(beside: Callable[..., Page], watched: Watched) -> None:
    watched.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page = beside("&swipe=50")
    expect(page.locator(".swipe-words")).to_have_count(2)
    boxes = [one.bounding_box() for one in page.locator(".swipe-words").all()]
    assert boxes[0] and boxes[1]
    assert boxes[0]["x"] >= 0
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    assert boxes[1]["x"] + boxes[1]["width"] <= 390
