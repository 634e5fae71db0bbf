"""How many areas have which value: bars in the colours of the classes, between lines at their limits."""

import math

import numpy as np

from exports.sheets.corners import rectangle
from exports.sheets.mapping import inks
from exports.sheets.page import Align, AnyMark, Box, Shape, Stroke, Words
from exports.sheets.papers import LEAST_TEXT
from exports.sheets.strata import Stratum
from layers.language.tongue import Tongue

BARS = 24
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
TAIL = 1.5
"""Values beyond so many times the last limit do not widen the axis."""
AXIS_MM = 0.15
LIMIT_MM = 0.12


def histogram_marks(stratum: Stratum, box: Box, em: float, tongue: Tongue) -> list[AnyMark]:
    """Bars, limits, axis and what it counts, within a box."""
    graded = stratum.graduation
    assert graded is not None
    values = graded.values[np.isfinite(graded.values)]
    if not len(values):
        return []
    small = max(LEAST_TEXT, 0.82 * em)
    plot = Box(box.left, box.top, box.right, box.bottom - 2.7 * small)
    ends = _ends(values, graded.limits)
    counts, edges = np.histogram(np.minimum(values, ends[1]), bins=BARS, range=ends)
    x = np.interp(edges, ends, (plot.left, plot.right))
    marks: list[AnyMark] = []
    for at, count in enumerate(counts.tolist()):
        if count:
            middle = (edges[at] + edges[at + 1]) / 2
            index = int(np.searchsorted(graded.limits, middle, side="right"))
            top = plot.bottom - plot.height * count / counts.max()
            bar = rectangle(Box(float(x[at]), top, float(x[at + 1]), plot.bottom))
            edge = Stroke(inks.SECOND, 0.08)
            marks.append(
                Shape((bar,), fill=stratum.legend[index].paint.fill, stroke=edge, name="histogram.bar")
            )
    for limit in graded.limits:
        if ends[0] < limit < ends[1]:
            at_x = float(np.interp(limit, ends, (plot.left, plot.right)))
            line = np.array([(at_x, plot.top), (at_x, plot.bottom)])
            marks.append(
                Shape(
                    (line,),
                    closed=False,
                    stroke=Stroke(inks.SECOND, LIMIT_MM, (0.5, 0.5)),
                    name="histogram.limit",
                )
            )
    axis = np.array([(plot.left, plot.bottom), (plot.right, plot.bottom)])
    marks.append(Shape((axis,), closed=False, stroke=Stroke(inks.INK, AXIS_MM), name="histogram.axis"))
    marks += _ticks(ends, plot, small, open_ended=bool(values.max() > ends[1]))
    caption = tongue.gettext("分布（最高 {n} {of}）", of=graded.of, n=int(counts.max()))
    marks.append(
        Words(
            caption,
            box.middle[0],
            box.bottom - 0.2 * small,
            small,
            inks.MUTED,
            align="middle",
            kind="histogram",
        )
    )
    return marks


def _ends(values: np.ndarray, limits: tuple[float, ...]) -> tuple[float, float]:
    """Round ends: from zero to where the last class has shown itself; what lies beyond stands in the last bar."""
    low = min(0.0, float(values.min()))
    most = float(values.max())
    high = min(most, TAIL * limits[-1]) if limits else most
    high = high if high > low else low + 1.0
    step = _step((high - low) / 4)
    return math.floor(low / step) * step, math.ceil(high / step - 1e-9) * step


def _step(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(nice * power for nice in NICE if nice * power >= wanted * (1 - 1e-12))


def _ticks(ends: tuple[float, float], plot: Box, small: float, *, open_ended: bool) -> list[AnyMark]:
    low, high = ends
    step = _step((high - low) / 4)
    marks: list[AnyMark] = []
    for at in range(round((high - low) / step) + 1):
        value = low + at * step
        x = plot.left + plot.width * (value - low) / (high - low)
        last = value > high - step / 2
        align: Align = "start" if at == 0 else "end" if last else "middle"
        text = f"{value:,.10g}" + ("+" if last and open_ended else "")
        marks.append(
            Words(text, x, plot.bottom + 1.15 * small, small, inks.SECOND, align=align, kind="histogram")
        )
    return marks
