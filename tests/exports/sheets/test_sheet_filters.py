"""A sheet shows what the filters of its map leave, and says which they are; a time that nothing follows is none."""

import pytest

from exports.sheets.sheet import Sheet
from layers.county import County
from layers.disclosure import PUBLIC, Viewer
from tests.exports.sheets.drawn import GRID_WORKER, OPERATOR, classes_on, on_map, sheet_of, symbols, texts

ORCHARDS = {"layers": "orchards,villages"}


def said(sheet: Sheet) -> str:
    return "".join(texts(sheet, "footer"))


def orchards(sheet: Sheet) -> set[str]:
    return {name for name in classes_on(on_map(sheet)) if name.startswith("orchards.")}


def test_a_sheet_without_filters_speaks_of_none(drawn_county: County) -> None:
    assert "筛选" not in said(sheet_of(drawn_county, **ORCHARDS))


@pytest.mark.parametrize("paper", ["A3", "A4", "slide", "figure"])
def test_values_of_a_field_are_called_by_their_titles(drawn_county: County, paper: str) -> None:
    whole = sheet_of(drawn_county, paper=paper, **ORCHARDS)
    sheet = sheet_of(drawn_county, paper=paper, **ORCHARDS, **{"f.orchards.crop": "peach,pear"})
    assert "只画符合筛选的：果园：种类 桃/梨。" in said(sheet)
    assert len(orchards(sheet)) == 1 < len(orchards(whole))


def test_a_text_that_is_looked_for_is_said(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **ORCHARDS, **{"f.orchards.q": "丙园"})
    assert "只画符合筛选的：果园：含“丙园”。" in said(sheet)
    assert len(orchards(sheet)) == 1


def test_classes_that_are_switched_off_are_said(drawn_county: County) -> None:
    titles = {
        row.title.zh: row.index
        for row in _legend(drawn_county)
        if row.title.zh in texts(sheet_of(drawn_county, **ORCHARDS), "legend")
    }
    (peach,) = (index for title, index in titles.items() if "桃" in title)
    sheet = sheet_of(drawn_county, **ORCHARDS, hide=f"orchards:{peach}")
    assert f"orchards.{peach}" not in orchards(sheet)
    assert "只画符合筛选的：果园：不画桃" in said(sheet)


def test_ranges_and_what_is_empty(drawn_county: County) -> None:
    sheet = sheet_of(
        drawn_county, layers="own-values,villages", **{"f.own-values.level": "2..11,"}, paper="A4"
    )
    assert "只画符合筛选的：自有指标：数值 2–11/没有填。" in said(sheet)


def test_filters_are_english_on_an_english_sheet(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, **ORCHARDS, lang="en", **{"f.orchards.crop": "peach"})
    assert "Only what meets the filters: Orchards: Crop Peach." in said(sheet)


def test_filters_of_layers_that_are_not_drawn_are_not_said(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, layers="villages", **{"f.orchards.crop": "peach"})
    assert "筛选" not in said(sheet)


# ---- in the title ----

LOCKED = ("事件类别 邻里纠纷", "2024年1月10日–2025年3月15日")


def test_a_title_says_that_only_a_part_is_drawn(drawn_county: County) -> None:
    crops = {"f.orchards.crop": "peach,pear"}
    assert sheet_of(drawn_county, **ORCHARDS, **crops).title.split("（")[1].startswith("种类 桃/梨")
    assert (
        sheet_of(drawn_county, **ORCHARDS, lang="en", **crops)
        .title.split(" (")[1]
        .startswith("Crop Peach/Pear")
    )
    assert "（" not in sheet_of(drawn_county, layers="party-service-centres,villages", title="中心").title


def test_a_title_of_ones_own_does_not_hide_the_filter(drawn_county: County) -> None:
    own = sheet_of(drawn_county, **ORCHARDS, title="桃园", **{"f.orchards.crop": "peach"})
    assert own.title == "桃园（种类 桃）"
    assert sheet_of(drawn_county, **ORCHARDS, title="桃园").title == "桃园"


def test_what_is_locked_in_a_title_stands_behind_any(drawn_county: County) -> None:
    words = {"layers": "disputes,villages", "f.disputes.category": "neighbour"}
    made, own = sheet_of(drawn_county, **words), sheet_of(drawn_county, **words, title="邻里", dated="1")
    assert own.locked == made.locked == LOCKED
    assert (own.own_title, own.title) == ("邻里", f"邻里（{'，'.join(LOCKED)}）")
    assert made.title == f"{made.own_title}（{'，'.join(LOCKED)}）"
    assert sheet_of(drawn_county, **words, title="邻里").title == f"邻里（{LOCKED[0]}）"


def test_a_period_is_not_said_twice(drawn_county: County) -> None:
    words = {"layers": "disputes,villages", "all": "disputes", "title": f"{LOCKED[1]}的纠纷", "dated": "1"}
    assert sheet_of(drawn_county, **words).title == f"{LOCKED[1]}的纠纷"


