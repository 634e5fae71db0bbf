"""What a map page asks for before its scripts run: the shapes of the layers that it opens with.

The addresses are those that ``map/requests.js`` makes of the same theme, viewer and link. Which zoom band they come in follows
from the size of the window, which the browser alone knows: see ``windows.py``. A layer that a word of the link may narrow is
left to the map.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import request

from layers.planning.usual import usual_words
from layers.screen import tiles_over
from layers.spec import LayerSpec
from layers.themes import ThemeSpec
from webmap.api.answers import shape_version
from webmap.api.shapes import screen_of
from webmap.api.themes import first_filters
from webmap.front import assets
from webmap.pages.windows import band_of, least_zoom, media_of
from webmap.service import current_editions, the_county, the_service
from webmap.translations import language
from webmap.viewer import current_viewer

GROUND = ("divisions", "base")
"""Groups whose rows no area and no time of a link narrows."""
ORDER = (*GROUND, "services")
"""Groups in the order in which the map asks for them; the others follow."""
STILL = {"lang", "v", "at", "sel", "layers", "panels", "table", "sort", "find", "frame", "hide", "heat"}
"""Words of a link that change nothing about which rows are drawn."""
OWN_GRID = "my-grid"
TIMEBAR = "js/panels/timebar.js"
WORKS = {"coverage": "js/planner/planner.js", "disputes": "js/hotspots/hotspots.js"}
"""Themes with a work of their own, as in ``main.js``, and its module."""
QUESTION = (
    "services",
    "within",
    "match",
    "mode",
    "travel",
    "detour",
    "demand",
    "place",
    "close",
    "capacity",
    "by",
)
"""Words of the planner's question in the order of ``planner/plan.js``."""
UNQUOTED = ",!'()*"
"""What ``encodeURIComponent`` leaves as it is beside letters, digits and ``-._~``, and the comma, which the map leaves too."""


@dataclass(frozen=True)
class FirstShapes:
    """``media`` says in which windows the map asks for them; empty for all."""

    address: str
    media: str


def first_shapes(theme: ThemeSpec) -> list[FirstShapes]:
    """The first shapes of a theme for this request, in the order in which the map asks for them; none before there are
    data, and none over a picture, where zooms are whole."""
    if the_service().settings.basemap.kind != "none":
        return []
    bounds, words = _bounds(theme), request.args
    if bounds is None:
        return []
    zoom = _zoom(words.get("at", ""))
    if zoom is None and "sel" in words:
        return []  # it goes to a place, whose zoom the map works out
    media = media_of(bounds, phone=_on_phone()) if zoom is None else {band_of(zoom): ""}
    specs = [spec for spec in _shown(theme, words) if _known(spec, words)]
    return [
        FirstShapes(address, shown)
        for spec in specs
        for band, shown in media.items()
        if spec.style.min_zoom <= (least_zoom(band) if zoom is None else zoom)
        for address in _addresses(spec, band, bounds if zoom is None else None)
    ]


def _addresses(spec: LayerSpec, band: int, bounds: tuple[float, ...] | None) -> list[str]:
    """One, or of a layer in tiles those within the bounds, which are all in view; none without bounds."""
    whole = _address(spec, band)
    if screen_of(spec).get(str(band), {}).get("mode") != "tiles":
        return [whole]
    return [f"{whole}&tile={tile.x},{tile.y}" for tile in tiles_over(bounds, band)] if bounds else []


def modules_of(theme: ThemeSpec) -> list[str]:
    """Modules that the work of a theme and its time need beside those of every map."""
    entries = [WORKS.get(theme.id), TIMEBAR if theme.time else None]
    every = assets.preloads()
    wanted = (module for entry in entries if entry for module in assets.preloads(entry))
    return list(dict.fromkeys(module for module in wanted if module not in every))


