"""The index of everything with a name, and looking things up in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.disclosure import Disclosed, Door, Viewer
from layers.disclosure.filters import finest_codes
from layers.divisions import Level
from layers.kept import Kept
from layers.search.spelling import Spelling, bare, spellings
from layers.spec import LayerSpec
from layers.spec import Level as LevelName

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 10
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
NAME, CODE, PINYIN, INITIALS = "name", "code", "pinyin", "initials"
SHORTEST_INSIDE = 2
"""Letters that a spelling must share before a match in the middle of a name counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to find; ``box`` is west, south, east, north in degrees."""

    layer: str
    key: str
    name: str
    lower: str
    area: str
    box: tuple[float, float, float, float] | None
    weight: int
    full: tuple[Spelling, ...]
    initials: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """``rank`` 0 exact, 1 from the start, 2 inside; ``match`` are characters of the name, first and one past."""

    entry: Entry
    rank: int
    by: str
    match: tuple[int, int]
    matched: str


class Search:
    """Finds what the viewer may see; indexes are kept per edition."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self._kept = Kept(LAYERS_KEPT)

    def find(self, text: str, viewer: Viewer) -> list[Hit]:
        """The ten best hits for a text, the best first."""
        wanted = text.strip().lower()
        if not wanted:
            return []
        hits = [hit for entry in self._entries(viewer) if (hit := _match(entry, wanted)) is not None]
        hits.sort(key=lambda hit: (hit.rank, hit.entry.weight, len(hit.entry.name), hit.entry.key))
        return hits[:MOST]

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
    weight = WEIGHTS[level.name] if level else GROUP_WEIGHTS.get(given.spec.group, 6)
    areas = finest_codes(given.spec, given.rows).tolist()
    boxes = _boxes(given).tolist()
    for key, name, area, box in zip(given.keys(), given.names(), areas, boxes, strict=True):
        if name:
            full, initials = spellings(name)
            place = None if box[0] != box[0] else (box[0], box[1], box[2], box[3])
            yield Entry(given.spec.id, key, name, name.lower(), area, place, weight, full, initials)


def _boxes(given: Disclosed) -> "NDArray[np.float64]":
    if "geometry" not in given.rows.columns:
        return np.full((len(given.rows), 4), np.nan)
    return np.round(shapely.bounds(given.rows["geometry"].to_numpy()), 7)


def _match(entry: Entry, wanted: str) -> Hit | None:
    """How an entry answers to a text in lower case; by name first, then code, then spelling."""
    place = entry.lower.find(wanted)
    if place >= 0:
        end = place + len(wanted)
        whole = wanted in (entry.lower, bare(entry.lower))
        return Hit(entry, 0 if whole else 1 if place == 0 else 2, NAME, (place, end), entry.name[place:end])
    if entry.key.lower().startswith(wanted):
        return Hit(entry, 0 if entry.key.lower() == wanted else 1, CODE, (0, 0), entry.key)
    if not wanted.isascii():
        return None
    for by, ways in ((PINYIN, entry.full), (INITIALS, entry.initials)):
        found = _best(entry, ways, wanted, by)
        if found is not None:
            return found
    return None


def _best(entry: Entry, ways: tuple[Spelling, ...], wanted: str, by: str) -> Hit | None:
    best: Hit | None = None
    short = len(bare(entry.name))
    for way in ways:
        place = way.text.find(wanted)
        while place >= 0 and place not in way.starts:
            place = way.text.find(wanted, place + 1)
        if place < 0 or (place > 0 and len(wanted) < SHORTEST_INSIDE):
            continue
        first, last = way.characters(place, place + len(wanted))
        ends = (*way.starts[1:], len(way.text))
        whole = place == 0 and last in (short, len(entry.name)) and place + len(wanted) == ends[last - 1]
        syllables = way.text[way.starts[first] : ends[last - 1]]
        hit = Hit(entry, 0 if whole else 1 if place == 0 else 2, by, (first, last), syllables)
        if best is None or hit.rank < best.rank:
            best = hit
    return best


def to_json(hit: Hit, door: Door, path: list[dict[str, str]], language: str) -> dict[str, Any]:
    """A hit as plain data; ``path`` are the divisions it lies in, the largest first."""
    entry = hit.entry
    box = entry.box
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else (None, None)
    above = [step["name"] for step in path if step["code"] not in (entry.key, door.county)]
    return {
        "type": entry.layer,
        "type_title": door.catalog.layer(entry.layer).title.get(language),
        "layer": entry.layer,
        "key": entry.key,
        "name": entry.name,
        "place": "".join(above) if language == "zh" else " ".join(above),
        "code": entry.area,
        "lon": middle[0],
        "lat": middle[1],
        "bounds": box,
        "match": hit.match,
        "matched": hit.matched,
        "by": hit.by,
    }
