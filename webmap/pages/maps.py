"""The map pages: one template for every theme."""

from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from webmap.front.basemap import build_frame
from webmap.front.icons import known
from webmap.pages.blueprint import blueprint
from webmap.pages.first_view import first_shapes, modules_of, questions_of
from webmap.service import the_county, the_service
from webmap.translations import language

HOME_THEME = "overview"


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
    return render_template(
        "map.html",
        theme=theme,
        themes=themes,
        frame=frame,
        modules=modules_of(spec),
        questions=questions_of(spec),
        first=first_shapes(spec),
    )


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
