"""Points by level: clusters, density, time; and what the public gets instead."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Watched
from tests.disputes import COUNTS, LEVELS, PERIODS, TOTAL

PLACED = "() => shapes_county.placed.map(({ cls, count, cluster }) => [cls, count, cluster])"
PUBLISHED = ("2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2024")


def centre_of_cluster(page: Page) -> dict[str, float]:
    """Where the largest cluster lies on the screen."""
    place: dict[str, float] = page.evaluate(
        """() => {
          const [one] = shapes_county.placed.filter(({ cluster }) => cluster).sort((a, b) => b.count - a.count);
          const at = shapes_county.view.min.add([one.px, one.py]);
          return map_county.layerPointToContainerPoint(at);
        }"""
    )
    return place


def test_a_cluster_takes_its_worst_member(watched: Watched, become: Callable[..., None]) -> None:
    become("mediator")
    page = watched.open("/map/disputes?show=off&all=disputes&at=35.411,110.85,11")
    placed = page.evaluate(PLACED)
    assert sum(count for _, count, _ in placed) == TOTAL
    worst = page.evaluate(
        """async () => {
          const { members } = await import("/static/js/map/cluster.js");
          return shapes_county.placed.filter(({ cluster }) => cluster).map(({ shapes, cluster, cls, count, paint }) => {
            const keys = members(shapes, new Set(), cluster, 1000);
            return [cls, Math.min(...keys.map((key) => shapes.cls[shapes.keys.indexOf(key)])), count, keys.length, paint.symbol];
          });
        }"""
    )
    assert worst
    for shown, least, count, members, symbol in worst:
        assert shown == least
        assert count == members
        assert symbol == ("triangle", "diamond", "circle")[shown]


def test_a_class_that_is_off_leaves_the_clusters(watched: Watched, become: Callable[..., None]) -> None:
    become("mediator")
    page = watched.open("/map/disputes?show=off&all=disputes&at=35.411,110.85,11&hide=disputes:0")
    placed = page.evaluate(PLACED)
    assert LEVELS[0] == "red"
    assert 0 not in {cls for cls, _, _ in placed}
    assert sum(count for _, count, _ in placed) == TOTAL - len(range(0, TOTAL, len(LEVELS)))


def test_a_click_opens_a_cluster_and_the_closest_zoom_parts_a_spot(
    watched: Watched, become: Callable[..., None]
) -> None:
    become("mediator")
    page = watched.open("/map/disputes?show=off&all=disputes&at=35.411,110.85,12")
    before = page.evaluate("() => map_county.getZoom()")
    page.locator("#map_county").click(position=centre_of_cluster(page))
    watched.settle()
    assert page.evaluate("() => map_county.getZoom()") > before
    page.evaluate("() => map_county.setZoom(17, { animate: false })")
    watched.settle()
    spots = page.evaluate(
        "() => shapes_county.placed.map(({ px, py, cluster }) => [Math.round(px), Math.round(py), cluster])"
    )
    assert spots
    assert {cluster for _, _, cluster in spots} == {None}
    assert len({(x, y) for x, y, _ in spots}) == len(spots), "points on the same spot lie apart"


def test_density_takes_the_place_of_symbols(watched: Watched, become: Callable[..., None]) -> None:
    become("mediator")
    page = watched.open("/map/disputes?layers=disputes&heat=disputes")
    assert page.evaluate("() => shapes_county.placed.length") == 0
    coloured = page.evaluate(
        """() => { const { element } = shapes_county.ground;
          const { data } = element.getContext("2d").getImageData(0, 0, element.width, element.height);
          let sum = 0; for (let i = 3; i < data.length; i += 4) if (data[i]) sum += 1; return sum; }"""
    )
    assert coloured > 5000


def test_the_time_bar_sets_a_window(watched: Watched, become: Callable[..., None]) -> None:
    become("mediator")
    page = watched.open("/map/disputes?show=off&all=disputes&at=35.411,110.85,11")
    until = page.locator(".timebar-until")
    until.focus()
    for _ in range(12):
        until.press("ArrowLeft")
    start = page.locator(".timebar-from")
    start.focus()
    start.press("ArrowRight")
    watched.settle()
    assert watched.state()["time"] == {"since": "2024-02-01", "until": "2024-03-31"}
    assert page.locator("#timebar-when").inner_text() == "2024年2–3月"
    assert "since=2024-02-01&until=2024-03-31" in watched.permalink()
    shown = sum(count for _, count, _ in page.evaluate(PLACED))
    assert 0 < shown < sum(counts[0] for counts in COUNTS.values())
    assert page.locator("#timebar-count").inner_text().startswith(str(shown))
    page.get_by_role("button", name="全部时段").click()
    watched.settle()
    assert watched.state()["time"] is None


def test_the_player_moves_month_by_month(watched: Watched, become: Callable[..., None]) -> None:
    become("mediator")
    page = watched.open("/map/disputes?show=off&all=disputes")
    page.locator(".timebar-play").click()
    page.wait_for_function(
        "() => document.getElementById('timebar-when').textContent === '2024年2月'", timeout=20_000
    )
    page.locator(".timebar-play").click()
    watched.settle()
    assert watched.state()["time"]["since"] >= "2024-02-01"


def test_the_public_chooses_among_published_periods(watched: Watched) -> None:
    page = watched.open("/map/disputes?show=off&all=disputes")
    chips = page.locator("#timebar [data-period]")
    assert tuple(chips.evaluate_all("(all) => all.map((one) => one.dataset.period)")) == PUBLISHED
    assert set(PUBLISHED) == set(PERIODS)
    assert page.locator("#timebar [aria-pressed=true]").get_attribute("data-period") == "2025Q1"
    page.locator('#timebar [data-period="2024Q2"]').click()
    watched.settle()
    assert "period=2024Q2" in watched.permalink()
    assert (
        page.evaluate("() => shapes_county.entries.find((one) => one.id === 'disputes').shapes[0].period")
        == "2024Q2"
    )
    assert page.evaluate("() => shapes_county.entries.find((one) => one.id === 'disputes').kind") == "polygon"


def test_the_tip_of_a_cluster_says_how_many(watched: Watched, become: Callable[..., None]) -> None:
    become("mediator")
    page = watched.open("/map/disputes?show=off&all=disputes&at=35.411,110.85,11")
    page.locator("#map_county").hover(position=centre_of_cluster(page))
    tip = page.locator(".map-tip")
    tip.wait_for(state="visible")
    assert "取最高级" in tip.inner_text()
