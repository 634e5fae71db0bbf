"""Headless Chromium on our pages beside `geopandas.explore()` of the same shapes.

The peer gets its libraries from the machine at once (Leaflet) or empty (all others): its numbers are better than on a
county's line, where they come from four outside hosts.
"""

import functools
import http.server
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from benchmarks.cells import ROOT, WORK, cells, declare, geopackage
from benchmarks.commands import fresh_home, sample_home, server, webmap
from benchmarks.harness import Row, against, bounded

RUNS = 5
CIRCLES = "() => shapes_county.entries.some(({ id, shapes }) => id === 'left' && shapes[0]?.size > 0)"
CHANGED = """async (within) => {
  const { app } = map_county;
  const before = shapes_county.entries.find(({ id }) => id === "left").shapes[0];
  const start = performance.now();
  app.state.set({ plan: { ...app.state.get().plan, within } });
  for (;;) {
    await new Promise(requestAnimationFrame);
    const now = shapes_county.entries.find(({ id }) => id === "left")?.shapes[0];
    if (now && now !== before && document.documentElement.dataset.mapState === "ready") return performance.now() - start;
    if (performance.now() - start > 30_000) throw new Error(`no answer to ${within}`);
  }
}"""
PEER_PORT = 8393
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
READY = "() => document.documentElement?.dataset.mapState === 'ready' && performance.now()"
# Two frames after loading: the SVG is painted on the first.
PEER_READY = (
    "() => document.readyState === 'complete' && document.querySelector('path.leaflet-interactive')"
    " && new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
)
WINDOW_MS = 1500
CELLS_ONLY = "/map/overview?layers=cells"
# Rows that the map holds of the layer; shapes at the edge of two tiles count twice.
HELD = """() => shapes_county.entries.find(({ id }) => id === "cells").shapes
  .reduce((all, { size, n }) => all + (n ? n.reduce((sum, one) => sum + one, 0) : size), 0)"""


def rows() -> list[Row]:
    home = sample_home()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with server(home) as (address, _):
            found = [*_sizes(browser, address), _villages(browser, address), _road_coverage(browser, address)]
        return [*found, *_cells(browser)]


def _sizes(browser: Browser, address: str) -> list[Row]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
    cold, warm = (_transferred_kb(page, f"{address}/map/overview") for _ in range(2))
    return [
        bounded("first view of overview, cold, compressed", cold, unit="KB", at_most=450, runs=1),
        bounded("the same, warm", warm, unit="KB", at_most=30, runs=1),
    ]


def _transferred_kb(page: Page, url: str) -> float:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url)
    page.wait_for_function(READY)
    session.detach()
    return sum(sizes) / 1000


def _villages(browser: Browser, address: str) -> Row:
    villages = gpd.GeoDataFrame.from_features(_json(address, "/api/layers/villages/features"), crs=4326)
    with _explored(villages, "villages") as peer_url:
        ours, peer = _in_turns(browser, f"{address}/map/overview?layers=villages", peer_url)
    return against("villages alone, to ready", ours, ("explore()", peer), unit="ms", at_most=0.9, runs=RUNS)


def _road_coverage(browser: Browser, address: str) -> Row:
    """From a new threshold to the circles that belong to it; no threshold comes twice."""
    with _page(browser) as page:
        page.goto(f"{address}/map/coverage?v=2&services=village-clinics&mode=road&within=10min")
        page.wait_for_function(READY)
        page.wait_for_function(CIRCLES)
        times = [float(page.evaluate(CHANGED, f"{minutes}min")) for minutes in range(11, 11 + RUNS + 2)]
    name = "coverage by road, from another threshold to painted"
    return bounded(name, statistics.median(times[2:]), unit="ms", at_most=400, runs=RUNS)


