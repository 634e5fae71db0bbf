"""Hostile text is read, not run, in a real browser: in the tree, legend, cards, search, table, tips and attribution."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page, expect

from layers.catalog import load_catalog
from tests.browser.conftest import Watched
from tests.hostile import HOSTILE, OWN, home_in

DRAWN = [spec.id for spec in load_catalog() if spec.geometry != "none"]
TEXT_OF = "selector => [...document.querySelectorAll(selector)].map((node) => node.textContent)"
GO = "query => { history.pushState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }"


@pytest.fixture(scope="session")
def hostile_site(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the county all of whose words are hostile."""
    return serve(home_in(tmp_path_factory.getbasetemp()))


@pytest.fixture
def hostile_page(watch: Callable[..., Watched], hostile_site: str) -> Iterator[Watched]:
    """A page of that county; at the end nothing of the text has run."""
    watched = watch(hostile_site)
    dialogs: list[Dialog] = []
    watched.page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
    yield watched
    assert dialogs == []
    assert watched.page.evaluate("() => typeof window.__pwned") == "undefined"
    assert watched.page.evaluate("() => document.querySelectorAll('img[src=x], img[onerror]').length") == 0
    assert watched.page.evaluate("() => document.querySelectorAll('script:not([src])').length") == 0


def texts(page: Page, selector: str) -> list[str]:
    """The text of each element, whether it is shown or not."""
    found: list[str] = page.evaluate(TEXT_OF, selector)
    return found


def holds(page: Page, selector: str, text: str = HOSTILE) -> None:
    """Wait until an element holds the text, letter by letter."""
    page.wait_for_function(
        "([selector, text]) => [...document.querySelectorAll(selector)].some((node) => node.textContent.includes(text))",
        arg=[selector, text],
    )


def keys(watched: Watched, layer: str) -> list[str]:
    answer = watched.page.request.get(f"{watched.site}/api/layers/{layer}/features?limit=2")
    return [feature["id"] for feature in json.loads(answer.body())["features"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_of_the_page(hostile_page: Watched, language: str) -> None:
    page = hostile_page.open(f"/?lang={language}")
    expect(page.locator("html")).to_have_attribute("data-map-state", "ready")
    assert texts(page, "title")[0].count(HOSTILE) == 2
    assert texts(page, ".brand-name") == [HOSTILE]
    assert texts(page, "#map-title") == [HOSTILE]
    assert texts(page, ".theme[aria-current] span") == [HOSTILE]
    holds(page, "#tree")
    holds(page, "#legend-body")
    [attribution] = texts(page, ".leaflet-control-attribution")
    assert attribution.count(HOSTILE) == 2
    assert page.evaluate("() => document.querySelector('.leaflet-control-attribution').children.length") <= 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cards_of_every_layer(hostile_page: Watched, become: Callable[..., None], language: str) -> None:
    become("operator", address=hostile_page.site)
    page = hostile_page.open(
        f"/?lang={language}&panels=left,right&sel={OWN}:{quote(keys(hostile_page, OWN)[0], safe='')}"
    )
    holds(page, "#drawer h2")
    layers = [OWN, *DRAWN] if language == "zh" else [OWN, "disputes", "villages"]
    for layer in layers:
        key = keys(hostile_page, layer)[-1]
        page.evaluate("() => document.querySelector('#drawer').replaceChildren()")
        page.evaluate(GO, f"?lang={language}&panels=left,right&sel={layer}:{quote(key, safe='')}")
        holds(page, "#drawer h2")
    hostile_page.settle()


def test_search(hostile_page: Watched) -> None:
    page = hostile_page.open("/")
    page.locator("#search-input").fill("{{7*7}}")
    holds(page, "#search-list [role=option]")
    assert "{{7*7}}" in texts(page, "#search-note")[0]
    page.locator("#search-input").press("Enter")
    holds(page, "#drawer h2")
    page.locator("#search-input").fill(HOSTILE[:59])
    holds(page, "#search-list [role=option]")
    page.locator("#search-input").fill("<img src=x onerror=window.__pwned=1>没有")
    holds(page, "#search-list", "<img src=x onerror=window.__pwned=1>没有")
    hostile_page.settle()


def test_table_and_its_menus(hostile_page: Watched) -> None:
    page = hostile_page.open(f"/?table={OWN}&panels=left,table")
    holds(page, "#table-panel td .row-name")
    assert [text for text in texts(page, "#table-panel th") if text.startswith(HOSTILE)]
    assert HOSTILE in texts(page, "#table-panel select option")
    assert texts(page, "#table-panel td").count(HOSTILE) >= 4
    page.get_by_role("button", name="下载").last.click()
    holds(page, "body > *")
    page.keyboard.press("Escape")
    page.locator("#table-panel").get_by_role("button", name="筛选").click()
    holds(page, "body > *")
    page.keyboard.press("Escape")
    page.locator("#table-panel .row-name").first.click()
    holds(page, "#drawer h2")
    hostile_page.settle()


def test_hover_and_click_on_the_map(hostile_page: Watched) -> None:
    page = hostile_page.open("/?panels=none&at=35.42922,110.83730,15")
    box = page.locator("#map_county").bounding_box()
    assert box is not None
    at = page.evaluate(
        "() => { const point = map_county.latLngToContainerPoint([35.429223, 110.8372958]); return [point.x, point.y]; }"
    )
    page.mouse.move(box["x"] + at[0] + 40, box["y"] + at[1] + 40)
    page.mouse.move(box["x"] + at[0], box["y"] + at[1], steps=4)
    holds(page, ".map-tip")
    expect(page.locator(".map-tip")).to_be_visible()
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    page.wait_for_function("() => new URLSearchParams(location.search).get('sel')?.startsWith('own-points:')")
    page.evaluate(GO, f"{page.evaluate('() => location.search')}&panels=right")
    holds(page, "#drawer h2")
    hostile_page.settle()


def test_hostile_addresses(hostile_page: Watched) -> None:
    text = quote(HOSTILE, safe="")
    hostile_page.allowed += ["404", "400"]
    page = hostile_page.open(
        f"/?lang=zh&f.{OWN}.kind={text}&f.{OWN}.q={text}&sel={OWN}:{text}&code={text}&at={text}&hide={text}&op.{text}=1"
        f"&table={OWN}&period={text}&layers={text},{OWN}&panels=left,right,table,{text}"
    )
    holds(page, "#drawer", HOSTILE[:40])
    holds(page, "#table-words", HOSTILE[:40])
    for path in (f"/map/{text}", f"/data/{text}", f"/{text}"):
        page.goto(hostile_page.site + path)
        assert page.evaluate("() => typeof window.__pwned") == "undefined"
    page.goto(f"{hostile_page.site}/data/{OWN}")
    assert sum(found.count(HOSTILE) for found in texts(page, "main")) >= 8
    page.goto(f"{hostile_page.site}/data")
    holds(page, "main")
