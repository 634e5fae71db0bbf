"""Browser files of our own origin: ``python -m webmap.assets`` copies the pinned libraries out of ``node_modules`` and
joins our modules into one file.

Where the joined file is missing or older than a module, the modules are given out as they stand: an edit shows at
once, and nothing depends on the joining but the number of requests.

Every file under ``static`` is reached through an address that holds a digest of all of them, so a browser keeps them
for ever, and a module finds its neighbours under the same digest without knowing it.
"""

import hashlib
import re
import shutil
import subprocess
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
JOINED = "vendor/app/app.js"
SOURCES = VENDOR / "app" / "sources"
"""Holds the digest of the modules that were joined."""
JOINER = "@esbuild/*/bin/esbuild*"
JOINER_ON_WINDOWS = "@esbuild/*/esbuild.exe"
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


def join(source: Path = NODE) -> Path | None:
    """Join the modules of the page into one small file; None where the joiner does not run on this machine."""
    found = [*source.glob(JOINER), *source.glob(JOINER_ON_WINDOWS)]
    if not found:
        return None
    place = STATIC / JOINED
    place.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f'import "{(STATIC / "js" / name).as_posix()}";' for name in ENTRIES)
    options = ["--bundle", "--format=esm", "--minify", "--target=es2022", f"--outfile={place}"]
    options += [f"--external:{VENDOR.as_posix()}/*", "--legal-comments=none", "--log-level=warning"]
    subprocess.run([found[0], *options], input=text.encode(), cwd=STATIC, check=True)
    SOURCES.write_text(_sources(read_modules()), "utf-8")
    return place


def modules() -> tuple[str, ...]:
    """Addresses of the page's modules: the entries and all they import, directly or through others."""
    return tuple(dict.fromkeys(url(f"js/{name}") for name in _modules(version())[0]))


def url(name: str) -> str:
    """The address of a file under ``static``, to be kept for ever; of a module that was joined, the joined file's."""
    now = version()
    names, joined = _modules(now)
    if joined and name.startswith("js/") and name[3:] in names:
        name = JOINED
    return f"{PREFIX}{now}/{name}"


def read_modules() -> dict[str, str]:
    """Text of the page's modules by name, in the order in which they are found."""
    texts: dict[str, str] = {}
    wanted = list(ENTRIES)
    for name in wanted:
        texts[name] = (STATIC / "js" / name).read_text("utf-8")
        wanted += [other for other in dict.fromkeys(IMPORT.findall(texts[name])) if other not in wanted]
    return texts


@lru_cache(maxsize=2)
def _modules(_version: str) -> tuple[tuple[str, ...], bool]:
    """Names of the modules, and whether the joined file was made of just these."""
    texts = read_modules()
    fresh = (
        (STATIC / JOINED).is_file() and SOURCES.is_file() and SOURCES.read_text("utf-8") == _sources(texts)
    )
    return tuple(texts), fresh


def _sources(texts: dict[str, str]) -> str:
    return hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in texts.items()).encode()).hexdigest()


if __name__ == "__main__":
    try:
        for place in [*copy(), join()]:
            if place is not None:
                sys.stdout.write(f"{place.relative_to(ROOT)}\n")
    except FileNotFoundError as error:
        sys.exit(f"error[assets-missing]: {error}")
