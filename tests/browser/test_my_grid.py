"""A grid worker's own grid on a phone: the way home, ways to call and to go, distances by road from where one stands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.waiting import clear, still

pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
GRID = "140822103201001"
NAME = "周王村第一网格"
SPOT = {"latitude": 35.3084975, "longitude": 110.4915251}
"""Where the clinic of the village stands."""


@pytest.fixture
def worker(page: Page, open_map: Opener, become: Callable[..., None], sample_site: str) -> Page:
    become("grid_worker", GRID, address=sample_site)
    open_map("/map/my-grid?lang=zh", "phone")
    expect(page.locator("#map-title")).to_have_text(NAME)
    return page


def at_home(page: Page) -> None:
    expect(page.locator("#sheet h2")).to_have_text(NAME)
    expect(page.locator("#sheet .cases li")).to_have_count(2)
    expect(page.locator("#map-title")).to_have_text(NAME)
    expect(page.locator("#map-subtitle")).to_have_text("演示数据 · 419 户 1,364 人")
    clear(page, "grids", GRID)


def test_the_tab_comes_home_from_anywhere(worker: Page) -> None:
    at_home(worker)
    worker.locator("#search-input").fill("解店镇")
    worker.get_by_role("option").first.click()
    expect(worker.locator("#sheet .state")).to_contain_text("点地图选一个网格")
    worker.locator("#tabs button", has_text="我的网格").click()
    at_home(worker)
    for width, height in ((844, 390), (740, 360), (390, 844)):
        worker.set_viewport_size({"width": width, "height": height})
        clear(worker, "grids", GRID)
    for elsewhere in ("#phone-layers", "[data-tab=near]"):
        worker.locator(elsewhere).click()
        worker.locator("#tabs button", has_text="我的网格").click()
        at_home(worker)


def test_a_case_of_ones_own_is_at_home_too(worker: Page) -> None:
    worker.locator("#sheet .case").first.click()
    expect(worker.locator("#sheet .drawer-title")).to_contain_text("JF")
    expect(worker.locator("#map-title")).to_have_text(NAME)


def test_another_theme_takes_no_place_along(worker: Page, sample_site: str) -> None:
    worker.goto(f"{sample_site}/map/services?sel=townships:140822100&at=35.4,110.9,13&lang=zh")
    worker.wait_for_selector("html[data-map-state=ready]", state="attached")
    worker.locator("#tabs a", has_text="我的网格").click()
    worker.wait_for_selector("html[data-theme=my-grid][data-map-state=ready]", state="attached")
    at_home(worker)


def test_rows_lead_to_the_phones_own_programs(worker: Page, sample_site: str) -> None:
    worker.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=sample_site)
    worker.locator("[data-tab=near]").click()
    row = worker.locator(".reach-row", has_text="周王村卫生室")
    expect(row).to_contain_text("120 米")
    expect(row.get_by_role("link", name="打电话给周王村卫生室：0359-000-5168")).to_have_attribute(
        "href", "tel:03590005168"
    )
    for button in row.locator(".reach-button").all():
        box = button.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 44
    row.get_by_role("button", name="导航到周王村卫生室").click()  # this browser has a mouse
    expect(worker.locator("#toasts")).to_contain_text("电脑上没有导航，已复制坐标 35.308497,110.491525")


def test_a_case_without_a_number_calls_the_centre_of_the_township(worker: Page) -> None:
    for row in worker.locator(".cases li").all():
        expect(row.get_by_role("link", name="打电话给荣河镇综治中心")).to_have_attribute(
            "href", "tel:03590007899"
        )


def test_a_touch_screen_is_led_by_its_own_map(browser: Browser, sample_site: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN"
    )
    context.request.post(f"{sample_site}/viewer", form={"role": "grid_worker", "scope": GRID})
    page = context.new_page()
    page.goto(f"{sample_site}/map/my-grid?lang=zh")
    page.locator("[data-tab=near]").click()
    link = page.get_by_role("link", name="导航到周王村卫生室")
    expect(link).to_have_attribute(
        "href",
        "geo:35.308497,110.491525?q=35.308497,110.491525(%E5%91%A8%E7%8E%8B%E6%9D%91%E5%8D%AB%E7%94%9F%E5%AE%A4)",
    )
    context.close()


def test_once_located_it_is_by_road_and_the_place_is_in_no_address(worker: Page, sample_site: str) -> None:
    asked: list[str] = []
    worker.on("request", lambda request: asked.append(request.url))
    worker.context.grant_permissions(["geolocation"], origin=sample_site)
    worker.context.set_geolocation(SPOT)  # type: ignore[arg-type]
    worker.locator("[data-tab=near]").click()
    expect(worker.locator(".near-from")).to_contain_text("从网格中心量起，直线距离")
    worker.get_by_role("button", name="从我的位置沿路量").click()
    expect(worker.locator(".near-from")).to_contain_text("从我的位置量起，沿路网步行的路程")
    expect(worker.locator(".reach-row", has_text="周王村卫生室")).to_contain_text("0 米")
    assert f"{sample_site}/api/near?lang=zh" in asked
    assert not [url for url in asked if "110.49" in url]


def test_without_a_line_the_services_nearby_stay(worker: Page, sample_site: str) -> None:
    worker.context.grant_permissions(["geolocation"], origin=sample_site)
    worker.context.set_geolocation(SPOT)  # type: ignore[arg-type]
    worker.route("**/api/near*", lambda route: route.abort())
    worker.route("**/api/token*", lambda route: route.abort())
    worker.locator("[data-tab=near]").click()
    worker.get_by_role("button", name="从我的位置沿路量").click()
    expect(worker.locator(".near-from")).to_contain_text("没有从我的位置量：没有连上服务器")
    expect(worker.locator(".reach-row", has_text="周王村卫生室")).to_contain_text("120 米")


def test_wechat_says_where_files_can_be_saved(browser: Browser, sample_site: str) -> None:
    agent = "Mozilla/5.0 (Linux; Android 13) Chrome/116 Mobile MicroMessenger/8.0.42"
    context = browser.new_context(viewport={"width": 390, "height": 844}, user_agent=agent, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{sample_site}/map/industry?table=orchards&lang=zh")
    page.wait_for_selector("html[data-map-state=ready]", state="attached")
    page.locator("#table-panel button", has_text="下载").click()
    page.get_by_role("link", name="CSV").click()
    expect(page.locator("#toasts")).to_contain_text("微信里不能下载")
    page.goto(f"{sample_site}/data/orchards?lang=zh")
    page.get_by_role("link", name="CSV").click()
    expect(page.locator("#toasts")).to_contain_text("微信里不能下载")
    page.goto(f"{sample_site}/map/overview?lang=zh")
    page.wait_for_selector("html[data-map-state=ready]", state="attached")
    page.locator("#phone-export").click()
    page.get_by_role("button", name="导出 PDF").click()
    expect(page.locator(".export-done")).to_contain_text("微信里不能下载")
    page.get_by_role("button", name="看图片，长按保存").click()
    expect(page.locator(".press-picture img")).to_be_visible()
    still(page)
    context.close()
