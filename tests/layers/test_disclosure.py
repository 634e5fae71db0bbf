"""What leaves the door, for each role, field by field."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from geo.errors import FilterError, ForbiddenError, UnknownEditionError, UnknownLayerError
from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Door, RowFilter, Viewer
from layers.editions import Store
from layers.spec import ROLES
from tests import county
from tests.county import COUNTY, HOSTILE, village_code
from tests.disputes import COUNTS, INTERNAL, PERIODS, PERSONAL, QUARTERS, TOTAL, build, disputes, put

PLANNER, MEDIATOR, OPERATOR = (Viewer(role, COUNTY) for role in ("planner", "mediator", "operator"))
GRID = f"{village_code(7)}001"
WORKER = Viewer("grid_worker", GRID)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    return build(tmp_path_factory.mktemp("built") / "home", catalog, demo=False).home


@pytest.fixture(scope="module")
def door(built: Path, catalog: Catalog) -> Door:
    """A door over a store that no test changes."""
    return Door(Store(built, catalog), catalog, COUNTY)


@pytest.fixture
def own_store(built: Path, catalog: Catalog, tmp_path: Path) -> Store:
    """The same data in a store of the test's own."""
    return Store(Path(shutil.copytree(built, tmp_path / "home")), catalog)


def columns(door: Door, layer: str, viewer: Viewer) -> set[str]:
    return set(door.rows(layer, viewer).rows.columns)


def fields_by(catalog: Catalog, sensitivity: str) -> set[str]:
    return {field.name for field in catalog.layer("disputes").fields if field.sensitivity == sensitivity}


def test_mediators_and_operators_get_every_row_without_personal_fields(door: Door, catalog: Catalog) -> None:
    for viewer in (MEDIATOR, OPERATOR):
        given = door.rows("disputes", viewer)
        assert len(given.rows) == TOTAL
        found = set(given.rows.columns)
        assert found == fields_by(catalog, "public") | fields_by(catalog, "internal") | {"geometry"}


@pytest.mark.parametrize("viewer", [PUBLIC, WORKER, PLANNER, MEDIATOR, OPERATOR])
def test_nobody_gets_a_personal_field(door: Door, viewer: Viewer) -> None:
    text = door.rows("disputes", viewer).rows.drop(columns="geometry").to_csv()
    assert PERSONAL not in text


@pytest.mark.parametrize("viewer", [PUBLIC, PLANNER])
def test_internal_text_stays_inside(door: Door, viewer: Viewer) -> None:
    assert INTERNAL not in door.rows("disputes", viewer).rows.drop(columns="geometry").to_csv()


def test_planners_get_rows_at_a_point_of_their_grid(door: Door) -> None:
    given = door.rows("disputes", PLANNER)
    exact = door.rows("disputes", OPERATOR).rows
    grids = county.grids().set_index("code")
    assert len(given.rows) == TOTAL
    assert given.rows.geometry.geom_equals_exact(exact.geometry, 1e-9).sum() == 0
    inside = grids.geometry.loc[given.rows["grid_code"]].reset_index(drop=True)
    assert inside.contains(given.rows.geometry.reset_index(drop=True)).all()
    assert given.rows.geometry.nunique() == given.rows["grid_code"].nunique()
    assert "网格" in given.note


def test_rows_without_a_known_grid_or_village_are_left_out_of_the_blur(
    own_store: Store, catalog: Catalog
) -> None:
    rows = disputes()
    rows.loc[0, ["grid_code", "village_code"]] = ""
    rows.loc[1, "grid_code"] = "999"
    put(own_store, "disputes", rows)
    door = Door(own_store, catalog, COUNTY)
    given = door.rows("disputes", PLANNER)
    assert len(given.rows) == TOTAL - 1
    assert county.villages().geometry[0].contains(given.rows.geometry.iloc[0])


def test_a_grid_worker_sees_the_disputes_of_the_own_grid_only(door: Door) -> None:
    given = door.rows("disputes", WORKER)
    assert set(given.rows["grid_code"]) == {GRID}
    assert len(given.rows) == sum(disputes()["grid_code"] == GRID)
    assert given.note


def test_internal_fields_of_an_open_layer_are_kept_to_the_scope(own_store: Store, catalog: Catalog) -> None:
    spec = catalog.layer("grids")
    hidden = spec.field("grid_worker_post").model_copy(update={"sensitivity": "internal"})
    fields = tuple(hidden if field.name == hidden.name else field for field in spec.fields)
    layers = dict(catalog.layers) | {"grids": spec.model_copy(update={"fields": fields})}
    own = Catalog(layers, catalog.codelists, catalog.themes, catalog.own)
    rows = county.grids().assign(grid_worker_post="岗位")
    put(own_store, "grids", rows)
    door = Door(own_store, own, COUNTY)
    posts = door.rows("grids", WORKER).rows.set_index("code")["grid_worker_post"]
    assert posts.dropna().index.tolist() == [GRID]
    assert "grid_worker_post" not in door.rows("grids", PUBLIC).rows.columns


