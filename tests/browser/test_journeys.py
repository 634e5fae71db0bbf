"""Always a way back: what a person opens is closed by going back, forward opens it again, and no link leads nowhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Watched
from tests.county import village_code

VILLAGE, OTHER = village_code(5), village_code(6)
CENTRES = "party-service-centres"
GONE = "140822102999"
GRID = "140822100001001"
CARD = ".drawer-title h2"
Become = Callable[..., None]


class Journey:
    """A tab in which a person goes somewhere and comes back."""

    def __init__(self, seen: Watched) -> None:
        self.seen, self.page = seen, seen.page

    def open(self, path: str) -> None:
        self.seen.open(path)
        self.page.wait_for_function("() => map_county.app?.controls.sheets")
        self.rest()

    def rest(self) -> None:
        """Until the map is at rest and the address says the state."""
        self.seen.settle()
        self.page.wait_for_timeout(400)
        self.seen.settle()

    def back(self) -> None:
        self.page.evaluate("() => history.back()")
        self.page.wait_for_timeout(150)
        self.rest()

    def forward(self) -> None:
        self.page.evaluate("() => history.forward()")
        self.page.wait_for_timeout(150)
        self.rest()

    def choose(self, name: str) -> None:
        """Find a place by its name and open it."""
        self.page.locator("#search-input").fill(name)
        self.page.locator(
            "#search-list [role=option]", has=self.page.get_by_text(name, exact=True)
        ).first.click()
        expect(self.page.locator(CARD)).to_have_text(name)
        self.rest()

    def table(self, layer: str = "villages") -> None:
        item = self.page.locator(f".tree-item[data-layer={layer}]")
        item.locator(".tree-row").first.hover()
        item.locator("[data-action=table]").first.click()
        expect(self.page.locator("#table-panel tbody tr").first).to_be_visible()
        self.rest()

    def export(self) -> None:
        self.page.locator("#map-tools [aria-label=导出图件]").click()
        expect(self.page.locator("dialog.export")).to_be_visible()

    def said(self) -> str:
        return self.page.locator("#notices").inner_text()

    def path(self) -> str:
        return self.page.url.removeprefix(self.seen.site)

    def open_things(self) -> tuple[str | None, str | None, bool, bool]:
        """The card, the table, the export dialog and the bookmarks."""
        state = self.seen.state()
        dialogs = [self.page.locator(one).count() > 0 for one in ("dialog.export", ".popover .bookmarks")]
        return (state["selected"] and state["selected"]["key"], state["table"], *dialogs)  # type: ignore[return-value]


@pytest.fixture
def go(watch: Callable[..., Watched]) -> Callable[..., Journey]:
    """``go("/map/overview")`` opens a page in a tab of its own."""

    def _go(path: str = "/", *, phone: bool = False) -> Journey:
        seen = watch()
        seen.allowed += ["404", "403", "429"]
        if phone:
            seen.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        journey = Journey(seen)
        journey.open(path)
        return journey

    return _go


def test_from_a_theme_to_an_export_and_back_to_the_start(go: Callable[..., Journey], become: Become) -> None:
    become("planner")
    tab = go("/map/services")
    start = tab.seen.state()["view"]
    tab.choose("5号村")
    tab.table()
    tab.export()
    assert tab.open_things() == (VILLAGE, "villages", True, False)
    there = tab.path()
    for things in [
        (VILLAGE, "villages", False, False),
        (VILLAGE, None, False, False),
        (None, None, False, False),
    ]:
        tab.back()
        assert tab.open_things() == things
    assert (tab.path(), tab.seen.state()["view"]) == ("/map/services", start)
    for things in [
        (VILLAGE, None, False, False),
        (VILLAGE, "villages", False, False),
        (VILLAGE, "villages", True, False),
    ]:
        tab.forward()
        assert tab.open_things() == things
    assert tab.path() == there


def test_closing_by_hand_leaves_no_dead_entry(go: Callable[..., Journey]) -> None:
    tab = go("/map/services")
    tab.choose("5号村")
    tab.table()
    tab.export()
    tab.page.keyboard.press("Escape")
    tab.rest()
    tab.page.locator("#table-panel [aria-label=关闭表格]").click()
    tab.rest()
    tab.page.locator("#main").focus()
    tab.page.keyboard.press("Escape")
    tab.rest()
    assert (tab.open_things(), tab.path()) == ((None, None, False, False), "/map/services")
    tab.page.go_back()
    assert tab.page.url == "about:blank"


def test_one_card_after_the_other_is_gone_back_one_by_one(go: Callable[..., Journey]) -> None:
    tab = go()
    tab.choose("5号村")
    tab.choose("6号村")
    tab.back()
    expect(tab.page.locator(CARD)).to_have_text("5号村")
    tab.back()
    assert tab.open_things()[0] is None


def test_a_deep_link_does_not_leave_by_the_first_step_back(go: Callable[..., Journey]) -> None:
    tab = go(f"/map/services?sel=villages:{VILLAGE}&v=2")
    tab.page.go_back()
    tab.rest()
    assert (tab.path(), tab.open_things()[0]) == ("/map/services", None)
    tab.page.go_forward()
    tab.rest()
    assert tab.open_things()[0] == VILLAGE
    tab.page.locator("#main").focus()
    tab.page.keyboard.press("Escape")
    tab.rest()
    assert tab.path() == "/map/services"


def test_a_link_with_a_place_alone_goes_to_it(go: Callable[..., Journey]) -> None:
    tab = go(f"/map/services?sel=villages:{VILLAGE}&v=2")
    view = tab.seen.state()["view"]
    assert (view["zoom"], go("/map/services").seen.state()["view"]["zoom"]) == (15, 14.5)
    box = tab.page.evaluate(f"() => map_county.app.layers.place('villages', '{VILLAGE}').latlng")
    assert abs(view["lat"] - box[0]) < 0.005
    assert abs(view["lng"] - box[1]) < 0.01


def test_themes_carry_place_time_and_question(go: Callable[..., Journey], become: Become) -> None:
    become("mediator")
    tab = go("/map/disputes?since=2024-04-01&code=140822101&show=density&v=2")
    tab.page.locator("a.top-link", has_text="覆盖分析").click()
    tab.rest()
    tab.page.locator("a.top-link", has_text="数据").click()
    tab.page.wait_for_url("**/data?**")
    tab.page.locator("a.top-link", has_text="地图").click()
    tab.rest()
    assert tab.path().startswith("/?")
    tab.page.locator("a.top-link", has_text="热点研判").click()
    tab.rest()
    state = tab.seen.state()
    assert (state["area"], state["time"], state["plan"]) == (
        "140822101",
        {"since": "2024-04-01", "until": None},
        {"show": "density"},
    )
    for path in ("/", "/data", "/map/coverage", "/map/disputes"):
        tab.page.go_back()
        tab.page.wait_for_url(f"**{path}?**")
    tab.rest()
    assert tab.seen.state()["plan"] == {"show": "density"}


def test_a_scenario_and_a_comparison_are_steps(
    go: Callable[..., Journey], become: Become, saved: tuple[str, str]
) -> None:
    become("planner")
    first, second = saved
    tab = go(f"/map/coverage?scenario={first}&compare={first},{second}&v=2")
    shut = tab.page.locator("#planner-compare [aria-label=关闭比较]")
    expect(shut).to_be_visible()
    tab.page.locator(f"#planner-compare [data-token='{second}']").click()
    tab.rest()
    assert tab.seen.state()["plan"]["scenario"] == second
    shut.click()
    tab.rest()
    expect(tab.page.locator("#planner-compare .compare")).to_have_count(0)
    tab.back()
    expect(shut).to_be_visible()
    tab.back()
    assert tab.seen.state()["plan"]["scenario"] == first


def test_a_step_back_into_a_deleted_scenario_says_so(go: Callable[..., Journey], become: Become) -> None:
    become("planner")
    missing = "0" * 32
    tab = go("/map/coverage")
    tab.page.mouse.click(720, 400)
    tab.page.evaluate(f"() => history.pushState(null, '', '?within=900m&scenario={missing}&v=2')")
    tab.page.evaluate("() => history.pushState(null, '', '?v=2')")
    tab.back()
    expect(tab.page.locator("#notices")).to_contain_text("链接里的方案已删除或链接不完整，按现状打开")
    assert tab.seen.state()["plan"] == {"within": "900m"}


def test_bookmarks_are_saved_opened_renamed_and_removed(go: Callable[..., Journey]) -> None:
    tab = go("/map/services")
    tab.choose("5号村")
    tab.page.locator("#map-tools [aria-label=书签]").click()
    tab.page.locator(".bookmarks-form input").fill("我的村")
    tab.page.locator(".bookmarks-form button").click()
    expect(tab.page.locator(".bookmark-open")).to_have_text("我的村")
    tab.back()
    assert tab.open_things() == (VILLAGE, None, False, False)
    other = go("/map/industry")
    other.page.locator("#map-tools [aria-label=书签]").click()
    other.page.locator(".bookmark-open").click()
    other.page.wait_for_url("**/map/services?**")
    other.rest()
    assert other.open_things()[0] == VILLAGE
    other.page.locator("#map-tools [aria-label=书签]").click()
    other.page.locator("[aria-label='给“我的村”改名']").click()
    other.page.locator(".bookmark .field").fill("老家")
    other.page.keyboard.press("Enter")
    expect(other.page.locator(".bookmark-open")).to_have_text("老家")
    other.page.locator("[aria-label='删除“老家”']").click()
    expect(other.page.locator(".bookmarks")).to_contain_text("还没有书签")


def test_a_browser_that_keeps_nothing_says_so(watch: Callable[..., Watched]) -> None:
    seen = watch()
    seen.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    tab = Journey(seen)
    tab.open("/map/services")
    tab.page.locator("#map-tools [aria-label=书签]").click()
    expect(tab.page.locator(".popover")).to_contain_text("这个浏览器不让网页存东西，书签留不住")
    tab.page.locator(".bookmarks-form button").click()
    expect(tab.page.locator(".bookmarks-said")).to_contain_text("没有保存")


def test_next_and_previous_walk_the_rows_of_the_table(go: Callable[..., Journey]) -> None:
    tab = go(f"/map/services?layers={CENTRES},villages&table={CENTRES}&sort=-code&sel={CENTRES}:PSC005&v=2")
    beside = tab.page.locator(".beside")
    expect(beside).to_contain_text("3 / 4")
    entries = tab.page.evaluate("() => history.length")
    tab.page.locator("#drawer").click(position={"x": 5, "y": 5})
    tab.page.keyboard.press("Alt+ArrowDown")
    expect(beside).to_contain_text("4 / 4")
    assert tab.open_things()[0] == "PSC001"
    expect(tab.page.locator("[data-step=next]")).to_be_disabled()
    tab.page.locator("[data-step=previous]").click()
    expect(beside).to_contain_text("3 / 4")
    assert tab.page.evaluate("() => history.length") == entries


def test_the_phone_goes_back_from_a_card_before_it_leaves(go: Callable[..., Journey]) -> None:
    tab = go("/map/services", phone=True)
    tab.choose("5号村")
    tab.page.locator("#phone-export").click()
    expect(tab.page.locator("dialog.export")).to_be_visible()
    tab.page.go_back()
    tab.rest()
    assert tab.open_things() == (VILLAGE, None, False, False)
    tab.page.go_back()
    tab.rest()
    assert (tab.open_things()[0], tab.path()) == (None, "/map/services")


@pytest.mark.parametrize(
    ("role", "scope", "said", "selected"),
    [
        ("public", "", "矛盾纠纷的明细只对", None),
        ("grid_worker", GRID, "矛盾纠纷只看得到第1网格", None),
        ("planner", "", "", "disputes"),
        ("mediator", "", "", "disputes"),
    ],
)
def test_one_link_seen_by_four(
    go: Callable[..., Journey], become: Become, role: str, scope: str, said: str, selected: str | None
) -> None:
    become("mediator")
    sender = go("/map/disputes?v=2")
    key = sender.page.evaluate(
        "() => fetch('/api/layers/disputes/rows?code=140822102&limit=1').then(a => a.json()).then(a => a.keys[0])"
    )
    sender.seen.set({"selected": {"layer": "disputes", "key": key}, "area": "140822102"})
    sender.rest()
    link = sender.page.evaluate("() => map_county.app.state.link()").removeprefix(sender.seen.site)
    view = sender.seen.state()["view"]
    become(role, scope)
    tab = go(link)
    state = tab.seen.state()
    assert said in tab.said()
    assert bool(tab.said()) == bool(said)
    assert (state["selected"] or {}).get("layer") == selected
    assert (state["area"], state["view"]) == ("140822102", view)
    assert tab.page.locator(".map-error").count() == 0


@pytest.mark.parametrize(
    ("path", "said", "button"),
    [
        (f"/?code={GONE}", f"链接里的区划 {GONE} 已撤并或不存在，显示全县。", "看东乡"),
        ("/map/industry?f.orchards.nope=1&f.orchards.area_mu=abc&table=gone-layer&sort=nope",
         "链接里的筛选 果园 · nope 已不存在，没有用上；链接里的筛选没有用上：字段 area_mu 的值 abc 不是数；链接里的图层 gone-layer 已不存在。", None),
        ("/map/organisations?since=2026-02-28&until=2026-02-01", "链接里的起止日期写反了（2026-02-28 在 2026-02-01 之后），已对调。", None),
        ("/map/disputes?since=2026-13-45", "链接里的日期 2026-13-45 不存在，没有按它筛选。", None),
        (f"/map/coverage?scenario={'0' * 32}", "链接里的方案已删除或链接不完整，按现状打开。", None),
    ],
)  # fmt: skip
def test_a_dead_link_opens_the_map_and_says_what_is_gone(
    go: Callable[..., Journey], path: str, said: str, button: str | None
) -> None:
    tab = go(path)
    expect(tab.page.locator("#notices .notice p")).to_have_text(said)
    assert tab.page.evaluate("() => document.documentElement.dataset.mapState") == "ready"
    assert tab.page.locator(".map-error").get_by_text("重试").count() == 0
    if button:
        tab.page.get_by_role("button", name=button).click()
        tab.page.wait_for_url("**code=140822102**")
        tab.rest()
        assert (tab.said(), tab.seen.state()["area"]) == ("", "140822102")


@pytest.mark.parametrize("panel", ["card", "table", "export", "bookmarks"])
def test_reloading_shows_what_was_open(go: Callable[..., Journey], panel: str) -> None:
    tab = go("/map/services")
    if panel == "card":
        tab.choose("5号村")
    elif panel == "table":
        tab.table()
    elif panel == "export":
        tab.export()
    else:
        tab.page.locator("#map-tools [aria-label=书签]").click()
    tab.rest()
    before, state = tab.open_things(), tab.seen.state()
    assert any(before)
    tab.page.reload()
    tab.page.wait_for_function("() => map_county.app?.controls.sheets")
    tab.rest()
    assert tab.open_things() == before
    after = tab.seen.state()
    assert after.pop("view") == pytest.approx(state.pop("view"), abs=1e-3), (
        "the county, as far as panels leave it clear"
    )
    assert after == state


def newer(page: Page, layer: str) -> None:
    """Answers about a layer now come from another edition."""
    page.route(
        f"**/api/layers/{layer}/rows?**",
        lambda route: route.fulfill(response=(got := route.fetch()), json={**got.json(), "edition": "20990101T000000Z-00000000"}),
    )  # fmt: skip


def test_a_newer_edition_is_offered_and_never_mixed_in(go: Callable[..., Journey]) -> None:
    tab = go("/map/services")
    newer(tab.page, "villages")
    item = tab.page.locator(".tree-item[data-layer=villages]")
    item.locator(".tree-row").first.hover()
    item.locator("[data-action=table]").first.click()
    expect(tab.page.locator("#notices")).to_contain_text("数据有了新版本，现在看的是打开页面时的。")
    expect(tab.page.locator("#table-scroll")).to_contain_text("数据有了新版本，重新载入后再看。")
    assert tab.page.locator("#table-panel tbody tr").count() == 0
    tab.page.unroute_all()
    tab.page.get_by_role("button", name="重新载入数据").click()
    expect(tab.page.locator("#table-panel tbody tr").first).to_be_visible()
    assert tab.said() == ""
