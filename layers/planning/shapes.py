"""The reached area and the gaps as shapes in degrees."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from geo.coverage import gaps
from geo.errors import UnknownAreaError
from layers.disclosure import Viewer
from layers.planning.centres import STORED, Centres
from layers.planning.coverage import layers_of
from layers.planning.methods import any_demo, coverage_method, used_editions
from layers.planning.plans import CoveragePlan
from layers.planning.reached import Reached
from layers.planning.results import Gap, Place, Reach

if TYPE_CHECKING:
    from layers.planning.groundwork import Groundwork

DEGREES = 6
"""Decimals of coordinates: 0.1 m."""


def answer(ground: "Groundwork", viewer: Viewer, plan: CoveragePlan) -> Reach:
    """The shapes of a coverage; see ``Planning.shapes``."""
    reached = ground.reached(viewer, plan)
    county = ground.outline(plan.code)
    if county is None:
        raise UnknownAreaError(
            "没有 {code} 的界线，画不出空白区。先导入县界。", code=plan.code or ground.door.county
        )
    area = shapely.intersection(_area(plan, reached), county)
    covered = reached.nearest.within(plan.limit)
    found = gaps(county, area, reached.demand, covered, crs=ground.crs)
    shapes = gpd.GeoSeries([area, *found.geometry], crs=ground.crs).to_crs(STORED)
    degrees = shapely.transform(shapes.to_numpy(), lambda xy: xy.round(DEGREES))
    editions = used_editions(ground.door, ("counties", *layers_of(plan, reached)))
    return Reach(
        reached=degrees[0],
        gaps=tuple(_gap(ground, row, shape) for row, shape in zip(found.itertuples(), degrees[1:], strict=True)),
        centres=_places(reached.centres, ground.existing(viewer, plan.services), plan),
        method=coverage_method(ground.door, plan, reached, editions),
        editions={layer: edition.id for layer, edition in editions.items()},
        demo=any_demo(editions),
    )  # fmt: skip


def _area(plan: CoveragePlan, reached: Reached) -> Any:
    """Everywhere within the limit: for ``each`` where all services are."""
    xy = reached.centres.points.xy
    if plan.match == "any" or len(plan.services) == 1:
        return reached.ways.area(xy, plan.limit)
    parts = [reached.ways.area(xy[reached.centres.points.of(layer)], plan.limit) for layer in plan.services]
    return shapely.intersection_all(parts)


def _gap(ground: "Groundwork", row: Any, shape: Any) -> Gap:
    divisions = ground.door.divisions
    codes = sorted({divisions.cut(code, "village") for code in row.codes.split(";") if code})
    villages = tuple((code, ground.areas.name_of(code)) for code in codes)
    return Gap(int(row.rank), float(row.demand), float(row.area_km2), shape, villages)


def _places(now: Centres, before: Centres, plan: CoveragePlan) -> tuple[Place, ...]:
    """Open centres, each once, then the closed ones."""
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
