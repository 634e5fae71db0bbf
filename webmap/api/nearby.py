"""What is near: from the middle of an area, and from where somebody stands.

Where somebody stands arrives in the body of a POST, so that it is in no address that is logged, kept or passed on; it is
not stored, and the answer is not kept either.
"""

from typing import Annotated, Any

from flask import Response
from pydantic import BaseModel, Field

from geo.errors import ArgumentError
from layers.language import told
from layers.planning.results import Nearby, NearPlace, Way
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.models import LonLat, Model, Note, Worked
from webmap.api.operations import Operation, Tagged
from webmap.api.query import Query, Read, asked, body_of
from webmap.service import some_demo, the_county
from webmap.serving.answers import answered
from webmap.translations import language
from webmap.viewer import current_viewer

THEME = "my-grid"
"""Its services are looked for."""
LIMITS = {"lon": 180.0, "lat": 90.0}
DEGREES = {"type": "number"}


def _degrees(given: Any, name: str) -> float:
    most = LIMITS[name]
    if isinstance(given, bool) or not isinstance(given, int | float) or not -most <= given <= most:
        raise ArgumentError("{name} 应是 {least} 到 {most} 的数。", name=name, least=-most, most=most)
    return float(given)


class Standing(BaseModel):
    lon: Annotated[float, Read(_degrees, DEGREES)] = Field(description="Longitude in CGCS2000 degrees")
    lat: Annotated[float, Read(_degrees, DEGREES)] = Field(description="Latitude in CGCS2000 degrees")


class Near(Model):
    key: members.Key
    name: members.Name
    phone: str | None = Field(description="Number to call; null without one that this viewer may know")
    position: LonLat
    metres: float = Field(description="How far it is")
    way: Way = Field(description="How that was measured: on foot by road, or straight")


class NearOfLayer(Model):
    layer: members.LayerId
    title: members.Title
    places: list[Near] = Field(
        description="Up to three; those that a road leads to first, then the nearest first"
    )


class NearAnswer(Worked):
    """The nearest services of each layer."""

    layers: list[NearOfLayer] = Field(
        description="Services of the theme “my grid” whose places this viewer may know"
    )
    note: Note


@blueprint.get("/api/areas/<code>/near")
@Tagged(NearAnswer)
def near_area(code: str) -> Response:
    """The nearest services from the middle of an area, straight."""
    the_county().areas.area(code)
    return answered(None, lambda: _of_area(code))


@blueprint.post("/api/near")
@Operation(NearAnswer, sends=Standing)
def near_spot() -> Response:
    """The nearest services from a place, on foot by road; straight, and said so, where no road leads there."""
    spot = body_of(Standing)
    county = the_county()
    found = county.planning.near(current_viewer(), THEME, spot=(spot.lon, spot.lat))
    answer = Response(to_json(_json(found)), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _of_area(code: str) -> bytes:
    asked(Query)
    return to_json(_json(the_county().planning.near(current_viewer(), THEME, code=code)))


def _json(found: Nearby) -> dict[str, Any]:
    lang, catalog = language(), the_county().catalog
    return {
        "layers": [
            {
                "layer": one.layer,
                "title": catalog.layer(one.layer).title.get(lang),
                "places": [_place(place) for place in one.places],
            }
            for one in found.layers
        ],
        "note": told(found.note, lang) if found.note else "",
        "method": told(found.method, lang),
        "editions": found.editions,
        "demo": some_demo(),
    }


def _place(place: NearPlace) -> dict[str, Any]:
    return {
        "key": place.key,
        "name": place.name,
        "phone": place.phone,
        "position": [place.lon, place.lat],
        "metres": place.metres,
        "way": place.way,
    }
