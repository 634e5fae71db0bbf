"""Shapes in the metres of the county's zone, and boundaries without doubled edges: worked out once an edition."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.disclosure import Disclosed, Viewer
from layers.kept import Kept

if TYPE_CHECKING:
    from layers.county import County

Shapes = NDArray[np.object_]
KEPT = 96
SAME_M = 10.0
"""Lines of two levels this close together are one line."""
SAME_SHARE = 0.5
"""A line from one meeting point to the next is left out when more than this part of it runs along another."""
STORED = "EPSG:4490"


class Ground:
    """Projected shapes of one county; ``crs`` is its metric CRS. What is given out is shared: treat as read-only."""

    def __init__(self, county: "County") -> None:
        self._county = county
        self.crs = county.settings.metric_crs
        self._kept = Kept(KEPT)

    def shapes(self, given: Disclosed, viewer: Viewer) -> Shapes:
        """Shapes of disclosed rows in metres, in their order; missing ones are None."""
        whole, index = self._whole(given, viewer)
        shapes: Shapes = whole[index.get_indexer(given.rows.index)]
        return shapes

    def projected(self, degrees: Any) -> Shapes:
        """Shapes in CGCS2000 degrees, in metres."""
        import geopandas as gpd

        found: Shapes = gpd.GeoSeries(degrees, crs=STORED).to_crs(self.crs).to_numpy()
        return found

    def outline(self, code: str) -> Any:
        """Polygon of an area in metres, None when its shape is not known."""
        shape = self._county.door.outline(code)
        return None if shape is None else self.projected([shape])[0]

    def edges(self, places: Sequence[tuple[str, str]], shapes: Shapes, beyond: Callable[[], Any]) -> Shapes:
        """Boundaries of polygons, each edge once and joined to long lines, without what runs along ``beyond``.

        ``places`` are the editions that the shapes, and those above them, come from; ``beyond`` is asked for its lines,
        None where there are none, only when these are new.
        """
        return self._kept.get(("edges", *places, len(shapes)), lambda: _edges(shapes, beyond()))

    def clashing(self, place: tuple[str, ...], shapes: Shapes) -> NDArray[np.bool_]:
        """Polygons that overlap another one, which cannot be filled in one stroke of the pen."""
        return self._kept.get(("clashing", *place, len(shapes)), lambda: _clashing(shapes))

    def _whole(self, given: Disclosed, viewer: Viewer) -> tuple[Shapes, Any]:
        """Every row that the viewer gets of this edition, or only these where that is all there is."""
        door, spec = self._county.door, given.spec
        if given.visibility == "counts":
            place: tuple[Any, ...] = (spec.id, given.edition.id, given.period, *self._behind(given, viewer))
            place = (*place, tuple(given.rows["code"]))
            return self._kept.get(place, lambda: (self.projected(given.rows.geometry), given.rows.index))
        place = (spec.id, viewer.key, *self._behind(given, viewer))

        def make() -> tuple[Shapes, Any]:
            every = door.rows(spec.id, viewer).rows
            return self.projected(every.geometry), every.index

        return self._kept.get(place, make)

    def _behind(self, given: Disclosed, viewer: Viewer) -> tuple[str, ...]:
        editions = self._county.store.currents()
        sources = self._county.door.sources(given.spec, viewer)
        return tuple(f"{name}={editions[name].id}" for name in sources if name in editions)


def _edges(shapes: Shapes, beyond: Any) -> Shapes:
    rings = shapely.boundary(shapes[~shapely.is_missing(shapes)])
    parts: Shapes = shapely.get_parts(shapely.line_merge(shapely.union_all(rings)))
    if beyond is None or shapely.is_empty(beyond):
        return parts
    near = shapely.buffer(beyond, SAME_M, quad_segs=2)
    shapely.prepare(near)
    along = shapely.length(shapely.intersection(parts, near))
    kept: Shapes = parts[along < SAME_SHARE * shapely.length(parts)]
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(kept))) if len(kept) else kept


def _clashing(shapes: Shapes) -> NDArray[np.bool_]:
    """Pairs whose insides meet; touching edges are no clash."""
    found = np.zeros(len(shapes), dtype=bool)
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    apart = first < second
    first, second = first[apart], second[apart]
    shapely.prepare(shapes)
    meet = ~shapely.touches(shapes[first], shapes[second])
    found[second[meet]] = True
    return found


def clipped(shapes: Shapes, bounds: tuple[float, float, float, float]) -> Shapes:
    """Shapes cut at a rectangle in metres; what lies wholly within it stays as it is."""
    boxes = shapely.bounds(shapes)
    west, south, east, north = bounds
    inside = (boxes[:, 0] >= west) & (boxes[:, 1] >= south) & (boxes[:, 2] <= east) & (boxes[:, 3] <= north)
    cut = shapes.copy()
    cut[~inside] = shapely.clip_by_rect(shapes[~inside], *bounds)
    return cut