def questions_of(theme: ThemeSpec) -> list[str]:
    """What the work of a theme asks first: its choices, and on a bare address the usual question."""
    if theme.id != "coverage":
        return []
    lang = f"lang={language()}"
    words = {} if set(request.args) - {"lang"} else usual_words(the_county().planning, current_viewer())
    if not words.get("services"):
        return [f"/api/planning?{lang}"]
    by_foot = words.get("mode") == "road" or words.get("within", "").endswith("min")
    left_out = {"detour": words.get("mode") != "detour", "travel": not by_foot}
    query = urlencode(
        {name: words[name] for name in QUESTION if words.get(name) and not left_out.get(name)}, safe="*"
    )
    return [
        f"/api/planning?{lang}",
        *(f"/api/{path}?{query}&{lang}" for path in ("coverage", "coverage/shapes")),
    ]


def _on_phone() -> bool:
    """Whether the browser says so; a page for a thin line names only what a phone asks for."""
    return request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.headers.get("User-Agent", "")


def _bounds(theme: ThemeSpec) -> tuple[float, ...] | None:
    """West, south, east, north of what the map opens with: a worker's own grid on the theme made for it, else the county."""
    county, viewer = the_county(), current_viewer()
    own = theme.id == OWN_GRID and viewer.role == "grid_worker"
    if county.divisions.top.layer not in current_editions():
        return None
    return county.areas.bounds(viewer.scope if own else county.code)


def _shown(theme: ThemeSpec, words: Mapping[str, str]) -> list[LayerSpec]:
    """Layers that are on and can be drawn, in the order in which the map asks for them."""
    county, viewer, editions = the_county(), current_viewer(), current_editions()
    named = words["layers"].split(",") if "layers" in words else None
    members = [member for group in theme.groups for member in group.layers]
    on = [member.id for member in members if (member.visible if named is None else member.id in named)]
    specs = [county.catalog.layer(layer_id) for layer_id in on if layer_id in editions]
    drawn = [spec for spec in specs if spec.geometry != "none" and county.door.access(spec, viewer) != "none"]
    return sorted(drawn, key=lambda spec: ORDER.index(spec.group) if spec.group in ORDER else len(ORDER))


def _known(spec: LayerSpec, words: Collection[str]) -> bool:
    """Whether it is plain which rows of a layer are drawn: all of them, or on a bare address those shown at first."""
    narrowing = {word for word in words if word not in STILL and not word.startswith("op.")}
    if first_filters(spec) and set(words) - {"lang"}:
        return False
    if any(word.startswith(f"f.{spec.id}.") for word in narrowing):
        return False
    return not narrowing or (spec.group in GROUND and spec.time_field is None)


def _zoom(at: str) -> float | None:
    """The zoom of a link's position, as ``core/state.js`` reads it."""
    try:
        lat, lng, zoom = (float(part) for part in at.split(","))
    except ValueError:
        return None
    return zoom if abs(lat) <= 85 and abs(lng) <= 180 and 0 <= zoom <= 22 else None


def _address(spec: LayerSpec, band: int) -> str:
    filters = [
        f"&f.{name}={quote(','.join(values), safe=UNQUOTED)}" for name, values in first_filters(spec).items()
    ]
    return f"/api/layers/{spec.id}/shapes?v={quote(shape_version(spec), safe='')}&z={band}{''.join(filters)}"


def own_first(theme_id: str) -> list[str]:
    """What the page of somebody's own area asks for first, as its scripts will: profile and open cases."""
    viewer, lang = current_viewer(), language()
    own = the_county().divisions.level_of(viewer.scope)
    if theme_id != OWN_GRID or own is None or own == the_county().divisions.top or {*request.args} - {"lang"}:
        return []
    profile = f"/api/areas/{viewer.scope}?lang={lang}"
    if own.name != "grid":
        return [profile]
    rows = f"code={viewer.scope}&f.status=open&sort=due_on&limit=100&lang={lang}"
    return [profile, f"/api/layers/disputes/rows?{rows}"]
