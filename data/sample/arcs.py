"""From a raster of labels to polygons that share every vertex: boundary arcs are cut at junctions, smoothed once
for both neighbours, and put together again."""

import numpy as np
import shapely
from frame import CELL_M, NORTH_M, WEST_M
from scipy import ndimage


def polygons(
    labels: np.ndarray, *, smooth: float = 2.0, simplify_m: float = 9.0
) -> dict[int, shapely.Polygon]:
    """One polygon per label, metres of EPSG:4546; label −1 is outside.

    Args:
        labels: rows × columns of integers, each label one 4-connected piece.
        smooth: standard deviation of the smoothing along an arc, in cells.
        simplify_m: tolerance of the thinning that follows.

    Returns:
        label → polygon; together a valid coverage with identical vertices on shared edges.
    """
    padded = np.pad(labels, 1, constant_values=-1)
    lines = [_smoothed(arc, smooth, simplify_m) for arc in _arcs(padded)]
    pieces = shapely.get_parts(shapely.polygonize(lines))
    found: dict[int, shapely.Polygon] = {}
    inner = shapely.point_on_surface(pieces)
    columns = ((shapely.get_x(inner) - WEST_M) // CELL_M).astype(int)
    rows = ((NORTH_M - shapely.get_y(inner)) // CELL_M).astype(int)
    at = labels[rows.clip(0, labels.shape[0] - 1), columns.clip(0, labels.shape[1] - 1)]
    for label, piece in zip(at.tolist(), pieces, strict=True):
        if label >= 0 and (label not in found or piece.area > found[label].area):
            found[label] = piece
    return found


def _edges(padded: np.ndarray) -> np.ndarray:
    """Unit edges between cells of different labels: n × 2 corner numbers (row × width + column)."""
    width = padded.shape[1] + 1
    rows, columns = np.nonzero(padded[1:, :] != padded[:-1, :])
    corner = (rows + 1) * width + columns
    across = np.column_stack([corner, corner + 1])
    rows, columns = np.nonzero(padded[:, 1:] != padded[:, :-1])
    corner = rows * width + columns + 1
    down = np.column_stack([corner, corner + width])
    return np.vstack([across, down])


def _arcs(padded: np.ndarray) -> list[np.ndarray]:
    """Chains of corners between junctions (corners where three or more edges meet), n × 2 metres."""
    width = padded.shape[1] + 1
    edges = _edges(padded)
    links: dict[int, list[int]] = {}
    for a, b in edges.tolist():
        links.setdefault(a, []).append(b)
        links.setdefault(b, []).append(a)
    junctions = [corner for corner, ends in links.items() if len(ends) != 2]
    seen: set[tuple[int, int]] = set()
    chains = [
        _walk(links, start, first, seen)
        for start in sorted(junctions)
        for first in sorted(links[start])
        if (start, first) not in seen
    ]
    for start in sorted(links):
        for first in links[start]:
            if (start, first) not in seen:
                chains.append(_walk(links, start, first, seen))
    return [_metres(np.array(chain), width) for chain in chains]


def _walk(links: dict[int, list[int]], start: int, first: int, seen: set[tuple[int, int]]) -> list[int]:
    chain = [start, first]
    seen.add((start, first))
    seen.add((first, start))
    while len(links[chain[-1]]) == 2 and chain[-1] != start:
        a, b = links[chain[-1]]
        following = b if a == chain[-2] else a
        seen.add((chain[-1], following))
        seen.add((following, chain[-1]))
        chain.append(following)
    return chain


def _metres(corners: np.ndarray, width: int) -> np.ndarray:
    rows, columns = np.divmod(corners, width)
    return np.column_stack([WEST_M + (columns - 1) * CELL_M, NORTH_M - (rows - 1) * CELL_M])


def _smoothed(arc: np.ndarray, smooth: float, simplify_m: float) -> shapely.LineString:
    """Gaussian smoothing that leaves the two ends where they are; rings are smoothed round."""
    closed = bool((arc[0] == arc[-1]).all())
    if closed:
        ring = ndimage.gaussian_filter1d(arc[:-1], smooth, axis=0, mode="wrap")
        return shapely.simplify(shapely.LineString(np.vstack([ring, ring[:1]])), simplify_m)
    reach = min(int(4 * smooth) + 1, len(arc) - 1)
    before = 2 * arc[0] - arc[reach:0:-1]
    after = 2 * arc[-1] - arc[-2 : -2 - reach : -1]
    flat = ndimage.gaussian_filter1d(np.vstack([before, arc, after]), smooth, axis=0, mode="nearest")
    flat = flat[reach : reach + len(arc)]
    flat[0], flat[-1] = arc[0], arc[-1]
    return shapely.simplify(shapely.LineString(flat), simplify_m)
