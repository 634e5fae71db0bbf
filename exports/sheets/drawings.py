"""Sheets drawn lately: a preview, the questions about it and the file that follows are one drawing."""

import threading
from datetime import date
from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from layers.kept import Kept

if TYPE_CHECKING:
    from exports.sheets.drawing import Drawing
    from exports.sheets.plan import SheetPlan
    from layers.county import County

MOST = 8
"""Drawings kept; a sheet with 20,000 cells takes some ten megabytes."""


class Drawings:
    """The latest drawings of one process; one is drawn at a time, so that memory stays bounded."""

    def __init__(self, county: "County") -> None:
        self._county = county
        self._drawn = Kept(MOST)
        self._lock = threading.Lock()

    def drawing(
        self,
        viewer: Viewer,
        plan: "SheetPlan",
        *,
        made_on: date,
        number: tuple[int, int] | None = None,
        empty: bool = False,
    ) -> "Drawing":
        """The sheet of a plan as a viewer gets it; ``number`` makes it a page of an atlas (n, of how many); ``empty`` as of
        ``exports.sheets.draw.draw``.

        Raises what ``exports.sheets.draw.draw`` raises.
        """
        from exports.sheets.draw import draw
        from exports.sheets.drawing import Drawing

        editions = tuple(edition.id for edition in self._county.store.currents().values())
        place = (viewer.key, plan.key, made_on, number, empty, editions, self._county.digest)

        def _make() -> Drawing:
            with self._lock:
                return Drawing(draw(self._county, viewer, plan, made_on=made_on, number=number, empty=empty))

        return self._drawn.get(place, _make)
