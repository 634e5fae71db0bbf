"""The one SVG sprite of the icons we use, cut from lucide-static: ``python -m webmap.front.icons``.

The sprite is committed, so that a page needs one small file and no front-end package at run time.
"""

import re
import sys
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "node_modules" / "lucide-static" / "icons"
SPRITE = ROOT / "webmap" / "static" / "icons" / "sprite.svg"
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
    "<!-- Cut from lucide-static, ISC License, copyright (c) Lucide Contributors 2025; portions from Feather, "
    "MIT License, copyright (c) 2013-2023 Cole Bemis. -->"
)


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Names of the icons in the sprite."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text("utf-8")))


def known(name: str) -> str:
    """The name itself when the sprite has it, else the fallback: a county's own theme may name any icon."""
    return name if name in names() else FALLBACK


def build(source: Path = SOURCE) -> str:
    """The sprite as text; every symbol keeps lucide's 24-unit box and takes its colour from the page."""
    symbols = []
    for name in sorted({*THEMES.split(), *CHROME.split()}):
        svg = (source / f"{name}.svg").read_text("utf-8")
        body = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
        body = re.sub(r"\s*\n\s*", "", body).replace(" />", "/>")
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" '
            f'stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
        )
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', NOTICE, *symbols, "</svg>", ""])


if __name__ == "__main__":
    SPRITE.parent.mkdir(parents=True, exist_ok=True)
    SPRITE.write_text(build(), "utf-8")
    sys.stdout.write(f"{SPRITE}\n")
