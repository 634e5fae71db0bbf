"""Names on the map: where each is printed, in millimetres on the page. Knows no layer and no file."""

from exports.sheets.labels.name import Dropped, Name, Placement, Plate
from exports.sheets.labels.placing import place

__all__ = ["Dropped", "Name", "Placement", "Plate", "place"]
