"""The export dialog: opened from every theme, drawn anew, taken away, left by Esc, on a phone."""

import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Watched
from tests.browser.exporting import DRAWN_MS, Opened, asked, drawn, picture
from tests.browser.test_access import AXE, findings
from tests.browser.test_phone import SMALL_TARGETS
from tests.webmap.routes import THEMES

pytestmark = pytest.mark.browser


BARE = ("organisations", "environment")
"""Themes of which the hand-drawn county has no rows."""


@pytest.mark.parametrize("theme", BARE)
def test_a_theme_without_rows_is_refused_in_words(
    watch: Callable[..., Watched], become: Callable[..., None], theme: str
) -> None:
    become("planner")
    seen = watch()
    seen.allowed.append("400")
    page = seen.open(f"/map/{theme}?lang=zh")
    page.locator("#map-tools [aria-label=导出图件]").click()
    expect(page.locator("dialog.export")).to_contain_text("没有数据")
    seen.allowed.append("404")


@pytest.mark.parametrize("theme", [theme for theme in THEMES if theme not in BARE])
def test_every_theme_can_be_put_on_paper(exporting: Opened, theme: str) -> None:
    page = exporting(theme)
    width, height, _ = picture(page)
    assert width / height == pytest.approx(420 / 297, abs=0.01)
    expect(page.locator("[data-name=title]")).not_to_have_value("")
    expect(page.locator(".export-said")).to_contain_text("预览已更新")
    expect(page.locator(".export-names")).to_contain_text(re.compile(r"地名 \d+ 个已注"))
    expect(page.locator(".export-main")).to_contain_text(re.compile(r"导出 PDF（约 [\d.]+ [KM]B）"))


def test_the_sheet_shows_what_the_map_shows(exporting: Opened) -> None:
    layers = "layers=counties,townships,villages,party-service-centres"
    page = exporting(
        "overview", f"{layers}&code=140822100&hide=villages:0&f.party-service-centres.q=%E6%9D%91"
    )
    sent = asked(page, lambda: page.locator("[data-name='orientation:portrait']").click())
    assert sent == {
        "theme": "overview", "layers": "counties,townships,villages,party-service-centres", "code": "140822100",
        "hide": "villages:0", "f.party-service-centres.q": "村", "all": "disputes", "paper": "A3", "orientation": "portrait",
        "handling": "internal", "px": sent["px"],
    }  # fmt: skip
    width, height, _ = picture(page)
    assert width < height
    expect(page.locator("[data-name=code]")).to_have_value("140822100")


def test_disputes_are_shown_as_on_the_page_or_otherwise(exporting: Opened) -> None:
    page = exporting("disputes", "show=spots&alpha=0.1")
    expect(page.get_by_role("radio", name="热点").last).to_be_checked()
    sent = asked(page, lambda: page.get_by_role("radio", name="发生率").click())
    assert (sent["show"], sent["alpha"]) == ("rate", "0.1")
    expect(page.locator("[data-name=title]")).to_have_value(re.compile("发生率"))
    expect(page.get_by_role("radio", name="发生率")).to_be_focused()


def test_a_comparison_is_printed_as_a_comparison_and_heat_as_density(exporting: Opened) -> None:
    page = exporting("disputes", "show=compare&op.0=0.4")
    expect(page.get_by_role("radio", name="对比").last).to_be_checked()
    compared = page.locator("#map-title").inner_text().removeprefix("矛盾纠纷变化")
    expect(page.locator("[data-name=title]")).to_have_value("手画县矛盾纠纷变化图")
    expect(page.locator(".export-locked li")).to_have_text(["全部状态", compared.strip("（）")])
    expect(page.locator(".export-otherwise li")).to_have_text([re.compile("不透明度")])
    sent = asked(page, lambda: page.get_by_role("radio", name="密度").last.click())
    assert "disputes" not in sent["layers"].split(","), "a density stands for the symbols"
    assert sent["show"] == "density"
    page = exporting("disputes", "heat=disputes")
    expect(page.get_by_role("radio", name="密度").last).to_be_checked()
    assert "heat" not in asked(page, lambda: page.get_by_role("radio", name="发生率").click())


