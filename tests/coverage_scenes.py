"""Coverage of the sample county in three ways × two units, as pictures that are kept: on screen, and on A3 in colour and in grey.

``python -m tests.coverage_scenes HOME`` draws the sheets again from a home with the sample county, ``REDRAW=1`` before the browser
test the screens. Look at them before they are kept.
"""

import io
import sys
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from exports.sheets.draw import draw
from exports.sheets.plan import sheet_plan
from exports.sheets.writers import to_png
from layers.county import County, open_county
from layers.disclosure import Viewer
from webmap.settings import load_settings

QUESTION = {"services": "village-clinics", "demand": "population_60_plus", "travel": "walk"}
MODES = ("straight", "detour", "road")
LIMITS = ("1500m", "20min")
SCENES = tuple((mode, limit) for mode in MODES for limit in LIMITS)
FOLDER = Path(__file__).parent / "pictures"
PLANNER = Viewer("planner", "140822")
TODAY = date(2026, 11, 30)
DPI, COLOURS = 36, 64
LOUD, MOST_LOUD, MOST_MEAN = 64, 0.012, 2.4
"""Of 255: a pixel further off than the first is another picture; the share of them that is borne; what all pixels may
differ on average. Fonts and smoothing differ from machine to machine, a circle or a hull that is missing is far more."""

Pixels = NDArray[np.int16]


def words_of(mode: str, limit: str) -> dict[str, str]:
    """The question of a scene."""
    return QUESTION | {"mode": mode, "within": limit}


def sheet(county: County, mode: str, limit: str) -> Pixels:
    """The A3 sheet of a scene."""
    plan = sheet_plan({"theme": "coverage", "paper": "A3", "title": "覆盖图"} | words_of(mode, limit), county)
    return pixels(to_png(draw(county, PLANNER, plan, made_on=TODAY).page, dpi=DPI))


def grey(picture: Pixels) -> Pixels:
    """As a copier without colour shows it (ITU-R 601)."""
    light = picture @ np.array([0.299, 0.587, 0.114])
    return np.repeat(np.round(light)[:, :, None], 3, axis=2).astype(np.int16)


def pixels(png: bytes, *, half: bool = False) -> Pixels:
    """(height, width, 3) values of 0 to 255; of half the size where only layout and colour matter."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return np.asarray(image.reduce(2) if half else image, dtype=np.int16)


def keep(name: str, picture: Pixels) -> None:
    FOLDER.mkdir(exist_ok=True)
    Image.fromarray(picture.astype(np.uint8)).quantize(COLOURS, dither=Image.Dither.NONE).save(
        FOLDER / f"{name}.png", optimize=True
    )


def kept(name: str) -> Pixels:
    return pixels((FOLDER / f"{name}.png").read_bytes())


def compare(name: str, now: Pixels) -> None:
    """Raises AssertionError where a picture is not the kept one within the tolerance."""
    then = kept(name)
    assert now.shape == then.shape, name
    difference = np.abs(now - then)
    mean, loud = float(difference.mean()), float((difference.max(axis=2) > LOUD).mean())
    assert mean <= MOST_MEAN and loud <= MOST_LOUD, f"{name}: mean {mean:.2f}, loud {loud:.4f}"


def main() -> None:
    county = open_county(load_settings(home=Path(sys.argv[1])).of_county())
    for mode, limit in SCENES:
        drawn = sheet(county, mode, limit)
        keep(f"a3-{mode}-{limit}", drawn)
        keep(f"a3-{mode}-{limit}-grey", grey(drawn))


if __name__ == "__main__":
    main()
