"""A link is checked by existence, not by form: the map opens without what is gone, and one line says so (decision 025).

The one place that decides. It knows the register of divisions, the catalogue, the saved scenarios and who looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from layers.county import County
from layers.links import filters, places, questions
from layers.links.parts import LeftOut, Link
from layers.viewer import Viewer

UNCHECKED = ("lang", "v")


@dataclass(frozen=True)
class Checked:
    """``query`` holds what is obeyed; ``bounds`` are of what is selected where the link does not say where the map is."""

    query: str
    left_out: tuple[LeftOut, ...]
    bounds: places.Bounds | None


def check(county: County, viewer: Viewer, theme_id: str, words: Mapping[str, str]) -> Checked | None:
    """What holds of a link to a theme; None for a link that names nothing. Raises UnknownThemeError."""
    theme = county.catalog.theme(theme_id)
    named = {name: word for name, word in words.items() if word and name not in UNCHECKED}
    if not named:
        return None
    link = Link(county, viewer, theme, named)
    places.area(link)
    places.position(link)
    bounds = places.selection(link)
    filters.days(link)
    filters.period(link)
    filters.layers(link)
    filters.fields(link)
    filters.table(link)
    filters.scope(link)
    questions.scenarios(link)
    questions.plan(link)
    if link.words and "v" in words:
        link.words["v"] = words["v"]
    query = urlencode(link.words, safe=",:;~")
    return Checked(query, tuple(link.left_out), None if "at" in link.words else bounds)
