"""The shipped declarations as a whole, and a county's own beside them."""

from pathlib import Path

import pytest

from geo.errors import DeclarationError, UnknownLayerError, UnknownThemeError
from layers.catalog import Catalog, load_catalog
from layers.spec import FieldSpec, LayerSpec
from tests.contract import LAYERS, THEMES, without_newcomers

DECLARATIONS = Path(__file__).parents[2] / "layers" / "declarations"
OWN_LAYER = """
id = "bee-yards"
title = { zh = "{{7*7}} 蜂场", en = "Bee yards" }
description = { zh = "蜂场。", en = "Bee yards." }
group = "industry"
geometry = "point"
fields = [
  { name = "code", title = { zh = "编号", en = "Code" } },
  { name = "name", title = { zh = "名称", en = "Name" } },
]
style = { paint = { symbol = "hexagon", fill = "#F2B705" } }
access = { public = "exact" }
source = { owner = { zh = "农业农村局", en = "Agriculture bureau" } }
"""

OWN_STEPS = """
id = "deliberation_stage"
title = { zh = "六步", en = "Six steps" }
items = [
  { value = "step_1", title = { zh = "点事", en = "Raise" } },
  { value = "step_2", title = { zh = "定事", en = "Choose" } },
]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A county's own declarations: one layer and its names of the six steps."""
    (tmp_path / "codelists").mkdir()
    (tmp_path / "bee-yards.toml").write_text(OWN_LAYER, "utf-8")
    (tmp_path / "codelists" / "deliberation_stage.toml").write_text(OWN_STEPS, "utf-8")
    return tmp_path


def headings(spec: LayerSpec, field: str) -> set[str]:
    found: FieldSpec = spec.field(field)
    return {found.name, found.title.zh, *found.aliases}


def test_every_declaration_is_a_layer_and_none_went_missing(catalog: Catalog) -> None:
    assert sorted(catalog.layers) == sorted(file.stem for file in DECLARATIONS.glob("*.toml"))
    assert set(LAYERS) <= set(catalog.layers)


def test_every_layer_accepts_the_headings_of_the_contract(catalog: Catalog) -> None:
    for spec in catalog:
        assert "编号" in headings(spec, "code"), spec.id
        assert "名称" in headings(spec, "name"), spec.id
        for field, heading in (
            ("village_code", "村代码"),
            ("grid_code", "网格编码"),
            ("township_code", "乡镇代码"),
        ):
            if spec.has(field):
                assert heading in headings(spec, field), spec.id


def test_divisions_accept_their_own_codes(catalog: Catalog) -> None:
    for layer, heading in (("townships", "乡镇代码"), ("villages", "村代码"), ("grids", "网格编码")):
        assert heading in headings(catalog.layer(layer), "code")
    for spec in catalog:
        if spec.id.endswith("-centres"):
            assert "中心名称" in headings(spec, "name"), spec.id


@pytest.mark.parametrize("layer", ["settlements", "grids", "villages"])
def test_demand_has_people_households_period_and_source(catalog: Catalog, layer: str) -> None:
    spec = catalog.layer(layer)
    assert all(spec.has(n) for n in ("population", "population_60_plus", "households", "period", "source"))
    assert spec.field("population_60_plus").share_of == "population"


def test_disputes_show_the_public_counts_and_hide_persons_from_all(catalog: Catalog) -> None:
    spec = catalog.layer("disputes")
    by_role = [spec.access.of(r) for r in ("public", "grid_worker", "planner", "mediator", "operator")]
    personal = {field.name for field in spec.fields if field.sensitivity == "personal"}
    internal = {field.name for field in spec.fields if field.sensitivity == "internal"}
    assert by_role == ["counts", "exact", "grid", "exact", "exact"]
    assert personal == {"address", "parties", "mediator", "mediator_phone"}
    assert {"name", "description", "involved_org", "amount_yuan"} <= internal
    assert not personal & set(spec.popup.fields)
    assert len(catalog.codelists["dispute_category"].items) == 20
    assert spec.time_field == "happened_on"
    assert spec.area_field == "grid_code"


def test_weak_organisations_are_for_the_operator_alone(catalog: Catalog) -> None:
    access = catalog.layer("weak-party-orgs").access
    assert [access.of(r) for r in ("public", "grid_worker", "planner", "mediator")] == ["none"] * 4
    assert access.operator == "exact"


def test_lists_that_the_source_only_names_are_marked(catalog: Catalog) -> None:
    marked = {codes.id for codes in catalog.codelists.values() if codes.undefined_in_source}
    assert {"deliberation_stage", "nine_priorities", "three_haves_three_unities", "three_new"} <= marked
    assert {"office_system", "six_specials", "six_coordinations", "five_looks", "four_links"} <= marked
    assert catalog.codelists["deliberation_stage"].title_of("step_1", "zh") == "第一步"


