"""Browser files of our own origin: ``python -m webmap.front.assets`` copies the pinned libraries out of ``node_modules`` and
joins our modules and sheets into few files with esbuild. The fonts of the map sheets come the same way.

Where the built files are missing or older than a source, the sources are given out as they stand: an edit shows at once,
and nothing depends on the joining but the number of requests.

Scripts and sheets are compressed with Brotli too when they are written: a seventh less for a slow line, and too much work for a
request. Browsers take that from HTTPS and from their own machine.

Every file under ``static`` is reached through an address that holds a digest of all of them, so a browser keeps them
for ever, and a module finds its neighbours under the same digest without knowing it.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from exports.typefaces import FONTS, SERIF

ROOT = Path(__file__).parents[2]
NODE = ROOT / "node_modules"
STATIC = ROOT / "webmap" / "static"
VENDOR = STATIC / "vendor"
PREFIX = "/static/"
LOOK_EVERY_S = 3
BUILDER = "@esbuild/*/bin/esbuild*"
BUILDER_ON_WINDOWS = "@esbuild/*/esbuild.exe"
BUILT = VENDOR / "app"
META = BUILT / ".meta.json"
"""What esbuild says of its work: which file came from which sources, and which asks for which."""
SHARED = BUILT / ".shared.js"
"""Asks for each module that the map shares with another entry."""
SOURCES = BUILT / ".sources"
"""Digest of the sources at that time, so an edit is noticed."""
ENTRIES = ("js/main.js", "js/exports.js", "js/downloads.js", "css/app.css")
"""Where pages start; what a module asks for later by ``import()`` is found by esbuild."""

Outputs = dict[str, dict[str, Any]]

FILES: dict[str, str | tuple[str, ...]] = {
    "leaflet/map.js": (
        "leaflet/dist/leaflet.js",
        "leaflet.fullscreen/Control.FullScreen.js",
        "leaflet.locatecontrol/dist/L.Control.Locate.min.js",
    ),
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "leaflet.fullscreen/LICENSE": "leaflet.fullscreen/LICENSE",
    "leaflet.locatecontrol/LICENSE": "leaflet.locatecontrol/LICENSE",
    "supercluster/supercluster.js": "supercluster/index.js",
    "supercluster/LICENSE": "supercluster/LICENSE",
    "kdbush/kdbush.js": "kdbush/index.js",
    "kdbush/LICENSE": "kdbush/LICENSE",
}
"""File under ``static/vendor`` → file under ``node_modules``, or several, joined: what every map needs is one answer."""
FONT_FILES = {
    "NotoSansSC-Regular.ttf": "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC-Bold.ttf": "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "LICENSE": "@expo-google-fonts/noto-sans-sc/LICENSE_FONT",
    "LXGWWenKai-Light.ttf": "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-300-normal.woff",
    "LXGWWenKai-Regular.ttf": "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff",
    "LICENSE.LXGWWenKai": "@fontsource/lxgw-wenkai/LICENSE",
}
"""File under ``vendor/fonts`` → file under ``node_modules``: of sheets Noto Sans SC, of reports the others too."""
SOURCE_MAP = re.compile(r"^//[#@] sourceMappingURL=.*$", re.MULTILINE)
BROTLI = ".br"
"""Ends the name of a file's compressed form, beside it."""
UNCHECKED = "// @ts-nocheck\n"
"""What the checker of our modules reads first of a library that one of them asks for: it is not ours to check."""
BARE_IMPORT = re.compile(r"from 'kdbush'")
# Leaflet's stylesheet names three pictures for controls and markers that we do not use.
PICTURE = re.compile(r"\s*background-image:\s*url\(images/[^)]*\);")


def copy(source: Path = NODE, target: Path = VENDOR) -> list[Path]:
    """Write the libraries into ``target``, replacing what is there.

    Raises:
        FileNotFoundError: a library is missing; the message says how to get it.
    """
    parts = {name: (origin,) if isinstance(origin, str) else origin for name, origin in FILES.items()}
    _demand((part for origin in parts.values() for part in origin), source)
    if target.is_dir():
        shutil.rmtree(target)
    written = []
    for name, origin in parts.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        texts = (_for_our_origin((source / part).read_text("utf-8"), place.suffix) for part in origin)
        place.write_text("\n".join(texts), "utf-8")
        _press(place)
        written.append(place)
    return written


def _press(place: Path) -> None:
    import brotli

    if place.suffix in (".js", ".css"):
        place.with_name(place.name + BROTLI).write_bytes(brotli.compress(place.read_bytes()))


