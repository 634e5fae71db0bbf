"""What a sheet leaves out on request, in words: values of fields, a text that is looked for, classes switched off."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from exports.sheets.plan import SheetPlan
from exports.sheets.tongue import Tongue
from layers.spec import FieldSpec, LayerSpec

if TYPE_CHECKING:
    from layers.catalog import Catalog
    from layers.symbology import LegendRow

RANGE = ".."
MOST_SIGNS = 24
"""Of a filter in a title."""
YES = frozenset({"1", "true", "是"})


def filter_words(
    catalog: "Catalog", plan: SheetPlan, layers: "Mapping[str, Sequence[LegendRow]]", tongue: Tongue
) -> str:
    """A sentence about every layer of ``layers`` (with the rows of its legend) that is not whole; empty where all are."""
    told = [
        f"{title}{tongue.colon}{tongue.comma.join(parts)}"
        for title, parts in _parts(catalog, plan, layers, tongue)
    ]
    return tongue.gettext("只画符合筛选的：{filters}。", filters=tongue.stop.join(told)) if told else ""


def filter_title(
    catalog: "Catalog", plan: SheetPlan, layers: "Mapping[str, Sequence[LegendRow]]", tongue: Tongue
) -> str:
    """The same in so few words that a title can hold them; which layers they are of stands in the sentence."""
    parts = [part for _, some in _parts(catalog, plan, layers, tongue) for part in some]
    words = tongue.comma.join(parts)
    return words if len(words) <= MOST_SIGNS else tongue.gettext("只画一部分，筛选见图下")


def _parts(
    catalog: "Catalog", plan: SheetPlan, layers: "Mapping[str, Sequence[LegendRow]]", tongue: Tongue
) -> Iterator[tuple[str, list[str]]]:
    """Layers that are not whole, by title, and what of each is drawn."""
    for layer, legend in layers.items():
        spec = catalog.layer(layer)
        parts = [*_fields(catalog, spec, plan, tongue), *_hidden(legend, plan.hidden_of(layer), tongue)]
        if parts:
            yield tongue.of(spec.title), parts


def _fields(catalog: "Catalog", spec: LayerSpec, plan: SheetPlan, tongue: Tongue) -> Iterator[str]:
    for name, values in plan.fields_of(spec.id):
        field = spec.field(name)
        words = "/".join(_value(catalog, field, value, tongue) for value in values)
        yield f"{tongue.of(field.title)} {words}"
    if text := plan.text_of(spec.id):
        yield tongue.gettext("含“{words}”", words=text)


def _value(catalog: "Catalog", field: FieldSpec, value: str, tongue: Tongue) -> str:
    if not value:
        return tongue.gettext("没有填")
    codes = catalog.codes_of(field)
    if codes is not None:
        return codes.title_of(value, tongue.lang)
    if field.type == "boolean":
        return tongue.gettext("是") if value.lower() in YES else tongue.gettext("否")
    return value.replace(RANGE, "–")


def _hidden(legend: "Sequence[LegendRow]", hidden: frozenset[int], tongue: Tongue) -> Iterator[str]:
    titles = [tongue.of(row.title) for row in legend if row.index in hidden]
    if titles:
        yield tongue.gettext("不画{classes}", classes="/".join(titles))
