"""Which rows a question picks, value by value, on rows drawn by hand."""

import re
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import FilterError, LimitsReversedError
from layers.disclosure.filters import RowFilter, finest_codes, matching, within_area
from layers.spec import FieldSpec, LayerSpec

TYPES = {
    "code": "text",
    "name": "text",
    "village_code": "text",
    "grid_code": "text",
    "kinds": "codes",
    "level": "text",
    "count": "integer",
    "opened": "date",
    "known": "boolean",
    "tel": "phone",
}
STORED = "EPSG:4490"
VILLAGE, OTHER = "140822100001", "140822101001"
GRID = f"{VILLAGE}001"


def spec(geometry: str = "point", group: str = "services") -> LayerSpec:
    text = {"zh": "某", "en": "some"}
    fields = [
        {"name": name, "title": {"zh": name, "en": name}, "type": kind}
        | ({"codes": "some_kinds"} if kind == "codes" else {})
        for name, kind in TYPES.items()
    ]
    return LayerSpec.model_validate(
        {
            "id": "things",
            "title": text,
            "description": text,
            "group": group,
            "geometry": geometry,
            "time_field": "opened",
            "fields": fields,
            "style": {"kind": "single", "order": 1, "paint": {"fill": "#000000"}},
            "access": dict.fromkeys(("public", "grid_worker", "planner", "mediator", "operator"), "exact"),
            "source": {"owner": text, "renewal": "year"},
        }
    )


@pytest.fixture
def things() -> gpd.GeoDataFrame:
    """Four points from west to east; the last has nothing but its code."""
    rows = pd.DataFrame(
        {
            "code": ["a", "b", "c", "d"],
            "name": ["Élan 站", "北 [1]", "", None],
            "village_code": [VILLAGE, VILLAGE, OTHER, None],
            "grid_code": [GRID, None, "", None],
            "kinds": ["land;water", "landing", "water", None],
            "level": pd.array(["red", "blue", "", None], dtype="string"),
            "count": pd.array([1, 2, 3, None], dtype="Int64"),
            "opened": [date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), None],
            "known": pd.array([True, False, None, None], dtype="boolean"),
            "tel": ["0359-1", "0359-2", None, None],
        }
    )
    return gpd.GeoDataFrame(
        rows, geometry=gpd.points_from_xy([110.0, 110.1, 110.2, 110.3], [35.0] * 4), crs=STORED
    )


def picked(things: gpd.GeoDataFrame, **words: Any) -> str:
    chosen = spec()
    return "".join(things["code"][matching(chosen, chosen.fields, things, RowFilter(**words))])


@pytest.mark.parametrize(
    ("field", "values", "found"),
    [
        ("kinds", ("land",), "a"),
        ("kinds", ("water",), "ac"),
        ("kinds", ("wat",), ""),
        ("kinds", ("land", "landing"), "ab"),
        ("kinds", ("",), "d"),
        ("level", ("red",), "a"),
        ("level", ("",), "cd"),
        ("level", ("red", ""), "acd"),
        ("level", ("re",), ""),
        ("count", ("2",), "b"),
        ("count", ("2..3",), "bc"),
        ("count", ("2..",), "bc"),
        ("count", ("..2",), "ab"),
        ("count", ("..",), "abc"),
        ("count", ("",), "d"),
        ("opened", ("2026-01-31",), "b"),
        ("opened", ("2026-01-31..",), "bc"),
        ("opened", ("..2026-01-31",), "ab"),
        ("opened", ("2026-01-01..2026-02-01",), "abc"),
        ("opened", ("",), "d"),
        ("known", ("true",), "a"),
        ("known", ("是",), "a"),
        ("known", ("1",), "a"),
        ("known", ("FALSE",), "b"),
        ("known", ("否",), "b"),
        ("known", ("0",), "b"),
        ("known", ("",), "cd"),
    ],
)
def test_values(things: gpd.GeoDataFrame, field: str, values: tuple[str, ...], found: str) -> None:
    assert picked(things, fields=((field, values),)) == found


@pytest.mark.parametrize(("field", "value"), [("count", "3..1"), ("opened", "2026-02-28..2026-02-01")])
def test_a_range_turned_round_is_no_empty_answer(things: gpd.GeoDataFrame, field: str, value: str) -> None:
    with pytest.raises(LimitsReversedError, match=re.escape(value)):
        picked(things, fields=((field, (value,)),))


def test_days_turned_round_are_no_empty_answer() -> None:
    with pytest.raises(LimitsReversedError, match="2026-02-28 在 2026-02-01 之后"):
        RowFilter(since=date(2026, 2, 28), until=date(2026, 2, 1))
    assert RowFilter(since=date(2026, 2, 1), until=date(2026, 2, 1)).since == date(2026, 2, 1)


