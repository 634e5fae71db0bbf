"""Writing one edition so that a crash at any moment leaves the layer whole."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.files.locks import lock
from layers.bands import bands_for
from layers.breaks import breaks_for
from layers.editions.manifest import Edition
from layers.editions.schema import STORED_CRS
from layers.spec import LayerSpec

if TYPE_CHECKING:
    import geopandas as gpd

PART = ".part"
LOCK = ".lock"


@dataclass(frozen=True)
class Draft:
    """What the publisher says about an edition before it is written; ``at`` is ISO 8601 in UTC."""

    source: str
    source_sha256: str
    by: str
    at: str
    demo: bool
    holds_demo: bool
    period: str | None
    findings: dict[str, int]
    mapping: dict[str, str]


def write(folder: Path, spec: LayerSpec, rows: "gpd.GeoDataFrame", draft: Draft) -> Edition:
    """Write the parquet file and its manifest, synced to disk; the pointer is not touched.

    The id covers the rows and what the manifest says of their origin, so an edition never changes under
    its id: writing the same again gives the same files.
    """
    part = folder / f"rows{PART}"
    rows.to_parquet(part, index=False, compression="zstd")
    sha256 = sha256_of(part)
    origin = repr(
        (
            sha256,
            draft.source_sha256,
            draft.demo,
            draft.holds_demo,
            draft.period,
            sorted(draft.mapping.items()),
        )
    )
    edition = Edition(
        id=f"{draft.at[:10].replace('-', '')}-{hashlib.sha256(origin.encode()).hexdigest()[:8]}",
        layer=spec.id,
        rows=len(rows),
        crs=STORED_CRS,
        bounds=_bounds(spec, rows),
        source=draft.source,
        source_sha256=draft.source_sha256,
        published_by=draft.by,
        published_at=draft.at,
        demo=draft.demo,
        holds_demo=draft.holds_demo,
        period=draft.period,
        findings=draft.findings,
        mapping=draft.mapping,
        sha256=sha256,
    )
    if (folder / f"{edition.id}.json").is_file():
        part.unlink()
        return Edition.from_json((folder / f"{edition.id}.json").read_text("utf-8"))
    edition = replace(edition, breaks=breaks_for(spec, rows), screen=bands_for(spec, rows))
    manifest = folder / f"manifest{PART}"
    manifest.write_text(edition.to_json(), "utf-8")
    for file, suffix in ((part, "parquet"), (manifest, "json")):
        _sync(file)
        file.replace(folder / f"{edition.id}.{suffix}")
    _sync(folder)
    return edition


def sweep(folder: Path, known: set[str]) -> list[str]:
    """Remove what crashed publications left: files of editions that the pointer table does not know.

    To be called under the folder's lock. Returns the names removed.
    """
    orphans = [file for file in folder.iterdir() if file.name != LOCK and file.stem not in known]
    for file in orphans:
        file.unlink()
    return sorted(file.name for file in orphans)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One publisher per layer at a time, over processes; the system lets go when a process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as handle:
        while not lock(handle, wait=True):
            continue
        yield


def sha256_of(file: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bounds(spec: LayerSpec, rows: "gpd.GeoDataFrame") -> tuple[float, float, float, float] | None:
    if spec.geometry == "none" or rows.geometry.isna().all():
        return None
    west, south, east, north = (float(edge) for edge in rows.total_bounds)
    return west, south, east, north
