"""The map pages: one template for every theme."""

from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from geo.errors import GovmapError
from layers.language.english import place_name
from layers.language.marks import isolated
from layers.links import check
from webmap.api.answers import to_json
from webmap.api.links import said
from webmap.front.basemap import build_frame
from webmap.front.icons import known
from webmap.pages.blueprint import blueprint
from webmap.pages.context import HOME_THEME
from webmap.pages.first_view import first_shapes, modules_of, own_first, questions_of
from webmap.pages.offline import kept_for_me
from webmap.service import the_county, the_service
from webmap.translations import language
from webmap.viewer import current_viewer


@dataclass(frozen=True)
class ThemeLink:
    id: str
    title: str
    icon: str
    url: str
    description: str
    time: str | None


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The whole county."""
    return _map(HOME_THEME)


@blueprint.get("/map/<theme_id>")
def theme_map(theme_id: str) -> ResponseReturnValue:
    """One theme; raises UnknownThemeError for a theme that is not there."""
    return _map(theme_id)


@blueprint.get("/coverage")
def coverage() -> ResponseReturnValue:
    """The short address of the planner's page."""
    return _to("coverage")


@blueprint.get("/hotspots")
def hotspots() -> ResponseReturnValue:
    """The short address of the hotspot page."""
    return _to("disputes")


def _to(theme_id: str) -> ResponseReturnValue:
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"/map/{theme_id}{'?' + query if query else ''}", code=302)


def _map(theme_id: str) -> ResponseReturnValue:
    county = the_county()
    spec = county.catalog.theme(theme_id)
    themes = [_link(item_id) for item_id in county.catalog.themes]
    theme = next(item for item in themes if item.id == theme_id)
    frame = build_frame(spec, the_service().settings, language())
    own = own_first(theme_id)
    return render_template(
        "map.html",
        theme=theme,
        themes=themes,
        frame=frame,
        place=_place(),
        link=_link_told(theme_id),
        keep=kept_for_me(),
        modules=modules_of(spec),
        questions=[*questions_of(spec), *own],
        first=[] if own else first_shapes(spec),
    )


def _link_told(theme_id: str) -> str:
    """What became of the words of the address, for the script; empty when there is nothing to tell."""
    found = check(the_county(), current_viewer(), theme_id, request.args)
    if found is None or not (found.left_out or found.bounds):
        return ""
    return to_json(said(found)).decode()


def _place() -> str:
    """The name of the place that a link is about; empty for the whole county and for what is no division."""
    layer, _, key = request.args.get("sel", "").partition(":")
    asked = request.args.get("code") or request.args.get("area", "")
    code = key if layer in the_county().divisions.layers else asked
    if not code or code == the_county().code:
        return ""
    try:
        return isolated(place_name(the_county().areas.area(code).name, language()))
    except GovmapError:
        return ""


def _link(theme_id: str) -> ThemeLink:
    item, lang = the_county().catalog.themes[theme_id], language()
    url = "/" if theme_id == HOME_THEME else f"/map/{theme_id}"
    return ThemeLink(
        id=theme_id,
        title=item.title.get(lang),
        icon=known(item.icon),
        url=url,
        description=item.description.get(lang),
        time=item.time,
    )
