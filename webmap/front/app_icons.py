"""The icons of the installed map, from our own drawing: ``python -m webmap.front.app_icons``.

A sheet folded in three, white lines on the primary colour. The masked one fills its square, with the drawing inside the
circle that every phone leaves of it.
"""

import sys
from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).parents[1] / "static" / "icons"
PRIMARY, PAPER = "#0B6470", "#FFFFFF"
FINER = 4
"""Drawn so many times larger, then made smaller, which smooths the edges."""
SHEET = (
    (0.22, 0.32),
    (0.40, 0.24),
    (0.60, 0.32),
    (0.78, 0.24),
    (0.78, 0.68),
    (0.60, 0.76),
    (0.40, 0.68),
    (0.22, 0.76),
)
FOLDS = (((0.40, 0.24), (0.40, 0.68)), ((0.60, 0.32), (0.60, 0.76)))
LINE = 0.052
CORNER = 0.25
SAFE = 0.78
"""How large the drawing is on the masked icon."""
FILES = {
    "app-192.png": (192, False),
    "app-512.png": (512, False),
    "app-mask.png": (512, True),
    "app-touch.png": (180, True),
}


def draw(size: int, *, masked: bool) -> Image.Image:
    """The icon with ``size`` pixels a side."""
    side = size * FINER
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=0 if masked else side * CORNER, fill=PRIMARY)
    scale = SAFE if masked else 1.0
    width = round(side * LINE * scale)

    def on(place: tuple[float, float]) -> tuple[float, float]:
        return (0.5 + (place[0] - 0.5) * scale) * side, (0.5 + (place[1] - 0.5) * scale) * side

    outline = [on(place) for place in (*SHEET, SHEET[0])]
    for line in (outline, *([on(place) for place in fold] for fold in FOLDS)):
        pen.line(line, fill=PAPER, width=width, joint="curve")
    for x, y in outline:
        half = width / 2
        pen.ellipse((x - half, y - half, x + half, y + half), fill=PAPER)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    for name, (size, masked) in FILES.items():
        draw(size, masked=masked).save(ICONS / name, optimize=True)
        sys.stdout.write(f"{ICONS / name}\n")
