"""The icons we use, each as one path, out of lucide-static: ``python -m webmap.front.icons``.

They stand in one module of ours, which templates read too: an icon is drawn with the page, and nothing is fetched for it.
Half a hundred references into a sprite cost a page twice their layout, without it and with it. The module is committed, so that
no front-end package is needed at run time.
"""

import json
import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "node_modules" / "lucide-static" / "icons"
MODULE = ROOT / "webmap" / "static" / "js" / "ui" / "icons.js"
FALLBACK = "map"

THEMES = "layout-grid hand-heart hand-helping radar scale sprout landmark trees map-pin-house map"
CHROME = (
    "a-large-small activity arrow-down arrow-up book-open bookmark calendar-search check chevron-down chevron-left chevron-right "
    "chevron-up chevrons-up-down circle-alert circle-check circle-question-mark copy crosshair database download "
    "ellipsis expand external-link file-down file-spreadsheet file-text grid-2x2 history house info languages "
    "layers lightbulb link list list-collapse list-tree locate-fixed lock map-pin map-pin-off minus navigation phone play pause "
    "plus printer refresh-cw rotate-ccw ruler search share-2 shield-check shrink sliders-horizontal store table-2 "
    "circle-x map-pin-plus pencil route save sparkles square-split-horizontal trash-2 user-round users wifi-off x building-2"
)
NOTICE = (
    "// Made by python -m webmap.front.icons. Cut from lucide-static, ISC License, copyright (c) Lucide Contributors 2025;\n"
    "// portions from Feather, MIT License, copyright (c) 2013-2023 Cole Bemis.\n"
)
NUMBER = r"(-?\d*\.?\d+)"
START = re.compile(rf"^m\s*{NUMBER}[\s,]*{NUMBER}(?:\s*(?=([-\d.])))?")
ROW = re.compile(r'^  "?([a-z0-9-]+)"?:\s+"([^"]+)",$', re.MULTILINE)


@lru_cache(maxsize=1)
def paths() -> Mapping[str, str]:
    """Path in lucide's 24-unit box of each icon."""
    return dict(ROW.findall(MODULE.read_text("utf-8")))


def path(name: str) -> str:
    """The path of an icon that there is."""
    return paths()[name]


def known(name: str) -> str:
    """The name itself when there is such an icon, else the fallback: a county's own theme may name any."""
    return name if name in paths() else FALLBACK


def build(source: Path = SOURCE) -> str:
    """The module as text."""
    rows = []
    for name in sorted({*THEMES.split(), *CHROME.split()}):
        drawn = ElementTree.parse(source / f"{name}.svg").getroot()
        path = " ".join(_path(shape) for shape in drawn)
        rows.append(f'  {json.dumps(name) if "-" in name else name}: "{path}",')
    head = "/** @type {Record<string, string>} path by name, in a box of 24 units */\nexport const ICONS = {"
    return "\n".join([NOTICE, head, *rows, "};", ""])


def _path(shape: ElementTree.Element) -> str:
    """Any shape of lucide as a path."""
    kind = shape.tag.rpartition("}")[2]
    number = {name: float(value) for name, value in shape.attrib.items() if name not in ("d", "points")}
    if kind == "path":
        return START.sub(_start, shape.attrib["d"])
    if kind in ("circle", "ellipse"):
        return _ellipse(number)
    if kind == "rect":
        return _rect(number)
    if kind == "line":
        return "M{x1:g} {y1:g}L{x2:g} {y2:g}".format(**number)
    return f"M{shape.attrib['points']}{'z' if kind == 'polygon' else ''}"


def _start(found: re.Match[str]) -> str:
    """A path that begins with ``m`` begins where it says; behind another one that would be counted from its end."""
    return f"M{found[1]} {found[2]}{'l' if found[3] else ''}"


def _ellipse(of: Mapping[str, float]) -> str:
    rx, ry = of.get("rx", of.get("r", 0)), of.get("ry", of.get("r", 0))
    return (
        f"M{of['cx'] - rx:g} {of['cy']:g}a{rx:g} {ry:g} 0 1 0 {2 * rx:g} 0a{rx:g} {ry:g} 0 1 0 {-2 * rx:g} 0z"
    )


def _rect(of: Mapping[str, float]) -> str:
    """From the end of the first corner round to its beginning."""
    r = of.get("rx", of.get("ry", 0))
    wide, high = of["width"] - 2 * r, of["height"] - 2 * r
    sides = [f"h{wide:g}", f"v{high:g}", f"h{-wide:g}", f"v{-high:g}"]
    turns = [f"a{r:g} {r:g} 0 0 1 {x:g} {y:g}" if r else "" for x, y in ((r, r), (-r, r), (-r, -r), (r, -r))]
    around = "".join(side + turn for side, turn in zip(sides, turns, strict=True))
    return f"M{of.get('x', 0) + r:g} {of.get('y', 0):g}{around}z"


if __name__ == "__main__":
    MODULE.write_text(build(), "utf-8")
    sys.stdout.write(f"{MODULE}\n")
