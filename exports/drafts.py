"""Reports that were looked at before they were asked for: the picture of the first page, and the file to take away.

A report is worked out once: whoever looks at it and then wants it gets the file that was made for the look. Drafts lie
under ``GOVMAP_HOME/exports/drafts``, each called by all that decides what it says, and go when newer ones come.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from exports.kept import FOLDER, Making
from exports.versions import VERSIONS
from geo.writing import write_files

if TYPE_CHECKING:
    from layers.county import County
    from layers.disclosure import Viewer
    from layers.reports import ReportPlan

DRAFTS = "drafts"
MOST = 24
"""Drafts kept: each a picture and a file or two."""


def draft_name(county: "County", viewer: "Viewer", plan: "ReportPlan", made_on: date) -> str:
    """What the draft of a plan is called: another viewer, day, edition, setting or version makes it another draft."""
    editions = sorted((layer, edition.id) for layer, edition in county.store.currents().items())
    parts = [viewer.key, plan.key, made_on.isoformat(), editions, dict(VERSIONS), county.digest]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


class Drafts:
    """The drafts of one GOVMAP_HOME."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER / DRAFTS

    def picture(self, name: str) -> bytes | None:
        """The first page as PNG, None where it was not made."""
        return self._read(f"{name}.png")

    def file(self, name: str, format: str) -> tuple[Making, bytes] | None:
        """The whole in a format with the record of how it was made, None where it was not made."""
        record, body = self._read(f"{name}.{format}.json"), self._read(f"{name}.{format}")
        if record is None or body is None:
            return None
        return Making.from_json(record.decode()), body

    def small(self, name: str) -> bytes | None:
        """The same for a list."""
        return self._read(f"{name}.thumb.png")

    def keep(self, name: str, pictures: tuple[bytes, bytes], making: Making, body: bytes) -> None:
        """Keep a draft with the picture of its first page and a small one; the oldest give way.

        Raises:
            DiskFullError, FileUnwritableError: nothing of it is left.
        """
        files: Mapping[str, bytes] = {
            f"{name}.png": pictures[0],
            f"{name}.thumb.png": pictures[1],
            f"{name}.{making.format}": body,
            f"{name}.{making.format}.json": making.to_json().encode(),
        }
        write_files({self._folder / file: content for file, content in files.items()})
        self._sweep()

    def _read(self, file: str) -> bytes | None:
        try:
            return (self._folder / file).read_bytes()
        except FileNotFoundError:
            return None

    def _sweep(self) -> None:
        """Remove what is older than the newest drafts; another process may be at it too."""
        ages: dict[str, float] = {}
        for file in self._folder.iterdir():
            with suppress(FileNotFoundError):
                ages[_of(file)] = max(ages.get(_of(file), 0.0), file.stat().st_mtime)
        old = set(sorted(ages, key=lambda name: -ages[name])[MOST:])
        for file in list(self._folder.iterdir()):
            if _of(file) in old:
                file.unlink(missing_ok=True)


def kept_drafts(county: "County") -> Drafts:
    """The drafts of a county; for ``county.beside``."""
    return Drafts(county.store.home)


def _of(file: Path) -> str:
    return file.name.lstrip(".").partition(".")[0]
