"""Screen shapes: what one layer looks like at one zoom band, as compact data for the painter in the browser."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from geo.errors import FilterError
from geo.phrases import listing
from geo.thin import QUARTERS, clip, encode, label_points, project, quarter_pixels, thin, to_degrees, to_world
from layers.bands import BANDS, MAX_SHAPES, Mode
from layers.catalog import Catalog
from layers.disclosure import Disclosed
from layers.disclosure.look import look_classify

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.object_]

BIN_PX = 8
TILE_PX = 512
MARGIN_PX = 8


@dataclass(frozen=True)
class Tile:
    """A square of 512 px at the zoom of its band."""

    x: int
    y: int

    def box(self, margin: float = 0) -> tuple[float, float, float, float]:
        """West, top, east, bottom in world pixels."""
        west, top = self.x * TILE_PX, self.y * TILE_PX
        return west - margin, top - margin, west + TILE_PX + margin, top + TILE_PX + margin


def tiles_over(bounds: Sequence[float], band: int) -> list[Tile]:
    """Tiles that west, south, east, north in degrees touch, column by column."""
    west, south, east, north = bounds
    corners = to_world(np.array([[west, north], [east, south]], dtype=float), band)
    (left, top), (right, bottom) = (corners // TILE_PX).astype(int).tolist()
    return [Tile(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def shapes(
    given: Disclosed, catalog: Catalog, band: int, mode: Mode, tile: Tile | None = None
) -> dict[str, Any]:
    """Disclosed rows at one band, in world quarter pixels of that zoom, as plain data.

    Raises:
        FilterError: there is no such band, or the mode needs a tile and none was named.
    """
    if band not in BANDS:
        raise FilterError("没有缩放级 {band}，可选：{bands}。", band=band, bands=listing(map(str, BANDS)))
    if mode == "tiles" and tile is None:
        raise FilterError("图层“{layer}”在这一级要按图块取，加上 tile=x,y。", layer=given.spec.title.zh)
    answer: dict[str, Any] = {
        "layer": given.spec.id,
        "edition": given.edition.id,
        "z": band,
        "mode": mode,
        "kind": _kind(given),
        "period": given.period,
    }
    if given.spec.geometry == "none":
        return answer | {"count": 0, "key": [], "name": [], "cls": [], "geom": []}
    wanted = _near(given, band, tile if mode == "tiles" else None)
    if mode == "bins":
        return answer | _bins(wanted, catalog, band)
    return answer | _drawn(wanted, catalog, band, tile if mode == "tiles" else None)


def _kind(given: Disclosed) -> Literal["polygon", "line", "point"]:
    if given.visibility == "counts":
        return "polygon"
    if given.visibility == "grid" or given.spec.geometry in ("point", "none"):
        return "point"
    return "line" if given.spec.geometry == "line" else "polygon"


def _near(given: Disclosed, band: int, tile: Tile | None) -> Disclosed:
    """Rows that have a place, in a tile only those that touch it."""
    places = given.rows.geometry.to_numpy()
    present = ~(shapely.is_missing(places) | shapely.is_empty(places))
    if tile is None:
        return given if present.all() else _part(given, present)
    west, top, east, bottom = tile.box(MARGIN_PX)
    corners = to_degrees(np.array([[west, bottom], [east, top]], dtype=float), band)
    touching = np.sort(given.rows.sindex.query(shapely.box(*corners.ravel())))
    return _part(given, touching[present[touching]])


def _part(given: Disclosed, keep: "NDArray[Any]") -> Disclosed:
    """Some of the rows, by a mask or by places."""
    outside = None if given.outside is None else given.outside[keep]
    return replace(
        given, rows=given.rows.iloc[np.flatnonzero(keep) if keep.dtype == bool else keep], outside=outside
    )


def _drawn(given: Disclosed, catalog: Catalog, band: int, tile: Tile | None) -> dict[str, Any]:
    """Shapes one by one, cut at the tile when there is one."""
    kind = _kind(given)
    pixels = project(given.rows.geometry.to_numpy(), band)
    thinned = pixels
    if kind != "point" and len(pixels):
        shared = kind == "polygon" and (given.spec.group == "divisions" or given.visibility == "counts")
        thinned = thin(pixels, coverage=shared)
        if tile is not None:
            thinned = clip(thinned, tile.box(MARGIN_PX))
            inside = ~shapely.is_empty(thinned)
            thinned, pixels = thinned[inside], pixels[inside]
            given = _part(given, inside)
    answer = {
        "count": len(given.rows),
        "key": given.keys(),
        "name": given.names(),
        "cls": look_classify(given, catalog).tolist(),
        "geom": encode(thinned, kind),
    }
    if kind == "polygon" and _labelled(given):
        answer["label"] = _labels(pixels, tile)
    if kind == "point" and given.outside is not None and given.beyond:
        answer["outside"] = np.flatnonzero(given.outside).tolist()
    return answer


def _labelled(given: Disclosed) -> bool:
    return given.spec.style.labels is not None or given.visibility == "counts"


def _labels(pixels: "Places", tile: Tile | None) -> list[list[int] | None]:
    """Label points of whole shapes; in a tile only of those whose point lies in it, so none comes twice."""
    points = quarter_pixels(label_points(pixels))
    if tile is None:
        return points
    west, top, east, bottom = (4 * edge for edge in tile.box())
    return [
        point if point is not None and west <= point[0] < east and top <= point[1] < bottom else None
        for point in points
    ]


def _bins(given: Disclosed, catalog: Catalog, band: int) -> dict[str, Any]:
    """Squares of 8 px with the commonest class and the number of rows; the lower class wins a tie. Where that
    would be too many squares they are twice as wide, and so on."""
    found = look_classify(given, catalog)
    boxes = shapely.bounds(given.rows.geometry.to_numpy())
    middles = np.column_stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]]) / 2
    pixels, bin_px = to_world(middles, band), BIN_PX
    cells, cell = np.unique(np.floor(pixels / bin_px).astype(np.int64), axis=0, return_inverse=True)
    while len(cells) > MAX_SHAPES:
        bin_px *= 2
        cells, cell = np.unique(np.floor(pixels / bin_px).astype(np.int64), axis=0, return_inverse=True)
    votes = np.zeros((len(cells), int(found.max(initial=0)) + 1), dtype=np.int64)
    np.add.at(votes, (cell.ravel(), found), 1)
    side = bin_px * QUARTERS
    return {
        "count": len(given.rows),
        "bin_px": bin_px,
        "key": [""] * len(cells),
        "name": [""] * len(cells),
        "cls": votes.argmax(axis=1).tolist(),
        "n": votes.sum(axis=1).tolist(),
        "kind": "polygon",
        "geom": [[[x, y, side, 0, 0, side, -side, 0, 0, -side]] for x, y in (cells * side).tolist()],
    }
