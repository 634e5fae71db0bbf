"""What a map page asks for before its scripts run: the shapes of the layers that it opens with.

The addresses are those that ``map/requests.js`` makes of the same theme, viewer and link, but for the zoom band, which
``first.js`` adds: it follows from the size of the window. A layer that a word of the link may narrow is left to the map.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from flask import request

from layers.bands import BANDS
from layers.spec import LayerSpec
from layers.themes import ThemeSpec
from webmap.api.answers import shape_version
from webmap.api.shapes import screen_of
from webmap.api.themes import first_filters
from webmap.service import current_editions, the_county, the_service
from webmap.viewer import current_viewer

GROUND = ("divisions", "base")
"""Groups whose rows no area and no time of a link narrows."""
ORDER = (*GROUND, "services")
"""Groups in the order in which the map asks for them; the others follow."""
STILL = {"lang", "v", "at", "sel", "layers", "panels", "table", "sort", "hide", "heat"}
"""Words of a link that change nothing about which rows are drawn."""
OWN_GRID = "my-grid"
BAND = "*"
"""Where the zoom band goes in an address."""
UNQUOTED = ",!'()*"
"""What ``encodeURIComponent`` leaves as it is beside letters, digits and ``-._~``, and the comma, which the map leaves too."""


@dataclass(frozen=True)
class FirstView:
    """``bounds`` are those that the map fits, ``zoom`` that of the link, empty for none; ``shapes`` are addresses, each
    with ``*`` for the zoom band, and behind a ``#`` the bands that come in tiles."""

    bounds: str
    zoom: str
    shapes: str


def first_view(theme: ThemeSpec) -> FirstView | None:
    """The first shapes of a theme for this request; nothing before there are data or over a picture, whose zooms are whole."""
    if the_service().settings.basemap.kind != "none":
        return None
    bounds, words = _bounds(theme), request.args
    specs = [spec for spec in _shown(theme, words) if _known(spec, words)]
    if bounds is None or not specs:
        return None
    return FirstView(
        bounds=",".join(f"{value:.6f}" for value in bounds),
        zoom=_zoom(words.get("at", "")),
        shapes=" ".join(_address(spec) for spec in specs),
    )


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
    drawn = [
        spec
        for spec in specs
        if spec.geometry != "none" and not spec.style.min_zoom and county.door.access(spec, viewer) != "none"
    ]
    return sorted(drawn, key=lambda spec: ORDER.index(spec.group) if spec.group in ORDER else len(ORDER))


def _known(spec: LayerSpec, words: Collection[str]) -> bool:
    """Whether it is plain which rows of a layer are drawn: all of them, or on a bare address those shown at first."""
    narrowing = {word for word in words if word not in STILL and not word.startswith("op.")}
    if first_filters(spec) and set(words) - {"lang"}:
        return False
    if any(word.startswith(f"f.{spec.id}.") for word in narrowing):
        return False
    return not narrowing or (spec.group in GROUND and spec.time_field is None)


def _zoom(at: str) -> str:
    """The zoom of a link's position, as ``core/state.js`` reads it."""
    parts = at.split(",")
    try:
        place = [float(part) for part in parts]
    except ValueError:
        return ""
    good = len(place) == len(("lat", "lng", "zoom")) and abs(place[0]) <= 85 and abs(place[1]) <= 180
    return parts[2] if good and 0 <= place[2] <= 22 else ""


def _address(spec: LayerSpec) -> str:
    screen = screen_of(spec)
    tiled = [str(band) for band in BANDS if screen.get(str(band), {}).get("mode") == "tiles"]
    filters = [
        f"&f.{name}={quote(','.join(values), safe=UNQUOTED)}" for name, values in first_filters(spec).items()
    ]
    address = (
        f"/api/layers/{spec.id}/shapes?v={quote(shape_version(spec), safe='')}&z={BAND}{''.join(filters)}"
    )
    return address + (f"#{','.join(tiled)}" if tiled else "")
