"""The classes of a layer: legend rows, and which row each record falls into.

The classes of a layer follow from its declaration and from the breaks kept in its edition, so the screen, the
sheet and the legend draw the same thing, and a class keeps its index from one edition to the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from layers.spec import Colour, LayerSpec, Paint, StyleClass, StyleSpec, Text
from layers.symbology.ramps import ramp

if TYPE_CHECKING:
    import pandas as pd

    from layers.catalog import Catalog
    from layers.editions import Edition

NO_DATA_LINE: Colour = "#8A97A0"
OTHER_FILL: Colour = "#DCE2E4"
CLASS_LINE: Colour = "#8A97A0"

NO_DATA = Text(zh="没有采集", en="No data")
OTHER = Text(zh="其他", en="Other")


@dataclass(frozen=True)
class LegendRow:
    """One class. ``value`` is what the filter on the style's field takes: values joined by ``,``, the empty text
    for rows without data, and None where a filter cannot say it (number classes, values of no code list).
    """

    index: int
    title: Text
    paint: Paint
    value: str | None
    kind: Literal["class", "other", "empty"] = "class"


def classes(spec: LayerSpec, edition: "Edition | None", catalog: "Catalog") -> tuple[LegendRow, ...]:
    """Every class of the layer, in legend order; the last is “no data” where the field may be empty.

    ``edition`` gives the breaks of a graduated style; None (no data yet) gives a single class for it.
    """
    style = spec.style
    if style.kind == "single":
        return (LegendRow(0, spec.title, _paint_of(style), None),)
    breaks = edition.breaks if edition is not None else None
    drawn = list(_graduated(spec, breaks) if style.kind == "graduated" else style.classes)
    rows = [
        LegendRow(i, item.title, item.paint, ",".join(item.values) or None) for i, item in enumerate(drawn)
    ]
    other = _other_class(spec, catalog)
    if other is not None:
        rows.append(LegendRow(len(rows), other.title, other.paint, _other_values(spec, catalog), "other"))
    if _may_be_empty(spec):
        rows.append(LegendRow(len(rows), NO_DATA, _no_data_paint(drawn[0].paint), "", "empty"))
    return tuple(rows)


def present(rows: Sequence[LegendRow], counts: Mapping[int, int]) -> tuple[LegendRow, ...]:
    """The rows a legend shows: “other” and “no data” only where something falls into them."""
    return tuple(row for row in rows if row.kind == "class" or counts.get(row.index, 0) > 0)


def classify(
    spec: LayerSpec, edition: "Edition | None", rows: "pd.DataFrame", catalog: "Catalog"
) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """The index into ``classes`` of each row; a row whose field is withheld or empty gets the last class."""
    legend = classes(spec, edition, catalog)
    name = spec.style.field
    if spec.style.kind == "single":
        return np.zeros(len(rows), dtype=np.int64)
    found = np.full(len(rows), legend[-1].index, dtype=np.int64)
    if name is None or name not in rows.columns:
        return found
    column = rows[name]
    filled = column.notna().to_numpy(dtype=bool)
    if spec.style.kind == "graduated":
        limits = _limits(spec.style, edition.breaks if edition is not None else None)
        numbers = column.to_numpy(dtype=float, na_value=np.nan)
        found[filled] = np.searchsorted(np.asarray(limits), numbers[filled], side="right")
        return found
    index_of = _index_by_value(spec, legend)
    codes, uniques = column.astype("str").factorize()
    found[filled] = np.array([index_of(str(value)) for value in uniques], dtype=np.int64)[codes[filled]]
    return found


def _limits(style: StyleSpec, breaks: Sequence[float] | None) -> list[float]:
    """Inner limits: of given classes every ``least`` but the first, else what the edition keeps."""
    return [item.least or 0.0 for item in style.classes[1:]] if style.classes else list(breaks or ())


def _graduated(spec: LayerSpec, breaks: Sequence[float] | None) -> Iterator[StyleClass]:
    style = spec.style
    if style.classes:
        yield from style.classes
        return
    limits = list(breaks or ())
    unit = spec.field(style.field).unit if style.field else None
    colours = ramp(style.ramp or "share", len(limits) + 1)
    base = style.paint or Paint(line=CLASS_LINE)
    for index, colour in enumerate(colours):
        below = limits[index] if index < len(limits) else None
        least = limits[index - 1] if index else None
        paint = base.model_copy(update={"line" if spec.geometry == "line" else "fill": colour})
        yield StyleClass(title=_range_title(spec, least, below, unit), least=least, paint=paint)


def _range_title(spec: LayerSpec, least: float | None, below: float | None, unit: str | None) -> Text:
    if least is None and below is None:
        return spec.title
    return range_title(least, below, unit)


def range_title(least: float | None, below: float | None, unit: str | None = None) -> Text:
    """A class of numbers from ``least`` (inclusive) to ``below`` in words; one of the two may be None."""
    tail = f" {unit}" if unit else ""
    if least is None:
        return Text(zh=f"低于 {below:,.10g}{tail}", en=f"under {below:,.10g}{tail}")
    if below is None:
        return Text(zh=f"{least:,.10g}{tail}以上", en=f"{least:,.10g}{tail} and over")
    both = f"{least:,.10g}–{below:,.10g}{tail}"
    return Text(zh=both, en=both)


def _other_class(spec: LayerSpec, catalog: "Catalog") -> StyleClass | None:
    """The declared ``other``, or a grey one where values may come that no class names."""
    style = spec.style
    if style.other is not None or style.kind == "graduated" or style.field is None:
        return style.other
    named = {value for item in style.classes for value in item.values}
    codes = catalog.codes_of(spec.field(style.field))
    if codes is not None and named.issuperset(codes.values()):
        return None
    grey = style.classes[0].paint.model_copy(update={"fill": OTHER_FILL, "line": CLASS_LINE, "hatch": "none"})
    return StyleClass(title=OTHER, paint=grey)


def _other_values(spec: LayerSpec, catalog: "Catalog") -> str | None:
    """The codes that no class names; not being graded counts among them for levels."""
    field = spec.field(spec.style.field or "")
    codes = catalog.codes_of(field)
    if codes is None:
        return None
    named = {value for item in spec.style.classes for value in item.values}
    rest = [value for value in codes.values() if value not in named]
    rest += [""] if spec.style.kind == "levels" else []
    return ",".join(rest) if rest else None


def _may_be_empty(spec: LayerSpec) -> bool:
    """Levels have a declared class for rows not graded; a required field that all may see is never empty."""
    style = spec.style
    if style.field is None or (style.kind == "levels" and style.other is not None):
        return False
    field = spec.field(style.field)
    return not field.required or field.sensitivity != "public"


def _no_data_paint(like: Paint) -> Paint:
    """Grey 45° hatch on white in the shape of the layer's own paint; a grey dashed stroke on a line."""
    if like.fill is None and like.symbol is None:
        return like.model_copy(update={"line": NO_DATA_LINE, "dash": "dash"})
    grey = {"fill": "#FFFFFF", "line": NO_DATA_LINE, "hatch": "diagonal", "hatch_line": NO_DATA_LINE}
    return like.model_copy(update=grey)


def _index_by_value(spec: LayerSpec, legend: Sequence[LegendRow]) -> Any:
    """value → class; of several values (``a;b``) the first that a class names decides; empty text is no data."""
    by_value = {
        value: row.index for row in legend if row.kind == "class" for value in (row.value or "").split(",")
    }
    other = next((row.index for row in legend if row.kind == "other"), legend[-1].index)

    def _index(value: str) -> int:
        if not value:
            return legend[-1].index
        hits = [by_value[part] for part in value.split(";") if part in by_value]
        return min(hits, default=other)

    return _index


def _paint_of(style: StyleSpec) -> Paint:
    return style.paint if style.paint is not None else Paint()