def test_fields_narrow_each_other(things: gpd.GeoDataFrame) -> None:
    assert picked(things, fields=(("kinds", ("water",)), ("level", ("red",)))) == "a"
    assert picked(things, fields=(("kinds", ("water",)), ("level", ("blue",)))) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [("站", "a"), ("éLAN", "a"), ("[1]", "b"), ("0359", "ab"), (".", ""), ("none", ""), ("red", "a")],
)
def test_text_is_looked_for_as_it_stands(things: gpd.GeoDataFrame, text: str, found: str) -> None:
    assert picked(things, text=text) == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2026, 1, 31), None, "bc"),
        (None, date(2026, 1, 31), "ab"),
        (date(2026, 1, 1), date(2026, 1, 1), "a"),
        (date(2026, 2, 2), None, ""),
        (None, date(2025, 12, 31), ""),
    ],
)
def test_both_days_of_a_period_count_and_rows_without_a_day_do_not(
    things: gpd.GeoDataFrame, since: date | None, until: date | None, found: str
) -> None:
    assert picked(things, since=since, until=until) == found


def test_a_time_of_day_belongs_to_its_day(things: gpd.GeoDataFrame) -> None:
    things["opened"] = pd.to_datetime(
        ["2026-01-31 23:59:59", "2026-02-01 00:00:00", "2026-01-31 00:00:00", None]
    )
    assert picked(things, until=date(2026, 1, 31)) == "ac"


def test_a_frame_takes_in_what_touches_it(things: gpd.GeoDataFrame) -> None:
    assert picked(things, bbox=(110.1, 34.9, 110.2, 35.0)) == "bc"
    assert picked(things, bbox=(110.11, 34.9, 110.19, 35.1)) == ""


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("count", "many", "不是数"),
        ("count", "nan", "不是数"),
        ("count", "nan..2", "不是数"),
        ("count", "2..nan", "不是数"),
        ("count", "1..2..3", "不是数"),
        ("opened", "31.1.2026", "2026-01-31"),
        ("opened", "2026-01-01..x", "2026-01-31"),
        ("known", "maybe", "true 或 false"),
        ("secret", "1", "没有可筛选的字段 secret，可用：code、name"),
    ],
)
def test_what_cannot_be_is_refused(things: gpd.GeoDataFrame, field: str, value: str, says: str) -> None:
    with pytest.raises(FilterError, match=says):
        picked(things, fields=((field, (value,)),))


def test_a_layer_without_days_or_places_says_so(things: gpd.GeoDataFrame) -> None:
    blind = tuple(field for field in spec().fields if field.name != "opened")
    with pytest.raises(FilterError, match="没有日期"):
        matching(spec(), blind, things, RowFilter(since=date(2026, 1, 1)))
    with pytest.raises(FilterError, match="没有日期"):
        matching(
            spec().model_copy(update={"time_field": None}),
            spec().fields,
            things,
            RowFilter(until=date(2026, 1, 1)),
        )
    with pytest.raises(FilterError, match="没有位置"):
        matching(spec("none"), spec().fields, things, RowFilter(bbox=(0.0, 0.0, 1.0, 1.0)))


def test_a_field_that_is_hidden_is_neither_filtered_nor_searched(things: gpd.GeoDataFrame) -> None:
    shown: tuple[FieldSpec, ...] = tuple(field for field in spec().fields if field.name != "tel")
    with pytest.raises(FilterError, match="没有可筛选的字段 tel"):
        matching(spec(), shown, things, RowFilter(fields=(("tel", ("0359-1",)),)))
    assert not matching(spec(), shown, things, RowFilter(text="0359")).any()


def test_the_finest_code_of_a_row_counts(things: gpd.GeoDataFrame) -> None:
    assert finest_codes(spec(), things).tolist() == [GRID, VILLAGE, OTHER, ""]
    assert finest_codes(spec(group="divisions"), things).tolist() == ["a", "b", "c", "d"]
    of_its_own = spec().model_copy(update={"area_field": "name"})
    assert finest_codes(of_its_own, things.assign(name=OTHER)).tolist() == [GRID, VILLAGE, OTHER, OTHER]


def inside(things: gpd.GeoDataFrame, code: str, outline: Any, **words: Any) -> str:
    return "".join(things["code"][within_area(spec(**words), things, code, outline)])


def test_an_area_takes_rows_by_code_and_coarser_ones_by_place(things: gpd.GeoDataFrame) -> None:
    here = shapely.box(110.05, 34.9, 110.35, 35.1)
    assert inside(things, VILLAGE, here) == "abd"
    assert inside(things, VILLAGE, None) == "ab"
    assert inside(things, GRID, here) == "abcd", (
        "rows that know but their village lie in the grid where they stand"
    )
    assert inside(things, GRID, shapely.box(110.25, 34.9, 110.35, 35.1)) == "ad"
    assert inside(things, VILLAGE, here, geometry="none") == "ab"
    assert inside(things, "c", here, group="divisions") == "c"


def test_a_field_lies_where_its_middle_lies(things: gpd.GeoDataFrame) -> None:
    """One that only reaches over the line belongs to the neighbour."""
    things["geometry"] = [shapely.box(x - 0.05, 34.9, x + 0.02, 35.1) for x in (110.0, 110.1, 110.2, 110.3)]
    assert inside(things, VILLAGE, shapely.box(110.30, 34.0, 111.0, 36.0), geometry="polygon") == "ab"
    assert inside(things, VILLAGE, shapely.box(110.26, 34.0, 111.0, 36.0), geometry="polygon") == "abd"
