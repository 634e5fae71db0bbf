"""From a raster of labels to polygons that share every vertex: boundary arcs are cut at junctions, smoothed once
for both neighbours, and put together again."""

import numpy as np
import shapely
from frame import CELL_M, NORTH_M, WEST_M
from scipy import ndimage


def polygons(
    labels: np.ndarray, *, smooth: float = 2.0, simplify_m: float = 9.0, every: bool = True
) -> dict[int, shapely.Polygon]:
    """One polygon per label, metres of EPSG:4546; label −1 is outside.

    Args:
        labels: rows × columns of integers, each label one 4-connected piece.
        smooth: standard deviation of the smoothing along an arc, in cells.
        simplify_m: tolerance of the thinning that follows.
        every: also look for small labels whose polygon has drifted off its cells.

    Returns:
        label → polygon; together a valid coverage with identical vertices on shared edges.
    """
    padded = np.pad(labels, 1, constant_values=-1)
    lines = _smoothed(_arcs(padded), smooth, simplify_m)
    pieces = shapely.get_parts(shapely.polygonize(lines))
    found, left = _matched(labels, pieces)
    missing = set(np.unique(labels).tolist()) - {-1} - set(found)
    for label in sorted(missing) if every else ():
        rows, columns = np.nonzero(labels == label)
        place = shapely.Point(
            WEST_M + (columns.mean() + 0.5) * CELL_M, NORTH_M - (rows.mean() + 0.5) * CELL_M
        )
        nearest = min(left, key=place.distance)
        if place.distance(nearest) < 2 * CELL_M:
            found[label] = nearest
            left.remove(nearest)
    return found


def _matched(
    labels: np.ndarray, pieces: np.ndarray
) -> tuple[dict[int, shapely.Polygon], list[shapely.Polygon]]:
    """Each piece under the label of the cell below its middle, the largest where two meet; then what is left over.

    Where the piece is not about as large as the label's cells, its deepest point decides instead.
    """
    cells = np.bincount(labels[labels >= 0])
    at = _below(labels, shapely.point_on_surface(pieces))
    expected_m2 = np.where(at >= 0, cells[at], 0) * CELL_M**2
    doubtful = np.abs(np.log((shapely.area(pieces) + 1) / (expected_m2 + 1))) > 0.4
    deepest = shapely.get_point(shapely.maximum_inscribed_circle(pieces[doubtful], tolerance=10.0), 0)
    at[doubtful] = _below(labels, deepest)
    found: dict[int, shapely.Polygon] = {}
    left: list[shapely.Polygon] = []
    for number in np.argsort(-shapely.area(pieces), kind="stable").tolist():
        label = int(at[number])
        if label in found or label < 0:
            left.append(pieces[number])
        else:
            found[label] = pieces[number]
    return found, left


def _below(labels: np.ndarray, points: np.ndarray) -> np.ndarray:
    columns = ((shapely.get_x(points) - WEST_M) // CELL_M).astype(int).clip(0, labels.shape[1] - 1)
    rows = ((NORTH_M - shapely.get_y(points)) // CELL_M).astype(int).clip(0, labels.shape[0] - 1)
    return labels[rows, columns]


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


def _smoothed(arcs: list[np.ndarray], smooth: float, simplify_m: float) -> np.ndarray:
    """Gaussian smoothing that leaves the two ends of each arc where they are; rings are smoothed round.

    All arcs go through the filter in one long array, each between margins wider than the filter's reach.
    """
    reach = int(4 * smooth + 0.5) + 1
    padded = [_padded(arc, reach) for arc in arcs]
    flat = ndimage.gaussian_filter1d(np.vstack(padded), smooth, axis=0)
    lines, start = [], 0
    for arc in arcs:
        points = flat[start + reach : start + reach + len(arc)].copy()
        start += len(arc) + 2 * reach
        if (arc[0] == arc[-1]).all():
            points[-1] = points[0]
        else:
            points[0], points[-1] = arc[0], arc[-1]
        lines.append(points)
    sizes = np.array([len(line) for line in lines])
    drawn = shapely.linestrings(np.vstack(lines), indices=np.repeat(np.arange(len(lines)), sizes))
    return shapely.simplify(drawn, simplify_m)


def _padded(arc: np.ndarray, reach: int) -> np.ndarray:
    """The arc with ``reach`` more points at each end: round the ring, or turned about its end point."""
    if (arc[0] == arc[-1]).all():
        ring = arc[:-1]
        return ring[np.arange(-reach, len(arc) + reach) % len(ring)]
    inner = np.minimum(np.arange(reach, 0, -1), len(arc) - 1)
    return np.vstack([2 * arc[0] - arc[inner], arc, 2 * arc[-1] - arc[-1 - inner[::-1]]])
