"""Classes, breaks, ramps and symbols."""

import re
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest

from layers.catalog import Catalog
from layers.spec import CORE_SHARE, LayerSpec, Paint, Symbol
from layers.symbology import (
    RAMPS,
    SYMBOL_PATHS,
    breaks_for,
    classes,
    classify,
    natural_breaks,
    present,
    ramp,
    round_to_2,
)  # fmt: skip
from tests.sight import DEUTAN, PROTAN, lab, linear

LAND = "#FCFBF7"


def income(style: dict[str, Any], **field: Any) -> LayerSpec:
    """A polygon layer whose only number is an income in 万元."""
    return LayerSpec.model_validate(
        {
            "id": "incomes",
            "title": {"zh": "收入", "en": "Income"},
            "description": {"zh": "收入。", "en": "Income."},
            "group": "industry",
            "geometry": "polygon",
            "fields": [
                {"name": "code", "title": {"zh": "编号", "en": "Code"}},
                {"name": "name", "title": {"zh": "名称", "en": "Name"}},
                {"name": "income", "title": {"zh": "收入", "en": "Income"}, "type": "number", "unit": "万元"} | field,
            ],
            "style": {"field": "income"} | style,
            "access": {},
            "source": {"owner": {"zh": "农经中心", "en": "Centre"}},
        }
    )  # fmt: skip


def edition(*breaks: float) -> Any:
    """As much of an edition as the symbology reads."""
    return SimpleNamespace(breaks=breaks)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_single_style_has_one_class_with_the_title_of_the_layer(catalog: Catalog) -> None:
    (row,) = classes(catalog.layer("villages"), None, catalog)
    assert (row.index, row.title.zh, row.paint.line, row.paint.line_mm) == (
        0,
        "村（社区）界",
        "#AEB8B9",
        0.185,
    )


def test_boundaries_are_as_wide_on_screen_as_the_palette_says(catalog: Catalog) -> None:
    px = {n: classes(catalog.layer(n), None, catalog)[0].paint.line_mm * 96 / 25.4 for n in ("counties", "townships", "villages", "grids")}  # fmt: skip
    assert {name: round(value, 1) for name, value in px.items()} == {
        "counties": 1.9, "townships": 1.3, "villages": 0.7, "grids": 0.6,
    }  # fmt: skip


def test_orchards_by_crop(catalog: Catalog) -> None:
    spec = catalog.layer("orchards")
    assert [(row.title.zh, row.value, row.paint.fill) for row in classes(spec, None, catalog)] == [
        ("苹果", "apple", "#CFE3B4"),
        ("桃、油桃", "peach,nectarine", "#F3CDB0"),
        ("葡萄", "grape", "#B9C7E6"),
        ("其他果树", "persimmon,pear,jujube,other", "#E8E0C4"),
    ]
    rows = pd.DataFrame({"crop": ["nectarine", "apple", "pear", "grape", "kiwi"]})
    assert classify(spec, None, rows, catalog).tolist() == [1, 0, 3, 2, 3]


def test_levels_have_colour_shape_and_word_and_a_place_for_the_ungraded(catalog: Catalog) -> None:
    spec = catalog.layer("disputes")
    assert [(r.title.zh, r.value, r.paint.symbol, r.paint.fill) for r in classes(spec, None, catalog)] == [
        ("红色", "red", "triangle", "#B3261E"),
        ("黄色", "yellow", "diamond", "#F2B705"),
        ("蓝色", "blue", "circle", "#2563A8"),
        ("未定级", "", "circle", "#C3CDD1"),
    ]
    rows = pd.DataFrame({"warning_level": ["blue", None, "red", "yellow", ""]})
    assert classify(spec, None, rows, catalog).tolist() == [2, 3, 0, 1, 3]


def test_an_empty_field_is_hatched_grey_and_never_white(catalog: Catalog) -> None:
    style = {"kind": "graduated", "ramp": "share"}
    row = classes(income(style), edition(), catalog)[-1]
    assert (row.title.zh, row.value, row.kind) == ("没有采集", "", "empty")
    assert (row.paint.hatch, row.paint.hatch_line) == ("diagonal", "#8A97A0")
    assert [r.kind for r in classes(income(style, required=True), edition(), catalog)] == ["class"]


