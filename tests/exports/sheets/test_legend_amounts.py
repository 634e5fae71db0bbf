"""What a class of the legend amounts to: 亩 by crop, of how many parcels, one parcel drawn twice counted once."""

from pathlib import Path

import pytest

from layers.catalog import Catalog
from layers.county import County, open_county
from layers.editions import Store
from tests.county import COUNTY
from tests.disputes import build
from tests.exports.sheets.drawn import sheet_of, texts
from tests.layers.test_amounts import orchards, parcel
from webmap.settings import load_settings

WORDS = {"theme": "industry", "layers": "counties,orchards", "code": COUNTY}


@pytest.fixture
def home(tmp_path: Path, catalog: Catalog) -> Path:
    return build(tmp_path / "home", catalog, demo=False).home


def county_with(home: Path, catalog: Catalog, mu: list[float | None], *, twin: bool = False) -> County:
    """Parcels beside each other, the last of them where the first is."""
    shapes = [parcel(at) for at in range(len(mu))]
    if twin:
        shapes[-1] = shapes[0]
    table = orchards(shapes, mu)
    Store(home, catalog).publish(
        "orchards", table, source="手画", source_sha256="0" * 64, by="test", period="2026"
    )
    return open_county(load_settings(home=home).of_county())


def test_a_class_says_what_it_amounts_to(home: Path, catalog: Catalog) -> None:
    sheet = sheet_of(county_with(home, catalog, [15.0, 1500.0]), **WORDS)
    assert "1,515 亩 · 2 块" in texts(sheet, "legend-count")
    assert "果园（2026年）" in texts(sheet, "legend-heading")


def test_it_says_how_many_report(home: Path, catalog: Catalog) -> None:
    sheet = sheet_of(county_with(home, catalog, [15.0, 15.0, None]), **WORDS)
    assert "30 亩（已报 2 / 3）" in texts(sheet, "legend-count")


def test_where_nobody_reports_it_says_how_many_there_are(home: Path, catalog: Catalog) -> None:
    sheet = sheet_of(county_with(home, catalog, [None, None]), **WORDS)
    assert "2 块" in texts(sheet, "legend-count")


def test_a_twin_is_counted_once_and_said(home: Path, catalog: Catalog) -> None:
    sheet = sheet_of(county_with(home, catalog, [15.0, 30.0, 15.0], twin=True), **WORDS)
    assert "45 亩 · 3 块" in texts(sheet, "legend-count")
    assert "果园：重合的 1 块只计一次" in sheet.notes
