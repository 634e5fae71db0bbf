"""Figures of an area within the extent of a map: what lies in it, or is touched by it."""

import shapely

from layers.areas.figures import COUNTED, Figure
from layers.areas.keep import Keep
from layers.areas.register import Area
from layers.areas.sections import AREA, PEOPLE
from layers.disclosure import PUBLIC, Disclosed, RowFilter
from layers.disclosure.times import own_period
from layers.editions.manifest import source_of
from layers.spec import Text

Box = tuple[float, float, float, float]
SETTLEMENTS = "settlements"
SQUARE_M_PER_KM2 = 1e6
INSIDE = Text(zh="范围内的居民点相加", en="sum of the settlements within the extent")
CUT = Text(zh="图上量算，只量范围内", en="measured on the map, within the extent")
UNPLACED = Text(
    zh="没有居民点，算不出范围内的人", en="no settlements, so nobody knows who lives within the extent"
)


def codes_within(keep: Keep, area: Area, box: Box) -> frozenset[str]:
    """Divisions of an area whose outline meets the extent, as tables and legends count them."""
    found: set[str] = set()
    for given in keep.register().given.values():
        rows = keep.door.rows(given.spec.id, PUBLIC, RowFilter(code=area.code, bbox=box)).rows
        found.update(rows["code"].astype(str))
    return frozenset(found)


def figures(keep: Keep, area: Area, box: Box, within: frozenset[str]) -> list[Figure]:
    """People and households of the settlements in the extent, the land in it, and the divisions that it touches."""
    answer = [figure for name in PEOPLE if (figure := _people(keep, area, box, name)) is not None]
    size = _size(keep, area, box)
    answer += [] if size is None else [size]
    register = keep.register()
    for level in register.divisions:
        given = register.given.get(level.layer)
        if given is not None and level.digits > len(area.code):
            count = len(within.intersection(register.within(area.code, level)))
            answer.append(_figure(given, (level.layer, level.title, "个"), count, COUNTED))
    return answer


def _people(keep: Keep, area: Area, box: Box, name: str) -> Figure | None:
    """No value, which is no zero, where the county has no settlements, or none in the extent says it."""
    door = keep.door
    if SETTLEMENTS not in door.catalog.layers or door.store.current(SETTLEMENTS) is None:
        return _unplaced(keep, name)
    given = door.rows(SETTLEMENTS, PUBLIC, RowFilter(code=area.code, bbox=box))
    if name not in given.rows.columns:
        return None
    field, said = given.spec.field(name), given.rows[name].dropna()
    value = int(said.sum()) if len(said) or not len(given.rows) else None
    return _figure(given, (name, field.title, field.unit or ""), value, INSIDE)


def _unplaced(keep: Keep, name: str) -> Figure | None:
    given = keep.register().given.get(keep.door.divisions.named("village").layer)
    if given is None or name not in given.rows.columns:
        return None
    field = given.spec.field(name)
    return _figure(given, (name, field.title, field.unit or ""), None, UNPLACED)


def _size(keep: Keep, area: Area, box: Box) -> Figure | None:
    """The part of the area's outline that the extent has."""
    import geopandas as gpd

    given, outline = keep.register().given.get(area.layer), keep.door.outline(area.code)
    if given is None or outline is None:
        return None
    cut = gpd.GeoSeries([outline.intersection(shapely.box(*box))], crs=given.rows.crs).to_crs(keep.metric_crs)
    return _figure(given, ("area_km2", AREA, "km²"), float(cut.area.iloc[0]) / SQUARE_M_PER_KM2, CUT)


def _figure(given: Disclosed, names: tuple[str, Text, str], value: float | None, method: Text) -> Figure:
    name, label, unit = names
    return Figure(
        name, label, value, unit, given.spec.id, given.edition.id, method,
        period=own_period(given), source=source_of(given.spec, given.edition),
    )  # fmt: skip
