"""The sample county behind a server of its own, for tests of the panels: they need its places and figures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

READY_MS = 60_000
SIZES = {
    "desk": (1440, 900),
    "tablet": (1024, 768),
    "zoomed": (720, 450),
    "phone": (390, 844),
    "low": (844, 390),
}

Opener = Callable[..., Page]


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
