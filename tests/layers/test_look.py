"""Classes of published counts, and disclosed rows as a table for people."""

import pandas as pd
import pytest

from geo.errors import FilterError
from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Disclosed, Door, RowFilter, Viewer
from layers.disclosure.look import legend, look_classes, look_classify
from layers.disclosure.tables import cells, columns, order
from layers.disclosure.timeline import months
from layers.disclosure.values import plain
from layers.editions import Store
from layers.spec import FieldSpec, Text
from tests import county
from tests.county import COUNTY, TOWNSHIPS, village_code
from tests.disputes import COUNTS, build

OPERATOR = Viewer("operator", COUNTY)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Door:
    home = build(tmp_path_factory.mktemp("look") / "home", catalog, demo=False).home
    return Door(Store(home, catalog), catalog, COUNTY)


def with_counts(given: Disclosed, counts: list[int | None]) -> Disclosed:
    rows = given.rows.iloc[: len(counts)].copy()
    rows["count"] = pd.array(counts, dtype="Int64")
    return Disclosed(
        given.spec, given.edition, given.fields, rows, given.visibility, given.note, given.period
    )


def test_counts_fall_into_the_classes_that_their_titles_say(door: Door, catalog: Catalog) -> None:
    given = with_counts(door.rows("disputes", PUBLIC), [0, 3, 4, 5, 9, 10, 19, 20, 21, None])
    titles = [row.title.zh for row in look_classes(given.spec, given.edition, given.visibility, catalog)]
    assert titles == ["0 件", "3–4 件", "5–9 件", "10–19 件", "20 件以上", "不显示"]
    assert look_classify(given, catalog).tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5]


def test_a_legend_counts_every_row_once(door: Door, catalog: Catalog) -> None:
    given = with_counts(door.rows("disputes", PUBLIC), [0, 0, 3, None, 40])
    shown = {row["title"]: row["count"] for row in legend(given, catalog, "en")}
    assert shown["0"] == 2
    assert shown["3–4"] == shown["Withheld"] == shown["20 and over"] == 1
    assert sum(shown.values()) == 5
    assert all(None not in row["paint"].values() for row in legend(given, catalog, "en"))
    assert [row["index"] for row in legend(given, catalog, "zh")] == sorted(
        row["index"] for row in legend(given, catalog, "zh")
    )


def test_the_legend_of_a_layer_seen_exactly_is_its_own(door: Door, catalog: Catalog) -> None:
    given = door.rows("disputes", OPERATOR)
    assert "不显示" not in {row["title"] for row in legend(given, catalog, "zh")}
    assert sum(row["count"] for row in legend(given, catalog, "zh")) == len(given.rows)


def sorted_by(door: Door, catalog: Catalog, sort: str, layer: str = "villages") -> list[str]:
    given = door.rows(layer, OPERATOR)
    return given.rows["code"].iloc[order(given, catalog, sort)].tolist()


def test_rows_are_sorted_by_number_text_and_list(door: Door, catalog: Catalog) -> None:
    by_people = sorted_by(door, catalog, "population")
    assert by_people[0] == county.SLIVER
    assert by_people[1:] == [village_code(number) for number in range(1, 10)]
    assert sorted_by(door, catalog, "-population") == by_people[::-1]
    assert sorted_by(door, catalog, "-township_code,population")[0] == county.SLIVER
    assert sorted_by(door, catalog, "-township_code,population")[-1] == village_code(7)
    assert sorted_by(door, catalog, "") == sorted_by(door, catalog, ",") == [*county.villages()["code"]]


def test_what_is_missing_is_last_whichever_way(door: Door, catalog: Catalog) -> None:
    given = door.rows("villages", OPERATOR)
    rows = given.rows.copy()
    rows["population"] = pd.array([5, None, *range(10, 18)], dtype="Int64")
    rows["name"] = [None, "安村", "北村", "", *"cdefgh"]
    holed = Disclosed(given.spec, given.edition, given.fields, rows, given.visibility, given.note)
    assert order(holed, catalog, "population").tolist()[-1] == 1
    assert order(holed, catalog, "-population").tolist()[-1] == 1
    assert set(order(holed, catalog, "name").tolist()[-2:]) == {0, 3}
    assert order(holed, catalog, "name").tolist()[6:8] == [1, 2], "letters, then characters by pinyin"


def test_codes_are_sorted_as_their_list_stands(door: Door, catalog: Catalog) -> None:
    given = door.rows("disputes", OPERATOR)
    rows = given.rows.iloc[:5].copy()
    rows["category"] = ["contract", "marriage_family", None, "unheard_of", "neighbour"]
    mixed = Disclosed(given.spec, given.edition, given.fields, rows, given.visibility, given.note)
    assert order(mixed, catalog, "category").tolist() == [1, 4, 0, 3, 2]
    assert order(mixed, catalog, "-category").tolist() == [3, 0, 4, 1, 2]


def test_a_column_that_is_none_is_refused(door: Door, catalog: Catalog) -> None:
    with pytest.raises(FilterError, match="不能按 secret 排序，可用：code"):
        order(door.rows("villages", OPERATOR), catalog, "secret")


def test_places_are_sorted_by_code(door: Door, catalog: Catalog) -> None:
    given = door.rows("disputes", OPERATOR)
    codes = given.rows["village_code"].iloc[order(given, catalog, "place")].tolist()
    assert codes == sorted(codes)
    assert len(set(codes)) > 1


def test_a_table_names_the_place_third_where_rows_lie_in_villages(door: Door, catalog: Catalog) -> None:
    given = door.rows("disputes", OPERATOR)
    titles = [column.title for column in columns(given, "zh")]
    assert titles.index("所在地") == 2
    assert [column.title for column in columns(given, "en")][2] == "Place"
    assert "所在地" not in [column.title for column in columns(door.rows("villages", OPERATOR), "zh")]
    table = cells(given, catalog, order(given, catalog, "code")[:1], door.area_names(), "zh")
    code = given.rows.sort_values("code")["village_code"].iloc[0]
    assert len(table) == 1
    assert table[0][2] == TOWNSHIPS[code[:9]] + door.area_names()[code]
    assert cells(given, catalog, order(given, catalog, "code")[:1], {}, "zh")[0][2] is None


def test_nothing_published_of_an_area_is_a_shown_zero(door: Door) -> None:
    assert door.published("disputes").cell("140822999999", "2024Q1") == (0, False)


def test_numbers_that_no_file_can_hold_are_empty() -> None:
    field = FieldSpec(name="size", title=Text(zh="大小", en="Size"), type="number")
    assert plain(field, pd.Series([1.5, float("inf"), float("-inf"), float("nan"), 0.0])) == [
        1.5,
        None,
        None,
        None,
        0.0,
    ]


def test_months_without_a_dispute_between_others_are_zero(door: Door) -> None:
    """Village 6 had disputes in the first, the third and the fourth quarter of 2024."""
    given = door.rows("disputes", OPERATOR, RowFilter(code=village_code(6)))
    counts = {month.month: month.count for month in months(given, door.extent("disputes"))}
    assert [counts[f"2024-0{month}"] for month in (4, 5, 6)] == [0, 0, 0]
    assert sum(filter(None, counts.values())) == sum(COUNTS[6])
