"""Which rows a profile counts: what the map filters by, told layer by layer, and the extent of the map where that alone counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from layers.disclosure import RowFilter
from layers.spec import LayerSpec

Conditions = tuple[tuple[tuple[str, tuple[str, ...]], ...], str]
"""Values by field, and a text that is looked for."""


@dataclass(frozen=True)
class Asked:
    """``since`` and ``until`` are inclusive and hold for every layer whose rows have days; ``filters`` by layer; ``bbox`` is
    west, south, east, north in degrees and holds for every layer whose rows have a place."""

    since: date | None = None
    until: date | None = None
    filters: Mapping[str, Conditions] = field(default_factory=dict)
    bbox: tuple[float, float, float, float] | None = None

    def of(self, spec: LayerSpec, code: str | None = None) -> RowFilter:
        """What is asked of one layer, in an area where one is named."""
        fields, text = self.filters.get(spec.id, ((), ""))
        timed = spec.time_field is not None
        return RowFilter(
            code=code, since=self.since if timed else None, until=self.until if timed else None,
            fields=fields, text=text, bbox=self.bbox if spec.geometry != "none" else None,
        )  # fmt: skip


EVERYTHING = Asked()
