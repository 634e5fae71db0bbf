"""Two periods beside each other: a line to be moved by hand and by keys, words of both sides, hits on the side that is seen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Watched
from tests.browser.test_map_painter import middle, pixel
from tests.browser.waiting import query

BESIDE = "/map/disputes?lang=zh&v=2&show=compare&compare=2024Q3,2024Q4"
SIX_TO_NINE = [0xD9, 0x6A, 0x1C, 255]
THREE_TO_FIVE = [0xF9, 0xA8, 0x4A, 255]


def tip(page: Page, place: list[float]) -> str:
    at = page.evaluate("([lng, lat]) => map_county.latLngToContainerPoint([lat, lng])", place)
    page.locator("#map_county").hover(position={"x": at["x"], "y": at["y"]})
    return page.locator(".map-tip").text_content() or ""


def test_each_side_shows_its_period(watched: Watched) -> None:
    """Village 1 has 3 and then 6 cases."""
    page = watched.open(BESIDE + "&swipe=100")
    assert pixel(page, "ground", middle(1)) == THREE_TO_FIVE
    assert tip(page, middle(1)) == "1号村：3 件"
    page = watched.open(BESIDE + "&swipe=0")
    assert pixel(page, "ground", middle(1)) == SIX_TO_NINE
    assert tip(page, middle(1)) == "1号村：6 件"


def test_the_switch_the_words_and_the_keys(watched: Watched) -> None:
    page = watched.open(BESIDE)
    page.get_by_role("checkbox", name="左右对看").check()
    line = page.get_by_role("slider", name="左右对看")
    expect(line).to_have_attribute("aria-valuenow", "50")
    said = page.locator(".swipe-words").all_text_contents()
    assert [one.split(" ")[0] for one in said] == ["2024年3季度", "2024年4季度"]
    assert line.get_attribute("aria-valuetext") == f"左边 {said[0]}，右边 {said[1]}"
    line.focus()
    for key, place in (("ArrowLeft", 48), ("PageUp", 58), ("End", 100), ("Home", 0), ("ArrowRight", 2)):
        page.keyboard.press(key)
        expect(line).to_have_attribute("aria-valuenow", str(place))
    assert query(page)["swipe"] == ["2"]
    page.get_by_role("checkbox", name="左右对看").uncheck()
    expect(line).to_have_count(0)
    assert "swipe" not in query(page)


@pytest.mark.parametrize("phone", [False, True])
def test_the_line_is_drawn_by_hand(watched: Watched, phone: bool) -> None:
    if phone:
        watched.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page = watched.open(BESIDE + "&swipe=50")
    frame = page.locator("#map_county").bounding_box()
    grip = page.locator(".swipe-grip").bounding_box()
    assert frame and grip
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.8, grip["y"] + 20, steps=3)
    page.mouse.up()
    expect(page.locator(".swipe")).to_have_attribute("aria-valuenow", "80")
    assert query(page)["swipe"] == ["80"]
    words = [one.bounding_box() for one in page.locator(".swipe-words").all()]
    assert words[0] and words[1] and words[0]["x"] + words[0]["width"] < words[1]["x"]


def test_the_line_leaves_with_the_comparison(watched: Watched) -> None:
    page = watched.open(BESIDE + "&swipe=50")
    expect(page.locator(".swipe")).to_have_count(1)
    page.locator("[data-part=show] button", has_text="不用").click()
    expect(page.locator(".swipe")).to_have_count(0)
    assert page.evaluate("() => shapes_county.split") is None
