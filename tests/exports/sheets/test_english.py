"""English sheets and atlases: every place under its one English name, one of a thing in the singular."""

import re
from datetime import date

import pytest

from exports.sheets.atlas import atlas_pages, atlas_plan
from exports.sheets.atlas.pages import file_names
from exports.sheets.fonts import text_width
from exports.sheets.sheet import Sheet
from layers.county import County
from tests.county import village_code
from tests.exports.sheets.drawn import GRID_WORKER, sheet_of, texts
from tests.exports.sheets.golden_scenes import EVERYTHING

HAN = re.compile("[\u3400-\u9fff]")
ONE_OF_MANY = re.compile(r"(?<![\d.,:])1 (?!series)[a-z-]+s\b")
SCENES = {
    "overview": {"layers": EVERYTHING, "paper": "A3"},
    "township": {"layers": EVERYTHING, "code": "140822100"},
    "village": {"layers": EVERYTHING, "code": village_code(1)},
    "coverage": {"theme": "coverage", "services": "party-service-centres", "within": "300m"},
    "access": {"theme": "coverage", "services": "party-service-centres", "show": "access", "within": "1000m"},
    "disputes": {"theme": "disputes"},
    "hot spots": {"theme": "disputes", "show": "spots"},
    "table": {"theme": "services", "code": "140822100", "paper": "A4", "orientation": "portrait"},
}


def lines(sheet: Sheet) -> list[str]:
    """All that a person reads of a sheet, but for the name with which the drawn county tries to break out."""
    return [line for line in (sheet.title, *texts(sheet), *sheet.notes) if "<" not in line]


@pytest.mark.parametrize("scene", SCENES)
def test_an_english_sheet_has_no_chinese_and_no_plural_of_one(drawn_county: County, scene: str) -> None:
    number = (1, 2) if scene == "table" else None
    said = lines(sheet_of(drawn_county, number=number, lang="en", **SCENES[scene]))
    assert [line for line in said if HAN.search(line)] == []
    assert [line for line in said if ONE_OF_MANY.search(line)] == []


def test_a_grid_worker_reads_no_chinese_either(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, GRID_WORKER, theme="my-grid", lang="en")
    assert [line for line in lines(sheet) if HAN.search(line)] == []


def test_labels_are_the_english_names_and_as_wide_as_printed(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, lang="en", layers="counties,townships,villages")
    names = [word for word in sheet.page.words() if word.kind == "village"]
    assert [word.text for word in names if word.of == village_code(1)] == ["No. 1 Village"]
    assert text_width("No. 1 Village", 2.0) > text_width("1号村", 2.0)
    chinese = sheet_of(drawn_county, layers="counties,townships,villages")
    assert "1号村" in texts(chinese, "village")


def test_the_title_names_the_place_by_the_rule(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, lang="en", code=village_code(1), layers="villages")
    assert sheet.title.startswith("No. 1 Village, ")


def test_files_of_an_atlas_bear_the_english_names(drawn_county: County) -> None:
    words = {"theme": "overview", "atlas": "village", "code": "140822100", "layers": "villages"}
    plans = [atlas_plan({**words, "lang": lang}, drawn_county) for lang in ("zh", "en")]
    first = [
        file_names(plan, atlas_pages(drawn_county, plan)[:1], title="", made_on=date.min)[0] for plan in plans
    ]
    assert first == ["01-1号村", "01-No. 1 Village"]
