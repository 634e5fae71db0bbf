"""Every theme of the sample county needs nothing but our origin, says nothing on the console, and is small."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Response, expect

from layers.catalog import load_catalog
from tests.browser.conftest import DESK, PHONE, Watched

pytest_plugins = ("tests.browser.sample",)

MOST_HTML = 40 * 1024
PAGES = ("/data", "/data/villages", "/help", "/nope")
READY_MS = 60_000


@pytest.fixture
def sample_page(watch: Callable[..., Watched], sample_site: str) -> Watched:
    return watch(sample_site)


def check_html(answer: Response | None, status: int = 200) -> None:
    """The page is small enough and carries the policy."""
    assert answer is not None and answer.status == status
    assert answer.headers["content-type"].startswith("text/html")
    assert len(answer.body()) <= MOST_HTML
    policy = dict(
        part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert (
        policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["font-src"] == "'self'"
    )
    assert policy["img-src"] == "'self' data: blob:"
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", load_catalog().themes)
def test_a_theme_needs_only_our_origin(sample_page: Watched, theme: str, size: dict[str, int]) -> None:
    page, asked = sample_page.page, []
    page.set_viewport_size(size)
    page.on("request", lambda request: asked.append(request.url))
    check_html(page.goto(f"{sample_page.site}/map/{theme}", wait_until="commit"))
    expect(page.locator("html")).to_have_attribute("data-map-state", "ready", timeout=READY_MS)
    assert len(asked) > 10
    assert {re.match(r"(\w+:(//[^/]+)?)", url).group(1) for url in asked} <= {
        sample_page.site,
        "data:",
        "blob:",
    }
    sample_page.check()


@pytest.mark.parametrize("path", PAGES)
def test_other_pages_too(sample_page: Watched, path: str) -> None:
    sample_page.allowed += ["404"] if path == "/nope" else []
    check_html(sample_page.page.goto(sample_page.site + path), 404 if path == "/nope" else 200)
    sample_page.check()


def test_the_watch_sees_what_it_must_not_miss(sample_page: Watched) -> None:
    """Another host, a script in the page and a word on the console are all noticed, so the tests above mean something."""
    page = sample_page.open("/map/environment")
    page.evaluate("() => fetch('http://example.invalid/').catch(() => null)")
    page.evaluate(
        "() => { document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' })); }"
    )
    page.wait_for_function("() => window.violations.length >= 2")
    assert page.evaluate("() => typeof window.ran") == "undefined"
    assert len(sample_page.said) >= 2
    with pytest.raises(AssertionError):
        sample_page.check()
    sample_page.said.clear()
    sample_page.foreign.clear()
    page.evaluate("() => { window.violations.length = 0; }")