def copy_fonts(source: Path = NODE, target: Path = FONTS) -> list[Path]:
    """Write the typefaces of sheets and reports and their licences into ``target``: the same tables in plain TTF.

    Raises:
        FileNotFoundError: a file is missing; the message says how to get it.
    """
    from pylopdf_fonts_zh_cn import serif_path

    _demand(FONT_FILES.values(), source)
    target.mkdir(parents=True, exist_ok=True)
    origins = {name: source / origin for name, origin in FONT_FILES.items()} | {SERIF: Path(serif_path())}
    for name, origin in origins.items():
        fresh = target / f"{name}.new"
        (_unpack if origin.suffix == ".woff" else shutil.copyfile)(origin, fresh)
        fresh.replace(target / name)  # whoever is reading the old one goes on with it
    return [target / name for name in origins]


def _unpack(woff: Path, target: Path) -> None:
    """A font out of its compressed wrapping; its tables stay byte for byte."""
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    with woff.open("rb") as packed, target.open("wb") as plain:
        reader = SFNTReader(packed)
        writer = SFNTWriter(plain, len(reader.tables), reader.sfntVersion)
        for tag in reader.tables:
            writer[tag] = reader[tag]
        writer.close()


def _demand(names: Iterable[str], source: Path) -> None:
    missing = [name for name in names if not (source / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{missing[0]} is not under {source}: run npm ci first")


def _for_our_origin(text: str, suffix: str) -> str:
    """Without addresses that would be asked for in vain or need a bundler."""
    if suffix == ".css":
        return PICTURE.sub("", text)
    if suffix == ".js":
        return UNCHECKED + BARE_IMPORT.sub("from '../kdbush/kdbush.js'", SOURCE_MAP.sub("", text))
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


def build(source: Path = NODE) -> list[Path]:
    """Join modules and sheets with esbuild; nothing where it does not run on this machine.

    No module exists twice in a page. What the map shares with other entries stands in one file: left to itself, esbuild makes
    one of each set of entries that share something, and a page would ask for all of them.
    """
    found = [*source.glob(BUILDER), *source.glob(BUILDER_ON_WINDOWS)]
    if not found:
        return []
    BUILT.mkdir(parents=True, exist_ok=True)
    apart = _join(found[0])
    shared = sorted({module for name in _needed(ENTRIES[0], apart)[1:] for module in apart[name]["inputs"]})
    SHARED.write_text("".join(f'import "../../{name}";\n' for name in shared), "utf-8")
    made = [STATIC / name for name in _join(found[0], f"--inject:{SHARED}")]
    for old in {*BUILT.iterdir()} - {*made, META, SHARED}:
        old.unlink()
    for place in made:
        _press(place)
    SOURCES.write_text(_digest_of_sources(json.loads(META.read_text("utf-8"))), "utf-8")
    return made


def _join(builder: Path, *more: str) -> Outputs:
    options = ["--bundle", "--splitting", "--format=esm", "--minify", "--target=es2022,chrome100", *more]
    options += [f"--external:{(STATIC / folder).as_posix()}/*" for folder in ("vendor", "icons")]
    options += [f"--outdir={BUILT}", "--entry-names=[name]", f"--metafile={META}"]
    options += ["--legal-comments=none", "--log-level=warning"]
    subprocess.run([builder, *ENTRIES, *options], cwd=STATIC, check=True)
    outputs: Outputs = json.loads(META.read_text("utf-8"))["outputs"]
    return outputs


def url(name: str) -> str:
    """The address of a file under ``static``, to be kept for ever; of an entry that was built, the built file's."""
    now = version()
    outputs = _outputs(now)
    return f"{PREFIX}{now}/{_output(name, outputs) or name}"


def preloads(entry: str = "js/main.js") -> tuple[str, ...]:
    """Addresses of an entry's file and of those it cannot start without; none where nothing is built."""
    now = version()
    return tuple(f"{PREFIX}{now}/{name}" for name in _needed(entry, _outputs(now)))


def _needed(entry: str, outputs: Outputs) -> list[str]:
    """The file of an entry and those that it cannot start without."""
    wanted = [name for name in [_output(entry, outputs)] if name]
    for name in wanted:
        found = (item["path"] for item in outputs[name]["imports"] if item["kind"] == "import-statement")
        wanted += [other for other in found if other in outputs and other not in wanted]
    return wanted


def _output(entry: str, outputs: Outputs) -> str | None:
    return next((name for name, made in outputs.items() if made.get("entryPoint") == entry), None)


@lru_cache(maxsize=2)
def _outputs(_version: str) -> Outputs:
    """What esbuild says of the files that it made; nothing when a source has changed since."""
    try:
        said = json.loads(META.read_text("utf-8"))
        fresh = SOURCES.read_text("utf-8") == _digest_of_sources(said)
    except (OSError, ValueError):
        return {}
    return said["outputs"] if fresh else {}


def _digest_of_sources(said: dict[str, Any]) -> str:
    digest = hashlib.sha256()
    for name in sorted(said["inputs"]):
        digest.update(f"{name}\0".encode() + (STATIC / name).read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    try:
        for place in [*copy(), *copy_fonts(), *build()]:
            sys.stdout.write(f"{place.relative_to(ROOT)}\n")
    except FileNotFoundError as error:
        sys.exit(f"error[assets-missing]: {error}")
