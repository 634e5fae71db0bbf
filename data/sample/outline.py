"""The county's outline, grown from the seats of its townships and held by two rivers."""

import numpy as np
from frame import AREA_KM2, CELL_M, mesh, noise, townships, villages
from scipy import ndimage
from scipy.interpolate import CubicSpline

# How far a township reaches from its seat, in metres, before the whole is scaled to the county's area.
REACH_M = {
    "140822100": 6200, "140822101": 5600, "140822102": 6600, "140822103": 10400, "140822104": 6400,
    "140822105": 6400, "140822200": 6000, "140822201": 5800, "140822202": 7200, "140822203": 5200,
    "140822205": 6600, "140822206": 6000, "140822207": 7400, "140822208": 6600,
}  # fmt: skip
REACH_OF_KNOWN_VILLAGE_M = 3600

# Middle lines of the two great rivers in km east and north of the seat of 荣河镇, from upstream to the mouth.
YELLOW_KM = (
    (-1.2, 30), (-2.2, 25), (-3.6, 20.5), (-3.8, 16.5), (-5.6, 12.5), (-7.0, 8.5), (-7.6, 5), (-9.0, 1.5),
    (-8.9, -2), (-7.7, -5.5), (-5.9, -8.5), (-4.3, -12), (-3.6, -16), (-5.4, -20), (-8.0, -25), (-8.8, -30),
)  # fmt: skip
FEN_KM = (
    (56, 18.5), (48, 20.6), (42, 19.4), (36.5, 21.2), (31, 20.2), (26, 20.6), (21, 18.0), (16, 17.4),
    (11, 15.2), (6, 14.6), (1.5, 12.4), (-2, 12.0), (-5.6, 11.6),
)  # fmt: skip


def course(points_km: tuple[tuple[float, float], ...], step_m: float = 150.0) -> np.ndarray:
    seat = next(t.seat for t in townships() if t.code == "140822103")
    points = np.array(points_km) * 1000 + np.array(seat)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    places = np.arange(0, along[-1], step_m)
    line = np.column_stack([CubicSpline(along, points[:, i])(places) for i in (0, 1)])
    swing = np.column_stack([np.sin(places / 700) + np.sin(places / 430 + 1), np.sin(places / 560 + 2)])
    return line + swing * np.array([90.0, 110.0])


def yellow_river() -> np.ndarray:
    """Middle line of the Yellow River from north to south, n × 2 metres of EPSG:4546."""
    return course(YELLOW_KM)


def fen_river() -> np.ndarray:
    """Middle line of the Fen from east to its mouth in the Yellow River, n × 2 metres of EPSG:4546."""
    return course(FEN_KM)


def _beyond_rivers() -> np.ndarray:
    """True for the cells west of the Yellow River's east bank or north of the Fen's south bank."""
    eastings, northings = mesh()
    yellow = yellow_river()
    order = np.argsort(yellow[:, 1])
    bank = np.interp(northings[:, 0], yellow[order, 1], yellow[order, 0]) + 480
    fen = fen_river()[::-1]
    edge = np.interp(eastings[0], fen[:, 0], fen[:, 1], left=1e9) - 260
    return (eastings < bank[:, None]) | (northings > edge[None, :])


def _reach_field() -> np.ndarray:
    """Distance to the seats in units of their reach, blended softly and roughened by noise."""
    eastings, northings = mesh()
    centres = [(township.seat, REACH_M[township.code]) for township in townships()]
    centres += [(village.known, REACH_OF_KNOWN_VILLAGE_M) for village in villages() if village.known]
    blended = np.zeros(eastings.shape)
    for (x, y), reach_m in centres:
        blended += np.exp(-4.5 * np.hypot(eastings - x, northings - y) / reach_m)
    field = -np.log(blended) / 4.5
    rough = noise("outline-far", 9000) * 0.055 + noise("outline-mid", 3000) * 0.030
    return field + rough + noise("outline-near", 1200) * 0.011


def county_mask() -> np.ndarray:
    """True inside the county, rows × columns; one piece without holes, of the county's area within a cell or so."""
    beyond, field = _beyond_rivers(), _reach_field()
    low, high = 0.2, 3.0
    for _ in range(26):
        middle = (low + high) / 2
        if ((field < middle) & ~beyond).sum() * CELL_M**2 < AREA_KM2 * 1e6:
            low = middle
        else:
            high = middle
    return _one_piece((field < high) & ~beyond)


def _one_piece(mask: np.ndarray) -> np.ndarray:
    pieces, count = ndimage.label(mask)
    if count > 1:
        sizes = np.bincount(pieces.ravel())
        sizes[0] = 0
        mask = pieces == sizes.argmax()
    return ndimage.binary_fill_holes(mask)
