"""Sheets of the hand-drawn county that are compared with kept pictures, and how near they must be."""

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from exports.sheets.writers import to_png
from layers.catalog import load_catalog
from layers.county import County
from layers.disclosure import PUBLIC, Viewer
from tests.county import village_code
from tests.exports.sheets.drawn import GRID_WORKER, OPERATOR, PLANNER, build_home, open_home, sheet_of

PICTURES = Path(__file__).parent / "golden"
DPI = 60
LOUD = 48
"""Of 255: a pixel further off than this is another picture, nearer is another smoothing of the same edge."""
MOST_LOUD = 0.004
"""Share of loud pixels that is borne: the day of the editions stands in the footer and in the fingerprint."""
MOST_MEAN = 1.0
"""Of 255: what all pixels may differ on average."""
EVERYTHING = "counties,townships,villages,grids,orchards,roads,rivers,party-service-centres"


@dataclass(frozen=True)
class Scene:
    """One sheet: who asks, and for what."""

    name: str
    viewer: Viewer
    words: dict[str, str]
    number: tuple[int, int] | None = None


SCENES = (
    Scene("overview-a3", OPERATOR, {"title": "总览图"}),
    Scene("everything-a3-portrait", OPERATOR, {"title": "全部要素", "layers": EVERYTHING, "orientation": "portrait"}),
    Scene("classes-a4", PLANNER, {"title": "自有指标", "layers": "counties,villages,own-values", "paper": "A4"}),
    Scene("grids-and-kilometres", OPERATOR, {
        "title": "网格图", "layers": "counties,villages,grids", "paper": "A4", "orientation": "portrait",
        "parts": "legend,names,village-names,graticule,km-grid,locator,grids,li,mu",
    }),
    Scene("slide", OPERATOR, {"title": "汇报图", "paper": "slide"}),
    Scene("figure", OPERATOR, {"title": "插图", "paper": "figure"}),
    Scene("coverage", PLANNER, {"theme": "coverage", "title": "覆盖图", "services": "party-service-centres", "within": "1000m"}),
    Scene("disputes-rate", OPERATOR, {"theme": "disputes", "title": "发生率"}),
    Scene("disputes-public", PUBLIC, {"theme": "disputes", "title": "公众所见", "period": "2024"}),
    Scene("village", OPERATOR, {"title": "一个村", "code": village_code(1), "layers": EVERYTHING, "paper": "A4"}),
    Scene("grid-worker", GRID_WORKER, {"theme": "my-grid", "title": "我的网格", "paper": "A4"}),
    Scene("atlas-page", OPERATOR, {
        "title": "图册页", "code": "140822100", "paper": "A4", "orientation": "portrait",
    }, (2, 3)),
    Scene("english", OPERATOR, {"title": "Overview", "lang": "en", "paper": "A4"}),
)  # fmt: skip


def picture(county: County, scene: Scene) -> NDArray[np.int16]:
    """The scene as (height, width, 3) values of 0 to 255."""
    sheet = sheet_of(county, scene.viewer, number=scene.number, **scene.words)
    return pixels(to_png(sheet.page, dpi=DPI))


def pixels(png: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int16)


def kept(scene: Scene) -> NDArray[np.int16]:
    return pixels((PICTURES / f"{scene.name}.png").read_bytes())


def apart(one: NDArray[np.int16], other: NDArray[np.int16]) -> tuple[float, float]:
    """Mean difference of all pixels, and the share of those that differ loudly."""
    difference = np.abs(one - other)
    return float(difference.mean()), float((difference.max(axis=2) > LOUD).mean())


def main(names: list[str]) -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        county = open_home(build_home(Path(folder) / "home", load_catalog()))
        for scene in SCENES:
            if not names or scene.name in names:
                drawn = Image.fromarray(picture(county, scene).astype(np.uint8))
                drawn.quantize(128).save(PICTURES / f"{scene.name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
