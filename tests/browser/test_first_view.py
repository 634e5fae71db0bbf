"""The page asks for the first shapes, the map takes them: nothing is fetched twice, nothing for nothing, nothing moves."""

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]

EARLY = """() => [...document.querySelectorAll("link[rel=preload]")]
  .filter(({ media }) => !media || matchMedia(media).matches).map(({ href }) => href)"""
SIZES = """window.sizes = [];
addEventListener("DOMContentLoaded", () => {
  const map = document.querySelector(".folium-map");
  new ResizeObserver(() => window.sizes.push(`${map.clientWidth}x${map.clientHeight}`)).observe(map);
});"""


def fetched(page: Page) -> Counter[str]:
    """Addresses of the API that the page asks for from now on."""
    found: Counter[str] = Counter()
    page.on("request", lambda request: found.update([request.url] if "/api/" in request.url else []))
    return found


@pytest.mark.parametrize("size", ["desk", "tablet", "phone", "low"])
@pytest.mark.parametrize("path", ["/map/overview", "/map/services", "/map/coverage", "/map/disputes"])
def test_every_address_is_fetched_once(page: Page, open_map: Opener, path: str, size: str) -> None:
    found = fetched(page)
    open_map(path, size)
    early = set(page.evaluate(EARLY))
    shapes = {address for address in found if "/shapes?" in address}
    assert {address for address, times in found.items() if times > 1} == set()
    assert shapes
    assert shapes == {address for address in early if "/shapes?" in address}


@pytest.mark.parametrize(
    "query",
    [
        "?layers=villages",
        "?at=35.41000,110.83000,12.4&v=2",
        "?code=140822103&v=2",
        "?sel=villages:140822103201&at=35.41000,110.83000,14&v=2",
        "?lang=en",
    ],
)
def test_of_a_link_nothing_is_fetched_twice_or_for_nothing(page: Page, open_map: Opener, query: str) -> None:
    found = fetched(page)
    open_map(f"/map/overview{query}")
    early = {address for address in page.evaluate(EARLY) if "/shapes?" in address}
    assert early
    assert early <= {
        address
        for address in found
        if page.evaluate("(a) => performance.getEntriesByName(a).length > 0", address)
    }
    assert {address for address, times in found.items() if times > 1} == set()
    drawn = page.evaluate("() => [...map_county.app.layers.answers.known.keys()]")
    assert {address.split("/api/layers/")[1].replace("/shapes", "") for address in early} <= set(drawn)


@pytest.mark.parametrize("path", ["/map/overview", "/map/services", "/map/coverage", "/map/disputes"])
def test_the_map_has_its_size_from_the_start(page: Page, open_map: Opener, path: str) -> None:
    page.add_init_script(SIZES)
    open_map(path)
    page.wait_for_load_state("networkidle")
    assert len(set(page.evaluate("() => window.sizes"))) == 1
