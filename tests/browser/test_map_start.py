"""The map opens, from our origin alone, and says in data-map-state how far it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.browser.conftest import PHONE, Watched
from tests.webmap.routes import THEMES


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_drawn(watched: Watched, theme: str) -> None:
    page = watched.open(f"/map/{theme}")
    expect(page.locator("html")).to_have_attribute("data-map-state", "ready")
    assert page.evaluate("() => shapes_county.entries.length") >= 3
    assert page.evaluate("() => shapes_county.ground.element.width") > 0


def test_in_english_too(watched: Watched) -> None:
    page = watched.open("/?lang=en")
    assert page.get_by_role("button", name="Zoom in").is_visible()
    assert "Scale" in page.locator("#status-ratio").inner_text()


def test_the_county_fills_the_clear_part(watched: Watched) -> None:
    page = watched.open("/?layers=counties,townships,villages")
    box = page.evaluate(
        """() => {
          const { shapes, index } = shapes_county.find("counties", "140822")[0];
          const scale = 2 ** (map_county.getZoom() - shapes.band) / 4;
          const [w, t, e, b] = shapes.boxes.subarray(index * 4, index * 4 + 4);
          const o = map_county.getPixelBounds().min;
          return [(w + shapes.ox) * scale - o.x, (t + shapes.oy) * scale - o.y, (e + shapes.ox) * scale - o.x,
                  (b + shapes.oy) * scale - o.y, map_county.getSize().x, map_county.getSize().y];
        }"""
    )
    west, top, east, bottom, width, height = box
    assert west >= 0
    assert top >= 0
    assert east <= width
    assert bottom <= height
    assert max((east - west) / width, (bottom - top) / height) > 0.75


def test_on_a_phone_nothing_covers_the_county(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    page = context.new_page()
    page.goto(site)
    page.wait_for_function("() => document.documentElement.dataset.mapState === 'ready'")
    place = page.evaluate(
        """() => {
          const { shapes, index } = shapes_county.find("counties", "140822")[0];
          const scale = 2 ** (map_county.getZoom() - shapes.band) / 4;
          const o = map_county.getPixelBounds().min;
          return [(shapes.boxes[1] + shapes.oy) * scale - o.y, (shapes.boxes[3] + shapes.oy) * scale - o.y,
                  document.querySelector(".theme-chips").getBoundingClientRect().bottom,
                  document.getElementById("sheet").getBoundingClientRect().top];
        }"""
    )
    top, bottom, chips, sheet = place
    assert chips <= top
    assert bottom <= sheet
    context.close()


def test_each_move_is_announced(watched: Watched) -> None:
    page = watched.open()
    page.evaluate(
        """() => {
          window.states = [];
          new MutationObserver(() => window.states.push(document.documentElement.dataset.mapState))
            .observe(document.documentElement, { attributeFilter: ["data-map-state"] });
          map_county.panBy([60, 0], { animate: false });
        }"""
    )
    watched.settle()
    assert page.evaluate("() => window.states") == ["loading", "ready"]


def test_a_layer_that_fails_leaves_the_others(context: BrowserContext, watched: Watched) -> None:
    broken = True

    def _answer(route: Route) -> None:
        if broken:
            route.fulfill(
                status=500, content_type="application/problem+json", body='{"code":"internal","detail":"x"}'
            )
        else:
            route.continue_()

    context.route("**/api/layers/orchards/shapes*", _answer)
    watched.allowed += ["500"]
    page = watched.open("/?layers=counties,villages,orchards")
    expect(page.locator("html")).to_have_attribute("data-map-state", "error")
    assert (
        page.evaluate("() => shapes_county.entries.find((one) => one.id === 'villages').shapes[0].size") == 10
    )
    assert page.get_by_text("果园图层没有取到").is_visible()
    broken = False
    page.get_by_role("button", name="重试").click()
    watched.settle()
    expect(page.locator("html")).to_have_attribute("data-map-state", "ready")


def test_a_server_that_is_gone_is_said(context: BrowserContext, watched: Watched) -> None:
    context.route("**/api/themes/*", lambda route: route.abort())
    watched.allowed += ["ERR_FAILED"]
    page = watched.open()
    expect(page.locator("html")).to_have_attribute("data-map-state", "error")
    assert page.get_by_role("button", name="重试").is_visible()


def test_a_second_visit_fetches_almost_nothing(context: BrowserContext, watched: Watched) -> None:
    watched.open()
    page = watched.page
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    watched.open()
    assert sum(sizes) <= 30_000


def test_overtaken_answers_are_dropped(context: BrowserContext, watch: Callable[..., Watched]) -> None:
    watched = watch()
    page = watched.open("/?layers=counties,villages")
    page.evaluate(
        """() => { for (let i = 0; i < 6; i += 1) map_county.setZoom(map_county.getZoom() - 0.7, { animate: false }); }"""
    )
    watched.settle()
    bands = page.evaluate("() => shapes_county.entries.map((entry) => entry.shapes[0].band)")
    zoom = page.evaluate("() => map_county.getZoom()")
    assert all(band >= zoom - 0.4 for band in bands)
    expect(page.locator("html")).to_have_attribute("data-map-state", "ready")