def test_the_register_is_the_code_list_of_indicators(catalog: Catalog) -> None:
    assert len(catalog.indicators) == 33
    assert catalog.codelists["indicator"].values() == tuple(catalog.indicators)
    assert {code.split("_")[0] for code in catalog.indicators} >= {
        "collective",
        "optimised",
        "geese",
        "special",
    }


def test_beautiful_villages_keep_both_denominators(catalog: Catalog) -> None:
    totals = {total.value for total in catalog.indicators["beautiful_village"].denominators}
    assert totals == {207, 210}
    assert [round(100 * 178 / total, 1) for total in sorted(totals)] == [86.0, 84.8]


def test_the_themes_keep_their_order(catalog: Catalog) -> None:
    assert without_newcomers(list(catalog.themes), THEMES) == list(THEMES)
    timed = [theme.id for theme in catalog.themes.values() if theme.time == "disputes"]
    assert without_newcomers(timed, THEMES) == ["disputes", "my-grid"]


def test_every_layer_with_a_shape_is_reached_from_some_theme(catalog: Catalog) -> None:
    shown = {layer for theme in catalog.themes.values() for layer in theme.layer_ids()}
    assert shown == {spec.id for spec in catalog if spec.geometry != "none"}


def test_the_overview_holds_what_the_county_began_with_once(catalog: Catalog) -> None:
    ids = catalog.theme("overview").layer_ids()
    assert len(ids) == len(set(ids))
    assert set(ids) >= {layer for layer in LAYERS if catalog.layer(layer).geometry != "none"}
    visible = [
        layer.id for group in catalog.theme("overview").groups for layer in group.layers if layer.visible
    ]
    assert without_newcomers(visible, LAYERS) == [
        "counties", "townships", "villages", "party-service-centres", "governance-centres",
        "orchards", "herb-bases", "roads", "rivers",
    ]  # fmt: skip


def test_points_lie_above_lines_and_lines_above_areas(catalog: Catalog) -> None:
    orders = {g: [s.style.order for s in catalog if s.geometry == g] for g in ("polygon", "line", "point")}
    assert max(orders["polygon"]) < min(orders["line"])
    assert max(orders["line"]) < min(orders["point"])


def test_an_own_layer_joins_the_overview_at_the_end_of_its_group(own: Path) -> None:
    catalog = load_catalog(own)
    industry = catalog.theme("overview").groups[2]
    assert industry.title.zh == "产业"
    assert industry.layers[-1].id == "bee-yards"
    assert catalog.own == {"bee-yards"}
    assert catalog.layer("bee-yards").title.zh == "{{7*7}} 蜂场"
    assert "bee-yards" not in load_catalog().layers


def test_a_county_names_its_own_steps(own: Path) -> None:
    codes = load_catalog(own).codelists["deliberation_stage"]
    assert [item.title.zh for item in codes.items] == ["点事", "定事"]
    assert not codes.undefined_in_source


def test_own_themes_and_indicators_are_not_taken_for_layers(tmp_path: Path) -> None:
    (tmp_path / "themes.toml").write_text("themes = []", "utf-8")
    (tmp_path / "indicators.toml").write_text("indicators = []", "utf-8")
    assert list(load_catalog(tmp_path).layers) == list(load_catalog().layers)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("bad.toml", "id = ", "bad.toml 不是合格的 TOML"),
        ("bad.toml", OWN_LAYER, "bad.toml：id 是 bee-yards，和文件名不一致"),
        ("orchards.toml", OWN_LAYER.replace("bee-yards", "orchards"), "图层 orchards 已经有了"),
        (
            "bee-yards.toml",
            OWN_LAYER.replace('zh = "编号", en = "Code" }', 'zh = "编号", en = "Code" }, type = "code", codes = "bees"'),
            "字段 code 用到代码表 bees，没有这张表",
        ),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named(tmp_path: Path, file: str, text: str, message: str) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=message):
        load_catalog(tmp_path)


def test_an_unknown_layer_names_the_nearest(catalog: Catalog) -> None:
    with pytest.raises(UnknownLayerError, match="orchards"):
        catalog.layer("orchard")
    with pytest.raises(UnknownThemeError, match="overview"):
        catalog.theme("nowhere")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('table = ["people", "profit"]', "table"),
        ('table = ["sum:orchards.crop"]', "字段 crop"),
        ('table = ["count:nowhere"]', "图层 nowhere"),
        ('figures = ["profit"]', "figures"),
        ('figures = ["mu:nowhere"]', "图层 nowhere"),
    ],
)
def test_a_theme_names_only_columns_and_figures_that_there_are(
    tmp_path: Path, line: str, message: str
) -> None:
    text = """[[themes]]
id = "own"
title = { zh = "自有", en = "Own" }
icon = "map"
description = { zh = "自有。", en = "Own." }
roles = ["public"]
groups = []
"""
    (tmp_path / "themes.toml").write_text(f"{text}{line}\n", "utf-8")
    with pytest.raises(DeclarationError, match=message):
        load_catalog(tmp_path)
