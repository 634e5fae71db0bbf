"""The ground that is cleared around letters, as an area: text of its own would be found and copied a second time."""

import math
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import pairwise

import numpy as np
import shapely
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import flagOnCurve

from webmap.sheets import fonts
from webmap.sheets.page import Points, Weight, Words
from webmap.sheets.writers.outlines import UNITS_PER_MM, Whole
from webmap.sheets.writers.typeface import start

STEPS_PER_EM = 100
"""Distances are rounded to these, so that few halos of one letter are remembered."""
EASE = 0.1
"""Of its width: so far corners of a halo may move."""
_READ = threading.Lock()
"""Glyphs are unpacked in place."""


def halos(lines: Sequence[Words]) -> list[list[list[int]]]:
    """Of every line the rings around its letters: x, y, x, y, … in hundredths of a millimetre, the first point not
    repeated; none where it has no halo. What any of them winds around is cleared (non-zero rule).
    """
    rings, shifts, counts = [], [], []
    for words in lines:
        before = len(rings)
        if words.halo and words.halo_mm > 0:
            for letter, shift in _letters(words):
                rings += letter
                shifts += [shift] * len(letter)
        counts.append(len(rings) - before)
    if not rings:
        return [[] for _ in lines]
    sizes = [len(ring) for ring in rings]
    placed = _placed(np.concatenate(rings), np.repeat(shifts, sizes), lines, _sums(sizes)[_sums(counts)])
    flat = placed.ravel().tolist()
    every = [flat[2 * first : 2 * last] for first, last in pairwise(_sums(sizes).tolist())]
    return [every[first:last] for first, last in pairwise(_sums(counts).tolist())]


def _letters(words: Words) -> Iterator[tuple[tuple[Points, ...], float]]:
    """Rings of every letter and how many ems from the start of the line it stands."""
    steps = max(1, round(STEPS_PER_EM * words.halo_mm / words.size))
    advances = fonts.face(words.weight).charWidths
    at = 0.0
    for sign in fonts.printed(words.text):
        yield _around(words.weight, sign, steps), at
        at += advances[ord(sign)] / 1000 + words.spacing / words.size


def _placed(points: Points, shifts: Points, lines: Sequence[Words], ends: Whole) -> Whole:
    """Points in ems, moved along by ``shifts``, on the page; those of line i are ``ends[i]`` up to ``ends[i + 1]``."""
    turns = [math.radians(words.angle) for words in lines]
    place = [
        (words.size * math.cos(turn), words.size * math.sin(turn), *start(words))
        for words, turn in zip(lines, turns, strict=True)
    ]
    along, across, x, y = np.repeat(np.array(place) * UNITS_PER_MM, np.diff(ends), axis=0).T
    right, down = points[:, 0] + shifts, points[:, 1]
    turned = np.column_stack([right * along - down * across + x, right * across + down * along + y])
    return np.rint(turned).astype(np.int64)


def _sums(counts: Sequence[int]) -> Whole:
    return np.cumsum([0, *counts])


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
