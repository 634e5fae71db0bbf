"""Registers, tallies and sums of the current editions, each worked out once."""

from layers.areas import indicators
from layers.areas.register import Register
from layers.areas.tallies import Tally, tally
from layers.disclosure import Disclosed, Door, RowFilter, Viewer
from layers.disclosure.door import ALL
from layers.disclosure.times import own_period, worked_out
from layers.kept import Kept
from layers.spec import LayerSpec

KEPT = 256


class Keep:
    """What profiles are made from; kept by edition and viewer."""

    def __init__(self, door: Door, *, county_name: str, metric_crs: str) -> None:
        self.door = door
        self._county_name = county_name
        self.metric_crs = metric_crs
        self._kept = Kept(KEPT)

    def register(self) -> Register:
        """The divisions of the current editions."""
        editions = self.door.store.currents()
        place = ("register", *(editions[name].id for name in self.door.divisions.layers if name in editions))

        def make() -> Register:
            return Register(self.door, self.door.county, self._county_name, self.metric_crs)

        return self._kept.get(place, make)

    def tally(
        self, spec: LayerSpec, viewer: Viewer, wanted: RowFilter = ALL
    ) -> tuple[Disclosed, Tally] | None:
        """Tally of the rows that the viewer may see and asks for; None where there are none or only counts."""
        editions = self.door.store.currents()
        if self.door.access(spec, viewer) not in ("exact", "grid") or spec.id not in editions:
            return None
        if wanted.bbox is not None:  # where a map was moved to, which nobody asks for again
            given = self.door.rows(spec.id, viewer, wanted)
            return given, tally(given, self.door.catalog, self.door.county)
        behind = (editions[name].id for name in self.door.sources(spec, viewer) if name in editions)
        given = self.door.rows(spec.id, viewer, wanted)
        place = ("tally", spec.id, viewer.key, wanted, *behind)
        found = self._kept.get(place, lambda: tally(given, self.door.catalog, self.door.county))
        return given, found

    def one(self, given: Disclosed, column: str) -> str | None:
        """``shared`` of all rows of a layer of divisions, which everyone sees whole."""
        return self._kept.get(("one", given.edition.id, column), lambda: shared(given, column))

    def period(self, given: Disclosed) -> str | None:
        """The time that the outlines and the number of a layer of divisions are of."""
        return self._kept.get(("period", given.edition.id), lambda: own_period(given))

    def estimate(self, given: Disclosed) -> bool:
        """Whether figures of a layer of divisions are worked out, not collected."""
        return self._kept.get(("estimate", given.edition.id), lambda: worked_out(given))

    def people(self, given: Disclosed, name: str) -> dict[str, int]:
        """Sums of a field of villages or grids by every prefix of their codes; areas where nothing was
        collected are left out."""
        return self._kept.get(("people", given.edition.id, name), lambda: self._sums(given, name))

    def indicator_totals(
        self, viewer: Viewer
    ) -> tuple[Disclosed, dict[tuple[str, str], indicators.Total]] | None:
        """Totals of every indicator by area, None where there are no values."""
        catalog = self.door.catalog
        if indicators.LAYER not in catalog.layers or self.door.store.current(indicators.LAYER) is None:
            return None
        if self.door.access(catalog.layer(indicators.LAYER), viewer) != "exact":
            return None
        given = self.door.rows(indicators.LAYER, viewer)
        place = ("indicators", given.edition.id, viewer.key)
        return given, self._kept.get(place, lambda: indicators.totals(given, catalog))

    def _sums(self, given: Disclosed, name: str) -> dict[str, int]:
        answer: dict[str, int] = {}
        known = given.rows[["code", name]].dropna()
        for code, value in zip(known["code"], known[name], strict=True):
            for prefix in self.door.divisions.prefixes(code):
                answer[prefix] = answer.get(prefix, 0) + int(value)
        return answer


def shared(given: Disclosed, column: str) -> str | None:
    """The value that all rows share, None when they differ or say nothing."""
    if column not in given.rows.columns:
        return None
    found = given.rows[column].dropna().unique()
    return str(found[0]) if len(found) == 1 else None