def test_a_filter_that_is_too_long_for_a_title_is_told_below(drawn_county: County) -> None:
    long = sheet_of(
        drawn_county, **ORCHARDS, **{"f.orchards.crop": "peach,pear,apple,grape,walnut,persimmon,date"}
    )
    assert "只画一部分，筛选见图下" in long.title
    assert "只画符合筛选的：果园：种类 桃/梨/苹果" in said(long)


def test_records_of_a_time_beside_things_without_one_are_told_apart(drawn_county: County) -> None:
    """A month of the edition is no period of the records; what has no common period has none in the title."""
    sheet = sheet_of(drawn_county, layers="disputes,party-service-centres,villages")
    assert "20" not in sheet.title
    assert any(note.startswith("矛盾纠纷：2024年1月") for note in sheet.notes)
    assert sheet_of(drawn_county, layers="disputes,villages", all="disputes").title.endswith(
        "（2024年1月10日–2025年3月15日）"
    )


# ---- what staff see at first ----


@pytest.mark.parametrize(
    ("viewer", "words", "open_ones", "every"),
    [
        (OPERATOR, {"theme": "disputes", "show": "off", "layers": "disputes,villages"}, 38, 149),
        (OPERATOR, {"layers": "disputes,villages"}, 38, 149),
        (GRID_WORKER, {"theme": "my-grid", "layers": "disputes,villages"}, 6, 11),
    ],
    ids=["disputes", "overview", "my-grid"],
)
def test_open_cases_are_drawn_until_all_are_asked_for(
    drawn_county: County, viewer: Viewer, words: dict[str, str], open_ones: int, every: int
) -> None:
    first, whole = (sheet_of(drawn_county, viewer, **words, **more) for more in ({}, {"all": "disputes"}))
    assert [cases(sheet) for sheet in (first, whole)] == [open_ones, every]
    assert "（状态 已上报未化解，" in first.title
    assert "状态" not in whole.title
    chosen = sheet_of(drawn_county, viewer, **words, **{"f.disputes.status": "open"})
    assert (chosen.title, cases(chosen)) == (first.title, open_ones)


def test_another_condition_takes_the_place_of_the_first(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, layers="disputes,villages", **{"f.disputes.warning_level": "red"})
    assert cases(sheet) == 50
    assert "（预警等级 红色，" in sheet.title


def test_the_legend_has_the_time_of_what_is_drawn(drawn_county: County) -> None:
    words = {"theme": "disputes", "show": "off", "layers": "disputes,villages", "all": "disputes"}
    month = sheet_of(drawn_county, **words, since="2024-02-01", until="2024-02-29")
    assert month.title == "手画县矛盾纠纷分布图（2024年2月）"
    assert "矛盾纠纷（2024年2月）" in texts(month, "legend-heading")
    heads = texts(sheet_of(drawn_county, **words), "legend-heading")
    assert "矛盾纠纷（2024年1月10日–2025年3月15日）" in "".join(heads)


def cases(sheet: Sheet) -> int:
    """Disputes on a sheet, as the note on gathered symbols says."""
    (said,) = (note for note in sheet.notes if note.startswith("矛盾纠纷共"))
    return int(said.split()[1])


# ---- time ----


def test_a_time_that_nothing_follows_is_not_in_the_title(drawn_county: County) -> None:
    sheet = sheet_of(
        drawn_county, layers="party-service-centres,villages", since="2024-01-01", until="2024-03-31"
    )
    assert "2024" not in sheet.title
    assert "图上没有能按时段筛选的图层，时段没有用上" in sheet.notes


def test_a_time_that_disputes_follow_is(drawn_county: County) -> None:
    words = {"layers": "disputes,villages", "since": "2024-01-01", "until": "2024-03-31"}
    sheet = sheet_of(drawn_county, **words, all="disputes")
    assert sheet.title.endswith("（2024年第一季度）")
    (note,) = (note for note in sheet.notes if note.startswith("矛盾纠纷共"))
    found = drawn_county.door.rows("disputes", OPERATOR).rows
    days = found["happened_on"].astype(str)
    assert f"矛盾纠纷共 {((days >= '2024-01-01') & (days <= '2024-03-31')).sum()} 件" in note
    assert symbols(sheet, "disputes")


@pytest.mark.parametrize(
    "words",
    [{"period": "2024Q1"}, {"since": "2024-01-01", "until": "2024-03-31"}],
    ids=["period", "days"],
)
def test_published_counts_follow_a_period_of_their_own(drawn_county: County, words: dict[str, str]) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, layers="disputes,counties", **words)
    assert sheet.title.endswith("（2024年第一季度）")
    assert "矛盾纠纷 2024年第一季度" in texts(sheet, "legend-heading")
    assert not any("画的是" in note for note in sheet.notes)


def test_published_counts_of_another_time_say_theirs(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, layers="disputes,counties", since="2024-01-05", until="2024-02-03")
    latest = drawn_county.door.rows("disputes", PUBLIC).period
    assert latest is not None
    assert "1月5日" not in sheet.title
    assert any(note.startswith("“矛盾纠纷”只公布整季和整年的件数，画的是 20") for note in sheet.notes)


def _legend(county: County) -> tuple[object, ...]:
    from layers.disclosure.look import look_classes

    given = county.door.rows("orchards", OPERATOR)
    return look_classes(given.spec, given.edition, given.visibility, county.catalog)
