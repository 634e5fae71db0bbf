"""Draws the map sheets that `docs/sheets.md` shows, from the sample county: `python -m docs.sheet_pictures NAME …`."""

import io
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PIL import Image

from benchmarks.commands import sample_home
from exports.sheets.draw import draw
from exports.sheets.plan import sheet_plan
from exports.sheets.writers import to_png
from layers.county import open_county
from layers.disclosure import PUBLIC, Viewer
from webmap.settings import load_settings

IMAGES = Path(__file__).parent / "images"
DPI = 110
MADE_ON = date(2026, 11, 25)


@dataclass(frozen=True)
class Picture:
    """One sheet: who asks, the words of the plan, its number in an atlas."""

    name: str
    role: str
    words: dict[str, str] = field(default_factory=dict)
    number: tuple[int, int] | None = None


PICTURES = (
    Picture("sheet-overview", "planner", {"theme": "overview"}),
    Picture("sheet-rate", "mediator", {"theme": "disputes", "since": "2026-07-01", "until": "2026-09-30"}),
    Picture("sheet-public", "public", {"theme": "disputes", "paper": "A4"}),
    Picture("sheet-coverage", "planner", {"theme": "coverage"}),
    Picture("sheet-atlas", "mediator", {
        "theme": "disputes", "code": "140822103", "paper": "A4", "orientation": "portrait",
        "since": "2026-07-01", "until": "2026-09-30",
    }, (4, 14)),
    Picture("sheet-figure", "mediator", {"theme": "disputes", "show": "spots", "paper": "figure"}),
)  # fmt: skip


def main(names: list[str]) -> None:
    IMAGES.mkdir(exist_ok=True)
    county = open_county(load_settings(home=sample_home()).of_county())
    for picture in PICTURES:
        if names and picture.name not in names:
            continue
        viewer = PUBLIC if picture.role == "public" else Viewer(picture.role, county.code)  # type: ignore[arg-type]
        plan = sheet_plan(picture.words, county)
        sheet = draw(county, viewer, plan, made_on=MADE_ON, number=picture.number)
        drawn = Image.open(io.BytesIO(to_png(sheet.page, dpi=DPI))).convert("RGB")
        drawn.quantize(200).save(IMAGES / f"{picture.name}.png", optimize=True)
        print(picture.name, f"1:{sheet.scale}", len(sheet.named), "named", len(sheet.dropped), "left out")


if __name__ == "__main__":
    main(sys.argv[1:])