def test_a_grid_worker_begins_with_the_own_grid(watched: Watched, become: Callable[..., None]) -> None:
    become("grid_worker", "140822100001001")
    page = watched.open("/map/my-grid?lang=zh#export")
    drawn(page)
    expect(page.locator("[data-name=code]")).to_have_value("140822100001001")


def test_choices_change_the_sheet(exporting: Opened) -> None:
    page = exporting()
    before = picture(page)
    assert asked(page, lambda: page.locator("[data-name='paper:A4']").click())["paper"] == "A4"
    assert picture(page)[2] != before[2]
    assert (
        asked(page, lambda: page.locator("[data-name=code]").select_option(label="西镇"))["code"]
        == "140822100"
    )
    expect(page.locator("[data-name=title]")).to_have_value(re.compile("西镇"))
    assert "km-grid" in asked(page, lambda: page.locator("[data-name='km-grid']").check())["parts"]
    titled = asked(page, lambda: page.locator("[data-name=title]").fill("西镇党群服务中心图"))
    assert titled["title"] == "西镇党群服务中心图"
    expect(page.locator(".export-part-head .note").first).to_have_text("9 / 80 字")
    offered = page.locator("[data-name=scale] option")
    expect(offered.filter(has_text="放不下").first).to_be_disabled()
    assert asked(page, lambda: page.locator("[data-name=scale]").select_option(index=4))["scale"].isdigit()
    asked(page, lambda: page.locator("[data-name='paper:slide']").click())
    expect(page.locator("[data-name='orientation:portrait']")).to_be_disabled()
    expect(page.locator("[data-name=scale]")).to_have_value("")


def test_what_cannot_be_drawn_says_why_and_comes_back(exporting: Opened) -> None:
    page = exporting(allowed="400 (BAD REQUEST)")
    page.locator("[data-name=handling]").select_option("public")
    expect(page.locator(".export-state")).to_contain_text("审图号")
    expect(page.locator(".export-main")).to_be_disabled()
    expect(page.locator("[data-name=confirmed]")).to_be_disabled()
    page.locator("[data-name=review_number]").fill("测S（2026）001号")
    drawn(page)
    expect(page.locator(".export-state")).to_be_hidden()


def test_a_file_is_taken_away_and_listed(exporting: Opened, site: str) -> None:
    page = exporting()
    with page.expect_download() as waiting:
        page.locator(".export-main").click()
    file = Path(waiting.value.path())
    assert file.read_bytes().startswith(b"%PDF")
    assert re.fullmatch(r"手画县.*演示数据_[0-9a-f-]+\.pdf", waiting.value.suggested_filename)
    expect(page.locator(".export-done")).to_contain_text("已导出")
    page.locator(".export-card", has_text="SVG").click()
    with page.expect_download() as waiting:
        page.locator(".export-main").click()
    assert waiting.value.suggested_filename.endswith(".svg")
    page.locator(".export-done a").click()
    expect(page).to_have_url(f"{site}/exports")
    row = page.locator(".made").first
    expect(row).to_contain_text("SVG")
    row.locator("[data-again=then]").click()
    expect(row.locator(".made-said")).to_contain_text("一字节不差", timeout=DRAWN_MS)
    page.set_viewport_size(PHONE)
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    tools = row.locator(".made-tools").bounding_box()
    assert tools is not None
    assert tools["x"] + tools["width"] < PHONE["width"]
    count = page.locator(".made").count()
    row.locator("[data-delete]").click()
    expect(row.locator("[data-delete]")).to_have_text("确认删除")
    row.locator("[data-delete]").click()
    expect(page.locator(".made")).to_have_count(count - 1)


