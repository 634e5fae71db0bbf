"""Remakes every picture in the guides: `make screenshots` (or `python -m docs.screenshots NAME …` for some)."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.commands import sample_home, server

IMAGES = Path(__file__).parent / "guide" / "images"
DESK = (1440, 900)
PHONE = (390, 844)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
THEMES = (
    "overview", "services", "coverage", "disputes", "industry", "organisations", "environment", "my-grid",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """One picture: the address to open, the window, who looks, and keys typed into the search box; what was exported
    before, what must be there, what is clicked.
    """

    name: str
    path: str
    size: tuple[int, int] = DESK
    viewer: tuple[str, str] | None = None
    search: str = ""
    exported: tuple[str, ...] = ()
    shown: str = ""
    click: str = ""


PLANNER = ("planner", "140822")
DRAWN = ".export-said[data-state=done]"
"""The export dialog has its sheet."""
SHEETS = (
    "theme=coverage&format=pdf",
    "theme=overview&paper=A4&code=140822103&format=png",
    "theme=disputes&show=rate&format=pdf",
)
SCENES = (
    *(Scene(theme, f"/map/{theme}") for theme in THEMES),
    *(Scene(f"phone-{theme}", f"/map/{theme}", PHONE) for theme in THEMES),
    Scene("search", "/map/overview", search="rh"),
    Scene("profile", "/map/overview?sel=townships:140822103"),
    Scene("phone-profile", "/map/overview?sel=townships:140822103", PHONE),
    Scene("table", "/map/overview?table=party-service-centres"),
    Scene("english", "/map/overview?lang=en"),
    Scene("planner-best", "/map/coverage?v=2&place=110.60094,35.3471;110.93422,35.40858;110.79001,35.40301"),
    Scene("planner-road", "/map/coverage?v=2&mode=road&within=15min"),
    Scene("disputes-months", "/map/disputes?show=compare", viewer=("mediator", "140822")),
    Scene("disputes-mediator", "/map/disputes", viewer=("mediator", "140822")),
    Scene("my-grid-worker", "/map/my-grid", PHONE, viewer=("grid_worker", "140822103201001")),
    Scene(
        "export",
        "/map/disputes?show=rate&layers=counties,townships,villages,roads,rivers#export",
        viewer=("mediator", "140822"),
        shown=DRAWN,
    ),
    Scene("phone-export", "/map/overview#export", PHONE, viewer=PLANNER, shown=DRAWN),
    Scene("export-atlas", "/map/overview#export", viewer=PLANNER, shown=DRAWN, click="[data-tab=atlas]"),
    Scene("export-report", "/map/overview#export", viewer=PLANNER, shown=DRAWN, click="[data-tab=report]"),
    Scene("exports", "/exports", viewer=PLANNER, exported=SHEETS),
    Scene("data", "/data"),
    Scene("help", "/help"),
)


def main(names: list[str]) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    wanted = [scene for scene in SCENES if not names or scene.name in names]
    with server(sample_home()) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for scene in wanted:
            take(browser, address, scene)


def take(browser: Browser, address: str, scene: Scene) -> None:
    """Open the scene as its person would and save the picture as PNG."""
    width, height = scene.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if scene.size == PHONE else 1,
        has_touch=scene.size == PHONE,
        locale="zh-CN",
    )
    page = context.new_page()
    if scene.viewer is not None:
        page.goto(f"{address}/map/overview")
        become(page, *scene.viewer)
    for words in scene.exported:
        context.request.get(f"{address}/api/sheets/file?{words}")
    page.goto(address + scene.path)
    if scene.path.startswith("/map"):
        page.wait_for_selector("html[data-map-state=ready]", state="attached", timeout=30_000)
    if scene.search:
        page.keyboard.press("/")
        page.keyboard.type(scene.search)
        page.wait_for_selector("[role=option]")
    if scene.shown:
        page.wait_for_selector(scene.shown, timeout=60_000)
    if scene.click:
        page.click(scene.click)
    page.wait_for_timeout(1500)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(256).save(IMAGES / f"{scene.name}.png", optimize=True)
    context.close()


def become(page, role: str, scope: str) -> None:
    """Choose who looks, by the page's own form."""
    page.evaluate(
        """async ([role, scope]) => {
            const form = document.querySelector('form[action="/viewer"]');
            const body = new URLSearchParams(new FormData(form));
            body.set('role', role); body.set('scope', scope);
            await fetch('/viewer', {method: 'POST', body});
        }""",
        [role, scope],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
