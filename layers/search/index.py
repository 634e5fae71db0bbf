"""The index of everything with a name, and looking things up in it."""

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.disclosure import Disclosed, Door, Viewer
from layers.disclosure.filters import finest_codes
from layers.divisions import Level
from layers.kept import Kept
from layers.language.english import facility_name, kinds_of, place_name
from layers.language.order import name_key
from layers.language.readings import fold, readings
from layers.search.matching import Entry, Hit, Wanted
from layers.search.places import Asked, Places, kind_words
from layers.search.spelling import spellings
from layers.spec import LayerSpec
from layers.spec import Level as LevelName

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 10
BETWEEN = re.compile(r"[\s，。、；：,;:/·•]+")
"""What people put between words."""
TONE = re.compile("[\u0300-\u036f'’`]")
MAX_ROWS = 20_000
"""Layers with more rows hold parcels or cells, which nobody looks up by name."""
LAYERS_KEPT = 128
WEIGHTS: dict[LevelName, int] = {"prefecture": 0, "county": 0, "township": 1, "village": 2, "grid": 4}
GROUP_WEIGHTS = {
    "services": 3,
    "governance": 3,
    "organisations": 3,
    "environment": 3,
    "base": 5,
    "industry": 6,
}


class Search:
    """Finds what the viewer may see; indexes are kept per edition."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self._kept = Kept(LAYERS_KEPT)

    def find(self, text: str, viewer: Viewer) -> list[Hit]:
        """The ten best hits for a text, the best first; see ``count``."""
        return self.count(text, viewer)[0]

    def count(self, text: str, viewer: Viewer) -> tuple[list[Hit], int]:
        """The ten best hits for a text, the best first, and how many there are: every word of it is in a name, in the names of
        what that lies in, or is the word for its kind. Where nothing is written so, words between other marks than blanks
        (荣河镇，荣河村), then what sounds so (榮河鎮 as 荣河镇)."""
        written = fold(text)
        words = " ".join(BETWEEN.split(_unaccented(written))).strip()
        for wanted in dict.fromkeys((written, words, "" if words.isascii() else _sound(words))):
            found = self._answers(wanted, viewer) if wanted else []
            if found:
                return found[:MOST], len(found)
        return [], 0

    def _answers(self, wanted: str, viewer: Viewer) -> list[Hit]:
        asked = Wanted(wanted.split(), Asked(self._places()))
        hits = [hit for entry in self._entries(viewer) if (hit := asked.hit(entry)) is not None]
        hits.sort(
            key=lambda hit: (
                hit.rank,
                hit.beside,
                -hit.kinds,
                hit.entry.weight,
                len(hit.entry.name),
                hit.entry.order,
                hit.entry.key,
            )
        )
        return hits

    def _places(self) -> Places:
        editions = self.door.store.currents()
        behind = [editions[level.layer].id for level in self.door.divisions if level.layer in editions]
        return self._kept.get(
            ("places", *behind), lambda: Places(self.door.area_names(), self.door.divisions)
        )

    def within(self, code: str, viewer: Viewer) -> list[Entry]:
        """Everything with a name in a division that the viewer may see, by weight and key."""
        found = [entry for entry in self._entries(viewer) if entry.area.startswith(code)]
        return sorted(found, key=lambda entry: (entry.weight, entry.key))

    def _entries(self, viewer: Viewer) -> Iterator[Entry]:
        editions = self.door.store.currents()
        for spec in self.door.catalog:
            edition = editions.get(spec.id)
            searchable = edition is not None and edition.rows <= MAX_ROWS and spec.group != "indicators"
            if searchable and self.door.access(spec, viewer) in ("exact", "grid"):
                yield from self._of_layer(spec, viewer)

    def _of_layer(self, spec: LayerSpec, viewer: Viewer) -> list[Entry]:
        editions = self.door.store.currents()
        behind = [editions[name].id for name in self.door.sources(spec, viewer) if name in editions]
        place = (spec.id, "" if _same_for_all(spec) else viewer.key, *behind)
        level = self.door.divisions.of_layer(spec.id)
        return self._kept.get(place, lambda: list(_index(self.door.rows(spec.id, viewer), level)))


def _same_for_all(spec: LayerSpec) -> bool:
    """Whether every viewer sees the same names, so that one index serves all."""
    names = [field for field in spec.fields if field.name in (spec.popup.title, spec.key, "name")]
    return spec.access.public == "exact" and all(field.sensitivity == "public" for field in names)


def _index(given: Disclosed, level: Level | None) -> Iterator[Entry]:
    kinds = kind_words(given.spec)
    weight = WEIGHTS[level.name] if level else GROUP_WEIGHTS.get(given.spec.group, 6)
    areas = finest_codes(given.spec, given.rows).tolist()
    boxes = _boxes(given).tolist()
    for key, name, area, box in zip(given.keys(), given.names(), areas, boxes, strict=True):
        if name:
            full, initials = spellings(name)
            place = None if box[0] != box[0] else (box[0], box[1], box[2], box[3])
            yield Entry(
                given.spec.id,
                key,
                name,
                folded(name),
                name_key(name),
                kinds,
                area,
                place,
                weight,
                full,
                initials,
            )


def _boxes(given: Disclosed) -> "NDArray[np.float64]":
    if "geometry" not in given.rows.columns:
        return np.full((len(given.rows), 4), np.nan)
    return np.round(shapely.bounds(given.rows["geometry"].to_numpy()), 7)


def folded(name: str) -> str:
    """A name as it is compared, one character for each of its own, so that a match can be shown in it."""
    return "".join(letter if len(letter) == 1 else own for own in name if (letter := fold(own) or own))


def _unaccented(text: str) -> str:
    """Pinyin without tones and apostrophes: rónghé and rong'he as ronghe."""
    apart = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in apart if not TONE.match(letter))
    return unicodedata.normalize("NFC", plain)


def _sound(wanted: str) -> str:
    """The words of a text in pinyin."""
    return " ".join("".join(readings(letter)[0] for letter in word) for word in wanted.split())


def to_json(hit: Hit, door: Door, path: list[dict[str, str]], language: str) -> dict[str, Any]:
    """A hit as plain data; ``path`` are the divisions it lies in, the largest first."""
    entry = hit.entry
    box = entry.box
    spec = door.catalog.layer(entry.layer)
    if entry.layer in door.divisions.layers:
        name = place_name(entry.name, language)
    elif spec.group == "governance":
        name = entry.name
    else:
        name = facility_name(entry.name, kinds_of(spec.title, spec.also), language)
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else (None, None)
    above = [step["name"] for step in path if step["code"] not in (entry.key, door.county)]
    return {
        "type": entry.layer,
        "type_title": spec.title.get(language),
        "layer": entry.layer,
        "key": entry.key,
        "name": name,
        "place": "".join(above)
        if language == "zh"
        else ", ".join(place_name(name, language) for name in reversed(above)),
        "code": entry.area,
        "lon": middle[0],
        "lat": middle[1],
        "bounds": box,
        "match": hit.match if name == entry.name else (0, 0),
        "matched": hit.matched,
        "by": hit.by,
    }