def _cells(browser: Browser) -> list[Row]:
    medians: dict[int, float] = {}
    found: list[Row] = []
    for count in (20_000, 200_000):
        home = _home_with_cells(count)
        with server(home) as (address, _):
            _check_held(browser, address + CELLS_ONLY, count)
            if count == 20_000:
                with _explored(cells(count), "cells") as peer_url:
                    medians[count], peer = _in_turns(browser, address + CELLS_ONLY, peer_url)
                found.append(
                    against(
                        "20,000 cells, to ready",
                        medians[count],
                        ("explore()", peer),
                        unit="ms",
                        at_most=0.2,
                        runs=RUNS,
                    )
                )
                heap = _heap_mb(browser, address + CELLS_ONLY)
                found.append(bounded("JS heap with 20,000 cells", heap, unit="MB", at_most=40, runs=1))
            else:
                medians[count] = statistics.median(
                    ready_ms(browser, address + CELLS_ONLY) for _ in range(RUNS)
                )
                size = _transferred_kb(browser.new_context(locale="zh-CN").new_page(), address + CELLS_ONLY)
                found.append(
                    bounded("first view with 200,000 cells, compressed", size, unit="KB", at_most=450, runs=1)
                )
    ours, base = medians[200_000], medians[20_000]
    name = "200,000 cells, to ready, beside 20,000"
    return [*found, against(name, ours, ("ours with 20,000", base), unit="ms", at_most=1.5, runs=RUNS)]


def _home_with_cells(count: int) -> Path:
    home = fresh_home(f"cells-{count}")
    declare(home)
    webmap(home, "init", "--sample")
    webmap(home, "import", "cells", str(geopackage(count)), "--mode", "replace")
    return home


def _in_turns(browser: Browser, url: str, peer_url: str) -> tuple[float, float]:
    """Median ms to ready of (ours, peer), each navigation in a new context with a cold cache."""
    pairs = [(ready_ms(browser, url), _peer_ms(browser, peer_url)) for _ in range(RUNS + 1)][1:]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def ready_ms(browser: Browser, url: str) -> float:
    with _page(browser) as page:
        page.goto(url, wait_until="commit")
        return float(page.wait_for_function(READY, polling="raf", timeout=60_000).json_value())


def _peer_ms(browser: Browser, url: str) -> float:
    with _page(browser) as page:
        page.route(lambda address: "127.0.0.1" not in address, _library)
        page.goto(url, wait_until="commit")
        return float(page.wait_for_function(PEER_READY, polling="raf", timeout=120_000).json_value())


def _check_held(browser: Browser, url: str, count: int) -> None:
    """A page without the cells is ready sooner, and says nothing."""
    with _page(browser) as page:
        page.goto(url, wait_until="commit")
        page.wait_for_function(READY)
        held = page.evaluate(HELD)
    assert held >= count, f"the map holds {held} of {count} cells"


def _heap_mb(browser: Browser, url: str) -> float:
    with _page(browser) as page:
        page.goto(url, wait_until="commit")
        page.wait_for_function(READY)
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        metrics = session.send("Performance.getMetrics")["metrics"]
    return next(item["value"] for item in metrics if item["name"] == "JSHeapUsedSize") / 2**20


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    try:
        yield quiet_page(context)
    finally:
        context.close()


def quiet_page(context: BrowserContext) -> Page:
    """A new page, once its window has loaded the pages of the browser's own, some hundred modules behind the address bar."""
    page = context.new_page()
    page.wait_for_timeout(WINDOW_MS)
    return page


def _library(route: Route) -> None:
    name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
    local = ROOT / "node_modules" / "leaflet" / "dist" / name
    if local.is_file():
        route.fulfill(path=local)
    else:
        route.fulfill(body="", content_type="text/css" if name.endswith("css") else "text/javascript")


@contextmanager
def _explored(shapes: gpd.GeoDataFrame, name: str) -> Iterator[str]:
    """The peer's page on a plain static server."""
    shapes.to_crs(4326).explore(tooltip="name").save(WORK / f"explore-{name}.html")
    handler = functools.partial(_Quiet, directory=str(WORK))
    with http.server.ThreadingHTTPServer(("127.0.0.1", PEER_PORT), handler) as peer:
        threading.Thread(target=peer.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{PEER_PORT}/explore-{name}.html"
        finally:
            peer.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the table is the output."""


def _json(address: str, path: str) -> dict:
    import json
    import urllib.request

    with urllib.request.urlopen(address + path, timeout=30) as answer:
        return json.load(answer)
