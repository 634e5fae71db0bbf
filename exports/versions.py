"""By which version of drawing and of wording a file was made."""

from collections.abc import Mapping
from types import MappingProxyType

from exports.kept import Kind, Making
from exports.sheets.fingerprints import VERSION as SHEETS
from layers.reports.version import VERSION as REPORTS

VERSIONS: Mapping[Kind, str] = MappingProxyType({"sheet": SHEETS, "atlas": SHEETS, "report": REPORTS})


def earlier(making: Making) -> bool:
    """Whether the same question of the same editions is drawn or worded otherwise today: made again, it is another file."""
    return making.version != VERSIONS[making.kind]
