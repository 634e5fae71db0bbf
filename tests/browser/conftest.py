"""A real server on a free port and a real Chromium whose network ends at that server."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from layers.catalog import Catalog
from layers.county import CountySettings, open_county
from layers.spec import Text
from tests import county
from tests.browser.exporting import Opened, drawn
from tests.disputes import build, put
from tests.every import plain_value, table
from webmap import create_app
from webmap.settings import load_settings

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-quic", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
MORE_LAYERS = ("orchards", "herb-bases", "roads", "rivers", "governance-centres")
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
READBACK = "willReadFrequently"
"""A hint of Chromium when a test reads pixels often."""
PATIENCE_MS = 60_000
APPEARS_MS = 20_000
"""Machines that test are busy; what should appear may take a while."""
AT_REST = """async (patience) => {
  const until = performance.now() + patience;
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let frames = 0; frames < 3; frames += 1) {
    await frame();
    const { mapState } = document.documentElement.dataset;
    if (!["ready", "error"].includes(mapState)) frames = -1;
    if (performance.now() > until) throw new Error(`the map is still ${mapState}`);
  }
}"""
"""Three frames in a row: panels that were just laid out change the map's size a frame later."""

expect.set_options(timeout=APPEARS_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": DESK, "locale": "zh-CN", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def base_url() -> None:
    """In place of a plugin's fixture that newer pytest warns about; addresses here are whole."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """``serve(home, **settings)`` starts a server over a home and returns its address."""
    servers = []
    logging.getLogger("werkzeug").setLevel(logging.ERROR)

    def _serve(home: Path, **settings: Any) -> str:
        app: Flask = create_app(load_settings(home=home, **settings))
        app.config["WTF_CSRF_ENABLED"] = False
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield _serve
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def drawn_home(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    """The hand-drawn county with disputes and some layers of each kind; demo data, not to be changed."""
    store = build(tmp_path_factory.mktemp("browser") / "home", catalog, demo=True)
    for name in MORE_LAYERS:
        spec = catalog.layer(name)
        put(
            store,
            name,
            table(spec, catalog, lambda _spec, field, row: plain_value(catalog, field, row)),
            demo=True,
        )
    return store.home


@pytest.fixture(scope="session")
def site(serve: Callable[..., str], drawn_home: Path) -> str:
    """Address of the hand-drawn county."""
    return serve(drawn_home)


class Watched:
    """A page, and everything that it must not do."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.foreign: list[str] = []
        self.said: list[str] = []
        self.allowed: list[str] = [READBACK]
        page.add_init_script(WATCH)
        page.on("request", self._request)
        page.on(
            "console", lambda message: message.type in ("error", "warning") and self.said.append(message.text)
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.site + "/", "data:", "blob:")):
            self.foreign.append(request.url)

    def open(self, path: str = "/") -> Page:
        """Go to an address and wait until the map has drawn or given up."""
        self.page.goto(self.site + path, wait_until="commit")
        return self.settle()

    def settle(self) -> Page:
        """Wait until the map is at rest."""
        self.page.evaluate(AT_REST, PATIENCE_MS)
        return self.page

    def set(self, patch: dict[str, Any]) -> Page:
        """Change the state as a panel would, and wait."""
        self.page.evaluate("(patch) => map_county.app.state.set(patch)", patch)
        return self.settle()

    def state(self) -> dict[str, Any]:
        """The state of the page."""
        found: dict[str, Any] = self.page.evaluate("() => map_county.app.state.get()")
        return found

    def permalink(self) -> str:
        """The address that would be shared, without the origin."""
        address: str = self.page.evaluate("() => map_county.app.state.permalink()")
        return address.removeprefix(self.site)

    def check(self) -> None:
        """Fail on requests to other origins, messages on the console and violations of the policy."""
        assert self.foreign == []
        assert [text for text in self.said if not any(part in text for part in self.allowed)] == []
        assert self.page.evaluate("() => window.violations ?? []") == []


@pytest.fixture
def watch(context: BrowserContext, site: str) -> Iterator[Callable[..., Watched]]:
    """``watch(site=…)`` opens a watched page; every page is checked at the end of the test."""
    pages: list[Watched] = []

    def _watch(address: str = site) -> Watched:
        pages.append(Watched(context.new_page(), address))
        return pages[-1]

    yield _watch
    for page in pages:
        page.check()


@pytest.fixture
def watched(watch: Callable[..., Watched]) -> Watched:
    """A watched page of the hand-drawn county, seen by the public."""
    return watch()


@pytest.fixture
def become(context: BrowserContext, site: str) -> Callable[..., None]:
    """``become("mediator")`` chooses whose eyes the pages are seen through."""

    def _become(role: str, scope: str = "", address: str = site) -> None:
        answer = context.request.post(
            f"{address}/viewer", form={"role": role, "scope": scope}, max_redirects=0
        )
        assert answer.status == 303

    return _become


@pytest.fixture
def exporting(watch: Callable[..., Watched], become: Callable[..., None]) -> Opened:
    """``exporting("services", "code=140822100")`` opens a map and its export dialog, and waits for the sheet.

    ``allowed`` is what the browser will say about something that fails on purpose.
    """

    def _open(theme: str = "overview", query: str = "", *, phone: bool = False, allowed: str = "") -> Page:
        become("planner")
        seen = watch()
        if allowed:
            seen.allowed.append(allowed)
        if phone:
            seen.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page = seen.open(f"/map/{theme}?lang=zh&{query}")
        page.locator("#phone-export" if phone else "#map-tools [aria-label=导出图件]").click()
        expect(page.locator("dialog.export")).to_be_visible()
        return drawn(page)

    return _open


@pytest.fixture
def saved(drawn_home: Path, site: str) -> tuple[str, str]:
    """Tokens of two scenarios of the hand-drawn county: 近, which reaches 600 m, and 远, which reaches 900 m."""
    del site
    named = Text(zh="手画县", en="Drawn")
    where = CountySettings(drawn_home, county.COUNTY, named, named, county.METRIC)
    scenarios = open_county(where).scenarios
    first, second = (
        scenarios.save(
            name, f"services=party-service-centres&within={metres}m", editions={}, by="planner"
        ).token
        for name, metres in (("近", 600), ("远", 900))
    )
    return first, second
