"""For whom and of which areas the columns of a table are made, and what is known of the areas themselves."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from exports.sheets.columns.column import Column, Missing, Value, numbers
from exports.sheets.plan import SheetPlan
from geo.errors import GovmapError
from layers.disclosure import Viewer
from layers.divisions import Level
from layers.language.tongue import Tongue

if TYPE_CHECKING:
    from layers.county import County

T = TypeVar("T")


class Making:
    """``codes`` are the divisions of the level ``below`` in the area of a plan, ``layers`` are drawn on its sheet. What
    columns mean gathers in ``notes``, what they were made from in ``editions``."""

    def __init__(
        self, county: "County", viewer: Viewer, plan: SheetPlan, below: Level, layers: tuple[str, ...]
    ) -> None:
        self.county, self.viewer, self.plan, self.below, self.layers = county, viewer, plan, below, layers
        self.tongue = Tongue(plan.lang)
        self.area = plan.code or viewer.scope or county.code
        self.codes = county.areas.register().within(self.area, below)
        self.notes: list[str] = []
        self.editions: dict[str, str] = {}
        self.demo = False

    def names(self) -> Column:
        found = tuple(self.tongue.place(self.county.areas.name_of(code)) for code in self.codes)
        unknown = (Missing.UNKNOWN,) * len(found)
        return Column(self.tongue.of(self.below.called), unknown, found, self.tongue.gettext("合计"))

    def populations(self) -> list[Column]:
        return [numbers(self.tongue.gettext("人口"), self.people, self.tongue)]

    @cached_property
    def people(self) -> list[Value]:
        """Of each area, summed from its villages."""
        layer = self.county.divisions.named("grid" if self.below.name == "grid" else "village").layer
        rows = self.county.door.rows(layer, self.viewer).rows
        self.used(layer)
        sums: dict[str, float] = {}
        known = rows[["code", "population"]].dropna()
        for code, people in zip(known["code"], known["population"], strict=True):
            mine = code[: self.below.digits]
            sums[mine] = sums.get(mine, 0.0) + float(people)
        return [sums.get(code, Missing.UNKNOWN) for code in self.codes]

    def sizes(self) -> list[Column]:
        areas = self.county.areas.register().areas
        self.used(self.below.layer)
        sizes = [areas[code].area_km2 for code in self.codes]
        values = [Missing.UNKNOWN if size is None else size for size in sizes]
        return [numbers(self.tongue.gettext("面积 km²"), values, self.tongue, digits=1)]

    def used(self, layer: str) -> None:
        edition = self.county.store.current(layer)
        if edition is not None:
            self.learned({layer: edition.id}, demo=edition.holds_demo)

    def learned(self, editions: Mapping[str, str], *, demo: bool) -> None:
        self.editions |= editions
        self.demo |= demo


def or_none(ask: Callable[[], T]) -> T | None:
    """What is not for this viewer, or not there, is a column less."""
    try:
        return ask()
    except GovmapError:
        return None
