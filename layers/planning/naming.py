"""Places in sentences: the first few of them, told by the rule of names in every language."""

from collections.abc import Iterable

from geo.amounts import SHOWN
from geo.phrases import Phrase, PlaceName, listing, say
from layers.catalog import Catalog
from layers.language.english import kinds_of
from layers.spec import Text


def settlement(name: str) -> PlaceName:
    """The name of a village or of a place in it: 第二居民点 behind its village."""
    return PlaceName.of(name, kinds_of(Text(zh="居民点", en="Settlements"), ()))


def facility(name: str, catalog: Catalog, layer: str) -> PlaceName:
    """The name of a row of a layer; one of no layer, such as a proposed centre, is a place."""
    if layer not in catalog.layers:
        return settlement(name)
    spec = catalog.layer(layer)
    return PlaceName.of(name, kinds_of(spec.title, spec.also))


def first_of(names: Iterable[PlaceName]) -> Phrase:
    """The first few in a row, and that there are more."""
    every = tuple(names)
    first = listing(every[:SHOWN])
    return say("{names}……", names=first) if len(every) > SHOWN else first


def place_title(village: str, name: str) -> PlaceName:
    """A place under the name of its village, which is said once."""
    return settlement(name if name.startswith(village) else f"{village}·{name}")