def test_the_public_gets_villages_and_counts(door: Door) -> None:
    given = door.rows("disputes", PUBLIC, RowFilter(period="2024Q1"))
    assert set(given.rows.columns) == {"code", "name", "period", "count", "suppressed", "geometry"}
    assert len(given.rows) == 10
    counts = given.rows.set_index("code")["count"]
    assert counts[village_code(7)] == COUNTS[7][0]
    hidden = given.rows.set_index("code")["suppressed"]
    assert hidden[village_code(2)]
    assert hidden[village_code(5)]
    assert given.rows["count"].isna().tolist() == given.rows["suppressed"].tolist()
    assert given.rows.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all()


def test_the_default_period_is_the_latest_complete_quarter(door: Door) -> None:
    assert door.periods() == list(PERIODS)
    assert set(door.rows("disputes", PUBLIC).rows["period"]) == {"2025Q1"}


def test_published_sums_are_true_on_every_level(door: Door) -> None:
    for level, digits in (("village", 12), ("township", 9), ("county", 6)):
        for period in PERIODS:
            for row in door.counts(PUBLIC, period, level).itertuples():
                assert len(row.code) == digits
                quarters = [i for i, name in enumerate(QUARTERS) if name.startswith(period)]
                true = sum(
                    COUNTS[number][i]
                    for number in COUNTS
                    if village_code(number).startswith(row.code)
                    for i in quarters
                )
                assert row.suppressed or row.count == true


def test_every_viewer_gets_the_same_table_of_counts(door: Door) -> None:
    tables = [door.counts(viewer, "2024", "village") for viewer in (PUBLIC, PLANNER, OPERATOR)]
    assert all(table.equals(tables[0]) for table in tables)


@pytest.mark.parametrize(
    "wanted",
    [
        RowFilter(bbox=(110, 35, 111, 36)),
        RowFilter(since=date(2024, 1, 1)),
        RowFilter(until=date(2024, 1, 1)),
        RowFilter(fields=(("category", ("neighbour",)),)),
        RowFilter(text="村"),
        RowFilter(period="2024Q1", text="村"),
        RowFilter(period="2023"),
        RowFilter(period="2025"),
    ],
)
def test_other_filters_on_counts_are_refused(door: Door, wanted: RowFilter) -> None:
    with pytest.raises(FilterError):
        door.rows("disputes", PUBLIC, wanted)


def test_counts_of_one_area(door: Door) -> None:
    given = door.rows("disputes", PUBLIC, RowFilter(code="140822101", period="2024Q2"))
    assert given.rows["code"].tolist() == [village_code(2), village_code(5), village_code(8)]


def test_a_layer_nobody_granted_is_closed(door: Door, catalog: Catalog) -> None:
    spec = catalog.layer("weak-party-orgs")
    assert spec.access.public == "none"
    with pytest.raises(ForbiddenError, match="公众"):
        door.rows("weak-party-orgs", PUBLIC)
    assert door.fields(spec, PUBLIC) == ()


def test_what_is_not_there(door: Door) -> None:
    with pytest.raises(UnknownLayerError):
        door.rows("nope", OPERATOR)
    with pytest.raises(UnknownEditionError):
        door.rows("orchards", OPERATOR)


def test_a_layer_without_data_is_never_answered_with_another(door: Door) -> None:
    """What its answers depend on are the counties alone, then."""
    door.rows("counties", PUBLIC)
    for layer in ("orchards", "herb-bases"):
        with pytest.raises(UnknownEditionError):
            door.rows(layer, PUBLIC)


def test_every_layer_of_the_catalogue_hides_personal_fields_from_every_role(
    catalog: Catalog, store: Store
) -> None:
    door = Door(store, catalog, COUNTY)
    for spec in catalog:
        for role in ROLES:
            shown = door.fields(spec, Viewer(role, "" if role == "public" else COUNTY))
            assert all(field.sensitivity != "personal" for field in shown)
            assert role != "public" or all(field.sensitivity == "public" for field in shown)


@pytest.mark.parametrize(
    ("layer", "wanted", "count"),
    [
        ("villages", RowFilter(), 10),
        ("villages", RowFilter(code="140822"), 10),
        ("villages", RowFilter(code="140822100"), 3),
        ("villages", RowFilter(code=village_code(5)), 1),
        ("villages", RowFilter(fields=(("kind", ("villagers_committee",)),)), 10),
        ("villages", RowFilter(fields=(("kind", ("residents_committee", "")),)), 0),
        ("villages", RowFilter(fields=(("population", ("500",)),)), 1),
        ("villages", RowFilter(fields=(("population", ("200..400", "900..")),)), 4),
        ("villages", RowFilter(text="5号"), 1),
        ("villages", RowFilter(text="ONERROR"), 1),
        ("townships", RowFilter(code="140822100"), 1),
        ("grids", RowFilter(code=village_code(1)), 2),
        ("party-service-centres", RowFilter(code="140822102"), 1),
        ("party-service-centres", RowFilter(code=f"{village_code(5)}001"), 1),
        ("party-service-centres", RowFilter(code=f"{village_code(5)}002"), 0),
        ("party-service-centres", RowFilter(fields=(("duty_roster", ("",)),)), 4),
        ("party-service-centres", RowFilter(fields=(("duty_roster", ("true",)),)), 0),
    ],
)
def test_filters_leave_exactly(door: Door, layer: str, wanted: RowFilter, count: int) -> None:
    assert len(door.rows(layer, PUBLIC, wanted).rows) == count


