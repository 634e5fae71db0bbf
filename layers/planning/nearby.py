"""What is near a place: the nearest services of each kind, by road from where somebody stands, straight from an area."""

from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np

from geo.errors import ArgumentError, ForbiddenError, NetworkError, UnknownEditionError
from geo.phrases import Phrase, say
from geo.roads import snap, travel
from layers.disclosure import Viewer
from layers.planning.centres import STORED, Centres
from layers.planning.plans import RIVERS, ROADS, CoveragePlan, number
from layers.planning.results import Nearby, NearLayer, NearPlace, Way
from layers.planning.services import services_for
from layers.planning.ways import road_ways, ways_words

if TYPE_CHECKING:
    from layers.planning.groundwork import Groundwork

MOST = 3
"""Of each kind."""


class _Measured(NamedTuple):
    """Metres to each centre, which of them are by road, in words, and why not."""

    metres: Any
    by_road: Any
    method: Phrase
    note: Phrase | None


def nearby(
    ground: "Groundwork",
    viewer: Viewer,
    theme: str,
    *,
    code: str = "",
    spot: tuple[float, float] | None = None,
) -> Nearby:
    """The nearest services of a theme that the viewer may see at their places.

    From the middle of the area ``code`` straight; from ``spot``, degrees, on foot by road. Where no road leads there it
    is straight, and each place says which.

    Raises:
        UnknownAreaError: the line of the area is not known. ArgumentError: the theme has no service with a place.
    """
    wanted = ground.catalog.theme(theme).layer_ids()
    layers = tuple(spec.id for spec in services_for(ground.door, viewer) if spec.id in wanted)
    if not layers:
        raise ArgumentError("这个专题没有能量距离的服务设施。")
    centres = ground.existing(viewer, layers)
    plan = CoveragePlan(layers, (1.0,), mode="straight" if spot is None else "road")
    xy = _middle(ground, code) if spot is None else _metric(ground, spot)
    straight = np.hypot(*(centres.points.xy - xy).T)
    if spot is None:
        nothing = np.zeros(len(straight), dtype=bool)
        found = _Measured(straight, nothing, ways_words(plan), None)
    else:
        found = _by_road(ground, viewer, plan, xy, (centres, straight))
    behind = [*layers, *((ROADS, RIVERS) if found.by_road.any() else ())]
    editions = {name: one.id for name in behind if (one := ground.door.store.current(name)) is not None}
    phones = {layer: _phones(ground, viewer, layer) for layer in layers}
    rows = tuple(NearLayer(layer, tuple(_places(centres, layer, found, phones[layer]))) for layer in layers)
    return Nearby(rows, found.method, found.note, editions)


def _middle(ground: "Groundwork", code: str) -> Any:
    middle = ground.line(code).centroid
    return np.array([middle.x, middle.y])


def _metric(ground: "Groundwork", spot: tuple[float, float]) -> Any:
    point = gpd.GeoSeries(gpd.points_from_xy([spot[0]], [spot[1]]), crs=STORED).to_crs(ground.crs).iloc[0]
    return np.array([point.x, point.y])


def _by_road(
    ground: "Groundwork", viewer: Viewer, plan: CoveragePlan, xy: Any, to: tuple[Centres, Any]
) -> _Measured:
    """On foot by road; straight where the roads are not known, do not come near, or do not lead there."""
    centres, straight = to
    none = np.zeros(len(straight), dtype=bool)
    try:
        measure = road_ways(ground.door, viewer, plan, ground.crs, ground.kept).measure
    except (UnknownEditionError, ForbiddenError, NetworkError):
        return _Measured(straight, none, say("直线距离"), say("没有能用的路网，量的是直线距离。"))
    here = snap(measure.roads, xy[None, :], cap_m=measure.cap_m)
    if here.rejected:
        why = say("{cap} 米以内没有路，量的是直线距离。", cap=number(measure.cap_m))
        return _Measured(straight, none, say("直线距离"), why)
    there = snap(measure.roads, centres.points.xy, cap_m=measure.cap_m)
    metres = travel(measure.roads, here, there, direction="from").distance
    by_road = np.isfinite(metres)
    note = None if by_road.all() else say("路走不到的，量的是直线距离。")
    return _Measured(np.where(by_road, metres, straight), by_road, ways_words(plan), note)


def _phones(ground: "Groundwork", viewer: Viewer, layer: str) -> dict[str, str]:
    """Telephone by key, of those that this viewer may know."""
    given = ground.door.rows(layer, viewer)
    field = next((one.name for one in given.fields if one.type == "phone"), None)
    if field is None or field not in given.rows.columns:
        return {}
    values = given.rows[field].tolist()
    return {
        key: str(value)
        for key, value in zip(given.keys(), values, strict=True)
        if isinstance(value, str) and value
    }


def _places(centres: Centres, layer: str, found: _Measured, phones: dict[str, str]) -> list[NearPlace]:
    assert centres.points.kinds is not None
    mine = np.flatnonzero(centres.points.kinds == layer)
    order = mine[np.lexsort((mine, found.metres[mine], ~found.by_road[mine]))][:MOST]
    places = []
    for row in order.tolist():
        key = centres.keys[row].partition(":")[2]
        lon, lat = centres.degrees[row].tolist()
        way: Way = "road" if found.by_road[row] else "straight"
        metres = float(found.metres[row])
        places.append(NearPlace(key, centres.names[row], phones.get(key), lon, lat, metres, way))
    return places
