"""The export dialog: what it remembers and suggests, what it draws, the first page of a report, an export that is changed."""

import json
import re
from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.exporting import DRAWN_MS, Opened, asked, drawn

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005"
    "fe02fe0def46b80000000049454e44ae426082"
)
"""A picture of one pixel."""


def test_paper_and_title_are_there_again_but_not_for_another_condition(exporting: Opened) -> None:
    apples, peaches = "f.orchards.crop=apple", "f.orchards.crop=peach"
    page = exporting("industry", apples)
    expect(page.locator(".export-locked li").first).to_have_text("种类 苹果")
    asked(page, lambda: page.locator("[data-name='paper:A4']").click())
    sent = asked(page, lambda: page.locator("[data-name=title]").fill("本县苹果"))
    assert (sent["title"], sent["dated"]) == ("本县苹果", "1")
    again = exporting("industry", apples)
    expect(again.locator("[data-name='paper:A4']")).to_have_attribute("aria-checked", "true")
    expect(again.locator("[data-name=title]")).to_have_value("本县苹果")
    other = exporting("industry", peaches)
    expect(other.locator("[data-name='paper:A4']")).to_have_attribute("aria-checked", "true")
    expect(other.locator("[data-name=title]")).to_have_value("手画县产业分布图")
    expect(other.locator(".export-locked li").first).to_have_text("种类 桃")


def test_a_storage_that_is_forbidden_opens_it_all_the_same(exporting: Opened) -> None:
    page = exporting()
    page.evaluate(
        "() => Object.defineProperty(window, 'localStorage', { get: () => { throw new Error('no'); } })"
    )
    asked(page, lambda: page.locator("[data-name='paper:A4']").click())
    page.keyboard.press("Escape")
    page.locator("#map-tools [aria-label=导出图件]").click()
    drawn(page)
    expect(page.locator("[data-name='paper:A4']")).to_have_attribute("aria-checked", "true")


def test_layers_are_listed_and_taken_from_the_sheet(exporting: Opened) -> None:
    page = exporting("overview", "layers=villages,party-service-centres")
    drawn_ones = page.locator(".export-layers > .export-check")
    expect(drawn_ones).to_have_count(2)
    expect(page.locator("[data-name='layer-villages']")).to_be_checked()
    sent = asked(page, lambda: page.locator("[data-name='layer-party-service-centres']").uncheck())
    assert sent["layers"] == "villages"
    expect(drawn_ones).to_have_count(1)
    page.locator(".export-layers summary").click()
    sent = asked(page, lambda: page.locator("[data-name='layer-townships']").check())
    assert set(sent["layers"].split(",")) == {"townships", "villages"}


def test_the_better_orientation_is_said_and_not_chosen(exporting: Opened) -> None:
    page = exporting()
    expect(page.locator(".export-better")).to_have_text(
        re.compile(r"^纵向更合适：范围占图框 \d\d %，现在 \d\d %。$")
    )
    expect(page.locator("[data-name='orientation:landscape']")).to_have_attribute("aria-checked", "true")
    asked(page, lambda: page.locator("[data-name='orientation:portrait']").click())
    expect(page.locator(".export-better")).to_be_hidden()


def test_the_first_page_of_a_report_is_shown_once_it_is_made(exporting: Opened) -> None:
    page, done, plans = exporting(), [], []

    def _page(route: Route) -> None:
        if done:
            route.fulfill(status=200, content_type="image/png", body=PIXEL)
        else:
            route.fulfill(status=204)

    def _begin(route: Route) -> None:
        plans.append(route.request.post_data_json["plan"])
        route.fulfill(status=202, json={"id": "1"})

    def _job(route: Route) -> None:
        done.append(True)
        state: dict[str, Any] = {
            "id": "1",
            "kind": "report",
            "state": "done",
            "done": 1,
            "message": "",
            "ahead": 0,
            "worker": True,
        }
        route.fulfill(json=state | {"best": None, "result": {"size": 9}})

    page.route(re.compile("/api/sheets/reports/page"), _page)
    page.route(re.compile(r"/api/jobs(\?|$)"), _begin)
    page.route(re.compile("/api/jobs/1"), _job)
    page.locator("#export-tab-report").click()
    page.locator("[data-name='report-number']").fill("手社工〔2026〕3号")
    expect(page.locator(".export-said")).to_contain_text("首页", timeout=DRAWN_MS)
    expect(page.locator(".export-paper img")).to_have_attribute("alt", re.compile("首页"))
    assert [(plan["preview"], plan["number"]) for plan in plans[-1:]] == [("1", "手社工〔2026〕3号")]
    page.locator("#export-tab-sheet").click()
    drawn(page)
    expect(page.locator(".export-said")).to_contain_text("预览已更新")
    kept = page.evaluate("() => localStorage.getItem('govmap.export.report')")
    assert json.loads(kept)["number"] == "手社工〔2026〕3号"


def test_what_was_exported_is_changed_with_all_that_it_was_asked_for(exporting: Opened, site: str) -> None:
    page = exporting("overview", "layers=villages,party-service-centres&code=140822100&hide=villages:0")
    asked(page, lambda: page.locator("[data-name='orientation:portrait']").click())
    before = asked(page, lambda: page.locator("[data-name=title]").fill("改了再做的图"))
    page.locator(".export-card", has_text="SVG").click()
    with page.expect_download():
        page.locator(".export-main").click()
    expect(page.locator(".export-done")).to_contain_text("已导出")
    page.evaluate("() => localStorage.clear()")
    page.goto(f"{site}/exports?q=改了再做&lang=zh")
    row = page.locator(".made").first
    expect(row.locator(".made-picture img")).to_have_js_property("naturalHeight", 320)
    with page.expect_request(re.compile("/api/sheets/preview")) as waiting:
        row.get_by_role("link", name="改了再做", exact=True).click()
    drawn(page)
    query = waiting.value.url.partition("?")[2]
    after: dict[str, str] = page.evaluate("(q) => Object.fromEntries(new URLSearchParams(q))", query)
    assert {**after, "px": ""} == {**before, "px": ""}
    assert page.evaluate("() => [location.pathname, location.hash]") == ["/map/overview", ""]
    expect(page.locator(".export-main")).to_contain_text("导出 SVG")
