"""Pages: what they answer, that they stay small and carry no inline code, and speak both languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalog import Catalog
from tests import county
from tests.webmap.routes import THEMES
from webmap.front import icons
from webmap.translations import browser_catalog

MOST_BYTES = 40 * 1024
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
TEXT_PAGES = ("/data", "/data/villages", "/data/indicators", "/data/disputes", "/help")
MAP_PAGES = ("/", *(f"/map/{theme}" for theme in THEMES))


@pytest.mark.parametrize("path", [*MAP_PAGES, *TEXT_PAGES])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_small_and_has_no_inline_code(client: FlaskClient, path: str, lang: str) -> None:
    answer = client.get(path, query_string={"lang": lang})
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert len(answer.data) <= MOST_BYTES
    assert INLINE.findall(answer.text) == []
    assert f'data-lang="{lang}"' in answer.text


@pytest.mark.parametrize("path", [*MAP_PAGES, *TEXT_PAGES])
def test_english_pages_hold_no_chinese(client: FlaskClient, path: str) -> None:
    text = client.get(path, query_string={"lang": "en"}).text
    assert re.findall(r"[\u4e00-\u9fff]+", re.sub(r"lang=\"zh\"[^>]*>中文", "", text)) == []


@pytest.mark.parametrize(
    "path",
    [
        "weak-party-orgs/features",
        "disputes/rows?f.category=x",
        "villages/records/140822999999",
        "roads/rows?sort=x",
    ],
)
def test_english_refusals_name_the_layer_in_english(client: FlaskClient, path: str) -> None:
    client.set_cookie("lang", "en")
    answer = client.get(f"/api/layers/{path}")
    assert answer.status_code in (400, 403, 404)
    assert re.findall(r"[\u4e00-\u9fff]+", answer.text) == []


def test_map_page_says_what_it_is(client: FlaskClient) -> None:
    text = client.get("/map/services").text
    assert 'data-map-state="loading"' in text
    assert 'data-theme="services"' in text
    assert 'data-county="140822"' in text
    assert len(re.findall(r'class="theme"', text)) == len(THEMES)
    assert text.count('aria-current="page"') == 4  # chip, tile, and the entry of both navigations


@pytest.mark.parametrize(
    ("short", "target"), [("/coverage", "/map/coverage"), ("/hotspots", "/map/disputes")]
)
def test_short_addresses_lead_on(client: FlaskClient, short: str, target: str) -> None:
    answer = client.get(short, query_string="code=140822100&lang=en")
    assert (answer.status_code, answer.location) == (302, f"{target}?code=140822100&lang=en")
    assert client.get(short).location == target


@pytest.mark.parametrize("path", ["/map/nowhere", "/data/nothing", "/nowhere"])
def test_unknown_addresses_get_a_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert 'class="state state-empty' in answer.text
    assert INLINE.findall(answer.text) == []


@pytest.mark.parametrize(
    ("lang", "hint"),
    [("zh", "全部图层在“数据目录”里。"), ("en", "All layers stand in the catalogue of data.")],
)
def test_a_refusal_says_how_it_is_mended_on_a_page(client: FlaskClient, lang: str, hint: str) -> None:
    assert hint in client.get(f"/data/nothing?lang={lang}").text
    detail = client.get(f"/api/layers/nothing?lang={lang}").get_json(force=True)["detail"]
    assert detail.endswith(hint)


def test_language_of_a_link_holds_for_what_follows(client: FlaskClient) -> None:
    assert "lang=en" in client.get("/?lang=en").headers.get("Set-Cookie", "")
    assert "Skip to the map" in client.get("/").text
    assert "Set-Cookie" not in client.get("/help?lang=en").headers
    assert "跳到地图" in client.get("/?lang=zh").text


def test_words_of_the_scripts_are_kept_for_ever_under_their_digest(client: FlaskClient) -> None:
    digest, body = browser_catalog("en")
    answer = client.get(f"/i18n/en.{digest}.json")
    assert answer.data == body
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/i18n/en.00000000.json").status_code == 404
    assert client.get(f"/i18n/fr.{digest}.json").status_code == 404
    assert f"/i18n/en.{digest}.json" in client.get("/?lang=en").text
    assert "/i18n/" not in client.get("/?lang=zh").text


def test_viewer_switch_and_mark_only_with_demo_data(
    client: FlaskClient, as_role: Callable[..., FlaskClient]
) -> None:
    public = client.get("/").text
    assert 'id="viewer-form"' in public
    assert 'id="status-mark">演示数据</span>' in public
    planner = as_role("planner").get("/").text
    assert 'id="status-mark">演示数据 · 内部用图</span>' in planner
    assert "规划人员 · 全县" in planner


def test_no_switch_once_other_data_are_in(client: FlaskClient, app: Flask) -> None:
    app.extensions["govmap"].county.store.publish(
        "counties", county.counties(), source="x.gpkg", source_sha256="1" * 64, by="test", demo=False
    )
    text = client.get("/").text
    assert 'id="viewer"' not in text
    assert "viewer-form" not in text
    assert text.count("含演示数据") == 3
    assert 'data-demo="part"' in text


def test_catalogue_offers_downloads_by_access(
    client: FlaskClient, as_role: Callable[..., FlaskClient]
) -> None:
    public = client.get("/data").text
    assert "/api/layers/villages/export?format=gpkg" in public
    assert "/api/layers/weak-party-orgs/export" not in public
    assert 'href="/data/weak-party-orgs"' in public
    assert "只有各村件数" in public
    assert (
        "只有各村件数"
        not in as_role("mediator").get("/data").text.split('id="governance"')[1].split("</table>")[0]
    )


def test_dictionary_page_lists_every_field(client: FlaskClient, catalog: Catalog) -> None:
    text = client.get("/data/disputes").text
    for field in catalog.layer("disputes").fields:
        assert f">{field.name}<" in text


def test_every_theme_icon_is_there(catalog: Catalog) -> None:
    assert {theme.icon for theme in catalog.themes.values()} <= icons.paths().keys()
    assert icons.known("no-such-icon") == icons.FALLBACK


def test_the_icons_are_what_the_library_gives() -> None:
    if not icons.SOURCE.is_dir():
        pytest.skip("lucide-static is not installed")
    assert icons.MODULE.read_text("utf-8") == icons.build()


def test_an_icon_of_many_shapes_is_one_path(tmp_path: Path) -> None:
    for name in (*icons.THEMES.split(), *icons.CHROME.split()):
        shapes = (
            '<path d="m3 4-1-1"/><circle cx="5" cy="6" r="2"/><rect width="9" height="8" x="1" y="2" rx="1"/>'
        )
        (tmp_path / f"{name}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg">{shapes}</svg>', "utf-8"
        )
    assert dict(icons.ROW.findall(icons.build(tmp_path)))["map"] == (
        "M3 4l-1-1 M3 6a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z "
        "M2 2h7a1 1 0 0 1 1 1v6a1 1 0 0 1 -1 1h-7a1 1 0 0 1 -1 -1v-6a1 1 0 0 1 1 -1z"
    )


def test_a_store_that_cannot_be_read_gets_a_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from geo.errors import StoreError

    def broken() -> dict[str, object]:
        raise StoreError("数据库 {file} 打不开：{why}。", file="govmap.sqlite", why="坏了")

    monkeypatch.setattr(type(app.extensions["govmap"].county.store), "currents", lambda self: broken())
    answer = app.test_client().get("/data")
    assert answer.status_code == 503
    assert "govmap.sqlite" in answer.text
    assert 'class="state state-error' in answer.text
