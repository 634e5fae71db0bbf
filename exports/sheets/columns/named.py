"""The columns that a theme may name, each as the viewer may know it."""

from collections.abc import Callable, Mapping

from exports.sheets.columns.answers import CaseColumns, CoverColumns
from exports.sheets.columns.column import Column
from exports.sheets.columns.making import Making
from exports.sheets.columns.rows import RowColumns
from exports.sheets.overlays.disputes import DISPUTES
from layers.disclosure import Disclosed
from layers.spec import FieldSpec

NOT_OF_A_THEME = frozenset({"divisions", "base", "indicators"})


class Named:
    """Makes columns by their declared names (``layers.themes.ColumnName``)."""

    def __init__(self, making: Making) -> None:
        self.making = making
        self._rows = RowColumns(making)
        cases, reach = CaseColumns(making), CoverColumns(making)
        self._plain: Mapping[str, Callable[[], list[Column]]] = {
            "people": making.populations, "area": making.sizes, "cases": cases.cases, "rate": cases.rates,
            "covered": reach.covered, "share": reach.share,
        }  # fmt: skip
        rows = self._rows
        self._of_layers: Mapping[str, Callable[[Disclosed, FieldSpec | None], list[Column]]] = {
            "count": rows.count, "per": rows.per, "sum": rows.sum, "classes": rows.classes,
        }  # fmt: skip

    def made(self, name: str, having: frozenset[str] = frozenset()) -> list[Column]:
        """None where the viewer has none of it or its layer is not drawn; ``having`` are layers with columns of their own."""
        kind, _, of = name.partition(":")
        if kind == "visible":
            layers = (layer for layer in self.making.layers if layer not in having)
            return [column for layer in layers for column in self._visible(layer)]
        if not of:
            return self._plain[kind]()
        layer, _, field = of.partition(".")
        found = self._rows.rows(layer) if layer in self.making.layers else None
        if found is None:
            return []
        return self._of_layers[kind](found, found.spec.field(field) if field else None)

    def _visible(self, layer: str) -> list[Column]:
        """What a layer amounts to, else how many rows of it there are."""
        spec = self.making.county.catalog.layer(layer)
        if spec.group in NOT_OF_A_THEME:
            return []
        if layer == DISPUTES:
            return self._plain["cases"]()
        found = self.made(f"sum:{layer}.{spec.quantity.name}") if spec.quantity else []
        return found or self.made(f"count:{layer}")
