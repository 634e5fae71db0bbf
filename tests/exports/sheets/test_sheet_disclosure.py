"""What a viewer may not see stands in no mark of a sheet, however it was asked for."""

import pytest

from exports.sheets.page import Shape
from exports.sheets.sheet import Sheet
from geo.errors import EmptySheetError, ForbiddenError, GovmapError
from layers.catalog import Catalog
from layers.county import County
from layers.disclosure import PUBLIC, Viewer
from layers.spec import FieldSpec, LayerSpec
from tests import every
from tests.county import COUNTY, HOSTILE, SLIVER, village_code
from tests.disputes import COUNTS, INTERNAL, PERSONAL, QUARTERS
from tests.exports.sheets.drawn import (
    GRID_WORKER,
    OPERATOR,
    PLANNER,
    classes_on,
    everyone,
    on_map,
    open_home,
    shapes,
    sheet_of,
    symbols,
    texts,
)

SECRETS = {"personal": "私字", "internal": "内字"}
NOT_THEIRS = {"public": ("personal", "internal"), "grid_worker": ("personal",), "planner": ("personal",), "mediator": ("personal",), "operator": ("personal",)}  # fmt: skip
VIEWERS = [PUBLIC, GRID_WORKER, PLANNER, Viewer("mediator", COUNTY), OPERATOR]


@pytest.fixture(scope="module")
def full_house(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> County:
    """Every layer has rows; what is not public holds words to be found by."""

    def fill(spec: LayerSpec, field: FieldSpec, row: int) -> str | None:
        text = field.type in ("text", "phone")
        return SECRETS.get(field.sensitivity) if text else None

    return open_home(every.build(tmp_path_factory.mktemp("full") / "home", catalog, fill).home)


def everything_on(sheet: Sheet) -> str:
    """Every word of a sheet: marks, their names and codes, and the properties of the file."""
    return repr((sheet.page.marks, sheet.page.about, sheet.notes, sheet.named, sheet.dropped))


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("theme", ["overview", "disputes"])
def test_no_hidden_word_in_any_mark(full_house: County, viewer: Viewer, theme: str) -> None:
    layers = ",".join(full_house.catalog.theme(theme).layer_ids())
    code = "" if viewer.role == "grid_worker" else "140822100"
    try:
        sheet = sheet_of(full_house, viewer, theme=theme, layers=layers, paper="A3", code=code)
    except ForbiddenError:
        return
    said = everything_on(sheet)
    assert [kind for kind in NOT_THEIRS[viewer.role] if SECRETS[kind] in said] == []


@pytest.mark.parametrize("viewer", everyone(), ids=lambda viewer: viewer.role)
@pytest.mark.parametrize(
    "words",
    [
        {"theme": "overview"},
        {"theme": "disputes"},
        {"theme": "disputes", "layers": "disputes,villages"},
        {"theme": "coverage"},
    ],
)
def test_no_dispute_is_told(drawn_county: County, viewer: Viewer, words: dict[str, str]) -> None:
    said = everything_on(sheet_of(drawn_county, viewer, **words))
    assert INTERNAL not in said
    assert PERSONAL not in said


def test_the_public_gets_published_counts_as_areas(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, layers="disputes,villages", period="2024Q2")
    drawn = [mark for mark in on_map(sheet) if mark_of(mark, "disputes")]
    assert drawn
    assert all(isinstance(mark, Shape) for mark in drawn), "areas, never places"
    hidden = [
        count for number, counts in COUNTS.items() if 0 < (count := counts[QUARTERS.index("2024Q2")]) < 3
    ]
    assert "不显示" in texts(sheet, "legend") or not hidden
    assert any("1–2 件" in note for note in sheet.notes)


def test_a_planner_gets_disputes_in_their_grid(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PLANNER, layers="disputes,grids")
    places = {(round(mark.x, 1), round(mark.y, 1)) for mark in symbols(sheet, "disputes")}
    assert 0 < len(places) <= 18, "one a grid half"
    assert any("网格" in note for note in sheet.notes)


def test_a_grid_worker_gets_the_own_grid(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, GRID_WORKER, theme="my-grid")
    assert (
        sheet.title
        == "1号村第1网格纠纷和服务设施图（状态 已上报未化解，矛盾纠纷2024年1月10日–2025年3月12日）"
    )
    own = sum(1 for _ in symbols(sheet, "disputes"))
    assert own >= 1
    assert "rates.0" not in classes_on(on_map(sheet))


def test_elsewhere_a_grid_worker_is_told_that_disputes_are_not_shown(drawn_county: County) -> None:
    """What the worker may not see is no zero, on a sheet and where there is none."""
    centres = drawn_county.door.rows("party-service-centres", PUBLIC).rows["village_code"]
    other = next(code for code in sorted(centres) if not GRID_WORKER.scope.startswith(code))
    sheet = sheet_of(drawn_county, GRID_WORKER, theme="my-grid", code=other)
    assert sheet.title.endswith("网格服务设施图")
    assert "矛盾纠纷不在这个身份的查看范围，没有画" in sheet.notes
    assert not any(symbols(sheet, "disputes"))
    assert not any("没有：" in note and "矛盾纠纷" in note for note in sheet.notes)
    with pytest.raises(EmptySheetError, match=r"没有党群服务中心，.*矛盾纠纷.*不在查看范围"):
        sheet_of(drawn_county, GRID_WORKER, theme="my-grid", code=f"{village_code(2)}001")


def test_what_a_role_may_not_view_is_left_out_and_said(drawn_county: County) -> None:
    sheet = sheet_of(drawn_county, PUBLIC, layers="own-values,orchards,villages")
    assert not shapes(sheet, "own-values.0")
    assert any("自有指标" in note for note in sheet.notes)
    assert "自有指标" not in "".join(texts(sheet, "legend", "legend-heading", "footer"))
    assert "own-values" not in sheet.editions


def test_a_filter_on_a_hidden_field_is_refused(drawn_county: County) -> None:
    with pytest.raises(GovmapError, match="description"):
        sheet_of(drawn_county, PLANNER, layers="disputes,villages", **{"f.disputes.description": "x"})


def test_hostile_names_are_text_and_nothing_else(drawn_county: County) -> None:
    sheet = sheet_of(
        drawn_county, code=village_code(9), layers="villages,grids,party-service-centres", title=HOSTILE
    )
    assert "{{7*7}}" in sheet.title
    assert all("<img" not in mark.name for mark in on_map(sheet) if isinstance(mark, Shape))


def test_a_sliver_has_its_sheet(drawn_county: County) -> None:
    assert sheet_of(drawn_county, code=SLIVER, layers="villages").title.startswith("东乡细条村")


def mark_of(mark: object, layer: str) -> bool:
    return getattr(mark, "name", "").startswith(f"{layer}.")


def test_a_filter_that_published_counts_cannot_follow_is_said(drawn_county: County) -> None:
    words = {"layers": "disputes,counties", "f.disputes.warning_level": "red"}
    assert "“矛盾纠纷”只有公布的件数，没有按筛选画。" in sheet_of(drawn_county, PUBLIC, **words).notes
    assert not any("筛选" in note for note in sheet_of(drawn_county, OPERATOR, **words).notes)
