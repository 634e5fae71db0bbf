"""A server that has just begun: its first page beside the next ones, and the first of everything that a process makes."""

import statistics
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import FLAGS, ready_ms
from benchmarks.commands import sample_home, server
from benchmarks.harness import Row, against, bounded, seconds
from benchmarks.reader import Reader

STARTS = 5
NEXT_PAGES = 3
PAGE = "/map/overview"
FIRST = {
    "theme": ("/api/themes/overview", 0.5),
    "profile": ("/api/areas/140822", 0.5),
    "coverage": ("/api/coverage", 0.5),
    "hot spots": ("/api/hotspots", 0.5),
    "preview of a sheet": ("/api/sheets/preview?theme=overview&px=800", 1.2),
}
"""What is asked of a process for the first time, in this order, and how many seconds it may take."""


@dataclass
class Start:
    """One start of the server: seconds until it is ready, ms of its first page and of the next, seconds of each first."""

    ready: float = 0.0
    page: float = 0.0
    next_pages: list[float] = field(default_factory=list)
    firsts: dict[str, float] = field(default_factory=dict)


def rows() -> list[Row]:
    home = sample_home()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        _visited(browser, home)  # the browser is fresh, too
        starts = [_visited(browser, home) for _ in range(STARTS)]
    asked = [_asked(home) for _ in range(STARTS)]
    page = statistics.median(start.page for start in starts)
    warm = statistics.median(ms for start in starts for ms in start.next_pages)
    ready = statistics.median(start.ready for start in starts)
    return [
        against(
            "first page of a fresh server, to ready",
            page,
            ("the next", warm),
            unit="ms",
            at_most=1.5,
            runs=STARTS,
        ),
        bounded("serve, until it is ready", ready, unit="s", at_most=5, runs=STARTS),
        *(
            bounded(
                f"first {name} of a fresh process",
                statistics.median(start.firsts[name] for start in asked),
                unit="s",
                at_most=most,
                runs=STARTS,
            )
            for name, (_, most) in FIRST.items()
        ),
    ]


def _visited(browser: Browser, home: Path) -> Start:
    """Pages of a server with two processes, each with an empty cache of the browser."""
    begun = time.perf_counter()
    with server(home, workers=2) as (address, _):
        ready = time.perf_counter() - begun
        first, *others = (ready_ms(browser, address + PAGE) for _ in range(NEXT_PAGES + 1))
    return Start(ready, first, others)


def _asked(home: Path) -> Start:
    """Questions of a planner to a server with one process."""
    with server(home) as (address, _):
        reader = Reader(address)
        reader.become("planner")
        firsts = {name: seconds(partial(reader.get, path)) for name, (path, _) in FIRST.items()}
    return Start(firsts=firsts)
