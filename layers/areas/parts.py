"""What a profile is made of: figures and what stands beside them. ``to_json`` says it in one language, for the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from layers.areas.cases import Cases
from layers.areas.figures import Figure
from layers.areas.register import Area
from layers.disclosure.amounts import Amount
from layers.extent import Span
from layers.language.tongue import Tongue
from layers.spec import CodeList, IndicatorSpec, LayerSpec
from layers.symbology import LegendRow


@dataclass(frozen=True)
class Facility:
    """How many rows of a layer lie in an area, by the edition named: ``count`` of those asked for out of ``total`` of the
    same time. Both are None where the area is not within what the viewer may see; ``partial`` says that only a part of it is.
    ``span`` are the days of the rows, where they have any; ``period`` is what the edition is of.
    """

    spec: LayerSpec
    count: int | None
    total: int | None
    edition: str
    state: Literal["value", "forbidden"] = "value"
    partial: bool = False
    period: str | None = None
    span: Span | None = None

    def to_json(self, language: str) -> dict[str, Any]:
        tongue = Tongue("en" if language.startswith("en") else "zh")
        return {
            "layer": self.spec.id,
            "title": self.spec.title.get(language),
            "group": self.spec.group,
            "count": self.count,
            "total": self.total,
            "state": self.state,
            "partial": self.partial,
            "unit": self.spec.count_unit.get(language),
            "when": tongue.span(*self.span) if self.span else tongue.period(self.period or ""),
            "edition": self.edition,
        }


@dataclass(frozen=True)
class Grown:
    """One class of a layer of parcels: their size together (亩) as a figure, what it is the sum of, and its look."""

    figure: Figure
    amount: Amount
    look: LegendRow

    @property
    def rows(self) -> int:
        return self.amount.rows

    def to_json(self, language: str) -> dict[str, Any]:
        given = self.figure.to_json(language)
        return {
            "layer": given["layer"],
            "class": self.look.index,
            "label": given["label"],
            "value": given["value"],
            "unit": given["unit"],
            "rows": self.rows,
            "reported": self.amount.reported,
            "twins": self.amount.twins,
            "method": given["method"],
            "period": given["period"],
            "source": given["source"],
            "edition": given["edition"],
            "paint": self.look.paint.model_dump(mode="json", exclude_none=True),
        }


@dataclass(frozen=True)
class Indicator:
    """A figure of an indicator; ``choices`` are rows by item of the list ``codes``, where it chooses from one.

    ``of_county``: the area is the county, for which the other denominators of the definition hold.
    """

    definition: IndicatorSpec
    figure: Figure
    choices: Mapping[str, int]
    codes: CodeList | None
    of_county: bool

    def to_json(self, language: str) -> dict[str, Any]:
        item, definition = self.figure.to_json(language), self.definition
        item["family"] = definition.family.get(language) if definition.family else None
        item["meaning"] = definition.meaning.get(language)
        item["rollup"] = definition.rollup
        if self.choices and self.codes is not None:
            item["choices"] = [
                {"value": value, "title": self.codes.title_of(value, language), "count": count}
                for value, count in sorted(self.choices.items(), key=lambda pair: -pair[1])
            ]
        if definition.denominators and self.of_county:
            item["denominators"] = [
                {
                    "value": other.value,
                    "title": other.title.get(language),
                    "share": (self.figure.numerator or 0) / other.value,
                }
                for other in definition.denominators
            ]
        return item


@dataclass(frozen=True)
class Child:
    """A division right below, its people by field (None: villages do not say), and how many lie below it."""

    area: Area
    villages: int | None
    grids: int | None
    people: Mapping[str, Figure | None]

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.area.code,
            "name": self.area.name,
            "level": self.area.level,
            "area_km2": self.area.area_km2,
            "villages": self.villages,
            "grids": self.grids,
            **{name: figure.value if figure else None for name, figure in self.people.items()},
        }


@dataclass(frozen=True)
class Profile:
    """Everything that a viewer may know about one area. Shares are 0–1; ``services`` are villages (townships) with
    at least one; ``industry`` stands largest first; ``disputes`` is None where the county keeps none.
    """

    area: Area
    parents: tuple[Area, ...]
    figures: tuple[Figure, ...]
    services: tuple[Figure, ...]
    facilities: tuple[Facility, ...]
    industry: tuple[Grown, ...]
    disputes: Cases | None
    indicators: tuple[Indicator, ...]
    children: tuple[Child, ...]

    def to_json(self, language: str) -> dict[str, Any]:
        """The document of ``/api/areas/<code>``."""
        area = self.area
        return {
            "code": area.code,
            "name": area.name,
            "level": area.level,
            "layer": area.layer,
            "parents": [{"code": up.code, "name": up.name, "level": up.level} for up in self.parents],
            "bounds": area.bounds,
            "figures": [figure.to_json(language) for figure in self.figures],
            "services": [figure.to_json(language) for figure in self.services],
            "facilities": [facility.to_json(language) for facility in self.facilities],
            "industry": [grown.to_json(language) for grown in self.industry],
            "disputes": None if self.disputes is None else self.disputes.to_json(language),
            "indicators": [indicator.to_json(language) for indicator in self.indicators],
            "children": [child.to_json() for child in self.children],
        }
