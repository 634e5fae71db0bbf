"""This checkout beside another one, in one run: ``python -m benchmarks.paired FOLDER``, or ``… FOLDER 7 overview coverage``.

Both serve the sample county, warm; one Chromium opens the same page of each in turns, each time with nothing kept, so that a
busy minute hits both alike. The other checkout needs its built assets (``python -m webmap.front.assets``). Two columns: time
until the page says that it is ready, and the work of the page's main thread until then, which other programs disturb less.
"""

import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import FLAGS, READY, quiet_page
from benchmarks.cells import WORK
from benchmarks.commands import PORT, server, webmap
from benchmarks.harness import Row, against, table

THEMES = (
    "overview",
    "services",
    "coverage",
    "disputes",
    "industry",
    "organisations",
    "environment",
    "my-grid",
)
AT_MOST = 0.65
RUNS = 7
Times = tuple[float, float]


def rows(other: Path, runs: int, themes: tuple[str, ...]) -> list[Row]:
    """A row for each theme, time to ready and main thread."""
    homes = WORK / "paired", WORK / "paired-other"
    webmap(homes[0], "init", "--sample")
    webmap(homes[1], "init", "--sample", root=other)
    with (
        server(homes[0]) as (ours, _),
        server(homes[1], root=other, port=PORT + 1) as (before, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        return [row for theme in themes for row in _theme(browser, (ours, before), theme=theme, runs=runs)]


def _theme(browser: Browser, addresses: tuple[str, str], *, theme: str, runs: int) -> list[Row]:
    turns = [[_opened(browser, f"{address}/map/{theme}") for address in addresses] for _ in range(runs + 1)]
    found = []
    for place, name in enumerate(("to ready", "main thread to ready")):
        ours, before = (statistics.median(turn[side][place] for turn in turns[1:]) for side in (0, 1))
        row = against(f"{theme}, {name}", ours, ("before", before), unit="ms", at_most=AT_MOST, runs=runs)
        found.append(row)
    return found


def _opened(browser: Browser, url: str) -> Times:
    """Milliseconds until ready, and of the main thread's work until then."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = quiet_page(context)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(url, wait_until="commit")
    ready = float(page.wait_for_function(READY, polling="raf", timeout=60_000).json_value())
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return ready, 1000 * metrics["TaskDuration"]


def main(words: list[str]) -> int:
    if not words:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    runs = int(words[1]) if len(words) > 1 else RUNS
    found = rows(Path(words[0]).resolve(), runs, tuple(words[2:]) or THEMES)
    sys.stdout.write(f"{table(found)}\n")
    return 0 if all(row.met for row in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
