"""One number, wherever it stands: identities × areas × filters × times, beside the rows as they are stored.

What is compared: legend, table, features, time line, profile of the area (drawer and key figures), file, sheet. The
expected number is counted here from the stored rows alone.
"""

import csv
import io
import itertools
import random
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient

from exports.sheets.content import gather
from exports.sheets.plan import sheet_plan
from geo.errors import EmptySheetError, GovmapError
from layers.county import County
from layers.disclosure import Viewer
from tests.county import COUNTY
from webmap.service import the_county

LAYER = "disputes"
TOWNSHIP, VILLAGE = f"{COUNTY}101", f"{COUNTY}101200"
OWN_GRID, OTHER_GRID = f"{VILLAGE}001", f"{COUNTY}101201001"
VIEWERS = (
    Viewer("planner", COUNTY),
    Viewer("mediator", COUNTY),
    Viewer("operator", COUNTY),
    Viewer("grid_worker", OWN_GRID),
)
AREAS = (COUNTY, TOWNSHIP, VILLAGE, OWN_GRID, OTHER_GRID, f"{COUNTY}100")
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"status": "open"},
    {"warning_level": "red"},
    {"warning_level": "red,yellow", "status": "open"},
    {"category": "neighbour"},
)
TIMES: tuple[tuple[str, str], ...] = (
    ("", ""),
    ("2026-05-01", "2026-08-31"),
    ("2026-09-15", ""),
    ("", "2025-03-31"),
    ("2030-01-01", "2030-12-31"),
)
CASES = 48


@dataclass(frozen=True)
class Asked:
    viewer: Viewer
    code: str
    fields: dict[str, str]
    since: str
    until: str

    @property
    def query(self) -> str:
        words = {"code": self.code, "since": self.since, "until": self.until}
        words |= {f"f.{name}": values for name, values in self.fields.items()}
        return urlencode({name: value for name, value in words.items() if value})

    @property
    def profile(self) -> str:
        words = {"since": self.since, "until": self.until}
        words |= {f"f.{LAYER}.{name}": values for name, values in self.fields.items()}
        return urlencode({name: value for name, value in words.items() if value})

    @property
    def forbidden(self) -> bool:
        """Whether nothing of the area is within what the viewer may see."""
        scope = self.viewer.scope
        return not (self.code.startswith(scope) or scope.startswith(self.code))

    def rows(self, stored: pd.DataFrame) -> pd.DataFrame:
        """The rows that are meant, by code, day and value, counted from what is stored."""
        found = stored[stored["grid_code"].str.startswith(self.code)]
        found = found[found["grid_code"].str.startswith(self.viewer.scope)]
        for name, values in self.fields.items():
            found = found[found[name].isin(values.split(","))]
        days = pd.to_datetime(found["happened_on"])
        return found[
            (days >= pd.Timestamp(self.since or "1900-01-01"))
            & (days < pd.Timestamp(self.until or "2200-01-01") + pd.Timedelta(days=1))
        ]


def asked() -> list[Asked]:
    every = [Asked(*one[:3], *one[3]) for one in itertools.product(VIEWERS, AREAS, FILTERS, TIMES)]
    return random.Random(10).sample(every, CASES)


@pytest.fixture(scope="module")
def county(sample_app: Flask) -> County:
    with sample_app.app_context():
        return the_county()


@pytest.fixture(scope="module")
def stored(county: County) -> pd.DataFrame:
    found = county.store.read(LAYER)
    assert len(found) > 1000 and not found["grid_code"].isna().any()
    return found


@pytest.fixture(scope="module")
def clients(sample_app: Flask) -> dict[Viewer, FlaskClient]:
    return {viewer: client_of(sample_app, viewer) for viewer in VIEWERS}


def client_of(app: Flask, viewer: Viewer) -> FlaskClient:
    client = app.test_client()
    scope = viewer.scope if viewer.role == "grid_worker" else ""
    assert client.post("/viewer", data={"role": viewer.role, "scope": scope}).status_code == 303
    return client


def test_cases_hold_every_kind_of_answer(stored: pd.DataFrame) -> None:
    kinds = {"forbidden" if one.forbidden else "some" if len(one.rows(stored)) else "zero" for one in asked()}
    assert kinds == {"forbidden", "some", "zero"}