def test_a_withheld_field_puts_every_row_into_no_data(catalog: Catalog) -> None:
    spec = income({"kind": "graduated", "ramp": "rate"}, required=True, sensitivity="internal")
    rows = pd.DataFrame({"code": ["a", "b"]})
    assert classify(spec, edition(10.0), rows, catalog).tolist() == [2, 2]
    assert classes(spec, edition(10.0), catalog)[2].kind == "empty"


def test_a_legend_leaves_out_other_and_no_data_while_nobody_is_there(catalog: Catalog) -> None:
    legend = classes(catalog.layer("orchards"), None, catalog)
    assert [row.index for row in present(legend, {0: 783})] == [0, 1, 2]
    assert [row.index for row in present(legend, {0: 783, 3: 1})] == [0, 1, 2, 3]


def test_graduated_classes_include_their_lower_limit(catalog: Catalog) -> None:
    spec = income({"kind": "graduated", "ramp": "rate"})
    made = edition(20.0, 1200.0)
    legend = classes(spec, made, catalog)
    assert [row.title.zh for row in legend] == ["低于 20 万元", "20–1,200 万元", "1,200 万元以上", "没有采集"]
    assert [row.paint.fill for row in legend[:3]] == ["#FFF7DB", "#E98933", "#933408"]
    rows = pd.DataFrame({"income": [19.99, 20.0, 1199.0, 1200.0, None]})
    assert classify(spec, made, rows, catalog).tolist() == [0, 1, 1, 2, 3]


def test_given_classes_need_no_breaks(catalog: Catalog) -> None:
    paint = {"fill": "#FAFCFC"}
    given = [
        {"title": {"zh": t, "en": t}, "least": n, "paint": paint}
        for t, n in (("低", 0), ("中", 50), ("高", 80))
    ]
    spec = income({"kind": "graduated", "classes": given})
    rows = pd.DataFrame({"income": [0, 50, 79.9, 80, 100]}).astype({"income": "float64"})
    assert classify(spec, None, rows, catalog).tolist() == [0, 1, 1, 2, 2]
    assert breaks_for(spec, rows) is None


def test_breaks_are_rounded_first_and_counted_after() -> None:
    spec = income({"kind": "graduated", "ramp": "share", "breaks": 3})
    rows = pd.DataFrame({"income": [1.0, 2.0, 3.0, 103.0, 104.0, 106.0, 1204.0, 1251.0, None]})
    assert breaks_for(spec, rows) == (53.0, 660.0)  # 53 and 655


@pytest.mark.parametrize(
    ("values", "breaks"), [([], ()), ([7.0, 7.0, 7.0], ()), ([0.0, 1.0], (0.5,)), ([10.4, 10.44], ())]
)
def test_few_values_make_few_classes(values: list[float], breaks: tuple[float, ...]) -> None:
    spec = income({"kind": "graduated", "ramp": "share"})
    rows = pd.DataFrame({"income": pd.Series(values, dtype="float64")})
    assert breaks_for(spec, rows) == breaks


def test_natural_breaks_are_the_best_of_all_partitions() -> None:
    values = [1.0, 2.0, 2.0, 4.0, 9.0, 11.0, 12.0, 30.0, 31.0, 47.0, 48.0, 90.0]

    def spread(cuts: tuple[int, ...]) -> float:
        parts = [values[i:j] for i, j in pairwise((0, *cuts, len(values)))]
        return sum(float(np.var(part)) * len(part) for part in parts)

    best = min(combinations(range(1, len(values)), 3), key=spread)
    assert natural_breaks(values, 4) == [(values[i - 1] + values[i]) / 2 for i in best]


def test_many_values_are_thinned_without_chance() -> None:
    values = sorted(np.random.default_rng(1).lognormal(5, 1, 50_000).tolist())
    first = natural_breaks(values, 5)
    assert first == natural_breaks(values, 5)
    assert len(first) == 4


