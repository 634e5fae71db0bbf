"""The frame that Folium draws: map, panes, standard controls, picture under the layers. The only file with Folium.

Nothing of a record passes through here; what is text goes through ``webmap/front/safe.py``. The element ids are fixed, so
the script part is the same for everyone and can be kept under its digest.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.map import CustomPane
from folium.plugins import Fullscreen, LocateControl
from folium.template import Template
from folium.utilities import JsCode
from markupsafe import Markup

from geo.errors import ArgumentError
from layers.themes import ThemeSpec
from webmap.front import assets, safe
from webmap.settings import BasemapSettings, Settings

E = TypeVar("E", bound=Element)
NAME = "county"
"""Every script variable and element id ends in it: ``map_county``, ``shapes_county``."""
PANES = {"ground": 250, "marks": 350, "above": 370}
MIN_ZOOM, MAX_ZOOM = 7, 18
LOCATE = {
    "position": "topright",
    "fly_to": False,
    "set_view": False,
    "show_popup": False,
    "show_compass": False,
    "draw_circle": True,
    "on_location_error": JsCode("function () {}"),
    "locate_options": {"enable_high_accuracy": True, "timeout": 11_000},
    "circle_style": {"stroke": False, "fill_color": "#2C7A4B", "fill_opacity": 0.16},
    "marker_style": {
        "color": "#FFFFFF",
        "weight": 3,
        "radius": 7,
        "fill_color": "#2C7A4B",
        "fill_opacity": 1,
    },
}
"""How the frame follows the device; what went wrong is said by the page, never by an alert."""
TEMPLATE_MARKS = re.compile(r"\{[{%#]|[%#}]\}|\s|[\"'<>`\\]")
TIANDITU = (
    "https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
    "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
)


@dataclass(frozen=True)
class Frame:
    """What a page needs to carry the map of one theme.

    ``html`` is the map's element; ``script`` and ``style`` are the texts served under ``script_url`` and
    ``style_url``; ``libraries`` are files under ``static`` that the script needs before it.
    """

    theme: str
    language: str
    html: Markup
    script: str
    style: str
    libraries: tuple[str, ...]
    stylesheets: tuple[str, ...]
    hash: str

    @property
    def script_url(self) -> str:
        return f"/frame/{self.theme}.{self.hash}.js"

    @property
    def style_url(self) -> str:
        return f"/frame/{self.theme}.{self.hash}.css"

    @property
    def header(self) -> Markup:
        """Stylesheets of the map."""
        sheets = [*(assets.url(name) for name in self.stylesheets), self.style_url]
        return Markup("\n").join(
            Markup('<link rel="stylesheet" href="{}">').format(sheet) for sheet in sheets
        )

    @property
    def scripts(self) -> Markup:
        """The libraries, our modules with the painter, the frame's script, in the order in which they run, and what they
        ask for first. For the head of a page: they run when all of it is there, and nothing is fetched before them; only
        ``first.js`` runs at once, and reads what the page preloads."""
        defer, module = (
            Markup('<script defer fetchpriority="high" src="{}"></script>'),
            Markup('<script type="module" fetchpriority="high" src="{}"></script>'),
        )
        ahead, preload = (
            Markup('<link rel="modulepreload" href="{}">'),
            Markup('<link rel="preload" as="fetch" crossorigin="anonymous" href="{}">'),
        )
        first = Markup('<script type="module" async fetchpriority="high" src="{}"></script>')
        return Markup("\n").join(
            [
                first.format(assets.url("js/first.js")),
                *(defer.format(assets.url(name)) for name in self.libraries),
                module.format(assets.url("js/main.js")),
                defer.format(self.script_url),
                *(ahead.format(name) for name in assets.preloads()),
                preload.format(f"/api/themes/{self.theme}?lang={self.language}"),
            ]
        )


class _Map(folium.Map):
    """Folium's map with our own copies of its libraries and none of those we do not use."""

    default_js = [("leaflet", "vendor/leaflet/map.js")]  # noqa: RUF012 - Folium's own form
    default_css = [("leaflet_css", "vendor/leaflet/leaflet.css")]  # noqa: RUF012
    location: Any
    """None for a map without a view, which Folium draws but does not say."""


class _Fullscreen(Fullscreen):
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this._parent.get_name() }}.fullscreenControl = L.control.fullscreen({{ this.options|tojavascript }})"
        ".addTo({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )
    default_js = []  # noqa: RUF012 - joined to Leaflet
    default_css = []  # noqa: RUF012


class _LocateControl(LocateControl):
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this._parent.get_name() }}.locator = L.control.locate({{ this.options|tojavascript }})"
        ".addTo({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )
    default_js = []  # noqa: RUF012 - joined to Leaflet
    default_css = []  # noqa: RUF012


