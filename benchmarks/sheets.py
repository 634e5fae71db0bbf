"""Map sheets beside QGIS on the same layers: A3 with villages, grids and a hundred points; an atlas; preview; many cells."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from benchmarks import peer
from benchmarks.cells import ROOT, WORK, declare, geopackage
from benchmarks.commands import environment, fresh_home, sample_home, webmap
from benchmarks.harness import Row, against, bounded, interleaved
from exports.sheets.atlas import atlas_plan
from exports.sheets.atlas.making import make_atlas
from exports.sheets.draw import draw
from exports.sheets.drawing import Drawing
from exports.sheets.plan import SheetPlan
from exports.sheets.sheet import Sheet
from exports.sheets.writers import to_pdf, to_png
from layers.county import County, open_county
from layers.disclosure import Viewer
from webmap.settings import load_settings

DAY = date(2026, 11, 23)
AREAS = ("villages", "grids", "townships")
POINTS = ("convenience-halls", "governance-centres")
"""104 together."""
SHEET = SheetPlan(theme="overview", layers=("counties", *AREAS, *POINTS))
CELLS = SheetPlan(theme="overview", layers=("counties", "townships", "cells"))
FEW, MANY = 400, 20_000
SCREEN_PX = 1000
RUNS = 7


def rows() -> list[Row]:
    county = _county(sample_home())
    crowded = _with_cells(MANY)
    return [*_beside_qgis(county), _preview(county), _cells(_with_cells(FEW), crowded), _memory(crowded)]


def _county(home: Path) -> County:
    return open_county(load_settings(home=home).of_county())


def _sheet(county: County, plan: SheetPlan) -> Sheet:
    return draw(county, Viewer("planner", county.code), plan, made_on=DAY)


def _png(county: County, plan: SheetPlan) -> bytes:
    return to_png(_sheet(county, plan).page)


def _both(ours, theirs) -> tuple[float, float]:
    """Warm medians of both."""
    ours()
    theirs()
    return interleaved(ours, theirs, runs=RUNS)


def _beside_qgis(county: County) -> list[Row]:
    if not peer.installed():
        print("python3-qgis is not installed: sheets are not compared with QGIS", file=sys.stderr)
        return []
    with peer.Qgis(_layers(county), WORK) as qgis:
        png = _both(lambda: _png(county, SHEET), lambda: qgis.export("png"))
        pdf = _both(lambda: to_pdf([_sheet(county, SHEET).page]), lambda: qgis.export("pdf"))
        atlas = _both(lambda: _atlas(county), lambda: qgis.export("atlas"))
    name = "A3 sheet of villages, grids, 104 points"
    pages = "atlas of 14 townships, A4, with locator and table: PDF"
    sizes = len(_atlas(county)) / 1024, (WORK / "qgis-atlas.pdf").stat().st_size / 1024
    return [
        against(f"{name}: PNG at 300 dpi", png[0], ("QGIS", png[1]), unit="s", at_most=1.2, runs=RUNS),
        against(f"{name}: PDF", pdf[0], ("QGIS", pdf[1]), unit="s", at_most=2, runs=RUNS),
        against(pages, atlas[0], ("QGIS", atlas[1]), unit="s", at_most=1.5, runs=RUNS),
        against(f"{pages}, size", sizes[0], ("QGIS", sizes[1]), unit="KB", at_most=0.6, runs=1),
    ]


def _atlas(county: County) -> bytes:
    """The index and a page for each township."""
    plan = atlas_plan(SHEET.query() | {"atlas": "township"}, county)
    viewer = Viewer("planner", county.code)
    atlas = make_atlas(county, viewer, plan, made_on=DAY, heard=lambda _share: False)
    assert atlas is not None
    return atlas.body()


def _layers(county: County) -> Path:
    """What the sheet shows as a GeoPackage for QGIS."""
    path = WORK / "sheet.gpkg"
    path.unlink(missing_ok=True)
    for name in AREAS:
        county.store.read(name).to_file(path, layer=name, driver="GPKG")
    points = pd.concat([county.store.read(name)[["code", "name", "geometry"]] for name in POINTS])
    gpd.GeoDataFrame(points).to_file(path, layer="points", driver="GPKG")
    return path


def _preview(county: County) -> Row:
    sheet = _sheet(county, SHEET)
    small, full = _both(lambda: Drawing(sheet).picture(SCREEN_PX), lambda: Drawing(sheet).png(300))
    name = f"a preview {SCREEN_PX} pixels wide of a sheet that is laid out"
    return against(name, small, ("its PNG at 300 dpi", full), unit="s", at_most=0.35, runs=RUNS)


def _cells(few: County, many: County) -> Row:
    slow, quick = _both(lambda: _png(many, CELLS), lambda: _png(few, CELLS))
    name = f"A3 sheet of {MANY:,} cells: PNG at 300 dpi"
    return against(name, slow, (f"of {FEW}", quick), unit="s", at_most=3, runs=RUNS)


def _memory(county: County) -> Row:
    """Of a process of its own that makes one sheet after the other."""
    command = [sys.executable, "-m", "benchmarks.sheets"]
    home = environment(county.settings.home)
    done = subprocess.run(command, cwd=ROOT, env=home, check=True, capture_output=True, text=True)
    name = f"peak memory of a process that draws them and one of {MANY:,} cells"
    return bounded(name, int(done.stdout) / 1024, unit="MB", at_most=600, runs=1)


def _with_cells(count: int) -> County:
    home = fresh_home(f"cells-{count}")
    declare(home)
    webmap(home, "init", "--sample")
    webmap(home, "import", "cells", str(geopackage(count)), "--mode", "replace")
    return _county(home)


def _draw_all() -> None:
    """Draw each kind of sheet and print the most memory that was in use, in KB.

    It is asked of /proc: ``getrusage`` counts what the parent held when it started this process.
    """
    county = open_county(load_settings().of_county())
    for plan in (SHEET, CELLS, SHEET):
        sheet = _sheet(county, plan)
        to_pdf([sheet.page])
        to_png(sheet.page)
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    print(peak)


if __name__ == "__main__":
    _draw_all()
