"""Classes of what a viewer gets: the layer's own, or the classes of published counts."""

from typing import Any

import numpy as np

from layers.catalog import Catalog
from layers.disclosure.amounts import Amount, quantities
from layers.disclosure.door import Disclosed
from layers.editions import Edition
from layers.spec import LayerSpec, Paint, Text, Visibility
from layers.symbology import RAMPS, LegendRow, classes, classify, present

COUNT_LEAST = (0, 1, 5, 10, 20)
"""Lower limits of the classes of counts; 1 and 2 never show, so the second class is 3–4."""
COUNT_TITLES = ("0 {unit}", "3–4 {unit}", "5–9 {unit}", "10–19 {unit}", "20 {unit}以上")
COUNT_TITLES_EN = ("0", "3–4", "5–9", "10–19", "20 and over")
HIDDEN_LINE = "#8A97A0"
EDGE = "#AEB8B9"


def look_classes(
    spec: LayerSpec, edition: Edition | None, visibility: Visibility, catalog: Catalog
) -> tuple[LegendRow, ...]:
    """Every class of what is given out with that visibility."""
    if visibility != "counts":
        return classes(spec, edition, catalog)
    unit = spec.count_unit.zh
    rows = [
        LegendRow(
            index, Text(zh=zh.format(unit=unit), en=en), Paint(fill=fill, line=EDGE, line_mm=0.185), None
        )
        for index, (zh, en, fill) in enumerate(zip(COUNT_TITLES, COUNT_TITLES_EN, _fills(), strict=True))
    ]
    hatch = Paint(fill="#FFFFFF", line=EDGE, line_mm=0.185, hatch="diagonal", hatch_line=HIDDEN_LINE)
    title = Text(zh="不显示", en="Withheld")
    return (*rows, LegendRow(len(rows), title, hatch, None, "empty"))


def look_classify(given: Disclosed, catalog: Catalog) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """The index into ``look_classes`` of each disclosed row."""
    if given.visibility != "counts":
        return classify(given.spec, given.edition, given.rows, catalog)
    counts = given.rows["count"].to_numpy(dtype=float, na_value=np.nan)
    found = np.searchsorted(np.asarray(COUNT_LEAST, dtype=float), counts, side="right") - 1
    return np.asarray(np.where(np.isnan(counts), len(COUNT_LEAST), found), dtype=np.int64)


def legend(given: Disclosed, catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """Legend rows with the number of the county's rows in each class and what they amount to, as plain data; a class that
    only shows across the county's line is there with 0."""
    rows = look_classes(given.spec, given.edition, given.visibility, catalog)
    found, amounts = look_classify(given, catalog), quantities(given)
    shown = dict(enumerate(np.bincount(found, minlength=len(rows)).tolist()))
    own = np.ones(len(found), dtype=bool) if given.outside is None else ~given.outside
    answer = []
    for row in present(rows, shown):
        mine = own & (found == row.index)
        amount = None if amounts is None else amounts.part(mine).total()
        answer.append(legend_row(row, int(mine.sum()), amount, language))
    return answer


def legend_row(row: LegendRow, count: int, amount: Amount | None, language: str) -> dict[str, Any]:
    """One legend row as plain data."""
    return {
        "index": row.index,
        "title": row.title.get(language),
        "paint": row.paint.model_dump(mode="json", exclude_none=True),
        "value": row.value,
        "count": count,
        "amount": None if amount is None else amount.known,
        "amount_unit": None if amount is None else amount.unit,
        "amount_reported": None if amount is None else amount.reported,
        "amount_twins": None if amount is None else amount.twins,
    }


def _fills() -> tuple[str, ...]:
    return ("#FCFBF7", *RAMPS["rate"][1:])
