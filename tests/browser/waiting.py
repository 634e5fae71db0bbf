"""Waiting for what a page does after an action: it ends when the page is done, however busy the machine."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

PATIENCE_MS = 20_000
STILL = """async (patience) => {
  const until = performance.now() + patience;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const slides = (one) => one instanceof CSSTransition && one.playState === "running";
  do {
    await frame();
    await frame();
    if (performance.now() > until) throw new Error("something still slides");
  } while (document.getAnimations().some(slides));
}"""
WRITTEN = """() => {
  const words = (address) => JSON.stringify([...new URL(address).searchParams].sort());
  return words(location.href) === words(map_county.app.state.permalink());
}"""
CLEAR = """([layer, key]) => {
  const { app } = map_county;
  const place = app.layers.place(layer, key);
  if (!place) return false;
  const [a, b] = place.bounds.map((corner) => app.map.latLngToContainerPoint(corner));
  const { left, top, right, bottom } = app.view.covered();
  const size = app.map.getSize();
  return a.x >= left && b.x <= size.x - right && b.y >= top && a.y <= size.y - bottom;
}"""


def clear(page: Page, layer: str, key: str) -> None:
    """Wait until a place is clear of everything that lies over the map."""
    page.wait_for_function(CLEAR, arg=[layer, key], timeout=PATIENCE_MS)


def still(page: Page) -> None:
    """Wait until two frames are drawn and nothing slides."""
    page.evaluate(STILL, PATIENCE_MS)


def query(page: Page) -> dict[str, list[str]]:
    """The words of the address once it says the state of the page."""
    page.wait_for_function(WRITTEN)
    return parse_qs(urlsplit(page.url).query)
