"""The scale: a bar in kilometres, its number, and, where asked, a bar in 里 and a square of a round number of 亩."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from exports.sheets.corners import cell
from exports.sheets.fonts import text_width
from exports.sheets.mapping import inks
from exports.sheets.page import AnyMark, Box, Shape, Stroke, Words
from exports.sheets.papers import LEAST_TEXT
from exports.sheets.scale import View, scale_text
from exports.sheets.text import MIDDLE
from geo.measure import M2_PER_MU
from layers.language.tongue import Tongue

NICE = (1.0, 2.0, 5.0)
LI_M = 500.0
PARTS = 4
LINE_MM = 0.15
SHARE = 0.8
"""Of the width that a bar may take."""


@dataclass(frozen=True)
class Unit:
    """What a bar is divided into: ``metres`` in one, its title at the end of the bar."""

    metres: float
    title: str
    name: str


def bar_height(em: float, parts: frozenset[str]) -> float:
    """Height in mm of everything that ``scale_marks`` draws."""
    return em * (5.4 + (3.0 if "li" in parts else 0) + (6.6 if "mu" in parts else 0))


def scale_marks(
    view: View, box: Box, em: float, parts: frozenset[str], tongue: Tongue
) -> tuple[AnyMark, ...]:
    """Bars and number from the top of a box downwards."""
    small = max(LEAST_TEXT, 0.9 * em)
    marks = _bar(view, box, small, Unit(1000.0, tongue.gettext("公里"), "scale-bar"))
    y = box.top + 3.0 * em
    if "li" in parts:
        marks += _bar(
            view,
            Box(box.left, y, box.right, box.bottom),
            small,
            Unit(LI_M, tongue.gettext("里"), "scale-bar.li"),
        )
        y += 3.0 * em
    x = box.middle[0]
    marks.append(
        Words(
            scale_text(view.scale),
            x,
            y + em * (1.2 + MIDDLE),
            1.15 * em,
            weight="bold",
            align="middle",
            kind="scale",
        )
    )
    if "mu" in parts:
        marks += _square(view, Box(box.left, y + 2.6 * em, box.right, y + 8.4 * em), small, tongue)
    return tuple(marks)


def bar_step(view: View, width: float, unit: float) -> float:
    """How many units one part of a bar stands for: the largest round number whose bar is within ``width`` mm."""
    most = view.metres(width) / unit / PARTS
    power = 10.0 ** math.floor(math.log10(most))
    return max(nice * power for nice in NICE if nice * power <= most)


def _bar(view: View, box: Box, size: float, unit: Unit) -> list[AnyMark]:
    room = box.width - 2 * (text_width(unit.title, size) + size)
    step = bar_step(view, min(room, box.width * SHARE), unit.metres)
    part = step * unit.metres * view.mm_per_m
    left = box.middle[0] - PARTS * part / 2
    top, height = box.top + 1.35 * size, 0.55 * size
    marks: list[AnyMark] = [
        Shape(
            (cell(left + at * part, top, part, height),), fill=inks.INK if at % 2 == 0 else inks.WHITE,
            stroke=Stroke(inks.INK, LINE_MM), name=unit.name,
        )
        for at in range(PARTS)
    ]  # fmt: skip
    return marks + _numbers(
        left, top - 0.4 * size, size, [(at * part, at * step) for at in (0, 2, 4)], unit.title
    )


def _numbers(
    left: float, y: float, size: float, places: Sequence[tuple[float, float]], title: str
) -> list[AnyMark]:
    """Numbers over their marks; the last one is followed by the unit and stays over its mark."""
    marks: list[AnyMark] = [
        Words(f"{value:,.10g}", left + at, y, size, align="middle", kind="scale") for at, value in places
    ]
    last = places[-1]
    after = left + last[0] + size * (0.32 * len(f"{last[1]:,.10g}") + 0.3)
    return [*marks, Words(title, after, y, size, kind="scale")]


def _square(view: View, box: Box, size: float, tongue: Tongue) -> list[AnyMark]:
    """A square whose side is a round number of 亩 on the ground."""
    most = view.metres(box.height) ** 2 / M2_PER_MU
    power = 10.0 ** math.floor(math.log10(most))
    mu = max(nice * power for nice in NICE if nice * power <= most)
    side = math.sqrt(mu * M2_PER_MU) * view.mm_per_m
    left = box.left + box.width * (1 - SHARE) / 2
    text = (
        tongue.gettext("{n} 万亩", n=f"{mu / 10_000:,.10g}")
        if mu >= 10_000
        else tongue.gettext("{n} 亩", n=f"{mu:,.10g}")
    )
    return [
        Shape(
            (cell(left, box.top, side, side),),
            fill=inks.LAND,
            stroke=Stroke(inks.INK, LINE_MM),
            name="area-square",
        ),
        Words(text, left + side + size, box.top + side / 2 + MIDDLE * size, size, kind="scale"),
    ]
