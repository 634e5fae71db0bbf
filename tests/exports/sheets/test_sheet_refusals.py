"""Input that cannot become a sheet gets a message that says what is wrong and what would do."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from shapely import box

from exports.sheets.atlas import atlas_plan
from exports.sheets.atlas.making import make_atlas
from exports.sheets.page import Box, Group, Mark, Shape, flat
from exports.sheets.panel.arranging import ROW, TIGHT
from exports.sheets.papers import BROAD, LEAST_TEXT, PAPERS
from geo.errors import (
    EmptySheetError,
    GlyphError,
    LegendError,
    NoServicesError,
    ScaleError,
    TitleError,
    UnknownAreaError,
)
from layers.catalog import Catalog, load_catalog
from layers.county import County
from layers.disclosure import PUBLIC
from layers.editions import Store
from tests import county, disputes
from tests.county import village_code, villages
from tests.disputes import put
from tests.exports.sheets.drawn import OWN, PLANNER, TODAY, classes_on, on_map, open_home, sheet_of, texts
from tests.layers.test_amounts import orchards

MANY, TOO_MANY = 40, 150
ODD = "𪚥"
"""A character of the supplementary plane that few typefaces have."""


@pytest.fixture(scope="module")
def odd_house(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> County:
    """A village without shape, one with a rare name, and layers with very many classes."""
    home = tmp_path_factory.mktemp("odd") / "home"
    (home / "declarations").mkdir(parents=True)
    for count in (MANY, TOO_MANY):
        (home / "declarations" / f"many-{count}.toml").write_text(_many(count), "utf-8")
    store = Store(home, load_catalog(home / "declarations"))
    store.create()
    areas = villages()
    areas.loc[0, "geometry"] = None
    areas.loc[1, "name"] = f"{ODD}家村"
    for layer, table in (
        ("counties", county.counties()),
        ("townships", county.townships()),
        ("villages", areas),
    ):
        put(store, layer, table, demo=True)
    for count in (MANY, TOO_MANY):
        rows = villages()[["code", "name", "geometry"]].iloc[np.arange(count) % 10].reset_index(drop=True)
        rows = rows.assign(
            code=[f"M{row}" for row in range(count)], village_code=village_code(5), kind=list(_kinds(count))
        )
        put(store, f"many-{count}", rows, demo=True)
    return open_home(home)


def _kinds(count: int) -> Iterator[str]:
    return (f"k{number}" for number in range(count))


FULL = "counties,townships,villages,grids,orchards,own-values,roads,rivers,party-service-centres"
"""Too much for the column of a figure, with a histogram."""


def _many(count: int) -> str:
    text = OWN.replace('id = "own-values"', f'id = "many-{count}"').partition("[style]")[0]
    text = text.replace('name = "level"', 'name = "kind"').replace('type = "number"\nunit = "分"\n', "")
    classes = "".join(
        f'[[style.classes]]\ntitle = {{ zh = "第{number}类", en = "Class {number}" }}\nvalues = ["{kind}"]\n'
        f'paint = {{ fill = "#{(number * 97) % 256:02X}C0{(number * 53) % 256:02X}" }}\n\n'
        for number, kind in enumerate(_kinds(count))
    )
    rest = OWN.partition("order = 9")[2]
    return f'{text}[style]\nkind = "categories"\nfield = "kind"\norder = 9\n\n{classes}{rest}'


def explained(county: County, paper: str, count: int, code: str = "") -> tuple[set[str], set[str], list[str]]:
    sheet = sheet_of(county, layers=f"many-{count},counties", paper=paper, code=code)
    marks = [mark for mark in flat(sheet.page.marks) if isinstance(mark, Shape | Mark)]
    listed = {
        mark.name.removeprefix("legend.") for mark in marks if mark.name.startswith(f"legend.many-{count}")
    }
    drawn = {name for name in classes_on(on_map(sheet)) if name.startswith("many")}
    return listed, drawn, texts(sheet, "legend-title")


@pytest.mark.parametrize("paper", ["A3", "A4", "slide", "figure"])
def test_forty_classes_stand_in_columns(odd_house: County, paper: str) -> None:
    listed, drawn, _ = explained(odd_house, paper, MANY)
    assert listed == drawn
    assert len(drawn) == MANY


def test_still_more_are_continued_on_the_map(odd_house: County) -> None:
    """A township of one column leaves room on both sides."""
    listed, drawn, titles = explained(odd_house, "figure", MANY, "140822101")
    assert listed == drawn
    assert titles == ["图　例", "图例（续）"]


def test_the_histogram_gives_way_where_the_map_has_no_room(
    drawn_county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.sheets.panel.arranging.BESIDE", ((1, 1.0, ROW), (2, 0.7, ROW)))
    words = {"layers": FULL, "paper": "figure", "parts": "legend,histogram,names"}
    before = sheet_of(drawn_county, **words)
    assert texts(before, "legend-title") == ["图　例", "图例（续）"]
    assert texts(before, "histogram")
    monkeypatch.setattr("exports.sheets.panel.legends.MOST_CONTINUED", 0)
    after = sheet_of(drawn_county, **words)
    assert texts(after, "legend-title") == ["图　例"]
    assert texts(after, "histogram") == []


@pytest.mark.parametrize(("paper", "columns"), [("figure", 1), ("A3", 2)])
def test_narrow_columns_are_liked_least(
    drawn_county: County, monkeypatch: pytest.MonkeyPatch, paper: str, columns: int
) -> None:
    monkeypatch.setattr("exports.sheets.panel.arranging.BESIDE", ((2, 0.9, ROW), (1, 0.72, TIGHT)))
    sheet = sheet_of(drawn_county, theme="disputes", show="rate", paper=paper)
    assert len({round(word.x) for word in sheet.page.words() if word.kind == "legend"}) == columns


def test_a_legend_that_finds_no_room_takes_some_of_the_map(
    odd_house: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    def frame() -> Box:
        sheet = sheet_of(odd_house, layers=f"many-{MANY},counties", paper="figure")
        assert min(word.size for word in sheet.page.words() if word.kind == "legend") >= LEAST_TEXT
        return next(mark.clip for mark in sheet.page.marks if isinstance(mark, Group) and mark.clip)

    monkeypatch.setattr("exports.sheets.panel.legends.MOST_CONTINUED", 0)
    assert frame().width == pytest.approx(PAPERS["figure"].width - 2 * 0.4 - 1.2 - 30.5 * BROAD)


def test_too_many_are_refused(odd_house: County) -> None:
    with pytest.raises(LegendError, match="行放不下"):
        sheet_of(odd_house, layers=f"many-{TOO_MANY},counties", paper="figure")


def test_an_area_without_a_shape(odd_house: County) -> None:
    with pytest.raises(UnknownAreaError, match=r"没有1号村的界线.*先导入"):
        sheet_of(odd_house, layers="villages", code=village_code(1))


def test_an_area_that_is_none(drawn_county: County) -> None:
    with pytest.raises(UnknownAreaError, match="140822999"):
        sheet_of(drawn_county, code="140822999")


def test_a_scale_that_cannot_fit(drawn_county: County) -> None:
    with pytest.raises(ScaleError, match=r"1:5000 .*最大比例尺是 1:15000"):
        sheet_of(drawn_county, scale="5000")


def test_nothing_that_meets_the_filter(drawn_county: County) -> None:
    with pytest.raises(EmptySheetError, match=r"手画县里没有符合条件的要素（果园）.*清除筛选"):
        sheet_of(drawn_county, layers="orchards,villages", **{"f.orchards.crop": "grape"})


def test_layers_without_data_or_not_for_the_viewer(drawn_county: County) -> None:
    with pytest.raises(EmptySheetError, match=r"中药材基地还没有数据，或不在查看范围.*先导入数据，或换图层"):
        sheet_of(drawn_county, theme="industry", layers="counties,herb-bases")
    with pytest.raises(EmptySheetError, match="自有指标还没有数据，或不在查看范围"):
        sheet_of(drawn_county, PUBLIC, layers="counties,own-values")
    with pytest.raises(EmptySheetError, match="示范点、两新组织"):
        sheet_of(drawn_county, theme="organisations")


def test_a_map_of_the_ground_alone_is_a_map(drawn_county: County) -> None:
    assert "没有可画的记录" not in sheet_of(drawn_county, layers="counties,villages,roads").title


def test_rows_that_all_lie_beyond_the_frame(catalog: Catalog, tmp_path: Path) -> None:
    """An orchard 40 km east of the county is drawn on no sheet of it."""
    store = disputes.build(tmp_path / "home", catalog, demo=True)
    put(store, "orchards", orchards([box(525_000, 3_920_000, 525_100, 3_920_100)], [15.0]))
    with pytest.raises(EmptySheetError, match=r"果园都在图幅之外.*换一个范围或比例尺"):
        sheet_of(open_home(store.home), layers="counties,orchards")


def test_a_page_of_an_atlas_without_anything_says_so(drawn_county: County) -> None:
    words = {"theme": "industry", "layers": "counties,orchards", "paper": "A4", "orientation": "portrait"}
    sheet = sheet_of(drawn_county, code="140822102", number=(3, 3), **words)
    assert sheet.barren
    assert "".join(texts(sheet, "title")) == sheet.title
    assert sheet.title.endswith("（没有可画的记录）")


def test_an_atlas_without_anything_is_refused(drawn_county: County) -> None:
    plan = atlas_plan({"theme": "industry", "atlas": "township", "layers": "herb-bases"}, drawn_county)
    with pytest.raises(EmptySheetError, match="图册的 3 幅都没有可画的记录"):
        make_atlas(drawn_county, PLANNER, plan, made_on=TODAY, heard=lambda _share: False)


def test_a_part_that_is_empty_is_said(drawn_county: County) -> None:
    words = {"layers": "orchards,party-service-centres,villages", "f.orchards.crop": "grape"}
    assert "没有符合条件的记录：果园" in sheet_of(drawn_county, **words).notes


def test_no_service_has_data(odd_house: County) -> None:
    with pytest.raises(NoServicesError, match="先导入"):
        sheet_of(odd_house, PLANNER, theme="coverage")


# ---- titles ----


def title_lines(county: County, text: str, paper: str = "A4") -> list[float]:
    sheet = sheet_of(county, title=text, paper=paper, orientation="portrait", layers="villages")
    return [word.size for word in sheet.page.words() if word.kind == "title"]


def test_a_long_title_shrinks_then_wraps_then_is_refused(drawn_county: County) -> None:
    plain, smaller, wrapped = (title_lines(drawn_county, "长" * count) for count in (20, 30, 55))
    assert [len(lines) for lines in (plain, smaller, wrapped)] == [1, 1, 2]
    assert plain[0] > smaller[0] > wrapped[0] == wrapped[1] > 3
    with pytest.raises(TitleError, match="标题有 80 字，这张纸上两行也放不下"):
        title_lines(drawn_county, "长" * 80)


# ---- characters ----


def test_rare_characters_of_place_names_are_there(drawn_county: County) -> None:
    assert sheet_of(drawn_county, title="圪塔峁垣㘰堰崖", layers="villages").title == "圪塔峁垣㘰堰崖"


@pytest.mark.parametrize("word", ["title", "maker", "reason"])
def test_a_missing_character_that_was_typed_is_named(drawn_county: County, word: str) -> None:
    with pytest.raises(GlyphError, match=ODD):
        sheet_of(drawn_county, **{word: f"甲{ODD}"})


def test_a_missing_character_in_the_data_is_replaced_and_said(odd_house: County) -> None:
    sheet = sheet_of(odd_house, layers="villages,townships,counties")
    assert "〓家村" in texts(sheet)
    assert any(f"字体里没有“{ODD} U+{ord(ODD):04X}”" in note and f"{ODD}家村" in note for note in sheet.notes)


def test_an_atlas_lists_a_name_with_a_missing_character(odd_house: County) -> None:
    words = {"theme": "overview", "atlas": "village", "layers": "villages"}
    atlas = make_atlas(
        odd_house, PLANNER, atlas_plan(words, odd_house), made_on=TODAY, heard=lambda _share: False
    )
    assert atlas is not None
    assert [failure.page.code for failure in atlas.failures] == [village_code(1)], "which has no shape"
    assert "〓家村" in {word.text for page in atlas.index for word in page.words() if word.kind == "list"}
    assert atlas.body().startswith(b"%PDF")


def test_the_file_of_a_sheet_needs_no_shape_of_the_county(tmp_path: Path, catalog: Catalog) -> None:
    """Without the county's outline a township still has its sheet."""
    store = Store(tmp_path / "home", catalog)
    store.create()
    put(store, "townships", county.townships(), demo=True)
    put(store, "villages", villages(), demo=True)
    sheet = sheet_of(open_home(store.home), layers="villages", code="140822100")
    assert sheet.title == "万荣县西镇基层治理总览图（2025年）" or sheet.title.endswith("西镇基层治理总览图")
