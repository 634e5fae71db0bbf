"""The ground that is cleared around letters, as an area: text of its own would be found and copied a second time."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates, flagOnCurve

from exports.sheets import fonts
from exports.sheets.page import Points, Weight, Words
from exports.sheets.writers.outlines import UNITS_PER_MM, Whole
from exports.sheets.writers.typeface import Typeface, start

STEPS_PER_EM = 100
"""Distances are rounded to these, so that few halos of one letter are remembered."""
EASE = 0.1
"""Of its width: so far corners of a halo may move."""
_known: dict[Weight, dict[str, list[Points]]] = {"regular": {}, "bold": {}}
"""The lines of every letter that had a halo so far."""


def halos(lines: Sequence[Words]) -> list[list[list[int]]]:
    """Of every line the rings around its letters: x, y, x, y, … in hundredths of a millimetre, the first point not
    repeated; none where it has no halo. What any of them winds around is cleared (non-zero rule).
    """
    _learn(lines)
    rings: list[Points] = []
    shifts: list[float] = []
    counts: list[int] = []
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
    placed: Whole = np.rint(turned).astype(np.int64)
    return placed


def _sums(counts: Sequence[int]) -> Whole:
    return np.cumsum([0, *counts])


@lru_cache(maxsize=8192)
def _around(weight: Weight, sign: str, steps: int) -> tuple[Points, ...]:
    """Open rings at the distance around the lines of one letter, in ems from the start of its base line, y down."""
    width = steps / STEPS_PER_EM
    area = shapely.buffer(shapely.MultiLineString(_known[weight][sign]), width, quad_segs=3)
    area = shapely.simplify(area, EASE * width)
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(area)))
    return tuple(shapely.get_coordinates(ring)[:-1] for ring in rings)


def _learn(lines: Sequence[Words]) -> None:
    """Read the glyphs that the lines need and nobody needed before: closed lines in ems, y down."""
    for weight, known in _known.items():
        texts = (fonts.printed(words.text) for words in lines if words.weight == weight and words.halo)
        if new := sorted(set().union(*texts) - known.keys()):
            typeface = Typeface(weight)
            numbers = [typeface.number(ord(sign)) for sign in new]
            font = typeface.subset()
            glyphs, order = font["glyf"], font.getGlyphOrder()
            for sign, number in zip(new, numbers, strict=True):
                known[sign] = _contours(*glyphs[order[number]].getCoordinates(glyphs))


def _contours(points: GlyphCoordinates, ends: Sequence[int], flags: Sequence[int]) -> list[Points]:
    ems = np.array(points, np.float64).reshape(-1, 2) / (1000, -1000)
    on_curve = np.array(list(flags), np.uint8) & flagOnCurve == 1
    cuts = [end + 1 for end in ends[:-1]]
    pairs = zip(np.split(ems, cuts), np.split(on_curve, cuts), strict=True)
    return [_chords(corners, on) for corners, on in pairs if len(corners)]


def _chords(corners: Points, on_curve: np.ndarray) -> Points:
    """A closed contour of quadratic curves, each of them as two chords that meet in its middle."""
    before, after = np.roll(corners, 1, axis=0), np.roll(corners, -1, axis=0)
    first = np.where(np.roll(on_curve, 1)[:, None], before, (before + corners) / 2)
    last = np.where(np.roll(on_curve, -1)[:, None], after, (after + corners) / 2)
    passed = np.where(on_curve[:, None], corners, first / 4 + corners / 2 + last / 4)
    return np.vstack([passed, passed[:1]])
