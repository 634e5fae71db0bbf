"""The export dialog when something goes wrong or takes long: it says what, what to do, and comes back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Watched
from tests.browser.exporting import DRAWN_MS, Opened, drawn

pytestmark = pytest.mark.browser

PREVIEW = "**/api/sheets/preview*"
OPTIONS = "**/api/sheets/options*"
JOB = "**/api/jobs/*"
INSIDE = """() => [...document.querySelectorAll('dialog.export *')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 0.5 || box.left < -0.5);
}).map((one) => one.className)"""


def redraw(page: Page) -> None:
    page.locator("[data-name='graticule']").click()


def test_without_a_line_it_says_so_and_comes_back_whole(
    watched: Watched, become: Callable[..., None]
) -> None:
    become("planner")
    watched.allowed.append("ERR_FAILED")
    page = watched.open("/map/overview?lang=zh")
    for address in (PREVIEW, OPTIONS):
        page.route(address, lambda route: route.abort())
    page.locator("#map-tools [aria-label=导出图件]").click()
    expect(page.locator(".export-state")).to_contain_text("没有连上服务器，检查网络后重试。")
    expect(page.locator(".export-main")).to_be_disabled()
    page.unroute_all()
    page.get_by_role("button", name="重试").click()
    drawn(page)
    expect(page.locator("[data-name='paper:A3']")).to_have_attribute("aria-checked", "true")


def test_what_failed_on_the_server_can_be_asked_again(exporting: Opened) -> None:
    page = exporting(allowed="500")
    page.route(PREVIEW, lambda route: route.fulfill(status=500, body="<h1>oops</h1>"))
    redraw(page)
    state = page.locator(".export-state")
    expect(state).to_contain_text("服务器出错，过一会儿重试。")
    expect(state).to_contain_text("http-500")
    page.unroute_all()
    state.get_by_role("button", name="重试").click()
    drawn(page)


def test_a_sign_that_cannot_be_written_is_named_and_not_tried_again(exporting: Opened) -> None:
    page = exporting(phone=True, allowed="400 (BAD REQUEST)")
    page.locator("[data-name=title]").fill("\u1234字\u202e图")
    state = page.locator(".export-state")
    expect(state).to_contain_text("“\u1234”字体里没有")
    expect(state).not_to_contain_text("\u202e")
    expect(state.get_by_role("button")).to_have_count(0)
    expect(page.locator(".export-done")).to_contain_text("字体里没有")
    page.locator("[data-name=title]").fill("字图")
    drawn(page)
    expect(page.locator(".export-done")).to_be_empty()


def test_a_slow_preview_says_how_long_it_has_taken(exporting: Opened) -> None:
    page = exporting()
    held: list[Route] = []
    page.route(PREVIEW, lambda route: held.append(route))
    redraw(page)
    expect(page.locator(".export-said")).to_have_text(re.compile("正在画预览，已用 [12] 秒"))
    expect(page.locator(".export-names")).to_have_text("第一次画要先读字体和数据")
    held[0].continue_()
    drawn(page)
    expect(page.locator(".export-names")).to_contain_text("个已注")


def test_an_emptied_title_is_the_usual_one_again(exporting: Opened) -> None:
    page = exporting()
    title = page.locator("[data-name=title]")
    usual = title.input_value()
    title.fill("别的题目")
    drawn(page)
    title.fill("")
    page.locator("[data-name='paper:A3']").focus()
    drawn(page)
    expect(title).to_have_value(usual)


def test_a_title_counts_at_once_when_its_field_is_left(exporting: Opened) -> None:
    page = exporting()
    page.locator("[data-name=title]").fill("刚写的题目")
    with page.expect_request("**/api/sheets/file*") as waiting:
        page.locator(".export-main").click()
    asked: dict[str, str] = page.evaluate(
        "(q) => Object.fromEntries(new URLSearchParams(q))", waiting.value.url.partition("?")[2]
    )
    assert asked["title"] == "刚写的题目"
    expect(page.locator(".export-done")).to_contain_text("已导出", timeout=DRAWN_MS)


def job(**values: Any) -> dict[str, Any]:
    """What the server says of an atlas that is being made."""
    usual = {
        "id": "1",
        "kind": "atlas",
        "state": "running",
        "done": 0.5,
        "message": "画了 1 / 3 幅",
        "ahead": 0,
    }
    return {**usual, "worker": True, "best": None, "result": None, **values}


def test_work_goes_on_without_the_line_and_behind_a_closed_dialog(exporting: Opened) -> None:
    page = exporting(allowed="ERR_FAILED")
    answers: list[dict[str, Any] | None] = [job(), None, job()]

    def _answer(route: Route) -> None:
        said = answers[0] if len(answers) == 1 else answers.pop(0)
        if said is None:
            page.unroute(JOB)
            page.route(JOB, lambda lost: lost.abort())
            route.abort()
        else:
            route.fulfill(json=said)

    page.route("**/api/jobs?*", lambda route: route.fulfill(status=202, json={"id": "1"}))
    page.route(JOB, _answer)
    page.locator("#export-tab-atlas").click()
    expect(page.locator(".export-main")).to_be_enabled(timeout=DRAWN_MS)
    page.locator(".export-main").click()
    card = page.locator(".export-job")
    expect(card).to_contain_text("画了 1 / 3 幅")
    expect(card).to_contain_text("没有连上服务器，连上后接着看进度。")
    page.locator(".export-close").click()
    expect(page.locator(".toast")).to_contain_text("还在做，做好后留在制图导出。")
    page.unroute(JOB)
    failed = [{"name": "中镇", "error": {"code": "no-features", "message": "没有数据"}}]
    result = {"export": "t", "pages": 3, "size": 1000, "failed": failed}
    page.route(JOB, lambda route: route.fulfill(json=job(state="done", result=result)))
    page.locator("#map-tools [aria-label=导出图件]").click()
    page.locator("#export-tab-atlas").click()
    expect(card).to_contain_text("做好了 3 页，1 页没有画出来")
    expect(card).to_contain_text("中镇：没有数据")
    expect(page.locator(".export-main")).to_be_enabled()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_leaves_the_edges_of_a_phone(
    watched: Watched, become: Callable[..., None], lang: str
) -> None:
    become("planner")
    watched.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page = watched.open(f"/map/overview?lang={lang}")
    page.locator("#phone-export").click()
    drawn(page)
    assert page.evaluate(INSIDE) == []
    box, field = (
        page.locator(one).bounding_box() for one in (".export-tabs", ".export-actions .export-main")
    )
    assert box is not None
    assert field is not None
    assert (box["x"], box["width"]) == (field["x"], field["width"])
    page.locator("#export-tab-atlas").click()
    expect(page.locator(".export-turn")).to_be_visible(timeout=DRAWN_MS)
    drawn(page)
    assert page.evaluate(INSIDE) == []
    rows = {page.locator(one).bounding_box()["y"] for one in (".export-turn", ".export-size")}  # type: ignore[index]
    assert len(rows) == 1