@pytest.mark.parametrize("one", asked(), ids=lambda one: f"{one.viewer.key} {one.query}")
def test_every_place_says_the_same(
    one: Asked, county: County, clients: dict[Viewer, FlaskClient], stored: pd.DataFrame
) -> None:
    client = clients[one.viewer]
    if one.forbidden:
        never_a_zero(client, one)
        assert_not_drawn(county, one)
        return
    found = one.rows(stored)
    n, total = len(found), len(replace(one, fields={}).rows(stored))
    legend = client.get(f"/api/layers/{LAYER}/legend?{one.query}").get_json()
    said = legend["statement"]
    collected = one.since < "2027"
    assert said["state"] == ("value" if collected or n else "not-collected")
    assert (said["n"], said["total"]) == ((n, total) if said["state"] == "value" else (None, None))
    assert legend["total"] == n == sum(row["count"] for row in legend["legend"])
    levels = found["warning_level"].value_counts().to_dict()
    assert {row["value"]: row["count"] for row in legend["legend"] if row["count"]} == levels
    rows = client.get(f"/api/layers/{LAYER}/rows?limit=1&{one.query}").get_json()
    features = client.get(f"/api/layers/{LAYER}/features?limit=1&{one.query}").get_json()
    assert rows["total"] == features["numberMatched"] == n
    assert rows["statement"] == features["statement"] == said
    months = client.get(f"/api/layers/{LAYER}/timeline?{one.query}").get_json()["months"]
    assert sum(month["count"] or 0 for month in months) == n
    in_the_profile(client, one, found, stored)
    text = client.get(f"/api/layers/{LAYER}/export?format=csv&{one.query}").get_data(as_text=True)
    assert len(list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))) - 1 == n
    on_a_sheet(county, one, n)


def in_the_profile(client: FlaskClient, one: Asked, found: pd.DataFrame, stored: pd.DataFrame) -> None:
    """Drawer and key figures: how many, and how many of them are open."""
    total = len(replace(one, fields={}).rows(stored))
    profile = client.get(f"/api/areas/{one.code}?{one.profile}").get_json()
    disputes = profile["disputes"]
    partial = not one.code.startswith(one.viewer.scope)
    assert (disputes["matched"], disputes["every"], disputes["partial"]) == (len(found), total, partial)
    assert ("per_thousand" in disputes) <= (not partial), "no rate of a part over the people of the whole"
    if "open" in one.fields.get("status", "open"):
        assert sum(disputes["open"].values()) == (found["status"] == "open").sum()
    else:
        assert disputes["open"] is None
    listed = {item["layer"]: item for item in profile["facilities"]}.get(LAYER)
    if len(replace(one, fields={}, since="", until="").rows(stored)):
        assert (listed["count"], listed["total"], listed["state"]) == (len(found), total, "value")
    else:
        assert listed is None
    assert (LAYER in profile["statements"]) == bool(one.profile)


def on_a_sheet(county: County, one: Asked, n: int) -> None:
    """As many symbols as rows, and in the title which rows only."""
    plan = {"theme": "disputes", "layers": LAYER, "code": one.code, "show": "off", "all": LAYER}
    plan |= {"since": one.since, "until": one.until}
    plan |= {f"f.{LAYER}.{name}": values for name, values in one.fields.items()}
    asked_plan = sheet_plan({name: value for name, value in plan.items() if value}, county)
    try:
        content = gather(county, one.viewer, asked_plan)
    except EmptySheetError:
        assert n == 0
        return
    assert sum(len(stratum) for stratum in content.strata if stratum.id == LAYER) == n
    assert bool(content.limits) == bool(one.fields)


def never_a_zero(client: FlaskClient, one: Asked) -> None:
    for place in ("legend", "rows", "features", "timeline", "export"):
        answer = client.get(f"/api/layers/{LAYER}/{place}?{one.query}")
        assert answer.status_code == 403, place
    profile = client.get(f"/api/areas/{one.code}?{one.profile}").get_json()
    assert profile["disputes"]["visibility"] == "none"
    assert "months" not in profile["disputes"] and "open" not in profile["disputes"]
    listed = {item["layer"]: item for item in profile["facilities"]}[LAYER]
    assert (listed["count"], listed["total"], listed["state"]) == (None, None, "forbidden")
    if one.profile:
        assert profile["statements"][LAYER]["state"] == "forbidden"


