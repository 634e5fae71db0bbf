"""The panels around the map: tree, legend, search, drawer, table, filters, folds, languages, states."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.waiting import query

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
READY_MS = 60_000
SHARE = re.compile(r"^\d+\.\d %，\d[\d,]* / \d[\d,]* (村|乡镇)$")


def test_layers_switch_in_the_tree_and_stand_in_the_address(page: Page, open_map: Opener) -> None:
    open_map("/map/services?lang=zh")
    row = page.get_by_role("treeitem", name=re.compile("^村卫生室"))
    expect(row).to_have_attribute("aria-checked", "true")
    expect(page.locator("#legend")).to_contain_text("村卫生室")
    row.click()
    expect(page.get_by_role("treeitem", name=re.compile("^村卫生室"))).to_have_attribute(
        "aria-checked", "false"
    )
    expect(page.locator("#legend")).not_to_contain_text("村卫生室")
    assert "village-clinics" not in query(page)["layers"][0].split(",")
    page.reload()
    page.wait_for_selector("html[data-map-state=ready]", state="attached", timeout=READY_MS)
    expect(page.get_by_role("treeitem", name=re.compile("^村卫生室"))).to_have_attribute(
        "aria-checked", "false"
    )


def test_tree_finds_layers_and_shows_the_rest_of_long_groups(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh")
    before = page.locator(".tree-layer").count()
    page.locator(".tree-more").first.click()
    assert page.locator(".tree-layer").count() > before
    page.locator("#tree-search-button").click()
    page.locator("#tree-search-input").fill("卫生")
    expect(page.locator(".tree-layer")).to_have_count(1)
    page.locator("#tree-search-input").fill("没有的图层")
    expect(page.locator("#tree")).to_have_text("没有这个名称的图层。")


def test_opacity_of_a_group_stands_in_the_address(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh")
    page.locator("#tree-opacity-button").click()
    slider = page.get_by_label("行政区划的不透明度")
    slider.focus()
    page.keyboard.press("Home")
    assert query(page)["op.0"] == ["0"]


def test_search_by_initials_flies_and_opens_the_profile(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh")
    page.keyboard.press("/")
    box = page.locator("#search-input")
    expect(box).to_be_focused()
    page.keyboard.type("rhz")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("荣河镇")
    expect(first.locator("mark")).to_have_text("荣河镇")
    expect(page.locator("#search-note")).to_contain_text("按拼音首字母匹配")
    assert page.get_by_role("option").first.bounding_box()["height"] >= 44  # type: ignore[index]
    page.keyboard.press("Enter")
    expect(page.locator("#drawer h2")).to_have_text("荣河镇")
    page.wait_for_selector("html[data-map-state=ready]", state="attached", timeout=READY_MS)
    now = query(page)
    assert now["sel"] == ["townships:140822103"]
    assert float(now["at"][0].split(",")[2]) > 10.5


def test_search_moves_the_map_aside_and_back(page: Page, open_map: Opener) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_map("/map/overview?lang=zh")
    centre = "map_county.getCenter().lng"
    before = page.evaluate(centre)
    page.locator("#search-input").fill("村")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate(centre) < before
    page.keyboard.press("Escape")
    expect(page.locator("#search-pop")).to_be_hidden()
    assert page.evaluate(centre) == pytest.approx(before, abs=0.002)


def test_search_that_finds_nothing_says_what_to_try(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh")
    page.locator("#search-input").fill("不存在的地方")
    expect(page.locator("#search-list .state h3")).to_have_text("没有找到“不存在的地方”")


def test_a_profile_leaves_no_empty_cell(page: Page, open_map: Opener) -> None:
    """A village has five figures in rows of three: the last one is as wide as two."""
    open_map("/map/overview?lang=zh&sel=villages:140822103200")
    grid = page.locator("#drawer .kpi-grid").first
    expect(grid.locator(".kpi")).to_have_count(5)
    whole = grid.evaluate("(one) => one.getBoundingClientRect().right")
    last = grid.locator(".kpi").last.evaluate("(one) => one.getBoundingClientRect().right")
    assert whole - last <= 2


def test_profile_shows_shares_with_their_parts(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh&sel=townships:140822103")
    expect(page.locator("#drawer .bars-row").first).to_be_visible()
    shares = page.locator("#drawer .section", has_text="服务设施").locator(".bars-value").all_inner_texts()
    assert shares
    assert [text for text in shares if not SHARE.match(text)] == []
    for section in page.locator("#drawer .section:has(h3)").all():
        assert (
            "期：" in section.inner_text()
            or "指标" in section.inner_text()
            or section.locator(".state").count()
        )


def test_escape_closes_the_card_and_gives_the_focus_back(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh&table=party-service-centres")
    name = page.locator("#table-scroll .row-name").first
    title = name.inner_text()
    name.click()
    expect(page.locator("#drawer h2")).to_have_text(title)
    expect(page.locator("#table-scroll tr[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#drawer h2")).to_have_text("万荣县")
    expect(name).to_be_focused()
    assert "sel" not in query(page)


def test_card_has_the_offices_phone_and_ways_there(page: Page, open_map: Opener) -> None:
    outside = []
    page.on(
        "request", lambda request: outside.append(request.url) if "127.0.0.1" not in request.url else None
    )
    open_map("/map/services?lang=zh&table=party-service-centres")
    page.locator("#table-scroll .row-name").first.click()
    card = page.locator("#drawer")
    expect(card.locator("a[href^='tel:']")).to_be_visible()
    for host in ("uri.amap.com", "api.map.baidu.com", "geo:"):
        link = card.locator(f"a[href*='{host}']")
        expect(link).to_be_visible()
        assert "noopener" in (link.get_attribute("rel") or "")
    assert [url for url in outside if not url.startswith(("data:", "blob:"))] == []


def test_table_sorts_pages_and_finds(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh&table=villages")
    foot = page.locator("#table-foot")
    expect(foot).to_contain_text("1–50，共 213 条")
    page.locator("th .sort", has_text="人口/人").first.click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    page.locator("th .sort", has_text="人口/人").first.click()
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    assert query(page)["sort"] == ["-population"]
    page.reload()
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    page.get_by_label("下一页").click()
    expect(foot).to_contain_text("51–100")
    page.get_by_label("在表格里找").fill("周王")
    expect(page.locator("#table-scroll tbody tr")).to_have_count(1)
    page.get_by_label("在表格里找").fill("没有这个村")
    expect(page.locator("#table-scroll .state h3")).to_have_text("没有符合的记录")


def test_filters_change_map_legend_table_and_downloads(page: Page, open_map: Opener) -> None:
    open_map("/map/industry?lang=zh&table=orchards")
    all_rows = page.locator("#table-foot").inner_text()
    page.locator("#table-panel button", has_text="筛选").click()
    page.locator(".filter-option", has_text="葡萄").first.click()
    page.locator(".popover button", has_text="应用").click()
    expect(page.locator("#table-foot")).not_to_have_text(all_rows)
    expect(
        page.locator(".tree-layer[data-layer=orchards] .class-row", has_text="苹果").locator("span").last
    ).to_have_text("0 亩")
    assert "f.orchards.crop" in query(page)
    page.locator("#table-panel button", has_text="下载").click()
    for format_ in ("xlsx", "csv", "geojson", "gpkg"):
        href = page.locator(f".popover a[href*='format={format_}']").get_attribute("href")
        assert href is not None
        assert href.startswith("/api/layers/orchards/export?f.crop=")


def test_only_here_filters_by_area(page: Page, open_map: Opener) -> None:
    open_map("/map/services?lang=zh&sel=townships:140822103")
    page.locator("#drawer button", has_text="只看这里").click()
    expect(page.locator("#map-subtitle")).to_contain_text("荣河镇")
    assert query(page)["code"] == ["140822103"]
    total = page.locator(".tree-layer[data-layer=village-clinics] .tree-count")
    expect(total).to_have_text("24")
    page.locator("#drawer button", has_text="看全县").click()
    assert "code" not in query(page)
    expect(total).to_have_text("196")


def test_panels_fold_remember_and_stand_in_the_address(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=zh")
    expect(page.locator("#tree")).to_be_visible()
    handle = page.locator("#left-handle").bounding_box()
    assert handle is not None
    assert (round(handle["width"]), round(handle["height"])) == (18, 52)
    page.locator("#left-handle").click()
    expect(page.locator("#tree")).to_be_hidden()
    expect(page.locator("#left-handle")).to_have_attribute("aria-expanded", "false")
    page.locator("#right-handle").click()
    expect(page.locator("#drawer")).to_be_hidden()
    open_map("/map/services?lang=zh")
    expect(page.locator("#tree")).to_be_hidden()
    open_map("/map/services?lang=zh&panels=left,right")
    expect(page.locator("#tree")).to_be_visible()
    expect(page.locator("#drawer")).to_be_visible()


def test_theme_links_keep_the_place(page: Page, open_map: Opener) -> None:
    open_map("/map/overview?lang=en&sel=townships:140822103&at=35.35,110.55,12")
    page.locator(".theme[data-theme-link=industry]").click()
    page.wait_for_selector(
        "html[data-theme=industry][data-map-state=ready]", state="attached", timeout=READY_MS
    )
    assert query(page)["sel"] == ["townships:140822103"]
    assert query(page)["at"][0].startswith("35.35")
    assert page.locator("html").get_attribute("lang") == "en"


def test_languages_switch_in_place(page: Page, open_map: Opener) -> None:
    open_map("/map/services?lang=zh&sel=townships:140822103")
    page.locator(".top-end [data-language=en]").click()
    page.wait_for_selector("html[lang=en][data-map-state=ready]", state="attached", timeout=READY_MS)
    expect(page.locator("#tree-title")).to_have_text("Layer")
    expect(page.locator("#drawer [role=tab]").first).to_have_text("Overview")
    assert query(page)["sel"] == ["townships:140822103"]


def test_no_foreign_words_on_a_chinese_page(page: Page, open_map: Opener) -> None:
    """Latin only for file formats, keys, the coordinate system, codes and the other language."""
    for theme in ("overview", "disputes", "industry"):
        open_map(f"/map/{theme}?lang=zh")
        expect(page.locator("#drawer .skeleton")).to_have_count(0)
        words = set(re.findall(r"[A-Za-z]{2,}", page.locator("body").inner_text()))
        assert words <= {"EN", "Esc", "CGCS", "km", "HTTPS"}, theme


def test_a_layer_that_fails_says_so_and_comes_back(page: Page, open_map: Opener) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(
            status=500,
            content_type="application/problem+json",
            body='{"code":"internal","title":"程序出错","status":500}',
        )

    page.route("**/api/layers/village-clinics/shapes*", refuse)
    open_map("/map/services?lang=zh", until="error")
    card = page.locator("#map-errors .state-error")
    expect(card).to_contain_text("村卫生室图层没有取到")
    expect(card).to_contain_text("其他图层照常可用")
    expect(card).to_contain_text("internal")
    page.unroute("**/api/layers/village-clinics/shapes*")
    card.locator("button", has_text="重试").click()
    page.wait_for_selector("html[data-map-state=ready]", state="attached", timeout=READY_MS)
    expect(page.locator("#map-errors .state")).to_have_count(0)


def test_a_profile_that_fails_can_be_tried_again(page: Page, open_map: Opener) -> None:
    page.route("**/api/areas/140822103*", lambda route: route.abort())
    open_map("/map/overview?lang=zh&sel=townships:140822103")
    expect(page.locator("#drawer .state-error h3")).to_have_text("档案没有取到", timeout=20_000)
    page.unroute("**/api/areas/140822103*")
    page.locator("#drawer .state-error button", has_text="重试").click()
    expect(page.locator("#drawer h2")).to_have_text("荣河镇")


def test_filters_that_leave_nothing_offer_a_way_out(
    page: Page, open_map: Opener, become: Callable[..., None], sample_site: str
) -> None:
    become("mediator", address=sample_site)
    open_map("/map/disputes?lang=zh&since=2019-01-01&until=2019-01-31")
    box = page.locator("#map-errors .state-empty")
    expect(box).to_contain_text("2019年1月没有矛盾纠纷记录")
    box.locator("button", has_text="看全部时段").click()
    expect(page.locator("#map-errors .state-empty")).to_have_count(0)
    assert "since" not in query(page)


def test_the_public_sees_published_counts_and_staff_months(
    page: Page, open_map: Opener, become: Callable[..., None], sample_site: str
) -> None:
    open_map("/map/disputes?lang=zh&sel=villages:140822103201")
    section = page.locator("#drawer .section", has_text="矛盾纠纷")
    expect(section).to_contain_text("1–2 件和能反推出它们的数不显示")
    expect(section).to_contain_text("不公开")
    become("mediator", address=sample_site)
    open_map("/map/disputes?lang=zh")
    expect(page.locator("#drawer .level")).to_have_count(3)
    expect(page.locator("#drawer .level-red")).to_contain_text("红色")
    expect(page.locator("#status-mark")).to_have_text("演示数据 · 内部用图")


def test_closed_layers_say_so(page: Page, open_map: Opener) -> None:
    open_map("/map/organisations?lang=zh")
    row = page.locator("[data-layer=weak-party-orgs]")
    expect(row).to_have_attribute("aria-disabled", "true")
    row.locator(".tree-name").click()
    expect(row).to_have_attribute("aria-checked", "false")
    expect(page.locator("#live")).to_contain_text("这个身份看不到这一层")


def test_nothing_complains_on_the_console(page: Page, open_map: Opener) -> None:
    heard: list[str] = []
    page.on(
        "console",
        lambda message: heard.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    for theme in ("overview", "disputes", "my-grid"):
        open_map(f"/map/{theme}?lang=en")
    assert heard == []
