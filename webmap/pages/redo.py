"""“Change it, then make it”: the address of the map page on which an export was asked for, with its dialog open."""

from collections.abc import Mapping
from urllib.parse import urlencode

from exports.kept import Export
from exports.sheets.atlas.pages import OWN as OF_THE_ATLAS
from layers.catalog import Catalog

OF_THE_DIALOG = frozenset(
    {
        "theme", "report", "paper", "orientation", "scale", "title", "dated", "maker", "number", "parts", "handling", "review_number",
        "confirmed", "reason", *OF_THE_ATLAS,
    }
)  # fmt: skip
"""Words that the dialog reads from the record itself; the others are those of the page."""
FIRST, COVERAGE = "overview", "coverage"


def redo_address(export: Export, catalog: Catalog) -> str | None:
    """Where an export can be changed and made anew; None where its theme is no more."""
    words = export.making.words
    theme = words.get("theme") or (COVERAGE if words.get("report") == COVERAGE else FIRST)
    if theme not in catalog.themes:
        return None
    kept = _of_the_page(words, report="report" in words)
    return f"/map/{theme}?{urlencode({**kept, 'v': '2'}, safe=',:;~')}#export={export.token}"


def _of_the_page(words: Mapping[str, str], *, report: bool) -> dict[str, str]:
    left_out = OF_THE_DIALOG | ({"period", "lang"} if report else set())
    return {name: word for name, word in words.items() if name not in left_out}