def test_a_box_and_days(door: Door) -> None:
    west, south, east, north = county.villages().total_bounds
    box = (west, south, (west + east) / 2 - 0.006, north)
    assert len(door.rows("villages", PUBLIC, RowFilter(bbox=box)).rows) == 3
    first = door.rows("disputes", OPERATOR, RowFilter(until=date(2024, 3, 31))).rows
    assert len(first) == sum(counts[0] for counts in COUNTS.values())
    rest = door.rows("disputes", OPERATOR, RowFilter(since=date(2024, 4, 1))).rows
    assert len(first) + len(rest) == TOTAL


@pytest.mark.parametrize(
    ("layer", "wanted"),
    [
        ("villages", RowFilter(since=date(2024, 1, 1))),
        ("villages", RowFilter(fields=(("nope", ("1",)),))),
        ("villages", RowFilter(fields=(("population", ("many",)),))),
        ("villages", RowFilter(fields=(("population", ("nan",)),))),
        ("villages", RowFilter(period="2024Q1")),
        ("party-service-centres", RowFilter(fields=(("duty_roster", ("maybe",)),))),
    ],
)
def test_filters_that_cannot_be_are_refused(door: Door, layer: str, wanted: RowFilter) -> None:
    with pytest.raises(FilterError):
        door.rows(layer, PUBLIC, wanted)


def test_a_filter_cannot_probe_a_hidden_field(door: Door) -> None:
    with pytest.raises(FilterError):
        door.rows("disputes", OPERATOR, RowFilter(fields=(("parties", (PERSONAL,)),)))
    with pytest.raises(FilterError):
        door.rows("disputes", PLANNER, RowFilter(fields=(("description", (INTERNAL,)),)))
    assert len(door.rows("disputes", PLANNER, RowFilter(text=INTERNAL)).rows) == 0
    assert len(door.rows("disputes", OPERATOR, RowFilter(text=PERSONAL)).rows) == 0
    assert len(door.rows("disputes", OPERATOR, RowFilter(text=INTERNAL)).rows) == TOTAL


def test_hostile_text_passes_unchanged(door: Door) -> None:
    assert HOSTILE in door.rows("villages", PUBLIC).names()


def test_a_new_edition_is_seen_at_once(own_store: Store, catalog: Catalog) -> None:
    door = Door(own_store, catalog, COUNTY)
    assert len(door.rows("disputes", OPERATOR).rows) == TOTAL
    put(own_store, "disputes", disputes().head(5))
    assert len(door.rows("disputes", OPERATOR).rows) == 5
    assert door.periods() == ["2024Q1"]


def test_outlines_are_those_of_the_divisions(door: Door) -> None:
    assert door.outline(COUNTY).equals(county.counties().geometry[0])
    assert door.outline("140822101").equals(county.townships().geometry[1])
    assert door.outline(village_code(7)).equals(county.villages().geometry[6])
    assert door.outline("140822999") is None
    assert door.outline("14") is None


def test_areas_are_known_by_the_layers_that_have_data(catalog: Catalog, store: Store) -> None:
    door = Door(store, catalog, COUNTY)
    assert door.area_names() == {}
    assert door.outline(COUNTY) is door.outline("140822101") is None
    put(store, "townships", county.townships())
    assert door.area_names() == county.TOWNSHIPS
    assert door.outline(COUNTY) is None
    assert door.outline("140822101") is not None


@pytest.mark.parametrize(("viewer", "says"), [(PUBLIC, "不对公众开放"), (WORKER, "不在这个身份的查看范围")])
def test_who_may_not_look_is_told_whom_to_ask(
    own_store: Store, catalog: Catalog, viewer: Viewer, says: str
) -> None:
    spec = catalog.layer("grids")
    shut = spec.model_copy(
        update={"access": spec.access.model_copy(update={"public": "none", "grid_worker": "none"})}
    )
    own = Catalog(dict(catalog.layers) | {"grids": shut}, catalog.codelists, catalog.themes, catalog.own)
    with pytest.raises(ForbiddenError, match=says):
        Door(own_store, own, COUNTY).rows("grids", viewer)


def test_a_staff_member_of_the_county_sees_more_than_the_scope_of_a_worker(door: Door) -> None:
    """The whole county is within the county; a village of it is not the whole county."""
    assert len(door.rows("disputes", Viewer("mediator", COUNTY)).rows) == TOTAL
    assert len(door.rows("disputes", Viewer("mediator", "")).rows) == TOTAL
    some = door.rows("disputes", Viewer("mediator", village_code(7)))
    assert 0 < len(some.rows) < TOTAL
    assert some.rows["village_code"].eq(village_code(7)).all()
