"""Names of places in an answer in English: each exactly as register and layers have it, from the one rule for such names."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from geo.phrases import PlaceName
from layers.editions.manifest import KNOWN
from layers.language import told, translated
from layers.language.english import facility_name, kinds_of, place_name
from layers.spec import LayerSpec

if TYPE_CHECKING:
    from layers.county import County

KEPT = frozenset(
    {"key", "keys", "code", "value", "q", "matched", "geom", "label", "cls", "n", "values", "paint"}
    | {"unit", "amount_unit", "rate_unit"}
)
"""Members without names: by them rows are found, which stay as they are stored, or they are long lists of numbers; and units,
which the browser translates."""
WORDS = frozenset({"divisions", "governance", "indicators"})
"""Groups whose rows are no places with a name: divisions are those of the register, of records people wrote the words."""
INDICATORS = "indicators"
FIGURE = ("name", "area_code", "indicator")
MOST_ROWS = 20_000
"""Layers with more rows hold parcels or cells, which have no names of their own."""


class PlaceNames:
    """What the county's places are called in English, by their names and by the path of names to them."""

    def __init__(self, county: "County") -> None:
        self._county = county
        self._made: tuple[tuple[str, ...], Mapping[str, str]] | None = None

    def known(self) -> Mapping[str, str]:
        """Chinese name → English, of the editions that are current."""
        editions = self._county.store.currents()
        layers = (*self._county.divisions.layers, *(spec.id for spec in self._named()), INDICATORS)
        behind = tuple(editions[layer].id for layer in layers if layer in editions)
        if self._made is None or self._made[0] != behind:
            self._made = (behind, self._facilities() | self._names() | self._figures())
        return self._made[1]

    def _named(self) -> Iterator[LayerSpec]:
        """Layers whose rows have names."""
        editions = self._county.store.currents()
        for spec in self._county.catalog.layers.values():
            edition = editions.get(spec.id)
            if edition is not None and spec.group not in WORDS and edition.rows <= MOST_ROWS:
                yield spec

    def _facilities(self) -> dict[str, str]:
        return {
            name: facility_name(name, kinds_of(spec.title, spec.also), "en")
            for spec in self._named()
            for name in self._county.store.column(spec.id, spec.popup.title or "name")
        }

    def _names(self) -> dict[str, str]:
        areas = self._county.areas.register().areas
        found: dict[str, str] = {}
        for area in areas.values():
            above = [areas[code] for code in self._county.divisions.prefixes(area.code)[1:] if code in areas]
            found["".join(one.name for one in above)] = ", ".join(
                place_name(one.name, "en") for one in reversed(above)
            )
            found[area.name] = place_name(area.name, "en")
        found.pop("", None)
        return found

    def _figures(self) -> dict[str, str]:
        """What rows of the indicators are called: 新城村美丽乡村建成, of which unit and whose they are."""
        county, found = self._county, {source.zh: source.en for source in KNOWN}
        if INDICATORS not in county.store.currents():
            return found
        areas = county.areas.register().areas
        for name, code, indicator in zip(
            *(county.store.column(INDICATORS, one) for one in FIGURE), strict=True
        ):
            area, spec = areas.get(code), county.catalog.indicators.get(indicator)
            if area is not None and spec is not None and name == f"{area.name}{spec.title.zh}":
                found[name] = f"{place_name(area.name, 'en')}: {spec.title.en}"
        units = {spec.unit for spec in county.catalog.indicators.values()}
        return found | {unit: translated(unit, "en") for unit in units if unit}


def named(document: Any, known: Mapping[str, str]) -> Any:
    """The document with every text that is the name of a place in English."""
    if isinstance(document, PlaceName):
        return known.get(document) or told(document, "en")
    if isinstance(document, str):
        return known.get(document, document)
    if isinstance(document, dict):
        return {name: one if name in KEPT else named(one, known) for name, one in document.items()}
    if isinstance(document, (list, tuple)):
        return [named(one, known) for one in document]
    return document