@pytest.mark.parametrize(
    ("value", "rounded"), [(1234, 1200), (0.0567, 0.057), (-98.7, -99), (0, 0), (995, 1000)]
)
def test_two_significant_digits(value: float, rounded: float) -> None:
    assert round_to_2(value) == rounded


def test_a_ramp_of_any_length_runs_from_end_to_end() -> None:
    assert ramp("share", 5) == RAMPS["share"]
    assert ramp("share", 4) == ("#FAFCFC", "#A7CDD1", "#5E9EA6", "#1F6F7A")
    assert ramp("rate", 3) == ("#FFF7DB", "#E98933", "#933408")
    assert ramp("rate", 2) == ("#FFF7DB", "#933408")
    assert len(set(ramp("rate", 7))) == 7


@pytest.mark.parametrize("name", ["share", "share4", "rate", "diverging"])
@pytest.mark.parametrize("sight", [np.eye(3), DEUTAN, PROTAN], ids=["all", "deutan", "protan"])
def test_neighbours_of_a_ramp_can_be_told_apart(name: str, sight: np.ndarray) -> None:
    seen = [lab(sight @ linear(colour)) for colour in RAMPS[name]]
    assert min(float(np.linalg.norm(a - b)) for a, b in pairwise(seen)) >= 15


@pytest.mark.parametrize("name", ["share", "share4", "rate"])
def test_neighbours_of_a_ramp_can_be_told_apart_in_grey(name: str) -> None:
    lightness = [lab(linear(colour))[0] for colour in RAMPS[name]]
    assert min(abs(a - b) for a, b in pairwise(lightness)) >= 15


def alike_in_grey(one: Paint, other: Paint) -> bool:
    """Whether only colour tells two paints apart, and not on a grey print."""
    shapes = [(p.symbol, p.hatch) for p in (one, other)]
    a, b = (lab(linear(p.fill or p.line or LAND))[0] for p in (one, other))
    return shapes[0] == shapes[1] and abs(a - b) < 15


LINES_AND_GROUND = {"land-use", "river-works", "roads", "urban-projects"}
"""Told apart by width, by their names, or only a ground under the theme."""


def test_classes_of_a_layer_can_be_told_apart_in_grey(catalog: Catalog) -> None:
    alike = [
        (spec.id, one.title.zh, other.title.zh)
        for spec in catalog
        if spec.id not in LINES_AND_GROUND
        for one, other in combinations(
            [row for row in classes(spec, None, catalog) if row.kind == "class"], 2
        )
        if alike_in_grey(one.paint, other.paint)
    ]
    assert alike == []


def test_every_symbol_is_a_path_inside_the_unit_box() -> None:
    assert set(SYMBOL_PATHS) == set(get_args(Symbol))
    for name, path in SYMBOL_PATHS.items():
        assert re.fullmatch(r"[MLCZ0-9 .\-]+", path), name
        assert max(abs(float(number)) for number in re.findall(r"-?\d+\.?\d*", path)) <= 0.5, name


def point_paints(catalog: Catalog) -> list[tuple[str, Paint]]:
    return [
        (spec.id, row.paint)
        for spec in catalog
        if spec.geometry == "point"
        for row in classes(spec, None, catalog)
        if row.kind == "class"
    ]


def test_no_two_point_layers_look_alike(catalog: Catalog) -> None:
    looks: dict[tuple[str | None, ...], str] = {}
    for layer, paint in point_paints(catalog):
        look = (paint.symbol, paint.fill, paint.line)
        assert looks.setdefault(look, layer) == layer, f"{layer} looks like {looks[look]}"


def test_every_point_stands_out_from_the_land(catalog: Catalog) -> None:
    weak = [
        layer
        for layer, p in point_paints(catalog)
        if max(contrast(c, LAND) for c in (p.fill, p.line) if c) < 3
    ]
    assert weak == []


def test_the_core_of_a_road_is_narrower_than_its_casing() -> None:
    assert 0 < CORE_SHARE < 1
