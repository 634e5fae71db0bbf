"""The same pages in Firefox: every theme is drawn, says nothing on the console, and can be left and come back to."""

import io
import shutil
from collections.abc import Iterator

import pytest
from PIL import Image

from tests.browser.firefox import Tab, firefox
from tests.contract import THEMES

pytest_plugins = ("tests.browser.sample",)
FIREFOX = next((path for name in ("firefox-esr", "firefox") if (path := shutil.which(name))), None)
SIZES = {"desk": (1440, 900), "phone": (390, 844), "lying": (844, 390), "low": (740, 360)}
FEWEST_COLOURS = 40
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(FIREFOX is None, reason="needs Firefox (Debian: firefox-esr)"),
]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    assert FIREFOX is not None
    with firefox(FIREFOX, tmp_path_factory.mktemp("firefox")) as found:
        yield found


@pytest.fixture
def quiet(tab: Tab) -> Iterator[Tab]:
    tab.said.clear()
    yield tab
    assert tab.said == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_drawn(quiet: Tab, sample_site: str, theme: str, size: str) -> None:
    quiet.size(*SIZES[size])
    quiet.open(f"{sample_site}/map/{theme}")
    assert quiet.value("document.documentElement.lang") == "zh-CN"
    assert quiet.value("document.querySelector('#map-title').textContent") != ""
    assert quiet.value("document.documentElement.scrollWidth <= innerWidth")
    assert quiet.value("shapes_county.ground.element.width >= map_county.getSize().x")
    picture = Image.open(io.BytesIO(quiet.picture())).convert("RGB")
    assert len(picture.getcolors(picture.width * picture.height)) > FEWEST_COLOURS


def test_a_name_typed_fast_is_found_and_left_by_going_back(quiet: Tab, sample_site: str) -> None:
    quiet.size(*SIZES["desk"])
    quiet.open(f"{sample_site}/map/services")
    quiet.wait("map_county.app?.controls.sheets !== undefined")
    before = quiet.value("location.href")
    quiet.keys("/", *"hanxuecun", "Enter")
    quiet.wait("document.querySelector('.drawer-title h2')?.textContent === '汉薛村'")
    quiet.wait("location.search.includes('sel=')")
    quiet.back()
    quiet.wait("!location.search.includes('sel=')")
    assert quiet.value("location.pathname") == "/map/services"
    assert quiet.value("map_county.app.state.get().selected") is None
    assert before.split("?")[0] == quiet.value("location.origin + location.pathname")


def test_the_planner_answers(quiet: Tab, sample_site: str) -> None:
    quiet.size(*SIZES["desk"])
    quiet.open(f"{sample_site}/map/coverage")
    quiet.wait("document.querySelector('#drawer .hero, #drawer [class*=hero]')?.textContent.includes('%')")


def test_the_worker_for_pages_without_a_line_runs(quiet: Tab, sample_site: str) -> None:
    quiet.open(f"{sample_site}/map/my-grid")
    running = "navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)"
    assert (
        quiet.value(f"{running}.then(({{ active }}) => new URL(active.scriptURL).pathname)") == "/worker.js"
    )
