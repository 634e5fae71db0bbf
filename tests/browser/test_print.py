"""The map page on paper: one page with the map, its title, legend, scale and the mark of the data, nothing else."""

from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page

pytest_plugins = ("tests.browser.sample",)

MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
THEMES = {
    "overview": ("总览", "党群服务中心", "国省道"),
    "services": ("服务", "村卫生室", "县界"),
    "industry": ("产业", "苹果", "县界"),
    "disputes": ("矛盾纠纷", "不公开", "县界"),
    "coverage": ("党群服务中心：全部人口", "没有到达的居民点", "一个人也到不了"),
}
"""Words of the title, of the legend, and of what the legend leaves to the tree on the screen."""
NOT_PRINTED = ("搜索", "制图导出", "数据版本", "概况", "恢复默认", "收起")


def printed(page: Page, *, landscape: bool) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(page.pdf(format="A4", landscape=landscape, margin=MARGIN))


def words(paper: pdfium.PdfDocument) -> str:
    return str(paper[0].get_textpage().get_text_range())


def coloured(paper: pdfium.PdfDocument) -> float:
    """Share of the page that is neither white nor grey: what is drawn on the map."""
    picture = paper[0].render(scale=1).to_numpy().astype(int)
    return float(((picture.max(axis=2) - picture.min(axis=2)) > 20).mean())


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_is_one_page_with_its_legend_and_without_the_panels(
    page: Page, open_map: Callable[..., Page], theme: str
) -> None:
    open_map(f"/map/{theme}?lang=zh")
    for landscape in (True, False):
        paper = printed(page, landscape=landscape)
        assert len(paper) == 1
        said = words(paper)
        for word in (*THEMES[theme], "公里", "演示数据"):
            assert word in said, word
        assert [word for word in NOT_PRINTED if word in said] == []
        assert coloured(paper) > 0.02, "the map is drawn"


@pytest.mark.parametrize("theme", ["overview", "disputes"])
def test_a_phone_prints_one_page_too(page: Page, open_map: Callable[..., Page], theme: str) -> None:
    open_map(f"/map/{theme}?lang=zh", "phone")
    paper = printed(page, landscape=False)
    assert len(paper) == 1
    assert all(word in words(paper) for word in THEMES[theme])
    assert coloured(paper) > 0.02


@pytest.mark.parametrize(("screen", "query"), [("desk", "table=village-clinics"), ("phone", "")])
def test_the_county_fills_the_paper_on_every_screen(
    page: Page, open_map: Callable[..., Page], screen: str, query: str
) -> None:
    open_map(f"/map/services?lang=zh&{query}", screen)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    share = page.evaluate("""() => {
      const [low, high] = map_county.app.view.county.map((corner) => map_county.latLngToContainerPoint(corner));
      return (high.x - low.x) / parseFloat(document.documentElement.style.getPropertyValue("--print-width"));
    }""")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert 0.9 < share < 1


def test_panels_and_view_are_as_before_afterwards(page: Page, open_map: Callable[..., Page]) -> None:
    open_map("/map/overview?lang=zh&panels=left")
    before = page.evaluate("() => [map_county.app.state.get(), map_county.getSize(), map_county.getZoom()]")
    printed(page, landscape=False)
    page.wait_for_selector("html[data-map-state=ready]", state="attached")
    assert (
        page.evaluate("() => [map_county.app.state.get(), map_county.getSize(), map_county.getZoom()]")
        == before
    )
