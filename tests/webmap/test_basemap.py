"""The frame: the same for everyone, of our origin only, and no text in it that could run."""

import re

import folium
import pytest
from folium.plugins import Fullscreen, LocateControl
from pydantic import SecretStr

from geo.errors import ArgumentError
from layers.catalog import Catalog
from layers.spec import Text
from tests.hostile import HOSTILE
from webmap.front import basemap
from webmap.front.basemap import PANES, Frame, build_frame
from webmap.settings import BasemapSettings, Settings

ADDRESS = re.compile(r"""(?:https?:)?//[\w.-]+""")
XYZ = BasemapSettings(
    kind="xyz", url="https://{s}.tiles.example/{z}/{x}/{y}.png", attribution=HOSTILE, datum="gcj02"
)


def frame(catalog: Catalog, theme: str = "overview", language: str = "zh", **settings: object) -> Frame:
    return build_frame(catalog.theme(theme), Settings(**settings), language)  # type: ignore[arg-type]


def test_the_same_frame_comes_out_twice(catalog: Catalog) -> None:
    first = frame(catalog)
    basemap._build.cache_clear()
    assert frame(catalog) == first


def test_each_theme_has_its_own_hash(catalog: Catalog) -> None:
    assert len({frame(catalog, theme).hash for theme in catalog.themes}) == len(catalog.themes)


def test_element_ids_are_fixed(catalog: Catalog) -> None:
    made = frame(catalog)
    assert made.html == '<div class="folium-map" id="map_county" ></div>'
    assert not re.search(r"_[0-9a-f]{32}", made.script + made.style + made.html)


def test_panes_stand_in_their_order(catalog: Catalog) -> None:
    depths = dict(re.findall(r"pane_(\w+)\.style\.zIndex = (\d+)", frame(catalog).script))
    assert {name: int(depth) for name, depth in depths.items()} == PANES
    assert list(PANES.values()) == sorted(PANES.values())


def test_nothing_of_another_origin(catalog: Catalog) -> None:
    made = frame(catalog)
    everything = "".join((made.html, made.script, made.style, made.header, made.scripts))
    assert ADDRESS.findall(everything) == []
    assert made.libraries == ("vendor/leaflet/map.js",)
    assert made.stylesheets == ("vendor/leaflet/leaflet.css",)


def test_no_script_or_style_stands_in_the_page(catalog: Catalog) -> None:
    made = frame(catalog)
    assert "<style" not in made.header
    assert re.findall(r"<script[^>]*>[^<]", made.header + made.scripts) == []
    assert " style=" not in made.html
    assert "user-scalable" not in made.header, "the page may be enlarged"


def test_folium_itself_is_left_as_it_was(catalog: Catalog) -> None:
    before = [
        list(part)
        for kind in (folium.Map, Fullscreen, LocateControl)
        for part in (kind.default_js, kind.default_css)
    ]
    basemap._build.cache_clear()
    frame(catalog, basemap=XYZ)
    after = [
        list(part)
        for kind in (folium.Map, Fullscreen, LocateControl)
        for part in (kind.default_js, kind.default_css)
    ]
    assert after == before


def test_a_map_without_picture_has_no_attribution(catalog: Catalog) -> None:
    assert '"attributionControl": false' in frame(catalog).script
    assert "tileLayer" not in frame(catalog).script


def test_attribution_and_title_are_neither_template_nor_html(catalog: Catalog) -> None:
    script = frame(catalog, basemap=XYZ, title=Text(zh=HOSTILE[:200], en="x")).script
    assert "L.tileLayer" in script
    assert "setPrefix" in script
    for part in ("{{", "{%", "${7", "<img", "</script", "49"):
        assert part not in script
    assert "\\u007b\\u007b7*7" in script


def test_the_datum_of_the_picture_reaches_the_painter(catalog: Catalog) -> None:
    assert '"datum": "gcj02"' in frame(catalog, basemap=XYZ).script
    assert '"datum": "wgs84"' in frame(catalog).script


def test_tianditu_has_its_two_layers_and_the_key(catalog: Catalog) -> None:
    script = frame(catalog, basemap=BasemapSettings(kind="tianditu", key=SecretStr("abc123"))).script
    assert re.findall(r"LAYER=(\w+)", script) == ["vec", "cva"]
    assert script.count("tk=abc123") == 2


@pytest.mark.parametrize("part", ["{{7*7}}", "{%x%}", "{#x#}", "<b>", '"', "'", " ", "`", "\\"])
def test_an_address_that_is_no_address_is_refused(catalog: Catalog, part: str) -> None:
    settings = BasemapSettings(kind="xyz", url="https://tiles.example/{z}/{x}/{y}" + part, attribution="x")
    with pytest.raises(ArgumentError):
        frame(catalog, basemap=settings)


def test_a_key_that_is_no_key_is_refused(catalog: Catalog) -> None:
    with pytest.raises(ArgumentError):
        frame(catalog, basemap=BasemapSettings(kind="tianditu", key=SecretStr("{{7*7}}")))
