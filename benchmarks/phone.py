"""The first view of a grid worker's own grid on a slow line: 400 kbit/s, 400 ms round trip, a quarter of the machine's speed."""

from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import FLAGS
from benchmarks.commands import sample_home, server
from benchmarks.harness import Row, bounded

GRID = "140822103201001"
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
MOST_S, MOST_KB = 6.0, 160.0
WATCH = """
const watch = setInterval(() => {
  const outline = window.map_county?.app?.layers?.drawn?.get("grids")?.shapes.length;
  if (!outline || !document.querySelector("#sheet .cases li")) return;
  clearInterval(watch);
  requestAnimationFrame(() => requestAnimationFrame(() => { window.seenAt = performance.now(); }));
}, 20);
"""
"""When both the outline and the list of cases are painted."""


def rows() -> list[Row]:
    with sync_playwright() as playwright, server(sample_home()) as (address, _):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        _first_view(browser, address)  # a fresh server makes its answers once
        seconds, kilobytes = _first_view(browser, address, slow=True)
    name = "my-grid on a slow phone, own outline and list"
    return [
        bounded(name, seconds, unit="s", at_most=MOST_S, runs=1),
        bounded(f"{name}, transferred", kilobytes, unit="KB", at_most=MOST_KB, runs=1),
    ]


def _first_view(browser: Browser, address: str, *, slow: bool = False) -> tuple[float, float]:
    """Seconds and kilobytes until outline and list are seen, with nothing kept."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, locale="zh-CN"
    )
    token = context.request.get(f"{address}/api/token").json()["token"]
    form = {"role": "grid_worker", "scope": GRID, "csrf_token": token}
    context.request.post(f"{address}/viewer", form=form, max_redirects=0)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    begun: list[float] = []
    arrived: list[tuple[float, float]] = []

    def finished(event: dict[str, Any]) -> None:
        arrived.append((event["timestamp"], event["encodedDataLength"]))

    session.on("Network.requestWillBeSent", lambda event: begun.append(event["timestamp"]))
    session.on("Network.loadingFinished", finished)
    if slow:
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{address}/map/my-grid?lang=zh", wait_until="commit", timeout=120_000)
    seen: float = page.wait_for_function("() => window.seenAt", timeout=120_000).json_value() / 1000
    context.close()
    return seen, sum(size for at, size in arrived if at - begun[0] <= seen) / 1000
