"""Which rows a profile counts: what the map filters by, told layer by layer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from layers.disclosure import RowFilter
from layers.spec import LayerSpec

Conditions = tuple[tuple[tuple[str, tuple[str, ...]], ...], str]
"""Values by field, and a text that is looked for."""


@dataclass(frozen=True)
class Asked:
    """``since`` and ``until`` are inclusive and hold for every layer whose rows have days; ``filters`` by layer."""

    since: date | None = None
    until: date | None = None
    filters: Mapping[str, Conditions] = field(default_factory=dict)

    def of(self, spec: LayerSpec, code: str | None = None) -> RowFilter:
        """What is asked of one layer, in an area where one is named."""
        fields, text = self.filters.get(spec.id, ((), ""))
        timed = spec.time_field is not None
        return RowFilter(
            code=code, since=self.since if timed else None, until=self.until if timed else None,
            fields=fields, text=text,
        )  # fmt: skip


EVERYTHING = Asked()
