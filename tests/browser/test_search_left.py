"""A search for new centres belongs to its page: what is left is cancelled, what waits says for how long."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

READY_MS = 60_000
QUESTION = "/map/coverage?lang=zh&v=2&within=1500m&add=2"


@pytest.fixture
def site(serve: Callable[..., str], sample_home: Path, tmp_path: Path) -> str:
    """The sample county without anybody who does jobs."""
    return serve(shutil.copytree(sample_home, tmp_path / "home"))


def searching(page: Page, site: str) -> str:
    """The address of the search that the page waits for."""
    page.goto(f"{site}{QUESTION}")
    page.wait_for_selector("html[data-map-state=ready]", state="attached", timeout=READY_MS)
    expect(page.locator("#planner-solve")).to_be_enabled(timeout=READY_MS)
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "/api/jobs" in answer.url
    ) as asked:
        page.locator("#planner-solve").click()
    expect(page.locator(".job")).to_be_visible()
    return f"{site}/api/jobs/{asked.value.json()['id']}"


def test_leaving_the_page_cancels_its_search(page: Page, site: str) -> None:
    job = searching(page, site)
    assert state(page, job) == ("waiting", "")
    page.goto(f"{site}/data?lang=zh")
    page.wait_for_function(
        "job => fetch(job).then(answer => answer.json()).then(({ state }) => state !== 'waiting')", arg=job
    )
    assert state(page, job) == ("cancelled", ""), (
        "by the page that was left, not because nobody asked for a while"
    )


def test_asking_anew_takes_the_place_of_what_was_asked(page: Page, site: str) -> None:
    former = searching(page, site)
    page.evaluate(
        "() => { map_county.app.state.set({ plan: { ...map_county.app.state.get().plan, add: 3 } }) }"
    )
    expect(page.locator(".job")).to_be_hidden()
    page.wait_for_function(
        "job => fetch(job).then(answer => answer.json()).then(({ state }) => state !== 'waiting')", arg=former
    )
    assert state(page, former) == ("cancelled", "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"ahead": 2, "wait_s": 62.0}, "前面 2 个，约 1 分钟"),
        ({"ahead": 1, "wait_s": 11.0}, "前面 1 个，约 10 秒"),
        ({"ahead": 1, "wait_s": 0.2}, "前面 1 个，约 5 秒"),
        ({"ahead": 3, "wait_s": None}, "前面还有 3 个任务"),
        ({"ahead": 0, "wait_s": 0.0}, "正在排队"),
        (
            {"state": "cancelled", "message": "一段时间没有页面等它，已自动取消。"},
            "已取消一段时间没有页面等它，已自动取消。",
        ),
    ],
)
def test_place_and_estimate_stand_on_the_card(
    page: Page, site: str, said: dict[str, Any], words: str
) -> None:
    told = {
        "state": "waiting",
        "done": 0,
        "message": "",
        "best": None,
        "result": None,
        "worker": True,
        "ahead": 0,
    }

    def _say(route: Route) -> None:
        route.fulfill(json=told | said) if route.request.method == "GET" else route.continue_()

    page.route("**/api/jobs/*", _say)
    searching(page, site)
    expect(page.locator(".job")).to_contain_text(words)


def state(page: Page, job: str) -> tuple[str, str]:
    told = page.request.get(job).json()
    return told["state"], told["message"]
