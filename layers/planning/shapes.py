"""The reached area and the gaps as shapes in degrees."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geo.coverage import breaks, sizes
from layers.disclosure import Viewer
from layers.planning import gaps, plans
from layers.planning.centres import STORED, Centres
from layers.planning.coverage import layers_of
from layers.planning.gaps import DEGREES
from layers.planning.methods import any_demo, coverage_method, link_words, used_editions
from layers.planning.plans import RIVERS, ROADS, CoveragePlan
from layers.planning.reached import Reached
from layers.planning.results import Place, Reach

if TYPE_CHECKING:
    from layers.planning.groundwork import Groundwork

LARGE = 0.9
"""Share of the places that hold less than the large circle of the legend, about."""


def answer(ground: "Groundwork", viewer: Viewer, plan: CoveragePlan) -> Reach:
    """The shapes of a coverage; see ``Planning.shapes``."""
    reached = ground.reached(viewer, plan)
    county = ground.line(plan.code)
    area = shapely.intersection(_area(plan, reached), county)
    shapes = gpd.GeoSeries([area], crs=ground.crs).to_crs(STORED)
    degrees = shapely.transform(shapes.to_numpy(), lambda xy: xy.round(DEGREES))
    found = gaps.answer(ground, viewer, plan)
    water = ground.crossings(viewer, plan)[0] is not None
    crossed = (ROADS, RIVERS) if water else ()
    editions = used_editions(ground.door, ("counties", *layers_of(plan, reached), *crossed))
    return Reach(
        reached=degrees[0],
        level=reached.basis.layer,
        linked_m=plan.link,
        sited=plans.MOST_SITES,
        breaks=breaks(plan.limit),
        sizes=sizes(_large(reached)),
        places=found.left,
        gaps=found.gaps,
        centres=places(ground, viewer, plan),
        method=coverage_method(ground.door, plan, reached, editions, link_words(plan, water=water)),
        editions={layer: edition.id for layer, edition in editions.items()},
        demo=any_demo(editions),
    )


def _large(reached: Reached) -> float:
    """What a place holds that is large among all of them, reached or not."""
    weights = reached.demand.weights
    lived_in = weights[weights > 0]
    return float(np.quantile(lived_in, LARGE)) if len(lived_in) else 1.0


def _area(plan: CoveragePlan, reached: Reached) -> Any:
    """Everywhere within the limit: for ``each`` where all services are."""
    xy = reached.centres.points.xy
    if plan.match == "any" or len(plan.services) == 1:
        return reached.ways.area(xy, plan.limit)
    parts = [reached.ways.area(xy[reached.centres.points.of(layer)], plan.limit) for layer in plan.services]
    return shapely.intersection_all(parts)


def places(ground: "Groundwork", viewer: Viewer, plan: CoveragePlan) -> tuple[Place, ...]:
    """Open centres, each once, then the closed ones."""
    now, before = ground.centres(viewer, plan), ground.existing(viewer, plan.services)
    first = {key: row for row, key in reversed(list(enumerate(now.keys)))}
    closed = [row for row, key in enumerate(before.keys) if key in plan.closed]
    return (
        *(_place(now, row, True) for row in sorted(first.values())),
        *(_place(before, row, False) for row in closed),
    )


def _place(centres: Centres, row: int, opened: bool) -> Place:
    layer, _, key = centres.keys[row].partition(":")
    lon, lat = centres.degrees[row].tolist()
    beyond = centres.points.outside
    outside = False if beyond is None else bool(beyond[row])
    return Place(layer, key, centres.names[row], lon, lat, outside, opened)