def assert_not_drawn(county: County, one: Asked) -> None:
    plan = sheet_plan({"theme": "disputes", "layers": LAYER, "code": one.code, "show": "off"}, county)
    try:
        content = gather(county, one.viewer, plan)
    except GovmapError:
        return
    assert LAYER not in {stratum.id for stratum in content.strata}
    assert any("不在查看范围" in note for note in content.notes)


@pytest.mark.parametrize("period", ["2026Q3", "2025"])
@pytest.mark.parametrize("code", AREAS[:3])
def test_the_public_gets_the_published_count_or_is_told_that_there_is_none(
    code: str, period: str, sample_app: Flask, county: County
) -> None:
    client = sample_app.test_client()
    said = client.get(f"/api/layers/{LAYER}/legend?code={code}&period={period}").get_json()["statement"]
    count, hidden = county.door.published(LAYER).cell(code, period)
    assert (said["state"], said["n"]) == (("suppressed", None) if hidden else ("value", count))
    assert said["period"] == period and said["filters"] == []


def test_a_part_is_told_out_of_the_same_time(
    clients: dict[Viewer, FlaskClient], stored: pd.DataFrame
) -> None:
    """Of October there were so many in all, however many there were in two years."""
    client, query = clients[VIEWERS[1]], f"f.{LAYER}.status=open&since=2026-10-01&until=2026-10-31"
    october = stored[stored["happened_on"].astype(str).str.startswith("2026-10")]
    still = int((october["status"] == "open").sum())
    assert (still, len(october), len(stored)) == (89, 258, 2587)
    profile = client.get(f"/api/areas/{COUNTY}?{query}").get_json()
    said, told = profile["disputes"], profile["statements"][LAYER]
    assert (said["matched"], said["every"], said["when"]) == (89, 258, "2026年10月")
    assert (told["count"], told["when"], told["filters"]) == (
        "89 / 258 件",
        "2026年10月",
        ["状态 已上报未化解"],
    )
    [listed] = [one for one in profile["facilities"] if one["layer"] == LAYER]
    assert (listed["count"], listed["total"], listed["when"]) == (89, 258, "2026年10月")


def test_without_a_time_the_time_is_that_of_the_total(clients: dict[Viewer, FlaskClient]) -> None:
    """Open cases began in June, but they are told out of all since 2024."""
    profile = clients[VIEWERS[1]].get(f"/api/areas/{COUNTY}?f.{LAYER}.status=open").get_json()
    told = profile["statements"][LAYER]
    assert (told["count"], told["when"]) == ("280 / 2,587 件", "2024年12月1日–2026年11月20日")
    assert profile["disputes"]["when"] == told["when"]


def test_every_figure_has_its_own_period(clients: dict[Viewer, FlaskClient]) -> None:
    """People of the census, outlines and their number of their edition, records of their own days."""
    profile = clients[VIEWERS[1]].get(f"/api/areas/{COUNTY}").get_json()
    assert {one["id"]: one["period"] for one in profile["figures"]} == {
        "population": "2020-11-01", "population_60_plus": "2020-11-01", "households": "2020-11-01",
        "area_km2": "2023", "townships": "2023", "villages": "2023", "grids": "2026-11-20",
    }  # fmt: skip
    village = clients[VIEWERS[1]].get(f"/api/areas/{VILLAGE}").get_json()
    periods = {one["id"]: one["period"] for one in village["figures"]}
    assert (periods["area_km2"], periods["population"]) == ("2023", "2020-11-01")
    when = {one["layer"]: one["when"] for one in profile["facilities"]}
    assert when["co-building-agreements"] == "2025年3月4日–2025年11月14日"
    assert when["party-service-centres"] == "2026年11月20日"


def test_estimates_are_told_from_what_was_collected(clients: dict[Viewer, FlaskClient]) -> None:
    profile = clients[VIEWERS[1]].get(f"/api/areas/{COUNTY}").get_json()
    flags = {one["id"]: one["flags"] for one in profile["figures"]}
    assert (flags["population"], flags["households"], flags["villages"]) == (["estimate"], ["estimate"], [])
    said = clients[VIEWERS[1]].get(f"/api/layers/{LAYER}/legend").get_json()["statement"]
    assert said["flags"] == ["estimate", "stale"] and said["remarks"] == ["已过更新期"]
