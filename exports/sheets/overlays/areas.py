"""Villages or grids in the classes of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.sheets.ground import Ground
from exports.sheets.strata import Stratum
from layers.disclosure import Viewer
from layers.divisions import Level
from layers.language.tongue import Tongue
from layers.planning.plans import SpotsBy
from layers.symbology import LegendRow

if TYPE_CHECKING:
    from layers.county import County

ORDER = 11.0


@dataclass(frozen=True)
class Divisions:
    """All villages or grids that a viewer may see, and the area of the sheet, in which their strata lie."""

    county: "County"
    viewer: Viewer
    by: SpotsBy
    code: str

    @property
    def level(self) -> Level:
        """Of the divisions."""
        return self.county.divisions.named(self.by)

    def stratum(
        self, section: str, codes: Sequence[str], classes: Any, legend: tuple[LegendRow, ...], tongue: Tongue
    ) -> Stratum:
        """Each of ``codes`` in its class, still of the whole county."""
        given = self.county.door.rows(self.level.layer, self.viewer)
        shapes = dict(zip(given.keys(), self.county.beside(Ground).shapes(given, self.viewer), strict=True))
        names = dict(zip(given.keys(), given.names(), strict=True))
        unit = tongue.of(self.level.unit)
        return Stratum(
            "rates", section, section, "area", ORDER, "governance",
            np.array([shapes.get(code) for code in codes], dtype=object), np.asarray(classes, dtype=np.int64), legend,
            tuple(codes), tuple(tongue.place(names.get(code, "")) for code in codes), unit=unit,
        )  # fmt: skip

    def within(self, stratum: Stratum) -> Stratum:
        """Only what lies in the area of the sheet, or holds it, and has a shape."""
        mine = [code.startswith(self.code) or self.code.startswith(code) for code in stratum.codes]
        return stratum.part(np.array(mine, dtype=bool) & ~shapely.is_missing(stratum.shapes))

    def title(self, tongue: Tongue) -> str:
        return tongue.of(self.level.called)
