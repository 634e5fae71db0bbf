"""Without a line: what was kept is shown and said from when, other themes lead to it, and the line's return makes the page anew."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from webmap import create_app
from webmap.front import assets
from webmap.settings import load_settings

GRID = "140822103201001"
NAME = "周王村第一网格"
READY = "html[data-map-state=ready]"
PHONE = {"width": 390, "height": 844}
CLOCK = r"\d{1,2}:\d{2}"


class Line:
    """A server that can go away and come back under its address."""

    def __init__(self, home: Path) -> None:
        self.app = create_app(load_settings(home=home))
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.port = 0
        self.up()

    def up(self) -> None:
        self.server: BaseWSGIServer = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def down(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def line(sample_home: Path) -> Iterator[Line]:
    made = Line(sample_home)
    yield made
    made.server.shutdown()


@pytest.fixture
def at_home(context: BrowserContext, line: Line, become: Callable[..., None]) -> Page:
    """A grid worker's phone with the own grid kept."""
    become("grid_worker", GRID, address=line.address)
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{line.address}/map/my-grid?lang=zh")
    expect(page.locator("#kept-note")).to_have_text(re.compile(rf"离线可用{CLOCK} 已存"))
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def caches(page: Page) -> list[str]:
    found: list[str] = page.evaluate("async () => (await caches.keys()).map((name) => name.split('-')[0])")
    return sorted(found)


def test_ones_own_grid_opens_without_a_line(at_home: Page, line: Line) -> None:
    line.down()
    at_home.reload()
    expect(at_home.locator(READY)).to_be_attached()
    expect(at_home.locator("#line")).to_have_text(re.compile(rf"^断网，显示 {CLOCK} 存下的{NAME}$"))
    expect(at_home.locator("#sheet .cases li")).to_have_count(2)
    expect(at_home.locator("#map-title")).to_have_text(NAME)
    at_home.locator("[data-tab=near]").click()
    expect(at_home.locator("#grid-pane .reach-row").first).to_contain_text("周王村党群服务中心")
    at_home.locator("#search-input").fill("zwc")
    expect(at_home.get_by_role("option").first).to_contain_text("周王村")


def test_another_theme_shows_what_is_kept_and_the_line_brings_it(at_home: Page, line: Line) -> None:
    line.down()
    at_home.goto(f"{line.address}/map/services")
    expect(at_home.locator("#line")).to_have_text(
        re.compile(rf"^断网，这一页没有存下。显示 {CLOCK} 存下的{NAME}$")
    )
    expect(at_home.locator("#map-title")).to_have_text(NAME)
    line.up()
    expect(at_home.locator("html[data-theme=services]")).to_be_attached(timeout=40_000)
    expect(at_home.locator("#line")).to_be_hidden()


def test_with_nothing_kept_a_page_of_ours_says_so(at_home: Page, line: Line) -> None:
    at_home.locator("[data-tab=more]").click()
    at_home.get_by_role("button", name="清除").click()
    expect(at_home.locator("#more-offline")).to_contain_text("还没有存下什么。")
    line.down()
    at_home.goto(f"{line.address}/map/services")
    expect(at_home.get_by_role("heading", level=1)).to_have_text("断网，这一页没有存下")


def test_another_identity_wipes_what_was_kept(at_home: Page, line: Line) -> None:
    assert caches(at_home) == ["files", "kept"]
    at_home.locator("[data-tab=more]").click()
    at_home.get_by_role("button", name="查看身份").click()
    with at_home.expect_navigation():
        at_home.get_by_role("menuitemradio", name="公众").click()
    at_home.wait_for_selector(READY, state="attached")
    at_home.wait_for_function("async () => (await caches.keys()).length === 1")
    assert caches(at_home) == ["files"]


def test_a_former_release_is_put_away(at_home: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "version", lambda: "00000001")
    at_home.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    expect(at_home.locator("#toasts")).to_contain_text("网站更新了")
    assert at_home.evaluate("() => caches.keys()") == ["files-00000001"]
    expect(at_home.locator("#kept-note")).to_be_hidden()


def test_a_full_storage_is_said(context: BrowserContext, line: Line, become: Callable[..., None]) -> None:
    become("grid_worker", GRID, address=line.address)
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.add_init_script(
        """Cache.prototype.put = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));"""
    )
    page.goto(f"{line.address}/map/my-grid?lang=zh")
    expect(page.locator("#toasts")).to_contain_text("手机存储满了，离线内容没有存下")
    expect(page.locator("#kept-note")).to_be_hidden()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("Object.defineProperty(window, 'isSecureContext', { value: false })", "没有用 HTTPS 打开"),
        ("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })", "这个浏览器不能离线用"),
    ],
    ids=["without HTTPS", "without a worker"],
)
def test_what_does_not_work_is_said_with_the_reason(
    context: BrowserContext, line: Line, script: str, words: str
) -> None:
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.add_init_script(script)
    page.goto(f"{line.address}/map/overview?lang=zh")
    page.wait_for_selector(READY, state="attached")
    page.locator("[data-tab=more]").click()
    expect(page.locator("#more-offline")).to_contain_text(words)


def test_nobody_who_did_not_ask_gets_a_worker(context: BrowserContext, line: Line) -> None:
    page = context.new_page()
    page.goto(f"{line.address}/map/overview?lang=zh")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert page.evaluate("() => caches.keys()") == []
