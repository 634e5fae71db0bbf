"""Browser files of our own origin: ``python -m webmap.front.assets`` copies the pinned libraries out of ``node_modules`` and
joins our modules into one script and our sheets into one. The fonts of the map sheets come the same way.

Where a joined file is missing or older than a part, the parts are given out as they stand: an edit shows at once, and
nothing depends on the joining but the number of requests.

Every file under ``static`` is reached through an address that holds a digest of all of them, so a browser keeps them
for ever, and a module finds its neighbours under the same digest without knowing it.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from exports.typefaces import FONTS, SERIF

ROOT = Path(__file__).parents[2]
NODE = ROOT / "node_modules"
STATIC = ROOT / "webmap" / "static"
VENDOR = STATIC / "vendor"
PREFIX = "/static/"
LOOK_EVERY_S = 3
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
BARE_IMPORT = re.compile(r"from 'kdbush'")
# Leaflet's stylesheet names three pictures for controls and markers that we do not use.
PICTURE = re.compile(r"\s*background-image:\s*url\(images/[^)]*\);")


def copy(source: Path = NODE, target: Path = VENDOR) -> list[Path]:
    """Write the libraries into ``target``, replacing what is there.

    Raises:
        FileNotFoundError: a library is missing; the message says how to get it.
    """
    _demand(FILES.values(), source)
    if target.is_dir():
        shutil.rmtree(target)
    written = []
    for name, origin in FILES.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_for_our_origin((source / origin).read_text("utf-8"), place.suffix), "utf-8")
        written.append(place)
    return written


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


@dataclass(frozen=True)
class Joined:
    """One file made of many of ours: ``path`` under ``static``, the ``entries`` it starts from, what a file names.

    ``digest`` of the parts it was made of stands beside it, so an edit is noticed.
    """

    path: str
    entries: tuple[str, ...]
    imports: re.Pattern[str]

    def parts(self) -> dict[str, str]:
        """Text of every part by its path under ``static``, entries first, in the order in which they are found."""
        texts: dict[str, str] = {}
        wanted = list(self.entries)
        for name in wanted:
            texts[name] = (STATIC / name).read_text("utf-8")
            folder = name.rpartition("/")[0]
            found = [f"{folder}/{other}" for other in self.imports.findall(texts[name])]
            wanted += [other for other in dict.fromkeys(found) if other not in wanted]
        return texts

    def write(self, joiner: Path) -> Path:
        """Join the parts with esbuild."""
        place = STATIC / self.path
        place.parent.mkdir(parents=True, exist_ok=True)
        kind = place.suffix.removeprefix(".")
        word = {"js": 'export * from "{}";', "css": '@import "{}";'}[kind]
        text = "".join(word.format((STATIC / name).as_posix()) for name in self.entries)
        options = ["--bundle", f"--loader={kind}", "--format=esm", "--minify", "--target=es2022,chrome100"]
        options += [f"--external:{(STATIC / folder).as_posix()}/*" for folder in ("vendor", "icons")]
        options += [f"--outfile={place}", "--legal-comments=none", "--log-level=warning"]
        subprocess.run([joiner, *options], input=text.encode(), cwd=STATIC, check=True)
        self.stamp.write_text(_digest_of(self.parts()), "utf-8")
        return place

    @property
    def stamp(self) -> Path:
        return STATIC / f"{self.path}.parts"

    def fresh(self, parts: dict[str, str]) -> bool:
        """Whether the joined file is there and was made of just these."""
        made = (STATIC / self.path).is_file() and self.stamp.is_file()
        return made and self.stamp.read_text("utf-8") == _digest_of(parts)


MODULES = Joined("vendor/app/app.js", ("js/painter.js", "js/main.js"), IMPORT)
SHEETS = Joined(
    "vendor/app/app.css",
    tuple(f"css/{name}.css" for name in ("base", "components", "layout", "panels", "phone", "map")),
    re.compile(r'^@import "([^"]+)"', re.MULTILINE),
)


LATE = tuple(
    Joined(f"vendor/app/{name}.js", (f"js/{name}.js",), IMPORT)
    for name in ("planner", "hotspots", "sheet-dialog")
)
"""Modules that a page asks for once its map is there. What they share with the others is in both files, so they share no
module that remembers anything: they are given that."""


def join(source: Path = NODE) -> list[Path]:
    """Join modules and sheets; nothing where the joiner does not run on this machine."""
    found = [*source.glob(JOINER), *source.glob(JOINER_ON_WINDOWS)]
    return [joined.write(found[0]) for joined in (MODULES, SHEETS, *LATE)] if found else []


def modules() -> tuple[str, ...]:
    """Addresses of the page's modules: the entries and all they import, directly or through others."""
    return _addresses(MODULES)


def sheets() -> tuple[str, ...]:
    """Addresses of the pages' style sheets, in their order."""
    return _addresses(SHEETS)


def _addresses(joined: Joined) -> tuple[str, ...]:
    names, _ = _state(joined, version())
    return tuple(dict.fromkeys(url(name) for name in names))


def url(name: str) -> str:
    """The address of a file under ``static``, to be kept for ever; of a part that was joined, the joined file's."""
    now = version()
    for joined in (MODULES, SHEETS, *LATE):
        names, fresh = _state(joined, now)
        if fresh and name in names:
            name = joined.path
    return f"{PREFIX}{now}/{name}"


@lru_cache(maxsize=8)
def _state(joined: Joined, _version: str) -> tuple[tuple[str, ...], bool]:
    parts = joined.parts()
    return tuple(parts), joined.fresh(parts)


def _digest_of(parts: dict[str, str]) -> str:
    return hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in parts.items()).encode()).hexdigest()


if __name__ == "__main__":
    try:
        for place in [*copy(), *copy_fonts(), *join()]:
            sys.stdout.write(f"{place.relative_to(ROOT)}\n")
    except FileNotFoundError as error:
        sys.exit(f"error[assets-missing]: {error}")
