"""The sample county behind a server of its own, for tests of the panels: they need its places and figures."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
READY_MS = 60_000
BUILD_S = 300
PATIENCE_MS = 20_000
"""Machines that test are busy; what should appear may take a while."""
SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "zoomed": (720, 450), "phone": (390, 844)}

expect.set_options(timeout=PATIENCE_MS)

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county, built once for all workers of this run; not to be changed."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample-county"
    home, built = shared / "home", shared / "built"
    try:
        shared.mkdir()
    except FileExistsError:
        until = time.monotonic() + BUILD_S
        while not built.exists():
            assert time.monotonic() < until, "another worker did not finish the sample county"
            time.sleep(0.2)
        return home
    command = [sys.executable, "-m", "webmap", "init", "--sample"]
    environment = {"GOVMAP_HOME": str(home), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    built.touch()
    return home


@pytest.fixture(scope="session")
def sample_site(serve: Callable[..., str], sample_home: Path) -> str:
    """Address of the sample county."""
    return serve(sample_home)


@pytest.fixture
def open_map(page: Page, sample_site: str) -> Opener:
    """``open_map("/map/services", size="phone")`` opens a page and waits until its map is at rest."""

    def _open(path: str, size: str = "desk", *, until: str | None = "ready") -> Page:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.goto(sample_site + path)
        if until:
            page.wait_for_selector(f"html[data-map-state={until}]", state="attached", timeout=READY_MS)
        return page

    return _open