class ShapesLayer(MacroElement):
    """Our painter for the layers of one theme; the features arrive by the API."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = new L.Shapes({{ this.options }}).addTo({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )

    def __init__(self, theme: ThemeSpec, basemap: BasemapSettings) -> None:
        super().__init__()
        self._name = "Shapes"
        picture = basemap.kind != "none"
        datum = basemap.datum if basemap.kind == "xyz" else "wgs84"
        panes = {name: f"{name}-{NAME}" for name in PANES}
        self.options = safe.value({"theme": theme.id, "picture": picture, "datum": datum, "panes": panes})


class Prefix(MacroElement):
    """Our own words before the attribution, in place of Leaflet's with its flag."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this._parent.get_name() }}.attributionControl.setPrefix({{ this.words }});"
        "{% endmacro %}"
    )

    def __init__(self, words: str) -> None:
        super().__init__()
        self._name = "Prefix"
        self.words = safe.html_text(words)


def build_frame(theme: ThemeSpec, settings: Settings, language: str) -> Frame:
    """The frame of one theme.

    Raises:
        ArgumentError: the address of the configured basemap holds signs that no address has.
    """
    return _build(theme, settings.basemap, (language, settings.title.get(language)))


@lru_cache(maxsize=64)
def _build(theme: ThemeSpec, basemap: BasemapSettings, words: tuple[str, str]) -> Frame:
    language, title = words
    county_map = _draw(theme, basemap, title)
    figure = county_map.get_root()
    assert isinstance(figure, Figure)
    figure.render()
    header = figure.header.render()
    links = figure.header._children.values()
    script = f'"use strict";\n{figure.script.render().strip()}\n'
    style = "\n".join(
        part.strip()
        for part in re.findall(r"<style>(.*?)</style>", header, re.DOTALL)
        if f"map_{NAME}" in part
    )
    return Frame(
        theme=theme.id,
        language=language,
        html=Markup(figure.html.render().strip()),
        script=script,
        style=style,
        libraries=tuple(link.url for link in links if isinstance(link, JavascriptLink)),
        stylesheets=tuple(link.url for link in links if isinstance(link, CssLink)),
        hash=hashlib.sha256(f"{script}\0{style}".encode()).hexdigest()[:12],
    )


def _draw(theme: ThemeSpec, basemap: BasemapSettings, title: str) -> folium.Map:
    """The Folium map; it has no view until the page knows how much of it is covered by panels."""
    picture = basemap.kind != "none"
    county_map = _named(
        _Map(
            location=(0, 0), tiles=None, zoom_control=False, keyboard=False, minZoom=MIN_ZOOM, maxZoom=MAX_ZOOM,
            zoom_snap=1 if picture else 0.1, attribution_control=picture, wheel_px_per_zoom_level=90,
            track_resize=False,  # main.js follows the size itself, knowing what was in sight before
            bounce_at_zoom_limits=False, max_bounds_viscosity=0.6,
        )
    )  # fmt: skip
    county_map.location = None
    for name, depth in PANES.items():
        _named(CustomPane(f"{name}-{NAME}", z_index=depth), name).add_to(county_map)
    for tiles in _tiles(basemap):
        tiles.add_to(county_map)
    if picture:
        _named(Prefix(title)).add_to(county_map)
    _named(ShapesLayer(theme, basemap)).add_to(county_map)
    # Both give the buttons of the page their work; their own buttons are hidden by map.css.
    _named(_Fullscreen(position="topright", fullscreen_element=JsCode("document.documentElement"))).add_to(
        county_map
    )
    _named(_LocateControl(**LOCATE)).add_to(county_map)
    return county_map


def _named(element: E, name: str = NAME) -> E:
    """Give an element a fixed id in place of Folium's random one."""
    element._id = name
    figure = element.get_root()
    if isinstance(figure, Figure):
        figure._children = type(figure._children)(
            (child.get_name(), child) for child in figure._children.values()
        )
    return element


def _tiles(basemap: BasemapSettings) -> list[folium.TileLayer]:
    if basemap.kind == "tianditu" and basemap.key is not None:
        key = basemap.key.get_secret_value()
        addresses = [TIANDITU.format(layer=layer, key=key) for layer in ("vec", "cva")]
        attribution, subdomains = basemap.attribution or "天地图", "01234567"
    elif basemap.kind == "xyz" and basemap.url is not None:
        addresses, attribution, subdomains = [basemap.url], basemap.attribution, "abc"
    else:
        return []
    return [
        _tile_layer(address, attribution, subdomains=subdomains, number=number)
        for number, address in enumerate(addresses)
    ]


def _tile_layer(address: str, attribution: str, *, subdomains: str, number: int) -> folium.TileLayer:
    if TEMPLATE_MARKS.search(address):
        raise ArgumentError("底图地址里有不该有的字符，检查设置 basemap.url 和 basemap.key。")
    said: Any = JsCode(safe.html_text(attribution))  # Folium takes it; its type names text only
    layer = folium.TileLayer(
        address, attr=said, name=f"tiles-{number}", subdomains=subdomains, max_zoom=MAX_ZOOM
    )
    return _named(layer, f"{NAME}_{number}")
