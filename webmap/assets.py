"""Browser files of our own origin: ``python -m webmap.assets`` copies the pinned libraries out of ``node_modules``.

Every file under ``static`` is reached through an address that holds a digest of all of them, so a browser keeps them
for ever, and a module finds its neighbours under the same digest without knowing it.
"""

import hashlib
import re
import shutil
import sys
import time
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
NODE = ROOT / "node_modules"
STATIC = Path(__file__).parent / "static"
VENDOR = STATIC / "vendor"
PREFIX = "/static/"
LOOK_EVERY_S = 3
ENTRIES = ("painter.js", "main.js")
IMPORT = re.compile(r'^(?:import|export)\b[^"]*"\./([\w.-]+\.js)"', re.MULTILINE)

FILES = {
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "leaflet.fullscreen/fullscreen.js": "leaflet.fullscreen/Control.FullScreen.js",
    "leaflet.fullscreen/LICENSE": "leaflet.fullscreen/LICENSE",
    "leaflet.locatecontrol/locate.js": "leaflet.locatecontrol/dist/L.Control.Locate.min.js",
    "leaflet.locatecontrol/LICENSE": "leaflet.locatecontrol/LICENSE",
    "supercluster/supercluster.js": "supercluster/index.js",
    "supercluster/LICENSE": "supercluster/LICENSE",
    "kdbush/kdbush.js": "kdbush/index.js",
    "kdbush/LICENSE": "kdbush/LICENSE",
}
"""File under ``static/vendor`` → file under ``node_modules``."""
SOURCE_MAP = re.compile(r"^//[#@] sourceMappingURL=.*$", re.MULTILINE)
BARE_IMPORT = re.compile(r"from 'kdbush'")
# Leaflet's stylesheet names three pictures for controls and markers that we do not use.
PICTURE = re.compile(r"\s*background-image:\s*url\(images/[^)]*\);")


def copy(source: Path = NODE, target: Path = VENDOR) -> list[Path]:
    """Write the libraries into ``target``, replacing what is there.

    Raises:
        FileNotFoundError: a library is missing; the message says how to get it.
    """
    missing = [name for name in FILES.values() if not (source / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{missing[0]} is not under {source}: run npm ci first")
    if target.is_dir():
        shutil.rmtree(target)
    written = []
    for name, origin in FILES.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_for_our_origin((source / origin).read_text("utf-8"), place.suffix), "utf-8")
        written.append(place)
    return written


def _for_our_origin(text: str, suffix: str) -> str:
    """Without addresses that would be asked for in vain or need a bundler."""
    if suffix == ".css":
        return PICTURE.sub("", text)
    if suffix == ".js":
        return BARE_IMPORT.sub("from '../kdbush/kdbush.js'", SOURCE_MAP.sub("", text))
    return text


def version() -> str:
    """Eight hex digits over all files under ``static``.

    Their times are looked at once in a while, so an edit shows without a restart; they are read only after one.
    """
    return _version(int(time.monotonic() / LOOK_EVERY_S))


@lru_cache(maxsize=1)
def _version(_moment: int) -> str:
    return _digest(
        tuple(sorted((path, path.stat().st_mtime_ns) for path in STATIC.rglob("*") if path.is_file()))
    )


@lru_cache(maxsize=2)
def _digest(files: tuple[tuple[Path, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _ in files:
        digest.update(path.relative_to(STATIC).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def modules() -> tuple[str, ...]:
    """Addresses of the page's modules: the entries and all they import, directly or through others."""
    return tuple(url(f"js/{name}") for name in _modules(version()))


@lru_cache(maxsize=2)
def _modules(_version: str) -> tuple[str, ...]:
    found = list(ENTRIES)
    for name in found:
        text = (STATIC / "js" / name).read_text("utf-8")
        found += [other for other in dict.fromkeys(IMPORT.findall(text)) if other not in found]
    return tuple(found)


def url(name: str) -> str:
    """The address of a file under ``static``, to be kept for ever."""
    return f"{PREFIX}{version()}/{name}"


if __name__ == "__main__":
    try:
        for place in copy():
            sys.stdout.write(f"{place.relative_to(ROOT)}\n")
    except FileNotFoundError as error:
        sys.exit(f"error[assets-missing]: {error}")
