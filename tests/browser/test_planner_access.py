"""Accessibility on the planner's page: how much there is for people, on the map, in the legend, in lists and on the sheet."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_planner_gaps import ELDERS, LIT, ask, settle, slide
from tests.browser.waiting import query

pytestmark = pytest.mark.browser
pytest_plugins = ("tests.browser.sample",)

Opener = Callable[..., Page]
CLINICS = "services=village-clinics&within=1500m&mode=straight"
SHOWN = "show=access&" + CLINICS
DRAWN = "() => map_county.app.painter.entries.map(({id}) => id)"


def api(page: Page, site: str, words: str) -> dict[str, Any]:
    found: dict[str, Any] = page.request.get(f"{site}/api/coverage/access?{words}").json()
    return found


def legend(page: Page) -> list[dict[str, str]]:
    """Rows of villages: class, how many villages and people."""
    found: list[dict[str, str]] = page.locator("[data-villages]").evaluate_all(
        "(rows) => rows.map(({dataset}) => ({...dataset}))"
    )
    return found


def test_accessibility_is_chosen_and_its_link_opens_it_again(open_map: Opener, sample_site: str) -> None:
    page = ask(open_map, CLINICS)
    page.get_by_role("radio", name="可达性", exact=True).click()
    settle(page)
    expect(page.locator("#map-title")).to_have_text("村卫生室可达性：全部人口，1,500 米，直线距离（2SFCA）")
    page.locator("[data-name=decay]").select_option("step")
    settle(page)
    expect(page.locator("#map-title")).to_contain_text("（E2SFCA，分三段）")
    words = query(page)
    assert (words["show"], words["decay"]) == (["access"], ["step"])
    found = api(page, sample_site, f"{CLINICS}&decay=step")
    value = page.locator("#planner-access-headline .hero-value b")
    expect(value).to_have_text(f"{found['mean']:.2f}")
    page.goto(page.url)
    settle(page)
    expect(page.get_by_role("radio", name="可达性", exact=True)).to_be_checked()
    expect(page.locator("[data-name=decay]")).to_have_value("step")
    expect(value).to_have_text(f"{found['mean']:.2f}")
    page.get_by_role("radio", name="到达", exact=True).click()
    settle(page)
    expect(page.locator("#planner-headline")).to_be_visible()
    expect(value).to_be_hidden()
    assert "show" not in query(page)


@pytest.mark.parametrize("more", ["", "&code=140822103", "&decay=gaussian&demand=households"])
def test_legend_and_lists_say_what_the_answer_says(open_map: Opener, sample_site: str, more: str) -> None:
    page = ask(open_map, SHOWN + more)
    found = api(page, sample_site, CLINICS + more)
    rows = legend(page)
    villages = page.evaluate("() => map_county.app.layers.entry('villages').count")
    assert sum(int(row["villages"]) for row in rows) == villages
    assert sum(int(row["people"]) for row in rows) == round(found["total"])
    assert int(rows[0]["villages"]) == sum(row["access"] == 0 for row in found["rows"] if row["demand"])
    lived = [row for row in found["rows"] if row["demand"]]
    lowest = min(lived, key=lambda row: (row["access"], -row["demand"], row["code"]))
    first = page.locator("#planner-access-villages tbody tr").first
    expect(first).to_have_attribute("data-code", lowest["code"])
    expect(page.locator("#planner-access-villages .section-head")).to_contain_text(f"共 {len(lived)} 个村")
    people = f"{found['without']:,.0f} {found['unit']}" if found["without"] else "每个人都够得着"
    expect(page.locator("#planner-access-headline")).to_contain_text(people)
    expect(page.locator("#planner-access-method")).to_contain_text(found["method"])


def test_townships_are_those_of_the_answer_by_township(open_map: Opener, sample_site: str) -> None:
    page = ask(open_map, SHOWN)
    found = api(page, sample_site, f"{CLINICS}&by=township")
    ordered = sorted(found["rows"], key=lambda row: row["access"])
    bars = page.locator("#planner-access-townships .township")
    expect(bars).to_have_count(len(ordered))
    assert [bar.get_attribute("data-code") for bar in bars.all()] == [row["code"] for row in ordered]
    assert bars.locator("b").all_text_contents() == [f"{row['access']:.2f}" for row in ordered]


def test_only_villages_and_centres_are_drawn(open_map: Opener) -> None:
    page = ask(open_map, ELDERS)
    assert {"left", "gaps", "reach", "centres", "villages"} <= set(page.evaluate(DRAWN))
    page.get_by_role("radio", name="可达性", exact=True).click()
    settle(page)
    drawn = set(page.evaluate(DRAWN))
    assert {"centres", "villages"} <= drawn
    assert not {"left", "gaps", "reach"} & drawn
    expect(page.locator(".gap-badge")).to_have_count(0)
    page.get_by_role("radio", name="到达", exact=True).click()
    settle(page)
    assert "gaps" in page.evaluate(DRAWN)
    expect(page.locator(".gap-badge").first).to_be_attached()


def test_rows_and_map_know_each_other(open_map: Opener) -> None:
    page = ask(open_map, SHOWN)
    row = page.locator("#planner-access-villages tbody tr").nth(1)
    code = row.get_attribute("data-code")
    row.hover()
    assert page.evaluate(LIT) == code
    page.locator("#planner-access-villages .row-name").nth(2).focus()
    assert page.evaluate(LIT) == page.locator("#planner-access-villages tbody tr").nth(2).get_attribute(
        "data-code"
    )
    row.locator(".row-name").click()
    settle(page)
    expect(row).to_have_attribute("aria-selected", "true")
    last = page.evaluate(
        "() => map_county.app.planner.answers.access.answer.rows.toSorted((a, b) => b.access - a.access)[0].code"
    )
    page.evaluate("(key) => map_county.app.state.set({selected: {layer: 'villages', key}})", last)
    expect(page.locator(f"#planner-access-villages tr[data-code='{last}']")).to_have_attribute(
        "aria-selected", "true"
    )


def test_what_is_of_another_question_is_grey(open_map: Opener) -> None:
    page = ask(open_map, SHOWN)
    held: list[Route] = []
    page.route("**/api/coverage/access*within=2350m*", lambda route: held.append(route))
    slide(page, 2350)
    for box in ("#drawer", "#legend"):
        expect(page.locator(box)).to_have_attribute("data-stale", "")
        expect(page.locator(f"{box} > .pending-chip")).to_have_text("正在算 2,350 米…")
    while not held:
        page.wait_for_timeout(50)
    held.pop().continue_()
    settle(page)
    expect(page.locator(".pending-chip:visible")).to_have_count(0)


def test_several_services_count_together(open_map: Opener) -> None:
    page = ask(open_map, CLINICS.replace("clinics", "clinics,party-service-centres") + "&match=each")
    page.get_by_role("radio", name="可达性", exact=True).click()
    settle(page)
    expect(page.get_by_role("radio", name="每种都要到")).to_be_disabled()
    expect(page.locator("#planner-access-headline .hero-value")).to_be_visible()


def test_what_cannot_be_answered_is_said(open_map: Opener) -> None:
    words = SHOWN.replace("village-clinics", "village-clinics,party-service-centres")
    page = ask(open_map, f"{words}&match=each")
    expect(page.locator("#planner-access-headline")).to_contain_text("任一类")
    expect(page.locator("#map-subtitle")).to_contain_text("没有算出来")
    expect(page.locator("#legend")).to_be_hidden()


def test_the_sheet_is_of_the_same_map(open_map: Opener) -> None:
    page = ask(open_map, f"{SHOWN}&decay=gaussian")
    with page.expect_request(re.compile("/api/sheets/preview")) as waiting:
        page.locator("#map-tools [aria-label=导出图件]").click()
    assert "show=access" in waiting.value.url
    assert "decay=gaussian" in waiting.value.url
    answer = waiting.value.response()
    assert answer is not None
    assert answer.status == 200


def test_a_phone_has_the_legend_among_the_results(open_map: Opener) -> None:
    page = ask(open_map, SHOWN, "phone")
    rows = legend(page)
    assert sum(int(row["villages"]) for row in rows) == page.evaluate(
        "() => map_county.app.layers.entry('villages').count"
    )
    expect(page.locator("#planner-legend")).to_contain_text("全村都够不着")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
