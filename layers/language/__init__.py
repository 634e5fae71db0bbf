"""Chinese first, English beside it: words in one language, the catalogue read straight from ``.po``.

The Chinese text in the source is the message id, so Chinese needs no catalogue and a missing English entry shows
Chinese rather than nothing (``tests/webmap/test_translations.py`` forbids that). There is no compile step.
"""

from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from geo.phrases import Phrase, PlaceName
from layers.language.english import facility_name
from layers.language.numbers import English
from layers.spec import Language, Text

LANGUAGES: tuple[Language, ...] = ("zh", "en")
HERE = Path(__file__).parent


def N_(text: str) -> str:  # noqa: N802
    """Marks a message that is translated later."""
    return text


def told(value: object, wanted: str) -> object:
    """A phrase, a label or the name of a place in one language; anything else as it is."""
    if isinstance(value, Text):
        return value.get(wanted)
    if isinstance(value, PlaceName):
        return facility_name(value, value.kinds, wanted)
    if not isinstance(value, Phrase) or wanted == "zh":
        return value
    return value.told(lambda text: translated(text, wanted), lambda other: told(other, wanted))


def translated(text: str, wanted: str) -> str:
    """A message in one language; its own id is the Chinese one."""
    message = None if wanted == "zh" else read_catalog(wanted).get(text)
    return English(message.string) if message is not None and message.string else text


@lru_cache(maxsize=4)
def read_catalog(wanted: str) -> Catalog:
    """The catalogue of one language; empty for Chinese."""
    path = HERE / wanted / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, locale=wanted)
