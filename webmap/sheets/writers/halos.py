"""The ground that is cleared around letters, as an area: text of its own would be found and copied a second time."""

import math
import threading
from functools import lru_cache
from io import BytesIO
from itertools import pairwise

import numpy as np
import shapely
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import flagOnCurve

from webmap.sheets import fonts
from webmap.sheets.page import Points, Weight, Words
from webmap.sheets.writers.outlines import UNITS_PER_MM
from webmap.sheets.writers.typeface import start

STEPS_PER_EM = 100
"""Distances are rounded to these, so that few halos of one letter are remembered."""
EASE = 0.1
"""Of its width: so far corners of a halo may move."""
_READ = threading.Lock()
"""Glyphs are unpacked in place."""


def halo(words: Words) -> list[list[int]]:
    """Rings around the letters of a line: x, y, x, y, … in hundredths of a millimetre, the first point not repeated.

    What any of them winds around is cleared (non-zero rule).
    """
    steps = max(1, round(STEPS_PER_EM * words.halo_mm / words.size))
    font = fonts.face(words.weight)
    letters, shifts, at = [], [], 0.0
    for sign in fonts.printed(words.text):
        rings = _around(words.weight, sign, steps)
        letters += rings
        shifts += [at] * len(rings)
        at += font.charWidths[ord(sign)] / 1000 + words.spacing / words.size
    if not letters:
        return []
    sizes = [len(ring) for ring in letters]
    points = np.concatenate(letters)
    points[:, 0] += np.repeat(shifts, sizes)
    turn = math.radians(words.angle)
    along, across = math.cos(turn), math.sin(turn)
    turned = points @ np.array([[along, across], [-across, along]]) * words.size + start(words)
    flat = np.rint(turned * UNITS_PER_MM).astype(np.int64).ravel().tolist()
    ends = np.cumsum([0, *(2 * size for size in sizes)]).tolist()
    return [flat[first:last] for first, last in pairwise(ends)]


@lru_cache(maxsize=8192)
def _around(weight: Weight, sign: str, steps: int) -> tuple[Points, ...]:
    """Open rings at the distance around the lines of one letter, in ems from the start of its base line, y down."""
    contours = _contours(weight, sign)
    width = steps / STEPS_PER_EM
    area = shapely.buffer(
        shapely.multilinestrings([shapely.linestrings(one) for one in contours]), width, quad_segs=3
    )
    parts = shapely.get_parts(shapely.orient_polygons(shapely.simplify(area, EASE * width)))
    return tuple(shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(parts))


def _contours(weight: Weight, sign: str) -> list[Points]:
    """Closed lines of a glyph in ems, y down."""
    with _READ:
        font = _unpacked(weight)
        glyphs = font["glyf"]
        name = font.getGlyphName(fonts.face(weight).charToGlyph[ord(sign)])
        points, ends, flags = glyphs[name].getCoordinates(glyphs)
        points = np.array(points, np.float64).reshape(-1, 2) / (1000, -1000)
        on_curve = np.frombuffer(bytes(flags), np.uint8) & flagOnCurve == 1
    cuts = [end + 1 for end in ends[:-1]]
    pairs = zip(np.split(points, cuts), np.split(on_curve, cuts), strict=True)
    return [_chords(corners, on) for corners, on in pairs if len(corners)]


def _chords(corners: Points, on_curve: np.ndarray) -> Points:
    """A closed contour of quadratic curves, each of them as two chords that meet in its middle."""
    before, after = np.roll(corners, 1, axis=0), np.roll(corners, -1, axis=0)
    first = np.where(np.roll(on_curve, 1)[:, None], before, (before + corners) / 2)
    last = np.where(np.roll(on_curve, -1)[:, None], after, (after + corners) / 2)
    passed = np.where(on_curve[:, None], corners, first / 4 + corners / 2 + last / 4)
    return np.vstack([passed, passed[:1]])


@lru_cache(maxsize=2)
def _unpacked(weight: Weight) -> TTFont:
    return TTFont(BytesIO(fonts.FILES[weight].read_bytes()), lazy=True)