def test_the_picture_is_copied_at_the_size_of_a_slide(exporting: Opened) -> None:
    page = exporting()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制图片").click()
    expect(page.locator(".export-done")).to_contain_text("已按幻灯片大小复制", timeout=DRAWN_MS)
    size = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const picture = await createImageBitmap(await item.getType('image/png'));
          return picture.width / picture.height;
        }"""
    )
    assert size == pytest.approx(16 / 9, abs=0.01)


def test_where_copying_is_forbidden_there_is_another_way(exporting: Opened) -> None:
    page = exporting()
    page.evaluate("() => { delete window.ClipboardItem; }")
    page.get_by_role("button", name="复制图片").click()
    expect(page.locator(".export-done")).to_contain_text("浏览器不让复制图片")
    with page.expect_download() as waiting:
        page.locator(".export-done .link-button").click()
    assert waiting.value.suggested_filename.endswith(".png")


def test_the_printer_gets_the_sheet_alone(exporting: Opened) -> None:
    page = exporting()
    page.evaluate(
        """() => {
          window.print = () => {
            const image = document.querySelector('body > .export-print');
            window.printed = [image.naturalWidth, [...document.adoptedStyleSheets].at(-1).cssRules[0].cssText];
          };
        }"""
    )
    page.get_by_role("button", name="直接打印").click()
    page.wait_for_function("() => window.printed", timeout=DRAWN_MS)
    width, rule = page.evaluate("() => window.printed")
    assert width == 4960
    assert "420mm 297mm" in rule
    expect(page.locator(".export-print")).to_have_count(0)


def test_keys_stay_inside_and_esc_leads_back(exporting: Opened) -> None:
    page = exporting()
    expect(page.locator("#export-tab-sheet")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#export-tab-atlas")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "() => document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        )
        assert inside
    page.keyboard.press("Escape")
    expect(page.locator("dialog.export")).to_have_count(0)
    expect(page.locator("#map-tools [aria-label=导出图件]")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("data-right", "open")


def test_zoom_draws_it_sharper(exporting: Opened) -> None:
    page = exporting()
    width = picture(page)[0]
    fitted = page.locator(".export-level").inner_text()
    assert fitted.startswith("适合窗口")
    for _ in range(5):
        page.get_by_role("button", name="放大", exact=True).last.click()
    expect(page.locator(".export-level")).to_have_text("125 %")
    page.wait_for_function("(w) => document.querySelector('.export-paper img').naturalWidth > w", arg=width)
    page.locator(".export-level").click()
    expect(page.locator(".export-level")).to_have_text(fitted)


def test_the_atlas_shows_its_pages(exporting: Opened) -> None:
    page = exporting()
    page.locator("#export-tab-atlas").click()
    expect(page.locator(".export-turn")).to_contain_text("第 1 幅 / 共 3 幅", timeout=DRAWN_MS)
    drawn(page)
    width, height, first = picture(page)
    assert width < height
    turn = page.get_by_role("button", name="下一幅")
    turn.press("Enter")
    expect(turn).to_be_focused()
    expect(page.locator(".export-turn")).to_contain_text("第 2 幅", timeout=DRAWN_MS)
    drawn(page)
    assert picture(page)[2] != first
    expect(page.locator(".export-main")).to_have_text("做图册（索引 + 3 幅）")
    page.locator("[data-name='atlas-all']").uncheck()
    expect(page.locator(".export-main")).to_be_disabled()
    page.locator("[data-name='atlas-page-140822101']").check()
    expect(page.locator(".export-main")).to_have_text("做图册（索引 + 1 幅）")
    page.locator(".export-card", has_text="ZIP").click()
    expect(page.locator("[data-name='atlas-name']")).to_be_visible()


def test_an_area_of_the_sheet_is_that_of_the_atlas_and_of_the_report(exporting: Opened) -> None:
    page = exporting("overview", "code=140822101002001")
    expect(page.locator("[data-name=code]")).to_have_value("140822101002001")
    page.locator("#export-tab-atlas").click()
    expect(page.locator("[data-name='atlas-code']")).to_have_value("140822101")
    expect(page.locator(".export-main")).to_have_text("做图册（索引 + 1 幅）")
    page.locator("#export-tab-report").click()
    page.locator("[data-name='report-kind']").select_option("profile")
    expect(page.locator("[data-name='report-code']")).to_have_value("140822101002001")


def test_reports_say_what_is_in_them(exporting: Opened) -> None:
    page = exporting()
    page.locator("#export-tab-report").click()
    expect(page.locator(".export-contents")).to_contain_text("治理情况报告")
    expect(page.locator("[data-name='report-period'] option").first).to_have_text(
        re.compile(r"\d{4}年第.季度")
    )
    page.locator("[data-name='report-kind']").select_option("profile")
    expect(page.locator("[data-name='report-code']")).to_be_visible()
    expect(page.locator("[data-name='report-period']")).to_be_hidden()
    area = page.locator("[data-name='report-code']")
    expect(area).to_have_value("140822100")
    area.select_option("140822101")
    area.select_option("140822101002")
    area.select_option("140822101002001")
    expect(area).to_have_value("140822101002001")
    page.locator("#export-tab-sheet").click()
    drawn(page)


def test_a_page_that_is_refused_leaves_the_old_one_marked(exporting: Opened) -> None:
    page = exporting(allowed="400")
    kept = b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    asked = "**/api/sheets/reports/page?*"
    page.route(asked, lambda route: route.fulfill(body=kept, content_type="image/png"))
    page.locator("#export-tab-report").click()
    expect(page.locator(".export-said")).to_contain_text("首页")
    page.unroute(asked)
    page.locator("[data-name='report-number']").fill("=1+1")
    expect(page.locator(".export-said")).to_have_attribute("data-state", "failed")
    expect(page.locator(".export-said")).to_contain_text("上面是改动前的首页")
    expect(page.locator(".export-paper")).to_have_attribute("data-old", "")


def test_a_place_is_exported_from_its_profile(exporting: Opened) -> None:
    page = exporting("overview", "sel=townships:140822101")
    page.keyboard.press("Escape")
    page.locator("#drawer").get_by_role("button", name="导出").click()
    drawn(page)
    expect(page.locator("[data-name=code]")).to_have_value("140822101")
    expect(page.locator("[data-name=title]")).to_have_value(re.compile("中镇"))


def test_a_link_opens_the_dialog(watched: Watched) -> None:
    page = watched.open("/map/overview?lang=zh#export")
    expect(page.locator("dialog.export")).to_be_visible()
    drawn(page)
    assert page.evaluate("() => location.hash") == ""


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")
@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing_serious(exporting: Opened, phone: bool) -> None:
    page = exporting(phone=phone)
    assert findings(page) == []
    for tab in ("atlas", "report"):
        page.locator(f"#export-tab-{tab}").click()
        if tab == "atlas":
            expect(page.locator(".export-turn")).to_be_visible(timeout=DRAWN_MS)
            drawn(page)
        else:
            expect(page.locator(".export-contents h3")).to_be_visible()
        assert findings(page) == [], tab
    page.goto(page.url.partition("/map")[0] + "/exports?lang=zh")
    assert findings(page) == []


def test_a_phone_shows_all_of_it(exporting: Opened) -> None:
    page = exporting(phone=True)
    box = page.locator("dialog.export").bounding_box()
    assert box is not None
    assert (box["width"], box["y"] + box["height"]) == (390, 844)
    assert box["y"] < 50
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SMALL_TARGETS) == []
    expect(page.locator(".export-main")).to_be_in_viewport()
    page.locator(".export-card", has_text="PNG").scroll_into_view_if_needed()
    page.locator(".export-card", has_text="PNG").click()
    expect(page.locator(".export-main")).to_contain_text("导出 PNG")
    expect(page.locator(".export-main")).to_be_in_viewport()


def test_nothing_jumps_while_it_is_drawn_anew(exporting: Opened) -> None:
    page = exporting()
    where = "() => ['.export-paper', '.export-foot', '.export-actions', '.export-side'].map((one) => { const b = document.querySelector(one).getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })"
    before = page.evaluate(where)
    page.locator("[data-name='graticule']").click()
    expect(page.locator(".export-paper")).to_have_attribute("aria-busy", "true")
    assert page.evaluate(where) == before
    drawn(page)
    assert page.evaluate(where) == before
