"""Catalogue, themes, legends, features, tables and cards: every status, exact counts."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from layers.catalog import load_catalog
from layers.editions import Store
from tests import county
from tests.county import HOSTILE, village_code
from tests.disputes import COUNTS, INTERNAL, PERIODS, PERSONAL, TOTAL, put

As = Callable[..., FlaskClient]


def get(client: FlaskClient, path: str, status: int = 200) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == status, answer.data
    wanted = ("application/json", "application/geo+json") if status == 200 else ("application/problem+json",)
    assert answer.mimetype in wanted
    document: dict[str, Any] = json.loads(answer.data)
    return document


def test_health(client: FlaskClient) -> None:
    assert get(client, "/healthz") == {"status": "ok"}
    assert get(client, "/readyz") == {"status": "ok", "layers": 6}


def test_a_store_that_cannot_be_read_is_not_ready(client: FlaskClient, demo_store: Store) -> None:
    (demo_store.home / "govmap.sqlite").unlink()
    assert get(client, "/healthz") == {"status": "ok"}
    assert get(client, "/readyz", 503)["code"] == "store-unusable"


def test_the_catalogue_for_the_public(client: FlaskClient) -> None:
    layers = {layer["id"]: layer for layer in get(client, "/api/layers")["layers"]}
    assert layers["villages"]["count"] == 10
    assert layers["grids"]["count"] == 19
    assert layers["disputes"]["access"] == "counts"
    assert layers["weak-party-orgs"] | {"access": "none", "count": None} == layers["weak-party-orgs"]
    assert layers["orchards"]["edition"] is None


def test_one_layer(client: FlaskClient) -> None:
    layer = get(client, "/api/layers/villages")
    assert {"fields", "style", "legend", "edition", "count", "access"} <= set(layer)
    assert layer["legend"][0]["count"] == 10
    assert layer["fields"][0]["title"] == "编号"
    assert get(client, "/api/layers/villages?lang=en")["fields"][0]["title"] == "Code"


def test_unknown_things_are_404(client: FlaskClient) -> None:
    for path, code in (
        ("/api/layers/nope", "layer-unknown"),
        ("/api/layers/nope/features", "layer-unknown"),
        ("/api/layers/nope/shapes", "layer-unknown"),
        ("/api/layers/orchards/features", "edition-unknown"),
        ("/api/layers/villages/records/nope", "record-unknown"),
        ("/api/themes/nope", "theme-unknown"),
        ("/api/areas/1", "area-unknown"),
        ("/api/nope", "not-found"),
    ):
        assert get(client, path, 404)["code"] == code, path


def test_what_is_not_for_the_public_is_403(client: FlaskClient, as_role: As) -> None:
    for rest in ("features", "rows", "legend", "timeline", "export", "records/1"):
        document = get(client, f"/api/layers/weak-party-orgs/{rest}", 403)
        assert document["code"] == "forbidden"
        assert "公众" in document["detail"]
    assert as_role("operator").get("/api/layers/weak-party-orgs/features").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=111,35,110,36",
        "bbox=nan,35,110,36",
        "bbox=110,35,111,95",
        "code=999999",
        "code=%E5%8E%BF",
        "limit=0",
        "limit=-1",
        "limit=many",
        "limit=1000000",
        "limit=٣",
        "cursor=x",
        "cursor=other.3",
        "since=2024-01-01",
        "f.nope=1",
        "f.population=many",
        "period=2024Q5",
        "nonsense=1",
        "code=140822&code=140822100",
        "until=yesterday",
    ],
)
def test_wrong_parameters_are_400(client: FlaskClient, query: str) -> None:
    document = get(client, f"/api/layers/villages/features?{query}", 400)
    assert document["code"] == "filter-bad"
    assert document["detail"]


def test_methods_that_are_not_there_are_405(client: FlaskClient) -> None:
    answer = client.post("/api/layers")
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 10),
        ("code=140822", 10),
        ("code=140822101", 3),
        (f"code={village_code(5)}", 1),
        ("f.population=300..600", 4),
        ("f.kind=villagers_committee,residents_committee", 10),
        ("f.kind=", 0),
        ("q=号", 8),
        ("bbox=110,35,110.5,36", 0),
        ("bbox=110,35,112,36", 10),
    ],
)
def test_features_are_counted_exactly(client: FlaskClient, query: str, count: int) -> None:
    found = get(client, f"/api/layers/villages/features?{query}")
    assert (found["numberMatched"], found["numberReturned"], len(found["features"])) == (count, count, count)
    assert found["next"] is None


def test_features_come_page_by_page(client: FlaskClient) -> None:
    keys: list[str] = []
    path: str | None = "/api/layers/villages/features?limit=4"
    pages = 0
    while path:
        page = get(client, path)
        assert page["numberMatched"] == 10
        keys += [feature["id"] for feature in page["features"]]
        path, pages = page["next"], pages + 1
    assert (pages, len(set(keys))) == (3, 10)


def test_a_cursor_ends_with_its_edition(client: FlaskClient, demo_store: Store) -> None:
    following = get(client, "/api/layers/villages/features?limit=4")["next"]
    put(demo_store, "villages", county.villages().head(8), demo=True)
    assert "第一页" in get(client, following, 400)["detail"]


def test_features_have_seven_decimals_and_the_hole(client: FlaskClient) -> None:
    features = get(client, f"/api/layers/villages/features?code={village_code(5)}")["features"]
    rings = features[0]["geometry"]["coordinates"]
    assert len(rings) == 2
    assert all(len(str(number).split(".")[1]) <= 7 for ring in rings for place in ring for number in place)


def test_the_public_gets_counts_of_disputes_as_features(client: FlaskClient) -> None:
    found = get(client, "/api/layers/disputes/features?period=2024Q1")
    assert found["numberMatched"] == 10
    for feature in found["features"]:
        properties = feature["properties"]
        assert set(properties) == {"code", "name", "period", "count", "suppressed"}
        assert properties["suppressed"] == (properties["count"] is None)
        assert feature["geometry"]["type"] == "Polygon"
    by_code = {feature["id"]: feature["properties"]["count"] for feature in found["features"]}
    assert by_code[village_code(7)] == COUNTS[7][0]
    assert by_code[village_code(2)] is None


@pytest.mark.parametrize(
    "query",
    [
        "bbox=110,35,112,36",
        "since=2024-01-01",
        "until=2024-12-31",
        "f.category=neighbour",
        "q=x",
        "period=2026Q4",
    ],
)
@pytest.mark.parametrize("rest", ["features", "rows", "legend", "timeline", "export"])
def test_the_public_cannot_cut_the_counts_otherwise(client: FlaskClient, rest: str, query: str) -> None:
    assert get(client, f"/api/layers/disputes/{rest}?{query}", 400)["code"] == "filter-bad"


def every_answer(client: FlaskClient) -> str:
    paths = [
        "features", "features?limit=1000", "rows?limit=1000", "legend", "timeline", "export?format=csv",
        "export?format=geojson", "shapes?z=10", "shapes?z=16", f"records/{village_code(7)}", "records/D0001", "",
    ]  # fmt: skip
    texts = [
        client.get(f"/api/layers/disputes/{path}".rstrip("/"), follow_redirects=True).get_data(as_text=True)
        for path in paths
    ]
    others = (
        "/api/themes/disputes",
        "/api/areas/140822",
        f"/api/areas/{village_code(7)}",
        "/api/search?q=D0001",
        "/api/openapi.json",
        "/api/search?q=%E5%86%85%E9%83%A8",
    )
    return "\n".join(texts + [client.get(path).get_data(as_text=True) for path in others])


def test_no_exit_gives_a_dispute_away(client: FlaskClient, as_role: As) -> None:
    public = every_answer(client)
    assert PERSONAL not in public
    assert INTERNAL not in public
    assert "D0001" not in public.replace('"q":"D0001"', "").replace("没有编号 D0001", "")
    assert "happened_on" not in public
    planner = every_answer(as_role("planner"))
    assert PERSONAL not in planner
    assert INTERNAL not in planner.replace('"q":"内部"', "")
    for role in ("mediator", "operator"):
        assert PERSONAL not in every_answer(as_role(role))


def test_roles_see_their_rows(as_role: As) -> None:
    for role, scope, count in (
        ("planner", "", TOTAL),
        ("mediator", "", TOTAL),
        ("operator", "", TOTAL),
        ("grid_worker", f"{village_code(3)}001", 0),
    ):
        found = get(as_role(role, scope), "/api/layers/disputes/features")
        assert found["numberMatched"] == count, role


def test_a_table_page(client: FlaskClient) -> None:
    table = get(client, "/api/layers/villages/rows?sort=-population&offset=1&limit=3")
    names = [column["name"] for column in table["columns"]]
    population = names.index("population")
    assert [row[population] for row in table["rows"]] == [800, 700, 600]
    assert table["keys"] == [village_code(8), village_code(7), village_code(6)]
    assert table["total"] == 10
    assert table["rows"][0][names.index("kind")] == "行政村"
    assert get(client, "/api/layers/villages/rows?sort=nope", 400)["code"] == "filter-bad"


def test_a_table_names_the_place_of_its_rows(client: FlaskClient) -> None:
    table = get(client, "/api/layers/party-service-centres/rows?sort=-place")
    place = [column["name"] for column in table["columns"]].index("place")
    assert [row[place] for row in table["rows"]][1:] == ["中镇8号村", "中镇5号村", "西镇1号村"]


def test_a_card(client: FlaskClient) -> None:
    card = get(client, f"/api/layers/villages/records/{village_code(4)}")
    fields = {field["name"]: field for field in card["fields"]}
    assert card["title"] == "4号村"
    assert [step["name"] for step in card["area"]] == ["手画县", "西镇", "4号村"]
    assert fields["population_60_plus"]["share"] == {
        "numerator": 40,
        "denominator": 400,
        "value": 0.1,
        "of": "population",
    }
    assert fields["kind"]["value"] == "行政村"
    assert card["demo"] is True
    assert card["navigate"] == []


def test_a_card_leads_to_the_place(client: FlaskClient) -> None:
    card = get(client, "/api/layers/party-service-centres/records/PSC009")
    assert card["phone"] == "0359-4520000"
    assert card["title"] == HOSTILE
    links = [link["url"] for link in card["navigate"]]
    assert len(links) == 4
    assert all(re.match(r"(https://|geo:)", link) and "<" not in link and "{" not in link for link in links)


def test_a_card_of_counts(client: FlaskClient) -> None:
    card = get(client, f"/api/layers/disputes/records/{village_code(7)}?period=2024Q1")
    assert {field["name"]: field["value"] for field in card["fields"]}["count"] == 9


def test_a_legend_counts_what_the_filter_leaves(client: FlaskClient, as_role: As) -> None:
    public = get(client, "/api/layers/disputes/legend?period=2024Q1")
    assert sum(row["count"] for row in public["legend"]) == 10
    mediator = as_role("mediator")
    whole = get(mediator, "/api/layers/disputes/legend")
    assert sum(row["count"] for row in whole["legend"]) == TOTAL
    red = get(mediator, "/api/layers/disputes/legend?f.warning_level=red")
    assert [row["count"] for row in red["legend"] if row["count"]] == [red["total"]]


def test_time_bars(client: FlaskClient, as_role: As) -> None:
    public = get(client, "/api/layers/disputes/timeline")
    assert public["months"] == []
    assert [item["period"] for item in public["periods"]] == list(PERIODS)
    of_village = get(client, f"/api/layers/disputes/timeline?code={village_code(7)}")["periods"]
    assert of_village[0] == {"period": "2024Q1", "count": COUNTS[7][0], "suppressed": False}
    assert get(client, f"/api/layers/disputes/timeline?code={village_code(7)}001")["periods"] == []
    months = get(as_role("mediator"), "/api/layers/disputes/timeline")["months"]
    assert sum(month["count"] for month in months) == TOTAL
    assert [month["month"] for month in months][:2] == ["2024-01", "2024-02"]
    assert get(client, "/api/layers/villages/timeline", 400)["code"] == "filter-bad"


def test_a_theme_has_all_a_page_needs(client: FlaskClient) -> None:
    theme = get(client, "/api/themes/overview")
    layers = {layer["id"]: layer for group in theme["groups"] for layer in group["layers"]}
    assert layers["villages"]["count"] == 10
    assert layers["villages"]["v"].startswith(layers["villages"]["edition"])
    assert layers["villages"]["v"].endswith(theme["viewer"]["key"])
    assert set(layers["villages"]["screen"]) == {"8", "10", "11", "12", "13", "14", "16"}
    assert layers["disputes"]["geometry"] == "polygon"
    assert layers["disputes"]["time_field"] is None
    assert theme["viewer"] | {"role": "public", "switch": True} == theme["viewer"]
    assert len(theme["symbols"]) == 24
    assert theme["demo"] is True
    assert get(client, "/api/themes/overview?lang=en")["title"] == "Overview"
    assert [one["id"] for one in get(client, "/api/themes")["themes"]] == list(load_catalog().themes)


def test_a_theme_brings_the_levels_of_divisions(client: FlaskClient) -> None:
    levels = get(client, "/api/themes/overview")["divisions"]
    names = ("level", "layer", "digits", "title", "parent_field")
    assert [tuple(level[name] for name in names) for level in levels] == [
        ("county", "counties", 6, "县", None),
        ("township", "townships", 9, "乡镇", "county_code"),
        ("village", "villages", 12, "村（社区）", "township_code"),
        ("grid", "grids", 15, "治理网格", "village_code"),
    ]
    english = get(client, "/api/themes/overview?lang=en")["divisions"]
    assert [level["title"] for level in english] == ["Counties", "Townships", "Villages", "Grids"]


@pytest.mark.parametrize("layer", ["counties", "townships", "villages", "grids"])
def test_a_card_is_asked_again_when_a_division_above_changes(
    client: FlaskClient, demo_store: Store, layer: str
) -> None:
    """The card of a grid names what it lies in; its tag must not outlive one of the names."""
    address = f"/api/layers/grids/records/{village_code(1)}001"
    before = client.get(address)
    table = getattr(county, layer)()
    put(demo_store, layer, table.assign(name=[f"新{name}" for name in table["name"]]), demo=True)
    again = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 200
    assert sum(step["name"].startswith("新") for step in again.json["area"]) == 1


@pytest.mark.parametrize("layer", ["villages", "grids"])
def test_shapes_are_asked_again_when_what_blurs_them_changes(
    as_role: As, demo_store: Store, layer: str
) -> None:
    """Disputes reach a planner at a point of their grid, else of their village."""
    planner = as_role("planner")
    before = get(planner, "/api/themes/disputes")["viewer"]["key"]
    put(demo_store, layer, getattr(county, layer)().iloc[:-1], demo=True)
    assert get(planner, "/api/themes/disputes")["viewer"]["key"] != before


def test_every_theme_opens_for_every_role(client: FlaskClient, as_role: As) -> None:
    clients = [
        client,
        *(as_role(role) for role in ("planner", "mediator", "operator")),
        as_role("grid_worker", f"{village_code(1)}001"),
    ]
    for theme in get(client, "/api/themes")["themes"]:
        for viewer in clients:
            assert get(viewer, f"/api/themes/{theme['id']}")["id"] == theme["id"]


def test_the_grid_worker_is_named(as_role: As) -> None:
    viewer = get(as_role("grid_worker", f"{village_code(1)}002"), "/api/themes/my-grid")["viewer"]
    assert (viewer["role"], viewer["scope_name"]) == ("grid_worker", "第2网格")


def test_nothing_new_is_304(client: FlaskClient, as_role: As, demo_store: Store) -> None:
    for path in (
        "/api/layers", "/api/layers/villages", "/api/layers/villages/features", "/api/layers/villages/rows",
        "/api/layers/villages/legend", f"/api/layers/villages/records/{village_code(1)}", "/api/themes/overview",
        "/api/areas/140822", "/api/search?q=1", "/api/openapi.json",
    ):  # fmt: skip
        first = client.get(path)
        tag = first.headers["ETag"]
        assert "Cookie" in first.headers["Vary"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag), path
        assert as_role("planner").get(path, headers={"If-None-Match": tag}).status_code == 200
        assert (
            client.get(
                f"{path}{'&' if '?' in path else '?'}lang=en", headers={"If-None-Match": tag}
            ).status_code
            == 200
        )
    tag = client.get("/api/layers/villages/features").headers["ETag"]
    put(demo_store, "villages", county.villages().head(9), demo=True)
    changed = client.get("/api/layers/villages/features", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert json.loads(changed.data)["numberMatched"] == 9


def test_bodies_are_compressed_for_who_can_read_it(client: FlaskClient) -> None:
    import gzip

    plain = client.get("/api/layers/villages/features")
    packed = client.get("/api/layers/villages/features", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
